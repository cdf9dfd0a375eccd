"""When each token was spoken, from where in the sound the decoder looked when it wrote it.

The method is openai-whisper's (dynamic time warping over chosen heads), but on what the decoding left behind:
the second pass over the text that openai-whisper makes is not needed.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from speech.engines.network import Cache

FRAME_S = 0.02
"""Seconds of sound behind one of the encoder's positions."""
SMOOTHED = 7
"""Frames of the median filter, as in openai-whisper."""


def boundaries(
    cache: Cache, row: int, queries: Tensor, heads: list[tuple[int, int]], frames: int
) -> list[float]:
    """Seconds at which each token begins; `queries` is (heads, tokens, size). The last entry is the end."""
    keys = torch.stack([cache.sound[layer][0][row, head, :frames] for layer, head in heads])
    weights = torch.softmax(queries @ keys.transpose(1, 2) * keys.shape[-1] ** -0.5, dim=-1)
    std, mean = torch.std_mean(weights, dim=1, keepdim=True, unbiased=False)
    looked = ((weights - mean) / (std + 1e-6)).mean(dim=0)
    if frames > SMOOTHED:
        padded = torch.nn.functional.pad(looked[None], (SMOOTHED // 2, SMOOTHED // 2), mode="reflect")[0]
        looked = padded.unfold(-1, SMOOTHED, 1).median(dim=-1).values
    return [start * FRAME_S for start in _path(-looked.double().cpu().numpy())]


def _path(cost: NDArray[np.float64]) -> list[int]:
    """The first frame of each token on the cheapest monotonous path, and the number of frames.

    A token at once: staying in it costs a running sum, so its best beginning is a running minimum.
    """
    tokens, frames = cost.shape
    before = np.full(frames + 1, np.inf)  # cost of having ended the token before at frame - 1
    before[0] = 0.0
    totals, entered = [before], np.zeros((tokens, frames), dtype=np.int64)
    for token in range(tokens):
        sums = np.concatenate([[0.0], np.cumsum(cost[token])])
        came = np.minimum(before[:-1], before[1:]) if token else before[:-1]
        offset = came - sums[:-1]
        best = np.minimum.accumulate(offset)
        entered[token] = np.maximum.accumulate(np.where(offset <= best, np.arange(frames), 0))
        before = np.concatenate([[np.inf], best + sums[1:]])
        totals.append(before)
    starts, at = [], frames - 1
    for token in reversed(range(tokens)):
        start = int(entered[token, at])
        starts.append(start)
        at = start if totals[token][start + 1] < totals[token][start] else start - 1
    return [*reversed(starts), frames]
