"""Trains the clause classifier: `make train`. Reads carriers.txt and words.json, writes nlp/kinds.npz and
metrics.json; project.yml says on what each step depends.

One linear layer over a frozen MiniLM vector and the cue words. Metrics and temperature are of carriers never
seen in training (five folds, whole carriers); the weights that are carried are trained on all. Two cores need
a few minutes.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np
import torch

from nlp.cues import cues
from nlp.encoder import Encoder
from nlp.training.fill import COPIES, HERE, LABELS, Filler, Line, carriers, words

SEED, FOLDS, STEPS, SHRINK = 7, 5, 80, 1e-4
"""`SHRINK` weighs the squares of the weights against the mean loss; chosen on the folds."""
COMMON = 3.0
"""How much more a sentence of no kind weighs: most clauses of a visit are of none, unlike the carriers."""
NAMES = (*LABELS, "other")
WEIGHTS = HERE.parent / "kinds.npz"
METRICS = HERE / "metrics.json"


def matrix(lines: list[Line], encoder: Encoder) -> tuple[torch.Tensor, torch.Tensor]:
    """Vector and cues of each sentence, and its label's number."""
    made = Filler(words(), SEED).sentences(lines)
    texts = [text for _, text in made]
    rows = np.concatenate([encoder(texts), cues(texts)], axis=1)
    return torch.from_numpy(rows), torch.tensor([NAMES.index(label) for label, _ in made])


def fit(rows: torch.Tensor, wanted: torch.Tensor) -> torch.nn.Linear:
    torch.manual_seed(SEED)
    layer, weights = torch.nn.Linear(rows.shape[1], len(NAMES)), torch.ones(len(NAMES))
    weights[NAMES.index("other")] = COMMON
    optimizer = torch.optim.LBFGS(layer.parameters(), lr=1, max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value: torch.Tensor = torch.nn.functional.cross_entropy(layer(rows), wanted, weight=weights)
        value = value + SHRINK * layer.weight.pow(2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return layer


def unseen(rows: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Scores of every sentence by a layer that never saw its carrier."""
    fold = (torch.arange(len(rows)) // COPIES) % FOLDS
    scores = torch.zeros(len(rows), len(NAMES))
    for number in range(FOLDS):
        layer = fit(rows[fold != number], wanted[fold != number])
        with torch.inference_mode():
            scores[fold == number] = layer(rows[fold == number])
    return scores


def figures(scores: torch.Tensor, wanted: torch.Tensor) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 a label, the likeliest label counting."""
    said, out = scores.argmax(1), {}
    for index, name in enumerate(NAMES):
        hit = float(((said == index) & (wanted == index)).sum())
        precision = hit / max(float((said == index).sum()), 1.0)
        recall = hit / max(float((wanted == index).sum()), 1.0)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        out[name] = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
    return out


def temperature(scores: torch.Tensor, wanted: torch.Tensor) -> float:
    """The divisor of the scores at which said and true chances agree best."""
    loss = torch.nn.functional.cross_entropy
    return float(min(np.linspace(0.5, 3.0, 51), key=lambda t: float(loss(scores / t, wanted))))


def main() -> None:
    lines = carriers()
    random.Random(SEED).shuffle(lines)
    rows, wanted = matrix(lines, Encoder.load())
    scores = unseen(rows, wanted)
    divisor = temperature(scores, wanted)
    report = {
        "carriers": len(lines),
        "sentences": len(rows),
        "accuracy": round(float((scores.argmax(1) == wanted).float().mean()), 3),
        "temperature": round(divisor, 3),
        "labels": figures(scores, wanted),
    }
    METRICS.write_text(json.dumps(report, indent=1) + "\n")
    save(WEIGHTS, fit(rows, wanted), divisor)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def save(path: Path, layer: torch.nn.Linear, divisor: float) -> None:
    weight, bias = layer.weight.detach().numpy() / divisor, layer.bias.detach().numpy() / divisor
    np.savez(path, weight=weight.astype(np.float32), bias=bias.astype(np.float32), labels=np.array(NAMES))


if __name__ == "__main__":
    main()
