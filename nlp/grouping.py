"""What a remark is about, so that remarks on one subject come together.

A remark's vector is the middle of the encoder's vectors of its words that mean something, less what all
remarks share (Arora et al., 2017, without the weights). It joins the subject whose middle is nearest, if that
is near enough, else it begins one. Vectors travel as half floats.
"""

import re
from collections.abc import Sequence

import numpy as np
from spacy.language import Language

from nlp.components.kinds import Kinds
from nlp.encoder import SIZE, Encoder
from nlp.lexicon.remarked import LEADING, ORDINARY, SMALL

ALIKE = 0.36
"""Cosine from which a remark joins a subject; measured in `tests/nlp/test_grouping.py`."""
LEAD = re.compile(rf"^(?:(?:{'|'.join(LEADING)})\b[\s,']*)+", re.IGNORECASE)
LONGEST_NAME = 60
STORED = np.float16


class Grouper:
    """Vectors of remarks, and where they belong; keeps nothing."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._shared = self._middles(list(ORDINARY)).mean(axis=0)

    def vectors(self, remarks: Sequence[str]) -> list[bytes]:
        """One each, in order."""
        if not remarks:
            return []
        rows = self._middles(list(remarks)) - self._shared
        return [stored(row) for row in rows]

    def place(self, vectors: Sequence[bytes], known: Sequence[bytes]) -> list[int]:
        """For each the number of the subject that it joins: among `known`, or behind them, counted on, one
        that an earlier one of `vectors` has begun."""
        middles = [*_rows(known)]
        places = []
        for row in _rows(vectors):
            likeness = np.array(middles) @ row if middles else np.zeros(0)
            nearest = int(likeness.argmax()) if likeness.size else -1
            if nearest < 0 or likeness[nearest] < ALIKE:
                nearest = len(middles)
                middles.append(row)
            places.append(nearest)
        return places

    def _middles(self, remarks: list[str]) -> np.ndarray:
        return np.stack([self._middle(bare(each)) for each in remarks])

    def _middle(self, remark: str) -> np.ndarray:
        """Of the words that mean something; of all where none does, and nothing of none."""
        hidden, words = self._encoder.words(remark)
        if not words:
            return np.zeros(SIZE, dtype=np.float32)
        kept = [at for at, word in enumerate(words) if word not in SMALL and word.lstrip("#").isalnum()]
        rows = hidden[kept or slice(None)]
        return np.asarray(_unit((rows / np.linalg.norm(rows, axis=1, keepdims=True)).mean(axis=0)))


def grouper_of(pipeline: Language) -> Grouper | None:
    """With the encoder that the pipeline has loaded already; null where none is installed."""
    kinds = pipeline.get_pipe("rounds_kinds") if pipeline.has_pipe("rounds_kinds") else None
    return Grouper(kinds.plain) if isinstance(kinds, Kinds) else None


def middle(vectors: Sequence[bytes]) -> bytes | None:
    """Of a subject's voices; null of none."""
    return stored(_rows(vectors).mean(axis=0)) if vectors else None


def bare(remark: str) -> str:
    """Without the words that only say that somebody wishes for something."""
    said = remark.strip(" ,.;:!?\n")
    return LEAD.sub("", said) or said or remark


def title(remark: str) -> str:
    """What a subject is called until somebody calls it otherwise."""
    words = bare(remark)
    if len(words) > LONGEST_NAME:
        words = f"{words[:LONGEST_NAME].rsplit(' ', 1)[0]}…"
    return words[:1].upper() + words[1:]


def stored(row: np.ndarray) -> bytes:
    return bytes(_unit(row).astype(STORED).tobytes())


def _rows(vectors: Sequence[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(vectors), dtype=STORED).astype(np.float32).reshape(-1, SIZE)


def _unit(row: np.ndarray) -> np.ndarray:
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9))
