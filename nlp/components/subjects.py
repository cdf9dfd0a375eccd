"""Who acts in a step: one of ours, the customer, a thing, or nobody that was named."""

from typing import Literal

from spacy.tokens import Doc, Token

from nlp.components.predicates import CLIPPED, FINITE, low
from nlp.findings import context_of
from nlp.lexicon.steps import HEADLESS, OUR_PEOPLE, RIVALS, THEIR_PEOPLE, THINGS_OF_THEIRS

Actor = Literal["us", "ours", "them", "thing", "you", "rival", "none"]
NOMINATIVE = ("i", "we", "he", "she", "they", "it", "you")
PRONOUNS: dict[str, Actor] = {
    "i": "us", "we": "us", "he": "them", "she": "them", "they": "them", "who": "them", "you": "you",
    "it": "thing", "that": "thing", "this": "thing", "everything": "thing", "these": "thing",
    "those": "thing", "all": "thing", "both": "thing",
}  # fmt: skip
BARE = ("gon", "got", "need", "have", "must", "going", "let", "remind")
"""They begin a note to oneself: 'need to ring the depot'."""


def subject(doc: Doc, start: int, end: int, dated: frozenset[int]) -> tuple[Actor, str, int | None, bool]:
    """Who acts, in which words, where the predicate begins, and whether it is asked."""
    free = [t for t in doc[start:end] if t.i not in dated and t.text != ","]
    while free and (low(free[0]) in HEADLESS or free[0].tag_ == "UH"):
        free = free[1:]
    if not free:
        return "none", "", None, False
    first = free[0]
    question = first.tag_ == "MD" and len(free) > 1 and low(free[1]) in NOMINATIVE
    if question:
        return PRONOUNS[low(free[1])], free[1].text, free[1].i + 1, True
    if first.tag_ == "MD" and (acting := next((t for t in free[1:] if t.tag_ == "VB"), None)) is not None:
        words = [t for t in free if first.i < t.i < acting.i]
        return (
            (_kind(doc, words) if words else "none"),
            doc[first.i + 1 : acting.i].text,
            acting.i,
            bool(words),
        )
    if low(first) in PRONOUNS and len(free) > 1 and (low(first) != "that" or free[1].tag_ in FINITE):
        return PRONOUNS[low(first)], first.text, first.i + 1, False
    if low(first) == "me" and len(free) > 1 and low(free[1]) == "to":
        return "us", first.text, first.i + 1, False
    verb = next((t for t in free if t.tag_ in FINITE or low(t) in CLIPPED), None)
    infinitive = next(
        (t for t in free if low(t) == "to" and t.i + 1 < end and doc[t.i + 1].tag_ == "VB"), None
    )
    if first.tag_ == "VB" or low(first) in BARE or (verb is not None and verb.i == first.i):
        return "none", "", first.i, False
    if verb is None and infinitive is not None and infinitive.i > first.i:
        verb = infinitive
    if verb is None:
        return "none", "", first.i if first.pos_ == "VERB" else None, False
    words = [t for t in free if t.i < verb.i]
    return _kind(doc, words), doc[words[0].i : verb.i].text, verb.i, False


def _kind(doc: Doc, words: list[Token]) -> Actor:
    """Whose a noun is that acts."""
    last = next((t for t in reversed(words) if low(t) in PRONOUNS), None)
    if last is not None and last.i == words[-1].i:
        return PRONOUNS[low(last)]
    inside = [n for n in doc._.names if any(n.start <= t.idx < n.end for t in words)]
    text = " ".join(low(t) for t in words)
    colleagues = {name.split()[0].lower() for name in context_of(doc).colleagues}
    if any(n.kind == "competitor" for n in inside) or RIVALS.search(text):
        return "rival"
    if any(n.kind == "colleague" for n in inside) or colleagues & {low(t) for t in words}:
        return "ours"
    if THINGS_OF_THEIRS.search(text):
        return "thing"
    if any(n.kind in ("person", "customer") for n in inside) or THEIR_PEOPLE.search(text):
        return "them"
    if OUR_PEOPLE.search(text):
        return "ours"
    heads = [t for t in words if t.pos_ in ("NOUN", "PROPN")]
    people = {p.name.split()[0].lower() for p in doc._.people}
    if heads and (low(heads[0]) in people or (heads[-1].pos_ == "PROPN" and heads[-1].text[0].isupper())):
        return "them"
    return "thing"
