"""Promises and meetings in sentences of reps of many tempers, as written and as a recogniser leaves them:
lower case, no marks. Errors on the half `seen` were looked at; of the half `kept` only the total is read."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.types import Linking, Report

CASES = [json.loads(x) for x in (Path(__file__).parent / "promises.jsonl").read_text().splitlines()]
FLOORS = {"seen": 0.85, "kept": 0.70}
FEWER = 0.12
"""Less is asked of the third that is also read without marks."""
Read = Callable[[str], tuple[Report, Linking]]


def flat(text: str) -> str:
    """Without capitals and marks, but for those inside numbers."""
    return re.sub(r"(?<!\d)[,.?!;:]|[,.?!;:](?!\d)", "", text).lower()


def facts(report: Any) -> Counter[tuple[str, str | None]]:
    """Owner and day of each promise, and the meeting; the wording is measured on the worlds."""
    found = Counter((c["owner"], c["due"]) for c in report["commitments"])
    if report["next_meeting"]:
        found["meeting", report["next_meeting"]] += 1
    return found


def said(report: Report) -> dict[str, Any]:
    promises = [{"owner": c.owner, "due": c.due} for c in report.commitments]
    return {"commitments": promises, "next_meeting": report.next_meeting}


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.parametrize("form", [str, flat])
def test_totals(read: Read, half: str, form: Callable[[str], str]) -> None:
    hits = found = wanted = 0
    for case in [c for c in CASES if c["half"] == half][:: 1 if form is str else 3]:
        told, gold = facts(said(read(form(case["text"]))[0])), facts(case)
        hits += (told & gold).total()
        found += told.total()
        wanted += gold.total()
    assert 2 * hits / (found + wanted) >= FLOORS[half] - (0.0 if form is str else FEWER)


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("I'll email the contract tonight and drop the key fob in on Thursday.",
         [("us", "2026-03-11"), ("us", "2026-03-12")]),
        ("By Friday he wants to see numbers on the olive oil.", [("us", "2026-03-13")]),
        ("I'm to send the spec sheet. That's for Thursday.", [("us", "2026-03-12")]),
        ("I promised a call back on Friday, no, make that Monday.", [("us", "2026-03-16")]),
        ("If they sign we would send an engineer next week.", []),
        ("I didn't promise him anything on price.", []),
        ("Last month I said I'd send the brochure, and I did.", []),
        ("He said he'd get the invoice paid by the twentieth.", [("customer", "2026-03-20")]),
        ("The tender papers, Lena will email by Friday.", [("customer", "2026-03-13")]),
    ],
)  # fmt: skip
def test_who_and_by_when(read: Read, text: str, promises: list[tuple[str, str]]) -> None:
    report, _ = read(text)
    assert sorted((c.owner, c.due or "") for c in report.commitments) == sorted(promises)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We agreed the twenty-fifth, half past seven in the morning, for the demo.", "2026-03-25T07:30"),
        ("i'm back in to see him on the second of april at eleven", "2026-04-02T11:00"),
        ("I'll mail him the list tomorrow and stop by again on the fifth of May.", "2026-05-05"),
        ("I'll get back to him on the freight rate tomorrow.", None),
        ("They have their health inspection on Tuesday.", None),
    ],
)
def test_next_meeting(read: Read, text: str, day: str | None) -> None:
    assert read(text)[0].next_meeting == day


def test_a_delivery_is_said_once(read: Read) -> None:
    report, _ = read(
        "Forty cases of San Marzanos. She needs it there by Thursday, I told her Wednesday at ten."
    )
    assert [(c.action, c.due) for c in report.commitments] == [("deliver the order", "2026-03-18T10:00")]
