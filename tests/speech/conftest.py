"""Sounds made in the test, and the one real model that all tests of this room share."""

import io
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from speech.engines.faster_whisper import FasterWhisperTranscriber
from speech.engines.openai_whisper import WhisperTranscriber
from speech.sound import SAMPLE_RATE
from speech.weights import assemble, assemble_folder

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def recording() -> Callable[[str], bytes]:
    """A recording by its file name: a phone's own container, synthetic voices."""
    return lambda name: (FIXTURES / name).read_bytes()


@pytest.fixture(scope="session")
def encoded() -> Callable[..., bytes]:
    """Samples at 16 kHz as a file of that container and codec."""
    return encode


def encode(
    samples: NDArray[np.float32], container: str, codec: str, rate: int = SAMPLE_RATE, layout: str = "mono"
) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate)
        stream.layout = layout
        frame = av.AudioFrame.from_ndarray(
            (samples[None] * 32767).astype(np.int16), format="s16", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.frame_size
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    assemble(folder, lambda step, share: None)
    return folder


@pytest.fixture(scope="session")
def whisper_base(models: Path) -> WhisperTranscriber:
    return WhisperTranscriber.load(str(models / "base.pt"), "cpu", ("en",))


@pytest.fixture(scope="session")
def faster_base(models: Path) -> FasterWhisperTranscriber:
    return FasterWhisperTranscriber(str(assemble_folder(models, lambda step, share: None)), "cpu", ("en",), 2)
