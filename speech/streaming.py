"""A recording is heard while it is still being made: window by window, as soon as one can no longer change.

The whole recording then takes over the first windows as far as they hold the very same sound and were heard
with the same spellings in mind, and hears only the rest: a late, lost or altered part costs time, never
words. How likely each spelling is may have moved meanwhile, because another visit was filed.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from speech.engines.protocol import Transcriber
from speech.sound import Sound
from speech.transcript import transcript_of
from speech.types import Passage, Transcript, Vocabulary
from speech.windows import ENOUGH_S, Window, after, windows

SHORTEST_STEP_S = 2.0
"""More than this must come before it is worth looking again."""


class Hearing:
    """One recording as far as it goes, with one vocabulary; `sound` knows where somebody speaks."""

    def __init__(self, sound: Sound, vocabulary: Vocabulary, known: Iterable[Passage] = ()) -> None:
        self._sound, self._vocabulary = sound, vocabulary
        self._spellings = sorted(term.text for term in vocabulary.terms)
        self._windows = windows(sound)
        self._heard = self._taken_over({passage.key: passage for passage in known})

    @property
    def heard(self) -> int:
        """Windows, from the first, that need not be heard again."""
        return len(self._heard)

    @property
    def ready(self) -> bool:
        """A window waits that nothing which is still to come can change; the last one always may."""
        return self.heard < len(self._windows) - 1

    @property
    def next_at_s(self) -> float:
        """How long the recording must become before another window can be finished."""
        open_s = self._windows[-1].length_s if self._windows else 0.0
        return self._sound.length_s + max(SHORTEST_STEP_S, ENOUGH_S - open_s)

    def hear_next(self, transcriber: Transcriber) -> Passage:
        """The first window that is not heard yet. Raises ModelError."""
        window = self._windows[self.heard]
        alone = msgspec.structs.replace(self._sound, speech=window.parts)
        said = transcriber.transcribe(alone, self._vocabulary, self._language)
        passage = Passage(
            key=self._key(window),
            language=said.language,
            words=tuple(word for segment in said.segments for word in segment.words),
            removed=said.removed,
        )
        self._heard.append(passage)
        return passage

    def hear_rest(self, transcriber: Transcriber) -> Transcript:
        """The transcript of the whole. Raises ModelError."""
        if not self._heard:
            return transcriber.transcribe(self._sound, self._vocabulary)
        words = [word for passage in self._heard for word in passage.words]
        removed = [removal for passage in self._heard for removal in passage.removed]
        if self.heard < len(self._windows):
            rest = after(self._sound, self._windows[self.heard].parts[0].start_s)
            said = transcriber.transcribe(rest, self._vocabulary, self._language)
            words += [word for segment in said.segments for word in segment.words]
            removed += said.removed
        language = self._heard[0].language
        return transcript_of(words, language=language, length_s=self._sound.length_s, removed=removed)

    @property
    def _language(self) -> str | None:
        """Found in the first window, it holds for all."""
        return self._heard[0].language if self._heard else None

    def _taken_over(self, known: dict[str, Passage]) -> list[Passage]:
        """Without a gap, so that a window is never heard without what its memo's language was found in."""
        heard: list[Passage] = []
        for window in self._windows if known else ():
            passage = known.get(self._key(window))
            if passage is None:
                break
            heard.append(passage)
        return heard

    def _key(self, window: Window) -> str:
        """The sum over everything that the words of a window and their times come from."""
        total = hashlib.sha256(msgspec.json.encode((window, self._spellings)))
        total.update(window.samples(self._sound).tobytes())
        return total.hexdigest()
