"""A recording that is long enough to be listened to while it arrives."""

import io
from pathlib import Path

import av
import numpy as np

from speech.decoding import decode
from speech.sound import SAMPLE_RATE

SPEECH = Path(__file__).parents[1] / "speech" / "fixtures" / "chrome-live.webm"


def talk() -> bytes:
    """Seventy seconds of speech with pauses, as a browser records it: five windows."""
    spoken = decode(SPEECH.read_bytes()).samples[: 7 * SAMPLE_RATE]
    once = np.concatenate([spoken, np.zeros(SAMPLE_RATE, np.float32)])
    samples = np.tile(once, 70 * SAMPLE_RATE // len(once) + 1)
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as output:
        stream = output.add_stream("libopus", rate=48_000)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray((samples[None] * 32767).astype(np.int16), "s16", "mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=48_000, frame_size=960)
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()
