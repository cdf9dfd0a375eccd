"""Speech is cut into windows that the model can take in: at pauses, under 30 s, long silences left out.

A window ends at the first pause after it has enough, so that little is left to hear when somebody stops.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from speech.sound import SAMPLE_RATE, Samples, Sound, Stretch

LONGEST_S = 29.0
"""Whisper's window is 30 s."""
ENOUGH_S = 15.0
"""What a window must hold to end at the next pause."""
KEPT_PAUSE_S = 1.0
"""A longer pause between two stretches is left out: Whisper hears things in silence."""
CUT_FROM = 0.6
"""Share of the longest window after which a stretch without any pause may be cut, at its quietest moment."""


class Window(msgspec.Struct, frozen=True):
    """Parts of the sound that are heard as one, in order."""

    parts: tuple[Stretch, ...]

    @property
    def length_s(self) -> float:
        return sum(part.length_s for part in self.parts)

    def samples(self, sound: Sound) -> Samples:
        cuts = [sound.samples[_at(part.start_s) : _at(part.end_s)] for part in self.parts]
        return np.concatenate(cuts)

    def time(self, inside_s: float) -> float:
        """A moment of the window as a moment of the sound."""
        for part in self.parts:
            if inside_s <= part.length_s:
                return part.start_s + max(0.0, inside_s)
            inside_s -= part.length_s
        return self.parts[-1].end_s


def windows(sound: Sound) -> tuple[Window, ...]:
    """All speech. What is spoken later changes the last window alone, so that those before it can be heard
    while somebody still talks."""
    done: list[Window] = []
    parts: list[Stretch] = []
    for stretch in sound.speech:
        grown = _with(parts, stretch)
        if parts and (Window(tuple(parts)).length_s >= ENOUGH_S or Window(grown).length_s > LONGEST_S):
            done.append(Window(tuple(parts)))
            grown = (stretch,)
        *before, last = grown
        while last.length_s > LONGEST_S:
            at = _quietest(sound, last.start_s + LONGEST_S * CUT_FROM, last.start_s + LONGEST_S)
            done.append(Window((*before, Stretch(last.start_s, at))))
            before, last = [], Stretch(at, last.end_s)
        parts = [*before, last]
    return (*done, Window(tuple(parts))) if parts else ()


def after(sound: Sound, moment_s: float) -> Sound:
    """The same sound, with the speech from there on: from where a window begins it is cut alike."""
    speech = (Stretch(max(s.start_s, moment_s), s.end_s) for s in sound.speech if s.end_s > moment_s)
    return msgspec.structs.replace(sound, speech=tuple(speech))


def _with(parts: Sequence[Stretch], stretch: Stretch) -> tuple[Stretch, ...]:
    """A short pause before the stretch stays in, a long one does not."""
    if parts and stretch.start_s - parts[-1].end_s <= KEPT_PAUSE_S:
        return (*parts[:-1], Stretch(parts[-1].start_s, stretch.end_s))
    return (*parts, stretch)


def _quietest(sound: Sound, start_s: float, end_s: float) -> float:
    """The middle of the quietest fifth of a second."""
    step = SAMPLE_RATE // 50
    part = sound.samples[_at(start_s) : _at(end_s)]
    power = np.square(part[: len(part) // step * step]).reshape(-1, step).mean(axis=1)
    calm = np.convolve(power, np.ones(10), mode="valid")
    return start_s + (int(calm.argmin()) + 5) * step / SAMPLE_RATE


def _at(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
