"""The decoder's own choices, leaned towards the spellings of the vocabulary as they begin to be spoken.

A prefix tree over tokens: where a term may begin its first token gains a little, the more the likelier the
term; inside a term its next token gains more. Larger gains write names that nobody said.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

import torch
from torch import Tensor

from speech.phonetics import unaccented
from speech.types import Term, Vocabulary

BEGIN, BY_WEIGHT, CONTINUE = 1.0, 1.5, 3.5
"""Added to a token's logit where a term may begin (and by the weight, 0..1, of the likeliest such term), and
inside a term. On 18 hard memos 1.5 wherever any may begin gave 1 to 3 % more wrong words, one false name more
and one name more."""
SHORTEST = 3
"""Letters; shorter terms are said too often as something else."""
MOST_TERMS = 400
PEOPLE = ("person", "colleague")

Node: TypeAlias = dict[int, "Node"]


def spellings(vocabulary: Vocabulary) -> list[Term]:
    """Each term and, for people, each of their names; the likeliest first. Of two spellings that differ in an
    apostrophe alone the first stays: nobody can hear which was meant."""
    found: dict[str, Term] = {}
    for term in vocabulary.terms[:MOST_TERMS]:
        parts = term.text.split() if term.kind in PEOPLE else []
        for text in (_bare(term.text), *parts):
            if len(text) >= SHORTEST:
                found.setdefault(
                    re.sub("['’]", "", text), Term(text=text, kind=term.kind, weight=term.weight)
                )
    return list(found.values())


class PrefixTree:
    def __init__(self, terms: Iterable[Term], encode: Callable[[str], list[int]], n_vocab: int) -> None:
        self._root: Node = {}
        likeliest: dict[int, float] = {}
        for term in terms:
            for text in {term.text, unaccented(term.text)}:  # English is mostly written without accents
                node = self._root
                spelled = encode(" " + text)
                for token in spelled:
                    node = node.setdefault(token, {})
                if spelled:
                    likeliest[spelled[0]] = max(likeliest.get(spelled[0], 0.0), term.weight)
        self._begin = torch.zeros(n_vocab)
        for first, weight in likeliest.items():
            self._begin[first] = BEGIN + BY_WEIGHT * weight

    def lean(self, logits: Tensor, open_: list[Node]) -> None:
        """Changes one row's logits; `open_` are the terms that have begun."""
        if not self._root:
            return
        logits += self._begin.to(logits.device)
        inside = {token for node in open_ for token in node}
        for token in inside:
            logits[token] += CONTINUE - float(self._begin[token])

    def follow(self, token: int, open_: list[Node]) -> list[Node]:
        """The terms that are open after this token."""
        return [node[token] for node in (*open_, self._root) if token in node]


def _bare(text: str) -> str:
    """Without the article that any noun may have."""
    return text[4:] if text.lower().startswith("the ") else text
