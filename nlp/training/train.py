"""Trains the clause classifier: `make train`. Reads carriers.txt, people.txt and words.json, writes
nlp/kinds.npz and metrics.json; project.yml says on what each step depends.

The upper layers of MiniLM, tuned, and one linear layer over their vector and the cue words. Metrics and
temperature are of a fifth of the carriers that was held out; the weights that are carried are trained on all.
Two quiet cores need about ten minutes.
"""

import json
import random
import sys
from collections.abc import Sequence

import numpy as np
import torch

from nlp.components.kinds import PRESENCE, WEIGHTS
from nlp.encoder import Encoder
from nlp.training.fill import COPIES, HERE, LABELS, Filler, carriers, words
from nlp.training.tune import Sentences, read, stored, tune

SEED, FOLDS, THREADS = 7, 5, 1
COMMON = 3.0
"""How much more a sentence of no kind weighs: most clauses of a visit are of none, unlike the carriers."""
KINDS = (*LABELS, "other")
NAMES = (*KINDS, *PRESENCE)
METRICS = HERE / "metrics.json"


def figures(said: torch.Tensor, wanted: torch.Tensor) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 a label, the likeliest label counting."""
    out = {}
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


def among(scores: torch.Tensor, wanted: torch.Tensor, names: Sequence[str]) -> torch.Tensor:
    """Scores of other questions' labels are out of the way: a clause's kind is no person's presence."""
    asked = torch.tensor([name in names for name in NAMES])
    rows = asked[wanted]
    return torch.where(rows[:, None] & ~asked[None, :], -1e4, scores)


def main() -> None:
    torch.set_num_threads(THREADS)
    lines, encoder = carriers(), Encoder.load()
    random.Random(SEED).shuffle(lines)
    made = Filler(words(), SEED).sentences(lines)
    wanted = torch.tensor([NAMES.index(label) for label, _ in made])
    sentences, weights = Sentences(encoder, [text for _, text in made]), torch.ones(len(NAMES))
    weights[NAMES.index("other")] = COMMON
    held = [row for row in range(len(made)) if row // COPIES % FOLDS == 0]
    seen = [row for row in range(len(made)) if row // COPIES % FOLDS]
    scores = read(encoder, sentences, held, tune(encoder, sentences, seen, wanted, weights))
    scores = among(among(scores, wanted[held], KINDS), wanted[held], PRESENCE)
    divisor, said = temperature(scores, wanted[held]), scores.argmax(1)
    report = {
        "carriers": len(lines),
        "sentences": len(made),
        "held_out": len(held),
        "accuracy": round(float((said == wanted[held]).float().mean()), 3),
        "temperature": round(divisor, 3),
        "labels": figures(said, wanted[held]),
    }
    METRICS.write_text(json.dumps(report, indent=1) + "\n")
    final = stored(tune(encoder, sentences, list(range(len(made))), wanted, weights), divisor)
    np.savez_compressed(WEIGHTS, labels=np.array(NAMES), **final)  # type: ignore[arg-type]
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
