"""The decoder's own choices, leaned towards the spellings of the vocabulary as they begin to be spoken.

A prefix tree over tokens: where a term may begin its first token gains a little, inside a term its next token
gains more. Greedy decoding with it heard 95 and 65 of 127 and 88 names where plain decoding heard 76 and 40,
with a lower word error rate and no more false names; larger gains write names that nobody said.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import torch
from torch import Tensor

from speech.types import Term, Vocabulary

BEGIN, CONTINUE = 1.5, 3.5
"""Added to a token's logit where a term may begin, and inside a term."""
SHORTEST = 3
"""Letters; shorter terms are said too often as something else."""
MOST_TERMS = 400
PEOPLE = ("person", "colleague")

Node: TypeAlias = dict[int, "Node"]


def spellings(vocabulary: Vocabulary) -> list[Term]:
    """Each term and, for people, each of their names; the likeliest first, every spelling once."""
    found: dict[str, Term] = {}
    for term in vocabulary.terms[:MOST_TERMS]:
        parts = term.text.split() if term.kind in PEOPLE else []
        for text in (_bare(term.text), *parts):
            if len(text) >= SHORTEST:
                found.setdefault(text, Term(text=text, kind=term.kind, weight=term.weight))
    return list(found.values())


class PrefixTree:
    def __init__(self, terms: Iterable[Term], encode: Callable[[str], list[int]], n_vocab: int) -> None:
        self._root: Node = {}
        for term in terms:
            node = self._root
            for token in encode(" " + term.text):
                node = node.setdefault(token, {})
        self._begin = torch.zeros(n_vocab)
        self._begin[list(self._root)] = BEGIN

    def lean(self, logits: Tensor, open_: list[Node]) -> None:
        """Changes one row's logits; `open_` are the terms that have begun."""
        if not self._root:
            return
        logits += self._begin.to(logits.device)
        inside = {token for node in open_ for token in node}
        for token in inside:
            logits[token] += CONTINUE - (BEGIN if token in self._root else 0.0)

    def follow(self, token: int, open_: list[Node]) -> list[Node]:
        """The terms that are open after this token."""
        return [node[token] for node in (*open_, self._root) if token in node]


def _bare(text: str) -> str:
    """Without the article that any noun may have."""
    return text[4:] if text.lower().startswith("the ") else text
