"""What every engine does. Which one runs is decided in `loading`; nobody else knows."""

from typing import Protocol

from speech.sound import Sound
from speech.types import Transcript, Vocabulary


class Transcriber(Protocol):
    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        """Hears `sound.speech`; the texts of words, segments and transcript fit into each other exactly.

        `language` when it is known; else, of several that are spoken in the company, the one of the first
        window. A transcript without segments when nothing was said. Raises ModelError.
        """
        ...
