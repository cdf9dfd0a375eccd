"""What each clause is: complaint, promise, personal fact and so on, with chances, from a trained layer on
MiniLM vectors.

Trained by `nlp.training.train` on the project's own sentences; rules and dates of the other components go
with it. A clause that is all but one of which a person said what it is, is that.
"""

import re
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from nlp.cues import cues
from nlp.encoder import Encoder
from nlp.findings import context_of
from nlp.types import Example

WEIGHTS = Path(__file__).parent.parent / "kinds.npz"
LEAD = re.compile(
    r"^(?:(?:and|but|so|because|then|which|who|that|also|oh|well|anyway|now|okay)\b[\s,]*)+", re.IGNORECASE
)
FEWEST = 3
"""Words of a clause worth reading; 'and that\'s it' is nothing."""
MOST = 1500
"""Clauses that are encoded; a memo has some twenty."""
ALIKE = 0.8
"""Cosine from which a clause is what its example is; other clauses of one subject stay below."""
SURE = 0.9
"""Chance that an example gives."""


class Kinds:
    """Reads chances for all clauses in one go."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._examples: tuple[tuple[Example, ...], np.ndarray] = ((), encoder([]))
        with np.load(WEIGHTS) as stored:
            self._weight, self._bias = stored["weight"], stored["bias"]
            self._labels = tuple(str(name) for name in stored["labels"])

    def __call__(self, doc: Doc) -> Doc:
        clauses = [c for c in doc._.clauses[:MOST] if len(c.text.split()) >= FEWEST]
        if not clauses:
            return doc
        texts = [_bare(c.text) for c in clauses]
        vectors = self._encoder(texts)
        scores = np.concatenate([vectors, cues(texts)], axis=1) @ self._weight.T + self._bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = self._taught(powers / powers.sum(axis=1, keepdims=True), vectors, context_of(doc).examples)
        doc._.kinds = {
            clause.start: dict(zip(self._labels, map(float, row), strict=True))
            for clause, row in zip(clauses, chances, strict=True)
        }
        return doc

    def _taught(self, chances: np.ndarray, vectors: np.ndarray, examples: tuple[Example, ...]) -> np.ndarray:
        """With the nearest example's kind where one is near enough."""
        known = tuple(e for e in examples if e.kind in self._labels)
        if not known:
            return chances
        if known != self._examples[0]:
            self._examples = known, self._encoder([_bare(e.text) for e in known])
        likeness = vectors @ self._examples[1].T
        for row in np.flatnonzero(likeness.max(axis=1) >= ALIKE):
            said = self._labels.index(known[int(likeness[row].argmax())].kind)
            chances[row] *= (1 - SURE) / max(1 - chances[row, said], 1e-9)
            chances[row, said] = SURE
        return chances


def _bare(text: str) -> str:
    """Without joiners in front and marks around."""
    return LEAD.sub("", text.strip(" ,.;:\n")) or text


@Language.factory("rounds_kinds", requires=["doc._.clauses"], assigns=["doc._.kinds"])
def kinds(nlp: Language, name: str) -> Kinds:
    return Kinds(Encoder.load())
