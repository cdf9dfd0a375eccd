"""Speech is cut into windows that the model can take in: at pauses, under 30 s, long silences left out."""

import msgspec
import numpy as np

from speech.sound import SAMPLE_RATE, Samples, Sound, Stretch

LONGEST_S = 29.0
"""Whisper's window is 30 s."""
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
    """As few windows as hold all speech."""
    groups: list[list[Stretch]] = []
    for stretch in _joined([piece for whole in sound.speech for piece in _cut(whole, sound)]):
        fits = groups and sum(part.length_s for part in groups[-1]) + stretch.length_s <= LONGEST_S
        if fits:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return tuple(Window(tuple(group)) for group in groups)


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    """Neighbours with a short pause become one, pause included, while they fit in a window."""
    joined: list[Stretch] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and piece.start_s - last.end_s <= KEPT_PAUSE_S and piece.end_s - last.start_s <= LONGEST_S:
            joined[-1] = Stretch(last.start_s, piece.end_s)
        else:
            joined.append(piece)
    return joined


def _cut(stretch: Stretch, sound: Sound) -> list[Stretch]:
    """Pieces that each fit in a window."""
    pieces = []
    while stretch.length_s > LONGEST_S:
        at = _quietest(sound, stretch.start_s + LONGEST_S * CUT_FROM, stretch.start_s + LONGEST_S)
        pieces.append(Stretch(stretch.start_s, at))
        stretch = Stretch(at, stretch.end_s)
    return [*pieces, stretch]


def _quietest(sound: Sound, start_s: float, end_s: float) -> float:
    """The middle of the quietest fifth of a second."""
    step = SAMPLE_RATE // 50
    part = sound.samples[_at(start_s) : _at(end_s)]
    power = np.square(part[: len(part) // step * step]).reshape(-1, step).mean(axis=1)
    calm = np.convolve(power, np.ones(10), mode="valid")
    return start_s + (int(calm.argmin()) + 5) * step / SAMPLE_RATE


def _at(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
