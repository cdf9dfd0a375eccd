"""Fine-tunes the encoder's upper layers together with a linear layer over them and the cue words.

The layers below are run once; token vectors are kept in half precision.
"""

import random
from typing import NamedTuple

import numpy as np
import torch

from nlp.cues import cues
from nlp.encoder import SIZE, UPPER, Encoder

FIRST = 4
"""The layers below stay as they are."""
STRETCH = 4.0
"""A vector's weight beside the cues."""
ROUNDS, ROWS = 2, 32
"""Times that each sentence is seen; sentences a step."""
UPPER_RATE, HEAD_RATE, DECAY, WARM, SMOOTH = 1e-4, 2e-2, 0.01, 30, 0.05
"""Steps of AdamW: sizes for the encoder and for the linear layer, weight decay, steps until full size, label
smoothing; chosen on carriers held out."""
BUCKET = 16 * ROWS
"""Sentences among which those of like length are put together."""


class Tuned(NamedTuple):
    upper: dict[str, torch.Tensor]
    head: torch.nn.Linear


class Sentences:
    """Texts as token vectors below the tuned layers, with their cue words."""

    def __init__(self, encoder: Encoder, texts: list[str]) -> None:
        self._tokens: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        self._cues = torch.from_numpy(cues(texts))
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        with torch.no_grad():
            for begin in range(0, len(order), ROWS):
                rows = order[begin : begin + ROWS]
                hidden, mask = encoder.below([texts[i] for i in rows], FIRST)
                for at, row in enumerate(rows):
                    self._tokens[row] = hidden[at, : int(mask[at].sum())].half()

    @property
    def cues(self) -> int:
        return int(self._cues.shape[1])

    def scores(self, encoder: Encoder, head: torch.nn.Linear, rows: list[int]) -> torch.Tensor:
        """Of these sentences, a row each."""
        longest = max(len(self._tokens[row]) for row in rows)
        hidden, mask = torch.zeros(len(rows), longest, SIZE), torch.zeros(len(rows), longest)
        for at, row in enumerate(rows):
            size = len(self._tokens[row])
            hidden[at, :size], mask[at, :size] = self._tokens[row].float(), 1
        vectors = encoder.above(hidden, mask, FIRST) * STRETCH
        scored: torch.Tensor = head(torch.cat([vectors, self._cues[rows]], 1))
        return scored

    def batches(self, rows: list[int], shuffler: random.Random) -> list[list[int]]:
        """All rows in random order, those of like length together."""
        shuffler.shuffle(rows)
        buckets = [
            sorted(rows[at : at + BUCKET], key=lambda row: len(self._tokens[row]))
            for at in range(0, len(rows), BUCKET)
        ]
        out = [bucket[at : at + ROWS] for bucket in buckets for at in range(0, len(bucket), ROWS)]
        shuffler.shuffle(out)
        return out


def tune(
    encoder: Encoder, sentences: Sentences, rows: list[int], wanted: torch.Tensor, weights: torch.Tensor
) -> Tuned:
    """`wanted` holds a label's number for each sentence, `weights` what a label weighs."""
    torch.manual_seed(0)
    upper = {name: weight.requires_grad_(True) for name, weight in encoder.layers(FIRST).items()}
    head = torch.nn.Linear(SIZE + sentences.cues, len(weights))
    tuned, shuffler, rows = encoder.tuned(upper), random.Random(0), list(rows)
    optimizer = torch.optim.AdamW(
        [{"params": list(upper.values()), "lr": UPPER_RATE}, {"params": head.parameters(), "lr": HEAD_RATE}],
        weight_decay=DECAY,
    )
    steps = ROUNDS * -(-len(rows) // ROWS)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / steps)
    )
    for _ in range(ROUNDS):
        for batch in sentences.batches(rows, shuffler):
            loss = torch.nn.functional.cross_entropy(
                sentences.scores(tuned, head, batch), wanted[batch], weight=weights, label_smoothing=SMOOTH
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return Tuned({name: weight.detach() for name, weight in upper.items()}, head)


def read(encoder: Encoder, sentences: Sentences, rows: list[int], tuned: Tuned) -> torch.Tensor:
    """Scores of these rows, in their order."""
    changed = encoder.tuned(tuned.upper)
    with torch.inference_mode():
        parts = [
            sentences.scores(changed, tuned.head, rows[at : at + ROWS]) for at in range(0, len(rows), ROWS)
        ]
    return torch.cat(parts)


def stored(tuned: Tuned, divisor: float) -> dict[str, np.ndarray]:
    """As `nlp.components.kinds` reads it: what goes over vectors of length 1, scores divided."""
    weight, bias = tuned.head.weight.detach().numpy().copy() / divisor, tuned.head.bias.detach().numpy()
    weight[:, :SIZE] *= STRETCH
    upper = {name: value.half().numpy() for name, value in tuned.upper.items()}
    return {
        "weight": weight.astype(np.float32),
        "bias": (bias / divisor).astype(np.float32),
        **{f"{UPPER}{name}": value for name, value in upper.items()},
    }
