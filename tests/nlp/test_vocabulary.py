"""What the speech engine is told to expect."""

import msgspec

from nlp.types import Context
from nlp.vocabulary import vocabulary


def test_near_names_first(context: Context) -> None:
    terms = vocabulary(context).terms
    assert terms[0].text in ("Bella Vista", "Bella Vista Trattoria")
    assert {t.text for t in terms} >= {"Marco Rinaldi", "San Marzanos", "Sysco", "Golden Wok", "Tom Reyes"}
    assert [t.weight for t in terms] == sorted((t.weight for t in terms), reverse=True)


def test_without_a_place_everybody_is_as_likely(context: Context) -> None:
    far = tuple(
        msgspec.structs.replace(each, place_probability=0.0, chosen=False) for each in context.customers
    )
    placed = {term.text: term.weight for term in vocabulary(context).terms}
    blind = {
        term.text: term.weight for term in vocabulary(msgspec.structs.replace(context, customers=far)).terms
    }
    last = far[-1].name
    assert blind[last] >= 0.3
    assert blind[last] >= placed[last] >= 0.1
