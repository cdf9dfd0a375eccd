"""Whisper on CTranslate2, an optional package: the same weights, int8 on a CPU, the vocabulary as hotwords.

It cannot lean on a prefix tree and asks the model nothing afterwards: names come out less well than with the
default engine.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from speech.engines.words import join
from speech.errors import ModelUnavailable
from speech.ledger import sift
from speech.sound import Sound
from speech.transcript import transcript_of
from speech.types import Removal, Transcript, Vocabulary, Word
from speech.windows import Window, windows

HOTWORDS = 12
"""Terms that are given to the decoder: a longer prompt makes it loop."""


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """One window."""

    words: list[Word]
    silence: float
    language: str


class FasterWhisperTranscriber:
    """One loaded model; for one thread at a time."""

    def __init__(self, model: str, device: str, languages: Sequence[str], threads: int) -> None:
        """`model` is a folder or a name that faster-whisper downloads. Raises ModelUnavailable."""
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise ModelUnavailable("The package faster-whisper is not installed.") from error
        try:
            self._model = WhisperModel(
                model,
                device=device,
                compute_type="int8" if device == "cpu" else "default",
                cpu_threads=threads,
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelUnavailable(
                f"The Whisper model {Path(model).name} could not be loaded: {error}"
            ) from error
        self._languages = tuple(languages)

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        words: list[Word] = []
        removed: list[Removal] = []
        waiting = windows(sound)
        if language is None:
            several = len(self._languages) > 1 and waiting
            language = self._detect(waiting[0], sound) if several else self._languages[0]
        for window in waiting:
            spoken = self._hear(window, sound, language, vocabulary)
            kept, left_out = sift(spoken.words, spoken.silence)
            words += kept
            removed += left_out
        return transcript_of(words, language=language, length_s=sound.length_s, removed=removed)

    def _hear(self, window: Window, sound: Sound, language: str, vocabulary: Vocabulary) -> Spoken:
        segments, _ = self._model.transcribe(
            window.samples(sound),
            language=language,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            hotwords=", ".join(term.text for term in vocabulary.terms[:HOTWORDS]) or None,
        )
        heard = list(segments)
        pieces = [
            Word(
                start_s=round(window.time(float(word.start)), 3),
                end_s=round(window.time(float(word.end)), 3),
                text=word.word,
                confidence=min(1.0, float(word.probability)),
            )
            for segment in heard
            for word in segment.words or ()
        ]
        silence = max((segment.no_speech_prob for segment in heard), default=1.0)
        return Spoken(words=join(pieces), silence=float(silence), language=language)

    def _detect(self, window: Window, sound: Sound) -> str:
        _, _, chances = self._model.detect_language(window.samples(sound))
        allowed = {code: chance for code, chance in chances if code in self._languages}
        return max(self._languages, key=lambda code: allowed.get(code, 0.0))
