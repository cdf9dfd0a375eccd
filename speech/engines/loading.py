"""The one place where a setting becomes an engine. Models are heavy: the worker process alone calls this."""

from pathlib import Path

import torch

from speech.engines.faster_whisper import FasterWhisperTranscriber
from speech.engines.openai_whisper import WhisperTranscriber
from speech.engines.protocol import Transcriber
from speech.settings import SpeechSettings
from speech.weights import Progress, assemble, assemble_folder


def load_transcriber(settings: SpeechSettings, models: Path, progress: Progress | None = None) -> Transcriber:
    """Raises ModelError."""
    if settings.threads:
        torch.set_num_threads(settings.threads)
    device = settings.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    model = settings.model
    if settings.engine == "faster-whisper":
        if model == "base":
            model = str(assemble_folder(models, progress or _silent))
        return FasterWhisperTranscriber(model, device, settings.languages, settings.threads)
    if model == "base":
        model = str(assemble(models, progress or _silent))
    return WhisperTranscriber.load(model, device, settings.languages)


def _silent(step: str, share: float) -> None:
    """Nobody watches."""
