"""Every character of the joined text leads back to its memo and its second."""

from nlp.document import story
from nlp.types import Source
from speech.types import Segment, Transcript, Word, note


def _heard(*words: tuple[str, float, float]) -> Transcript:
    heard = tuple(Word(start_s=a, end_s=b, text=t, confidence=0.5) for t, a, b in words)
    text = " ".join(w.text for w in heard)
    segment = Segment(start_s=heard[0].start_s, end_s=heard[-1].end_s, text=text, words=heard)
    return Transcript(text=text, language="en", segments=(segment,), removed=(), length_s=heard[-1].end_s)


def test_evidence_of_the_second_memo() -> None:
    spoken = _heard(("five", 1.0, 1.2), ("cases", 1.2, 1.6), ("please", 3.0, 3.4))
    told = story((Source(memo="a", transcript=note("Hello.")), Source(memo="b", transcript=spoken)), 1000)
    start = told.text.index("cases")
    (where,) = told.evidence(start, start + 5)
    assert (where.memo, where.start, where.end, where.start_s, where.end_s) == ("b", 5, 10, 1.2, 1.6)
    assert told.heard(start, start + 5) == 0.5


def test_a_note_has_no_seconds() -> None:
    told = story((Source(memo="a", transcript=note("Hello.")),), 1000)
    assert told.evidence(0, 5)[0].start_s is None
    assert told.heard(0, 5) == 1.0


def test_a_pause_is_a_bound() -> None:
    told = story((Source(memo="b", transcript=_heard(("one", 0.0, 0.3), ("two", 2.0, 2.2))),), 1000)
    assert told.pauses == (0, 4)


def test_no_more_than_the_limit_is_read() -> None:
    assert (
        story((Source(memo="a", transcript=note("abcdef")), Source(memo="b", transcript=note("x"))), 4).text
        == "abcd"
    )
