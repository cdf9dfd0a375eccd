"""What a confidence is worth: a field's own scores turned into the share of such values that is right.

Two numbers a field, fitted by `nlp.training.calibrate`: log-odds are shifted and stretched, so the order of
values stays as it was.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from nlp.types import Decided, Extraction, Item, Linking

NUMBERS = Path(__file__).parent / "calibration.json"
EDGE = 0.005
"""Nothing is taken for surer than that, or less sure."""
CONTACTS = "contacts"
LISTS = (CONTACTS, "orders", "amounts", "commitments", "competitors", "feedback", "personal")
PLAIN = ("customer", "outcome", "next_meeting")
Map = tuple[float, float]
"""Shift and stretch of the log-odds."""
T = TypeVar("T", bound=Item)


@cache
def maps() -> dict[str, Map]:
    stored = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    return {field: (shift, stretch) for field, (shift, stretch) in stored.items()}


def log_odds(confidence: float) -> float:
    held = min(max(confidence, EDGE), 1 - EDGE)
    return math.log(held / (1 - held))


def worth(field: str, confidence: float, known: dict[str, Map]) -> float:
    """A field that nobody has measured keeps its scores."""
    if field not in known:
        return confidence
    shift, stretch = known[field]
    return round(1 / (1 + math.exp(-(shift + stretch * log_odds(confidence)))), 3)


def calibrated(
    extraction: Extraction, linking: Linking, known: dict[str, Map] | None = None
) -> tuple[Extraction, Linking]:
    """Everything that a report is made from."""
    known = maps() if known is None else known
    lists = {field: _items(field, getattr(extraction, field), known) for field in LISTS if field != CONTACTS}
    extraction = msgspec.structs.replace(
        extraction,
        outcome_decided=_decided("outcome", extraction.outcome, extraction.outcome_decided, known),
        next_meeting_decided=_decided(
            "next_meeting", extraction.next_meeting, extraction.next_meeting_decided, known
        ),
        **lists,
    )
    decided = _decided("customer", linking.customer, linking.decided, known)
    people = _items(CONTACTS, linking.contacts, known)
    return extraction, msgspec.structs.replace(linking, decided=decided, contacts=people)


def _items(field: str, items: tuple[T, ...], known: dict[str, Map]) -> tuple[T, ...]:
    return tuple(
        msgspec.structs.replace(each, confidence=worth(field, each.confidence, known)) for each in items
    )


def _decided(field: str, value: str | None, decided: Decided, known: dict[str, Map]) -> Decided:
    """Of a value that is there; how sure it is that there is none stays as it was, and so does a choice by
    hand."""
    if value is None or decided.confidence == 1.0:
        return decided
    return msgspec.structs.replace(decided, confidence=worth(field, decided.confidence, known))
