"""What every engine does. Which one runs is decided in `loading`; nobody else knows."""

from typing import Protocol

from speech.sound import Sound
from speech.types import Transcript, Vocabulary


class Transcriber(Protocol):
    def transcribe(self, sound: Sound, vocabulary: Vocabulary) -> Transcript:
        """Hears `sound.speech`; the texts of words, segments and transcript fit into each other exactly.

        A transcript without segments when nothing was said. Raises ModelError.
        """
        ...
