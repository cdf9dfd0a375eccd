"""What each clause is (complaint, promise, personal fact and so on), and whether a person named was there:
chances from MiniLM with tuned upper layers.

Trained by `nlp.training.train` on the project's own sentences; rules and dates of the other components go
with it. A clause that is all but one of which a person said what it is, is that.
"""

import re
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc

from nlp.cues import cues
from nlp.encoder import UPPER, Encoder
from nlp.findings import clause_at, context_of
from nlp.types import Example

WEIGHTS = Path(__file__).parent.parent / "kinds.npz"
LEAD = re.compile(
    r"^(?:(?:and|but|so|because|then|which|who|that|also|oh|well|anyway|now|okay)\b[\s,]*)+", re.IGNORECASE
)
FEWEST = 3
"""Words of a clause worth reading; 'and that\'s it' is nothing."""
MOST = 1500
"""Clauses that are encoded; a memo has some twenty."""
PRESENCE = ("met", "absent", "named")
"""What a sentence says of one person in it: was there, was not, was only spoken of."""
PERSON = "Person"
"""Stands for that person's name."""
BEFORE, AFTER = 12, 16
"""Words around a name that tell whether somebody was there."""
ALIKE = 0.8
"""Cosine from which a clause is what its example is; other clauses of one subject stay below."""
SURE = 0.9
"""Chance that an example gives."""


class Kinds:
    """Reads chances for all clauses in one go."""

    def __init__(self, encoder: Encoder) -> None:
        self._plain = encoder
        self._examples: tuple[tuple[Example, ...], np.ndarray] = ((), encoder([]))
        with np.load(WEIGHTS) as stored:
            self._weight, self._bias = stored["weight"], stored["bias"]
            labels = tuple(str(name) for name in stored["labels"])
            upper = {
                name.removeprefix(UPPER): torch.from_numpy(stored[name].astype(np.float32))
                for name in stored.files
                if name.startswith(UPPER)
            }
        self._encoder = encoder.tuned(upper)
        self._presence = np.array([label in PRESENCE for label in labels])
        self._kinds = tuple(label for label in labels if label not in PRESENCE)

    @property
    def plain(self) -> Encoder:
        """The encoder as it came, for those who read meaning and not kinds."""
        return self._plain

    def __call__(self, doc: Doc) -> Doc:
        clauses = [c for c in doc._.clauses[:MOST] if len(c.text.split()) >= FEWEST]
        if not clauses:
            return doc
        people = _people(doc)
        texts = [_bare(c.text) for c in clauses]
        scores = self._scores([*texts, *(about(doc, *span) for span in people)])
        kinds = _chances(scores[: len(texts), ~self._presence])
        kinds = self._taught(kinds, texts, context_of(doc).examples)
        doc._.kinds = _named([c.start for c in clauses], kinds, self._kinds)
        there = _chances(scores[len(texts) :, self._presence])
        doc._.there = _named([start for start, _ in people], there, PRESENCE)
        return doc

    def _scores(self, texts: list[str]) -> np.ndarray:
        rows: np.ndarray = np.concatenate([self._encoder(texts), cues(texts)], axis=1)
        return np.asarray(rows @ self._weight.T + self._bias)

    def _taught(self, chances: np.ndarray, texts: list[str], examples: tuple[Example, ...]) -> np.ndarray:
        """With the nearest example's kind where one is near enough."""
        known = tuple(e for e in examples if e.kind in self._kinds)
        if not known:
            return chances
        if known != self._examples[0]:
            self._examples = known, self._plain([_bare(e.text) for e in known])
        likeness = self._plain(texts) @ self._examples[1].T
        for row in np.flatnonzero(likeness.max(axis=1) >= ALIKE):
            said = self._kinds.index(known[int(likeness[row].argmax())].kind)
            chances[row] *= (1 - SURE) / max(1 - chances[row, said], 1e-9)
            chances[row, said] = SURE
        return chances


def _chances(scores: np.ndarray) -> np.ndarray:
    if not scores.size:
        return scores
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _named(starts: list[int], rows: np.ndarray, labels: tuple[str, ...]) -> dict[int, dict[str, float]]:
    return {
        start: dict(zip(labels, map(float, row), strict=True))
        for start, row in zip(starts, rows, strict=True)
    }


def _people(doc: Doc) -> list[tuple[int, int]]:
    """Characters of names of persons, known or not."""
    known = [(n.start, n.end) for n in doc._.names if n.kind == "person"]
    other = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"]
    return (known + [(a, b) for a, b in other if not any(a < end and start < b for start, end in known)])[
        :MOST
    ]


def about(doc: Doc, start: int, end: int) -> str:
    """What is said of one person: the clause around the name and the next, with `PERSON` for the name."""
    clause = clause_at(doc, start)
    if clause is None:
        return PERSON
    last = max(c.end for c in doc._.clauses if c.sentence == clause.sentence and c.start <= clause.end + 1)
    text = doc._.story.text
    before, after = text[clause.start : start].split(), text[end : max(last, end)]
    joined = "" if re.match(r"['’,.]", after) else " "
    return _bare(f"{' '.join([*before[-BEFORE:], PERSON])}{joined}{' '.join(after.split()[:AFTER])}")


def _bare(text: str) -> str:
    """Without joiners in front and marks around."""
    return LEAD.sub("", text.strip(" ,.;:\n")) or text


@Language.factory(
    "rounds_kinds",
    requires=["doc._.clauses", "doc._.names", "doc.ents"],
    assigns=["doc._.kinds", "doc._.there"],
)
def kinds(nlp: Language, name: str) -> Kinds:
    return Kinds(Encoder.load())
