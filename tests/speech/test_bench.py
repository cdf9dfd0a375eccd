import json

from speech.bench import Clip, compared, main, names_of, plain, table, vocabulary_of
from speech.types import Vocabulary

WORLD = {
    "customers": [
        {"name": "Far Inn", "lat": 48.0, "lon": 2.0, "contacts": []},
        {
            "name": "The Gull",
            "aliases": ["Gull"],
            "lat": 47.0,
            "lon": 2.0,
            "contacts": [{"name": "Ana Ruiz"}],
        },
    ],
    "products": [{"name": "Haze IPA", "aliases": ["the Haze"]}],
    "competitors": [{"name": "Sysco"}],
}


def test_the_nearest_come_first_and_everybody_is_counted():
    terms = vocabulary_of(WORLD, {"lat": 47.0, "lon": 2.0}).terms
    assert [t.text for t in terms] == [
        "The Gull",
        "Gull",
        "Ana Ruiz",
        "Far Inn",
        "Haze IPA",
        "the Haze",
        "Sysco",
    ]
    assert terms[0].weight > terms[3].weight
    assert {"ana", "ruiz", "gull", "sysco"} <= names_of(WORLD)


def test_names_found_missed_and_invented(tmp_path):
    clip = Clip("w", tmp_path, "Ana's at the Gull.", tuple(sorted(names_of(WORLD))), Vocabulary(terms=()))
    found = compared(clip, "Anna is at the Gull with Sysco")
    assert (found["names"], found["found"], found["false"]) == (3, 2, 1)
    assert found["wrong"] == 4


def test_a_word_where_nobody_speaks_is_invented(tmp_path):
    assert compared(Clip("no speech", tmp_path, "", (), Vocabulary(terms=())), "Thank you.")["invented"] == 2


def test_marks_and_case_do_not_count():
    assert plain("Sinéad's café & bar") == plain("sinead cafe and bar")


def test_without_worlds_it_says_so(tmp_path, capsys):
    assert main(tmp_path, tmp_path / "out") == 1
    assert "BENCH" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_engine_and_set():
    sums = {
        "wrong": 1,
        "words": 10,
        "names": 2,
        "found": 1,
        "false": 0,
        "invented": 0,
        "worked_s": 3,
        "timed_min": 2,
    }
    text = table(json.loads(json.dumps({"ours": {"w": sums, "process": {"peak_mb": 800}}})))
    assert "| ours | w | 0.1000 | 1 of 2 | 0 | 0 | 1.50 | 800 |" in text
