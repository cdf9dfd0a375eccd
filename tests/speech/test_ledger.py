import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.ledger import sift
from speech.types import Word


def words(text: str, confidence: float = 0.9) -> list[Word]:
    return [
        Word(start_s=n, end_s=n + 0.9, text=word, confidence=confidence)
        for n, word in enumerate(text.split())
    ]


def texts(found: list[Word]) -> str:
    return " ".join(word.text for word in found)


@given(st.lists(st.sampled_from(["so", "then.", "we", "Thanks for watching!", "five"]), max_size=40))
def test_every_word_is_either_kept_or_in_the_ledger(parts):
    said = words(" ".join(parts))
    kept, removed = sift(said, 0.0)
    assert len(kept) + sum(len(r.text.split()) for r in removed) == len(said)


def test_a_loop_keeps_its_first_round():
    kept, removed = sift(words("I saw her " + "at the bar, " * 6 + "and left."), 0.0)
    assert texts(kept) == "I saw her at the bar, and left."
    assert [(r.reason, r.start_s) for r in removed] == [("loop", 6)]


@pytest.mark.parametrize(
    "said",
    ["No, no, no, no, I said.", "It is 5 5 5 5 5 5 5 5 then.", "five five five five five five five zero"],
)
def test_what_people_do_repeat_stays(said):
    assert texts(sift(words(said), 0.0)[0]) == said


@pytest.mark.parametrize(
    "phantom",
    [
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Please subscribe to my channel.",
        "Subtitles by X",
    ],
)
def test_the_ends_of_videos_go_into_the_ledger(phantom):
    kept, removed = sift(words(f"She wants two kegs. {phantom}"), 0.0)
    assert texts(kept) == "She wants two kegs."
    assert [(r.text, r.reason) for r in removed] == [(phantom, "phantom")]


@pytest.mark.parametrize("said", ["Thank you.", "He said thanks for watching the stall.", "Bye."])
def test_what_people_do_say_stays(said):
    assert texts(sift(words(said), 0.1)[0]) == said


def test_a_window_that_the_model_takes_for_silence_is_not_believed_unless_it_is_sure():
    assert sift(words("I'm going", 0.4), 0.9)[0] == []
    assert sift(words("I'm going", 0.9), 0.9)[1] == []
    assert sift(words("Mmh hm", 0.2), 0.0)[1][0].reason == "no_speech"
