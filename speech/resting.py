"""The model while it is needed: it is let go when nobody has spoken for a while, and loaded again at the next
recording."""

import gc
import threading
import time
from collections.abc import Callable

from speech.engines.protocol import Transcriber
from speech.sound import Sound
from speech.types import Transcript, Vocabulary


class RestingTranscriber:
    """Loads at once, so that a model which cannot be loaded is known at the start. Raises ModelError."""

    def __init__(
        self,
        load: Callable[[], Transcriber],
        free_after_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load, self._free_after_s, self._clock = load, free_after_s, clock
        self._lock = threading.Lock()
        self._loaded: Transcriber | None = load()
        self._used_at_s = clock()

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        with self._lock:
            self._loaded = self._loaded or self._load()
            try:
                return self._loaded.transcribe(sound, vocabulary, language)
            finally:
                self._used_at_s = self._clock()

    def rest(self) -> bool:
        """Let go of the model when its time has come; True when it went just now."""
        if not self._lock.acquire(blocking=False):
            return False  # it is at work
        try:
            if self._loaded is None or self._clock() - self._used_at_s < self._free_after_s:
                return False
            self._loaded = None
        finally:
            self._lock.release()
        gc.collect()
        return True
