"""What was heard while somebody still talked is taken over only where the whole recording is the same."""

import msgspec
import numpy as np
import pytest

from speech.activity import listen
from speech.decoding import decode
from speech.sound import SAMPLE_RATE, Sound, Stretch
from speech.streaming import Hearing
from speech.transcript import transcript_of
from speech.types import Term, Transcript, Vocabulary, Word
from speech.windows import ENOUGH_S, windows

NOTHING = Vocabulary(terms=())


class Exact:
    """Says the sum of each window's samples, so that two transcripts are equal only for the same sound."""

    def __init__(self) -> None:
        self.heard: list[tuple[float, str | None]] = []

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        words = []
        for window in windows(sound):
            self.heard.append((window.length_s, language))
            total = f"{np.abs(window.samples(sound)).sum():.9f}"
            start, end = window.parts[0].start_s, window.parts[-1].end_s
            words.append(Word(start_s=start, end_s=end, text=total, confidence=1.0))
        return transcript_of(words, language=language or "de", length_s=sound.length_s)


@pytest.fixture(scope="module")
def talk(recording) -> np.ndarray:
    """Two minutes of speech, with pauses of all lengths."""
    spoken = decode(recording("chrome-live.webm")).samples
    pauses = [np.zeros(int(length * SAMPLE_RATE), np.float32) for length in (0.2, 0.7, 2.0, 6.0)]
    pieces, number = [], 0
    while sum(map(len, pieces)) < 120 * SAMPLE_RATE:
        pieces += [spoken[: SAMPLE_RATE * (4 + number % 5)], pauses[number % 4]]
        number += 1
    return np.concatenate(pieces)


@pytest.fixture(scope="module", params=[("webm", "libopus", 48_000), ("adts", "aac", 44_100)])
def recorded(request, talk, encoded) -> bytes:
    return encoded(talk, *request.param)


def heard_ahead(data: bytes, shares, engine: Exact, vocabulary=NOTHING):
    passages = []
    for share in shares:
        hearing = Hearing(listen(decode(data[: int(len(data) * share)])), vocabulary, passages)
        while hearing.ready:
            passages.append(hearing.hear_next(engine))
    return passages


def test_the_transcript_is_that_of_the_whole_and_only_the_rest_is_heard(recorded):
    sound, plain, ahead, late = listen(decode(recorded)), Exact(), Exact(), Exact()
    whole = Hearing(sound, NOTHING).hear_rest(plain)
    passages = heard_ahead(recorded, (0.2, 0.4, 0.41, 0.7, 0.95), ahead)
    assert len(plain.heard) >= 4
    assert len(passages) >= len(plain.heard) - 2
    assert Hearing(sound, NOTHING, passages).hear_rest(late) == whole
    assert len(ahead.heard) + len(late.heard) == len(plain.heard)


@pytest.mark.parametrize("name", ["chrome-live.webm", "ios-fragmented.mp4"])
def test_what_phones_record_live_can_be_read_from_its_beginning(recording, name):
    data = recording(name)
    whole = decode(data).samples
    for share in (0.4, 0.6, 0.9):
        early = decode(data[: int(len(data) * share)]).samples[: -SAMPLE_RATE // 10]
        assert len(early) > share / 2 * len(whole)
        assert np.array_equal(early, whole[: len(early)])


def test_nothing_of_another_sound_is_taken_over(talk):
    sound = listen(Sound(samples=talk, speech=()))
    passages = _all_ahead(sound)
    other = msgspec.structs.replace(sound, samples=sound.samples * np.float32(0.5))
    late, plain = Exact(), Exact()
    assert Hearing(other, NOTHING, passages).heard == 0
    assert Hearing(other, NOTHING, passages).hear_rest(late) == Hearing(other, NOTHING).hear_rest(plain)


def test_what_was_heard_with_another_vocabulary_is_heard_again(talk):
    sound = listen(Sound(samples=talk, speech=()))
    name = Vocabulary(terms=(Term(text="Aino", kind="person", weight=0.5),))
    assert Hearing(sound, name, _all_ahead(sound)).heard == 0


def test_what_is_now_likelier_is_not_heard_again(talk):
    sound = listen(Sound(samples=talk, speech=()))
    before, now = (Vocabulary(terms=_named(order)) for order in (("Aino", "Gull"), ("Gull", "Aino")))
    hearing = Hearing(sound, before)
    passages = [hearing.hear_next(Exact()) for _ in range(len(windows(sound)) - 1)]
    assert Hearing(sound, now, passages).heard == len(passages)


def _named(order: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(text=text, kind="person", weight=0.9 - n / 2) for n, text in enumerate(order))


def test_a_passage_that_is_missing_ends_what_is_taken_over(talk):
    sound = listen(Sound(samples=talk, speech=()))
    first, _, *others = _all_ahead(sound)
    late = Exact()
    whole = Hearing(sound, NOTHING).hear_rest(Exact())
    hearing = Hearing(sound, NOTHING, [*others, first])
    assert hearing.heard == 1
    assert hearing.hear_rest(late) == whole


def test_the_first_windows_language_holds_for_all(talk):
    sound, engine = listen(Sound(samples=talk, speech=())), Exact()
    hearing = Hearing(sound, NOTHING)
    while hearing.ready:
        hearing.hear_next(engine)
    assert hearing.hear_rest(engine).language == "de"
    assert [language for _, language in engine.heard] == [None, *["de"] * (len(engine.heard) - 1)]


def test_it_is_looked_at_again_when_a_window_may_be_full():
    quiet = Sound(samples=np.zeros(10 * SAMPLE_RATE, np.float32), speech=())
    assert Hearing(quiet, NOTHING).next_at_s == 25.0
    assert Hearing(msgspec.structs.replace(quiet, speech=(Stretch(1.0, 9.0),)), NOTHING).next_at_s == 17.0
    full = Sound(samples=np.zeros(30 * SAMPLE_RATE, np.float32), speech=(Stretch(0.5, 29.0),))
    assert Hearing(full, NOTHING).next_at_s == 32.0


def test_parts_that_come_late_and_out_of_order_cost_no_word(recorded):
    """What was heard of too little, twice, in any order, or from parts that were joined wrongly."""
    sound = listen(decode(recorded))
    whole = Hearing(sound, NOTHING).hear_rest(Exact())
    third = len(recorded) // 3
    wrong = recorded[:third] + recorded[2 * third :] + recorded[third : 2 * third]
    passages = heard_ahead(recorded, (0.3, 0.5), Exact()) + heard_ahead(wrong, (0.9,), Exact())
    passages = [*reversed(passages), *heard_ahead(recorded, (0.1,), Exact())]
    assert Hearing(sound, NOTHING, passages).heard >= 2
    assert Hearing(sound, NOTHING, passages).hear_rest(Exact()) == whole


def test_little_is_left_when_somebody_stops(recorded):
    """However long the talk: no more than one short window and what may come before a pause."""
    sound = listen(decode(recorded))
    for share in (0.5, 0.7, 0.9, 1.0):
        stopped = listen(decode(recorded[: int(len(recorded) * share)]))
        hearing = Hearing(stopped, NOTHING, heard_ahead(recorded, (share,), Exact()))
        late = Exact()
        hearing.hear_rest(late)
        assert sum(length_s for length_s, _ in late.heard) < ENOUGH_S + 8
    assert len(windows(sound)) >= sound.length_s * 0.5 / (ENOUGH_S + 8)


def _all_ahead(sound: Sound):
    hearing, engine = Hearing(sound, NOTHING), Exact()
    return [hearing.hear_next(engine) for _ in range(len(windows(sound)) - 1)]
