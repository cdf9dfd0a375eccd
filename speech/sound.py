"""A recording as samples: what decoding hands out and every engine takes in."""

from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second; Whisper and the voice activity model were both trained at it."""

Samples: TypeAlias = NDArray[np.float32]


class Stretch(msgspec.Struct, frozen=True):
    """A part of the sound, in seconds from its start."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


class Sound(msgspec.Struct, frozen=True, kw_only=True):
    """Mono samples at 16 kHz, -1..1."""

    samples: Samples
    speech: tuple[Stretch, ...]
    """Where somebody speaks, in order; the whole sound until voice activity has been found."""

    @property
    def length_s(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def sound(samples: Samples) -> Sound:
    """A sound in which somebody may speak anywhere."""
    return Sound(samples=samples, speech=(Stretch(0.0, len(samples) / SAMPLE_RATE),))
