"""What the person who runs Rounds may choose about hearing."""

from typing import Literal

import msgspec


class SpeechSettings(msgspec.Struct, frozen=True, kw_only=True):
    engine: Literal["openai-whisper", "faster-whisper"] = "openai-whisper"
    """Who runs the model; the first knows the company's names best, the second is a package of its own."""

    model: str = "base"
    """`base` comes with Rounds; else a path, or any Whisper model name that this machine can download."""

    languages: tuple[str, ...] = ("en",)
    """ISO 639-1 codes that are spoken in the company; with more than one each memo's own is detected."""

    device: str = "auto"
    """`auto` (a GPU if there is one), `cpu` or `cuda`."""

    threads: int = 0
    """Processor cores that the model may use; 0 means all."""

    free_after_s: float = 0.0
    """Seconds without a recording after which the model's memory is freed until the next one; 0 keeps it."""
