"""The contract of every Transcriber, over every implementation."""

import itertools

import numpy as np
import pytest

from speech.activity import listen
from speech.decoding import decode
from speech.engines.canned import CannedTranscriber, key
from speech.errors import NoSpeech, NotAudio
from speech.sound import SAMPLE_RATE, Sound, sound
from speech.transcription import transcribe
from speech.types import Term, Transcript, Vocabulary

NOTHING = Vocabulary(terms=())
SPOKEN = "Ravenna Grounds was dark. Chairs on the tables."
EXPECTED = {
    "dark",
    "when",
    "pulled",
    "up",
    "chairs",
    "on",
    "the",
    "tables",
    "note",
    "door",
    "closed",
    "holiday",
    "knocked",
    "nobody",
    "card",
    "drove",
}


@pytest.fixture(
    params=[
        "canned",
        pytest.param("openai-whisper", marks=pytest.mark.whisper),
        pytest.param("faster-whisper", marks=pytest.mark.whisper),
    ]
)
def transcriber(request, recording):
    if request.param == "canned":
        return CannedTranscriber({key(decode(recording("chrome-live.webm"))): SPOKEN})
    if request.param == "faster-whisper":
        pytest.importorskip("faster_whisper", reason="the second engine is an optional package")
        return request.getfixturevalue("faster_base")
    return request.getfixturevalue("whisper_base")


@pytest.fixture(scope="module")
def spoken(recording) -> Sound:
    return listen(decode(recording("chrome-live.webm")))


def test_texts_fit_into_each_other_and_times_run_forward(transcriber, spoken):
    transcript = transcriber.transcribe(spoken, NOTHING)
    assert transcript.text == " ".join(s.text for s in transcript.segments)
    words = [w for s in transcript.segments for w in s.words]
    assert words
    for segment in transcript.segments:
        assert segment.text == " ".join(w.text for w in segment.words)
    for word in words:
        assert word.text == word.text.strip() != ""
        assert 0.0 <= word.start_s <= word.end_s <= spoken.length_s + 0.1
        assert 0.0 <= word.confidence <= 1.0
    assert all(a.start_s <= b.start_s for a, b in itertools.pairwise(words))
    assert transcript.length_s == pytest.approx(spoken.length_s)
    assert transcript.language == "en"


def test_the_same_sound_gives_the_same_words(transcriber, spoken):
    assert transcriber.transcribe(spoken, NOTHING) == transcriber.transcribe(spoken, NOTHING)


def test_a_sound_without_speech_has_no_segments(transcriber):
    quiet = Sound(samples=np.zeros(2 * SAMPLE_RATE, np.float32), speech=())
    transcript = transcriber.transcribe(quiet, NOTHING)
    assert transcript.segments == ()
    assert transcript.text == ""


def test_silence_is_no_speech_and_a_letter_is_no_recording(transcriber, encoded):
    silence = encoded(np.zeros(180 * SAMPLE_RATE, np.float32), "flac", "flac")
    with pytest.raises(NoSpeech) as caught:
        transcribe(silence, transcriber, NOTHING)
    assert caught.value.code == "no_speech"
    with pytest.raises(NotAudio):
        transcribe(b"just a letter", transcriber, NOTHING)


def test_the_canned_engine_keeps_what_it_received(spoken):
    canned = CannedTranscriber(otherwise="Hello")
    assert canned.transcribe(spoken, NOTHING).text == "Hello"
    assert canned.received[0].sound is spoken


@pytest.mark.whisper
def test_what_was_said_is_heard(whisper_base, recording):
    transcript = transcribe(recording("chrome-live.webm"), whisper_base, NOTHING)
    assert len(similar(transcript, EXPECTED)) >= 0.7 * len(EXPECTED)


@pytest.mark.whisper
def test_a_truncated_recording_gives_what_is_there(whisper_base, recording):
    data = recording("chrome-live.webm")
    whole = transcribe(data, whisper_base, NOTHING)
    half = transcribe(data[: len(data) // 2], whisper_base, NOTHING)
    assert 3 <= len(half.text.split()) < len(whole.text.split())


@pytest.mark.whisper
def test_a_memo_of_several_windows_keeps_its_clock(whisper_base, recording):
    once = decode(recording("chrome-live.webm")).samples
    pause = np.zeros(40 * SAMPLE_RATE, np.float32)
    transcript = whisper_base.transcribe(listen(sound(np.concatenate([once, pause, once, once]))), NOTHING)
    words = [w for s in transcript.segments for w in s.words]
    assert not [w for w in words if 15.5 < w.start_s < 54.0]
    assert words[-1].end_s > 80


def similar(transcript: Transcript, expected: set[str]) -> set[str]:
    return expected & {word.strip(".,?!").lower() for word in transcript.text.split()}


@pytest.mark.whisper
def test_the_vocabulary_brings_out_names_and_puts_none_in(whisper_base, recording):
    said = {"Agnieszka", "Posh Paw", "Wag and Whisker", "clipper blades"}
    strangers = {"Brass Otter", "Snoqualmie Haze", "Desmond Achterberg", "Whidbey Rye", "Kestrel Supply"}
    sound = listen(decode(recording("ios-fragmented.mp4")))
    terms = tuple(Term(text=text, kind="customer", weight=0.5) for text in sorted(said | strangers))
    plain = whisper_base.transcribe(sound, NOTHING)
    helped = whisper_base.transcribe(sound, Vocabulary(terms=terms))
    assert sum(name in helped.text for name in said) >= sum(name in plain.text for name in said)
    assert sum(name in helped.text for name in said) >= 3
    assert not [name for name in strangers if name in helped.text]
    changed = [word for segment in helped.segments for word in segment.words if word.heard is not None]
    assert all(word.heard in plain.text or word.heard == "" or word.confidence > 0.5 for word in changed)
