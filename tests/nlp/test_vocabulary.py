"""What the speech engine is told to expect."""

from nlp.types import Context
from nlp.vocabulary import vocabulary


def test_near_names_first(context: Context) -> None:
    terms = vocabulary(context).terms
    assert terms[0].text in ("Bella Vista", "Bella Vista Trattoria")
    assert {t.text for t in terms} >= {"Marco Rinaldi", "San Marzanos", "Sysco", "Golden Wok", "Tom Reyes"}
    assert [t.weight for t in terms] == sorted((t.weight for t in terms), reverse=True)
