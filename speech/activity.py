"""Second step of the path: where in the sound somebody speaks, by Silero's voice activity network.

The weights are the ones that the package silero-vad ships; the network is written out here because its own
loaders need torchaudio or a frame-by-frame loop. All frames go through the convolutions at once.
"""

import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from speech.errors import WeightsDamaged
from speech.sound import SAMPLE_RATE, Samples, Sound, Stretch

FRAME = 512
"""Samples that one probability stands for: 32 ms."""
CONTEXT = 64
"""Samples of the frame before that the network sees again."""
BATCH = 2048
"""Frames that go through the convolutions together: about a minute, 70 MB."""

SPEECH, SILENCE = 0.5, 0.35
"""Probability at which speech begins, and below which it ends (the thresholds of silero-vad)."""
SHORTEST_SPEECH_S = 0.25
SHORTEST_PAUSE_S = 0.4
PADDING_S = 0.2
"""Kept before and after a stretch: soft beginnings and endings of words."""


def listen(sound: Sound) -> Sound:
    """The same sound with `speech` filled; none when nobody speaks."""
    return msgspec.structs.replace(sound, speech=stretches(probabilities(sound.samples), sound.length_s))


def probabilities(samples: Samples) -> Samples:
    """Probability of speech in each frame of 32 ms. On one core: several are slower on steps this small."""
    weights, threads = _weights(), torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _probabilities(samples, weights)
    finally:
        torch.set_num_threads(threads)


def _probabilities(samples: Samples, weights: dict[str, Tensor]) -> Samples:
    padded = np.zeros(CONTEXT + -(-len(samples) // FRAME) * FRAME, np.float32)
    padded[CONTEXT : CONTEXT + len(samples)] = samples
    frames = torch.from_numpy(padded).unfold(0, CONTEXT + FRAME, FRAME)
    state = torch.zeros(1, 1, 128), torch.zeros(1, 1, 128)
    heard = []
    with torch.inference_mode():
        for start in range(0, len(frames), BATCH):
            batch = frames[start : start + BATCH]
            out, state = _lstm()(_features(batch, weights)[:, None], state)
            logit = out[:, 0].relu() @ weights["decoder.decoder.2.weight"][0, :, 0]
            heard.append(torch.sigmoid(logit + weights["decoder.decoder.2.bias"]))
    return torch.cat(heard).numpy()


def stretches(probability: Samples, length_s: float) -> tuple[Stretch, ...]:
    """Speech with its padding; pauses shorter than 0.4 s belong to it."""
    found: list[Stretch] = []
    start: int | None = None
    quiet: int | None = None
    pause = SHORTEST_PAUSE_S * SAMPLE_RATE / FRAME
    for frame, value in enumerate([*probability.tolist(), *([0.0] * (int(pause) + 2))]):
        if value >= SPEECH:
            start, quiet = frame if start is None else start, None
        elif start is not None and value < SILENCE:
            quiet = frame if quiet is None else quiet
            if frame - quiet >= pause:
                found.append(Stretch(start * FRAME / SAMPLE_RATE, quiet * FRAME / SAMPLE_RATE))
                start, quiet = None, None
    return tuple(
        Stretch(max(0.0, s.start_s - PADDING_S), min(length_s, s.end_s + PADDING_S))
        for s in found
        if s.length_s >= SHORTEST_SPEECH_S
    )


def _features(frames: Tensor, weights: dict[str, Tensor]) -> Tensor:
    """(frames, 576 samples) to (frames, 128)."""
    padded = functional.pad(frames[:, None], (0, 64), mode="reflect")
    spectrum = functional.conv1d(padded, weights["stft.forward_basis_buffer"], stride=128)
    x = torch.hypot(spectrum[:, :129], spectrum[:, 129:])
    for layer, stride in enumerate((1, 2, 2, 1)):
        conv = f"encoder.{layer}.reparam_conv"
        x = functional.conv1d(x, weights[f"{conv}.weight"], weights[f"{conv}.bias"], stride=stride, padding=1)
        x = x.relu()
    return x[:, :, 0]


@cache
def _lstm() -> torch.nn.LSTM:
    lstm = torch.nn.LSTM(128, 128)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    lstm.load_state_dict({f"{name}_l0": _weights()[f"decoder.rnn.{name}"] for name in names})
    return lstm.eval()


@cache
def _weights() -> dict[str, Tensor]:
    """The 16 kHz network's tensors. The safetensors beside them hold an older training that hears less well.

    The package is found, not imported: its import sets torch to a single thread.
    """
    package = find_spec("silero_vad")
    if package is None or package.origin is None:
        raise WeightsDamaged("The voice activity model (package silero-vad) is not installed.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the package ships TorchScript only
        path = Path(package.origin).parent / "data" / "silero_vad.jit"
        shipped = torch.jit.load(path, map_location="cpu")  # type: ignore[no-untyped-call]
    state = shipped.state_dict()
    return {
        name.removeprefix("_model."): value for name, value in state.items() if name.startswith("_model.")
    }
