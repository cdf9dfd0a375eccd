"""What each clause is: complaint, promise, personal fact and so on, with chances, from a trained layer on
MiniLM vectors.

Trained by `nlp.training.train` on the project's own sentences; rules and dates of the other components go
with it.
"""

import re
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from nlp.cues import cues
from nlp.encoder import Encoder

WEIGHTS = Path(__file__).parent.parent / "kinds.npz"
LEAD = re.compile(
    r"^(?:(?:and|but|so|because|then|which|who|that|also|oh|well|anyway|now|okay)\b[\s,]*)+", re.IGNORECASE
)
FEWEST = 3
"""Words of a clause worth reading; 'and that\'s it' is nothing."""
MOST = 1500
"""Clauses that are encoded; a memo has some twenty."""


class Kinds:
    """Reads chances for all clauses in one go."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        with np.load(WEIGHTS) as stored:
            self._weight, self._bias = stored["weight"], stored["bias"]
            self._labels = tuple(str(name) for name in stored["labels"])

    def __call__(self, doc: Doc) -> Doc:
        clauses = [c for c in doc._.clauses[:MOST] if len(c.text.split()) >= FEWEST]
        if not clauses:
            return doc
        texts = [LEAD.sub("", c.text.strip(" ,.;:\n")) or c.text for c in clauses]
        vectors = self._encoder(texts)
        scores = np.concatenate([vectors, cues(texts)], axis=1) @ self._weight.T + self._bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        doc._.kinds = {
            clause.start: dict(zip(self._labels, map(float, row), strict=True))
            for clause, row in zip(clauses, chances, strict=True)
        }
        return doc


@Language.factory("rounds_kinds", requires=["doc._.clauses"], assigns=["doc._.kinds"])
def kinds(nlp: Language, name: str) -> Kinds:
    return Kinds(Encoder.load())
