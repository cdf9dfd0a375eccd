"""What still sounds like a name of the vocabulary, but is not written so, is put to the model itself.

Every span of words that is like a term by letters and by sound becomes a question: how likely is the
recording with the term in its place? All questions of a window are answered in one pass of the decoder. What
was heard is kept beside what is written.
"""

import math
import re
from collections.abc import Sequence

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist
from whisper.tokenizer import Tokenizer

from speech.engines.network import Cache, Decoder, together
from speech.engines.search import Heard
from speech.phonetics import BEGINNING, SOUND, SPELLING, keys, tokens, unaccented
from speech.pronunciation import heard_as
from speech.types import Term

LIKE = 0.55
"""Likeness from which a span is put to the model."""
MOST = 24
"""Questions a window, the most alike and likeliest first. Of 3,100 questions of 22 memos that could become
repairs, all 28 that did were among the first 17 of their window; ranked by their greatest gain, up to 102."""
LONGEST = 5
"""Words of the longest span."""
AFTER = 3
"""Tokens after the span that are judged with it: a wrong word makes the next ones unlikely."""
OFFSET, BY_LIKENESS, BY_MODEL, BY_WEIGHT, COMMON, BY_RARITY, BY_LENGTH = -3.7, 5.8, 0.55, 4.2, -1.4, 0.8, 1.9
"""The log odds that a question is a repair: likeness 0..1, the model's difference in log probability, the
term's weight 0..1, a lone word that is a single token, as common words are, how many tokens more than one a
word takes on the average (0..2: words that the model does not know are rarely what was said), and the term's
letters (tens, up to 1.4). Logistic regression on 3,700 questions of two companies."""
SMALL = -1.5
"""Less, when that lone common word is written small and the term is no thing: a name would have a capital."""
CAPITAL, ALIKE, FAR = 1.8, 0.75, -18.0
"""More, by the share of the span's words that have a capital inside a sentence, when the term is no thing, at
least so alike and not farther from what the model believes: it wrote a name that it does not know. Without
these bounds it made as many false names as right ones."""
THINGS = ("product", "word")
FLOOR_GAIN = -15.0
SURE = 0.7
"""Probability from which a repair is made. Fitted on one company and tried on the other, 169 of 183 names
were heard at 0.7 and 163 at 0.87, with the same five that nobody said."""
ADDRESS = re.compile(r"\w[.@_]\w")
"""Inside a word: part of an e-mail address, whose spelling is not a name's."""
MARKS = re.compile(r"^([\"'(\[]*)(.*?)((?:['’]s)?[\"').,;:!?\]…-]*)$", re.DOTALL)
"""Marks before, the name, possessive and marks after."""


class Span(msgspec.Struct, frozen=True):
    """Consecutive tokens of a window that make one or more words."""

    start: int
    end: int


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    span: Span
    heard: str
    written: str
    probability: float
    """That the repair is right."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    span: Span
    term: Term
    likeness: float
    heard: str
    written: str
    capital: float
    """Share of its words, 0..1, that have a capital though no sentence begins."""


def word_spans(token_ids: Sequence[int], tokenizer: Tokenizer) -> list[Span]:
    """A word begins with the token that begins with a blank."""
    begins = [
        at
        for at, token in enumerate(token_ids)
        if at == 0 or tokenizer.encoding.decode_single_token_bytes(token)[:1] == b" "
    ]
    return [Span(start, end) for start, end in zip(begins, [*begins[1:], len(token_ids)], strict=True)]


class Repairer:
    def __init__(self, decoder: Decoder, tokenizer: Tokenizer, terms: Sequence[Term]) -> None:
        self._decoder, self._tokenizer = decoder, tokenizer
        self._terms = [term for term in terms if tokens(term.text)]
        self._names = [" ".join(tokens(term.text)) for term in self._terms]
        ways = [(way, at) for at, term in enumerate(self._terms) for way in heard_as(term.text)]
        self._ways, self._of = [way for way, _ in ways], [at for _, at in ways]
        self._whole = {tuple(map(_singular, name.split())) for name in self._names}

    def repairs(self, cache: Cache, row: int, heard: Heard) -> list[Repair]:
        """The best that do not overlap, in order."""
        questions = self._questions(heard)
        if not questions:
            return []
        gains = self._gains(cache, row, heard, questions)
        ranked = sorted(zip(map(_probability, questions, gains), questions, strict=True), key=lambda p: -p[0])
        taken: list[Repair] = []
        for probability, asked in ranked:
            apart = all(asked.span.end <= r.span.start or r.span.end <= asked.span.start for r in taken)
            if probability > SURE and apart:
                taken.append(
                    Repair(span=asked.span, heard=asked.heard, written=asked.written, probability=probability)
                )
        return sorted(taken, key=lambda repair: repair.span.start)

    def _questions(self, heard: Heard) -> list[Question]:
        if not self._terms:
            return []
        words = word_spans(heard.tokens, self._tokenizer)
        texts = [self._tokenizer.decode(heard.tokens[w.start : w.end]).strip() for w in words]
        spans = [
            (first, last)
            for first in range(len(words))
            for last in range(first + 1, min(first + LONGEST, len(words)) + 1)
            if not any(text[-1:] in ".?!" for text in texts[first : last - 1])
            and not any(ADDRESS.search(text) for text in texts[first:last])
        ]
        said = [" ".join(tokens(" ".join(texts[first:last]))) for first, last in spans]
        alike, whole = self._likeness(said), self._whole_names(texts)
        found = []
        for at, which in zip(*np.nonzero(alike >= LIKE), strict=True):
            (first, last), name = spans[at], self._names[which]
            parts = name.split()
            fits = last - first <= len(parts) + 2 and self._sensible(said[at].split(), parts)
            heard_well = set(map(_singular, said[at].split()))
            if fits and not self._breaks(whole, first, last, parts, heard_well):
                span = Span(words[first].start, words[last - 1].end)
                capital = _capital(texts, first, last)
                found.append(
                    self._question(heard, span, self._terms[which], float(alike[at, which]), capital)
                )
        open_ = [q for q in found if _probability(q, _at_best(heard, q.span)) > SURE]
        return sorted(open_, key=lambda q: -BY_LIKENESS * q.likeness - BY_WEIGHT * q.term.weight)[:MOST]

    def _likeness(self, said: Sequence[str]) -> NDArray[np.float32]:
        """Of each span to each term, in the way of saying it that is most like."""
        ways = likeness(said, self._ways)
        alike = np.zeros((len(said), len(self._terms)), np.float32)
        for at, way in zip(self._of, ways.T, strict=True):
            np.maximum(alike[:, at], way, out=alike[:, at])
        return alike

    def _sensible(self, said: list[str], name: list[str]) -> bool:
        """A repair respells: it neither adds nor drops words, nor a plural."""
        plain, plain_name = set(map(_singular, said)), set(map(_singular, name))
        return bool(said) and said != name and not plain <= plain_name and not plain_name <= plain

    def _breaks(
        self,
        names: Sequence[tuple[int, int, set[str]]],
        first: int,
        last: int,
        name: list[str],
        said: set[str],
    ) -> bool:
        """It would change a word of another name that was heard well, and is not a longer name whose other
        words were heard."""
        plain = set(map(_singular, name))
        return any(
            start < last
            and first < end
            and not (first <= start and end <= last and (parts <= plain or self._longer(said, plain, parts)))
            for start, end, parts in names
        )

    def _longer(self, said: set[str], name: set[str], other: set[str]) -> bool:
        """'Boxcar Luz' may be Boxcar Lou, though there is a Luz."""
        return len(name & said) * 2 >= len(name) > len(other)

    def _whole_names(self, texts: Sequence[str]) -> list[tuple[int, int, set[str]]]:
        """Words of the window, from and to, that are a term already."""
        flat = [(at, _singular(part)) for at, text in enumerate(texts) for part in tokens(text)]
        return [
            (flat[first][0], flat[last - 1][0] + 1, {part for _, part in flat[first:last]})
            for first in range(len(flat))
            for last in range(first + 1, min(first + LONGEST + 2, len(flat)) + 1)
            if tuple(part for _, part in flat[first:last]) in self._whole
        ]

    def _question(self, heard: Heard, span: Span, term: Term, alike: float, capital: float) -> Question:
        text = self._tokenizer.decode(heard.tokens[span.start : span.end]).strip()
        marks = MARKS.match(text)
        before, after = (marks[1], marks[3]) if marks else ("", "")
        return Question(
            span=span,
            term=term,
            likeness=alike,
            heard=text,
            written=before + term.text + after,
            capital=capital,
        )

    def _gains(self, cache: Cache, row: int, heard: Heard, questions: Sequence[Question]) -> list[float]:
        """Log probability with the term in place, less that of what is written now."""
        control = list(self._tokenizer.sot_sequence_including_notimestamps)
        written = [*heard.tokens, self._tokenizer.eot][: len(heard.logprobs)]
        branches, old = [], []
        for question in questions:
            end = min(question.span.end + AFTER, len(written))
            old.append(sum(heard.logprobs[question.span.start : end]))
            for text in _cases(question):
                new = self._tokenizer.encode(" " + text)
                branches.append((question.span.start, [*new, *written[question.span.end : end]]))
        tree = together(branches, [*control, *heard.tokens], len(control), cache)
        wanted = torch.tensor(
            [token for _, branch in branches for token in branch], device=tree.tokens.device
        )
        given = self._decoder.branches(cache, row, tree, wanted)
        sums = iter(float(part.sum()) for part in torch.split(given, [len(branch) for _, branch in branches]))
        best = [max(next(sums) for _ in _cases(question)) for question in questions]
        return [new - before for new, before in zip(best, old, strict=True)]


def likeness(said: Sequence[str], names: Sequence[str]) -> NDArray[np.float32]:
    """`speech.phonetics.similarity` of all pairs at once."""
    close, close_names = ([text.replace(" ", "") for text in texts] for texts in (said, names))
    sounds, name_sounds = ([" ".join(keys(text)[:1]) for text in texts] for texts in (close, close_names))
    letters = np.maximum(cdist(said, names, scorer=ratio), cdist(close, close_names, scorer=ratio)) / 100
    beginning = cdist(close, close_names, scorer=JaroWinkler.similarity)
    heard = cdist(sounds, name_sounds, scorer=ratio) / 100
    blend: NDArray[np.float32] = SPELLING * letters + BEGINNING * beginning + SOUND * heard
    return blend


def _cases(question: Question) -> tuple[str, ...]:
    """To the model a product is a common noun, however the catalogue writes it, and English is unaccented."""
    written = [question.written]
    if question.term.kind in THINGS:
        written.append(question.written.lower())
    return tuple(dict.fromkeys([*written, unaccented(question.written)]))


def _capital(texts: Sequence[str], first: int, last: int) -> float:
    if not first or texts[first - 1][-1:] in ".?!":
        return 0.0
    return sum(text[:1].isupper() for text in texts[first:last]) / (last - first)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _at_best(heard: Heard, span: Span) -> float:
    """No gain is greater: what is written instead leaves what was heard at one of these tokens, where all
    other tokens together have what the token that was heard left over."""
    left_over = max(
        math.log(max(1e-9, 1 - math.exp(min(0.0, p)))) for p in heard.logprobs[span.start : span.end + 1]
    )
    return left_over - sum(heard.logprobs[span.start : span.end + AFTER])


def _probability(question: Question, gain: float) -> float:
    words, pieces = len(question.heard.split()), question.span.end - question.span.start
    named = question.term.kind not in THINGS
    odds = (
        OFFSET
        + BY_LIKENESS * question.likeness
        + BY_MODEL * max(gain, FLOOR_GAIN)
        + BY_WEIGHT * question.term.weight
        + (COMMON if words == pieces == 1 else 0.0)
        + (SMALL if words == pieces == 1 and question.heard.islower() and named else 0.0)
        + (CAPITAL * question.capital if named and question.likeness >= ALIKE and gain > FAR else 0.0)
        + BY_RARITY * min(2.0, pieces / words - 1)
        + BY_LENGTH * min(1.4, len("".join(tokens(question.term.text))) / 10)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
