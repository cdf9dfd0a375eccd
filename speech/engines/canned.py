"""An engine without a model: fixed transcripts for known sounds, and a record of what it was given.

Ships with the product so that everything around hearing can be tried in milliseconds.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from speech.sound import Sound
from speech.transcript import transcript_of
from speech.types import Transcript, Vocabulary, Word


class Received(msgspec.Struct, frozen=True, kw_only=True):
    sound: Sound
    vocabulary: Vocabulary
    language: str | None


class CannedTranscriber:
    """Answers by the sum of the samples, else with `otherwise`; without either it hears nothing."""

    def __init__(self, texts: Mapping[str, str] | None = None, otherwise: str = "") -> None:
        self._texts = dict(texts or {})
        self._otherwise = otherwise
        self.received: list[Received] = []

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        self.received.append(Received(sound=sound, vocabulary=vocabulary, language=language))
        text = self._texts.get(key(sound), self._otherwise)
        return transcript_of(_spread(text, sound), language=language or "en", length_s=sound.length_s)


def key(sound: Sound) -> str:
    """The sum under which a sound's text is looked up: sha256 of its samples as little-endian floats."""
    return hashlib.sha256(sound.samples.astype("<f4").tobytes()).hexdigest()


def _spread(text: str, sound: Sound) -> list[Word]:
    """The words evenly over the speech, as sure as a typed text."""
    words = text.split()
    start = sound.speech[0].start_s if sound.speech else 0.0
    end = sound.speech[-1].end_s if sound.speech else sound.length_s
    step = (end - start) / max(len(words), 1)
    return [
        Word(start_s=start + step * n, end_s=start + step * (n + 1), text=word, confidence=1.0)
        for n, word in enumerate(words)
    ]
