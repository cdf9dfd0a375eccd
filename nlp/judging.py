"""Which values of a report are right, by a gold of the published schema; and what their confidence was worth.

Works on JSON, so that reports of a running server are judged as those of this process are. Text is compared
by its words; what belongs to a value must be right too: an order's number, a promise's owner and day.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

SMALL = re.compile(
    r"(?:an?|the|to|of|for|and|or|with|by|on|in|at|is|are|was|were|be|been|its?|this|that|we|us|our|i|my|me|they"
    r"|them|their|s?he|his|her|your?|will|would|ll|ve|s)"
)
"""Words that say too little to be compared."""
ALIKE, SAME_WORDS, SAME_DEED = 0.8, 0.4, 0.45
"""Likeness of two names; shares of words from which two clauses, two promises are the same."""
BINS = 10


class Judged(NamedTuple):
    field: str
    confidence: float
    right: bool


def judged(report: dict[str, Any], gold: dict[str, Any]) -> Iterator[Judged]:
    """Every value that the report shows; what it left out is no matter of confidence."""
    for field in ("customer", "outcome", "next_meeting"):
        if report.get(field) is not None:
            right = str(report[field])[:16] == str(gold.get(field))[:16]
            yield Judged(field, report["fields"][field]["confidence"], right)
    for field, same in SAME.items():
        left = list(gold.get(field, []))
        for item in sorted(report.get(field, []), key=lambda each: -each["confidence"]):
            hit = next((each for each in left if same(item, each)), None)
            if hit is not None:
                left.remove(hit)
            yield Judged(field, item["confidence"], hit is not None)


def _words(text: str | None) -> list[str]:
    return [word[:5] for word in re.findall(r"[a-z0-9]+", (text or "").lower()) if not SMALL.fullmatch(word)]


def _shared(one: str | None, other: str | None) -> float:
    """F1 of two texts' words; words that begin alike are the same."""
    mine, left = _words(one), _words(other)
    total, hits = len(mine) + len(left), 0
    for word in mine:
        if word in left:
            left.remove(word)
            hits += 1
    return 2 * hits / total if total else 0.0


def _alike(one: str | None, other: str | None) -> bool:
    return SequenceMatcher(None, (one or "").lower(), (other or "").lower()).ratio() >= ALIKE


def _contact(said: dict[str, Any], gold: dict[str, Any]) -> bool:
    if said.get("id") or gold.get("id"):
        return bool(said.get("id") == gold.get("id"))
    return _alike(said["name"], gold["name"])


def _order(said: dict[str, Any], gold: dict[str, Any]) -> bool:
    same = said["product"] == gold["product"] if gold.get("product") else _alike(said["name"], gold["name"])
    return same and said["quantity"] == gold["quantity"]


def _promise(said: dict[str, Any], gold: dict[str, Any]) -> bool:
    due = (said["due"] or "")[:16] == (gold["due"] or "")[:16]
    return due and said["owner"] == gold["owner"] and _shared(said["action"], gold["action"]) >= SAME_DEED


SAME: dict[str, Callable[[Any, Any], bool]] = {
    "contacts": _contact,
    "orders": _order,
    "amounts": lambda said, gold: abs(said["value"] - gold["value"]) <= 0.001 * abs(gold["value"]),
    "commitments": _promise,
    "competitors": lambda said, gold: _alike(said["name"], gold),
    "feedback": lambda said, gold: (
        said["kind"] == gold["kind"] and _shared(said["text"], gold["text"]) >= SAME_WORDS
    ),
    "personal": lambda said, gold: _shared(said["fact"], gold["fact"]) >= SAME_WORDS,
}


class Bin(NamedTuple):
    """Values of about one confidence."""

    many: int
    confidence: float
    right: float


def bins(values: Iterable[Judged]) -> list[Bin]:
    """By tenths of confidence; empty ones are left out."""
    by_tenth: dict[int, list[Judged]] = {}
    for each in values:
        by_tenth.setdefault(min(int(each.confidence * BINS), BINS - 1), []).append(each)
    return [
        Bin(
            len(each),
            sum(v.confidence for v in each) / len(each),
            sum(v.right for v in each) / len(each),
        )
        for _, each in sorted(by_tenth.items())
    ]


def expected_error(values: Iterable[Judged]) -> float:
    """ECE: the mean distance of confidence and share of right values, weighed by how many there are."""
    found = bins(values)
    total = sum(each.many for each in found)
    return sum(each.many * abs(each.confidence - each.right) for each in found) / max(total, 1)
