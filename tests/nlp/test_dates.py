"""Dates as dictated, against 100 phrases with one reference moment and 20 that hold no date."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nlp.dates.reading import dates

CASES = [json.loads(x) for x in (Path(__file__).parent / "dates.jsonl").read_text().splitlines()]
DIGITS = {"minute": 16, "hour": 13, "day": 10, "month": 7}
TUESDAY = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize("case", [c for c in CASES if c["type"] != "none"], ids=lambda c: c["text"])
def test_phrase(case: dict[str, Any]) -> None:
    found = dates(case["sentence"], datetime.fromisoformat(case["reference"]))
    wanted = [(case["expected_start"], case["expected_end"]), *case["alternatives"]]
    if case["type"] == "due":
        assert {w.last.isoformat() for w in found} & {day[:10] for pair in wanted for day in pair if day}
    else:
        digits = DIGITS[case["grain"]]
        assert {w.first.isoformat()[:digits] for w in found} & {
            start[:digits] for start, _ in wanted if start
        }


@pytest.mark.parametrize("case", [c for c in CASES if c["type"] == "none"], ids=lambda c: c["text"])
def test_silence(case: dict[str, Any]) -> None:
    assert dates(case["sentence"], datetime.fromisoformat(case["reference"])) == []


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("Friday", "2026-03-13"), ("next Friday", "2026-03-20"), ("on Tuesday", "2026-03-17"),
        ("by the fourteenth", "2026-03-14"),
        ("by the end of the month", "2026-03-31"), ("by the end of the week", "2026-03-13"),
        ("in two weeks", "2026-03-24"),
        ("Tuesday week", "2026-03-17"), ("tomorrow morning", "2026-03-11"), ("first thing Monday",
        "2026-03-16"),
        ("close of business tomorrow", "2026-03-11"), ("end of play Thursday", "2026-03-12"),
        ("by noon tomorrow", "2026-03-11T12:00"),
        ("Thursday at half two", "2026-03-12T14:30"), ("Monday at a quarter past nine", "2026-03-16T09:15"),
        ("Thursday, December third, at three thirty in the afternoon", "2026-12-03T15:30"),
        ("Tuesday, September fifteenth, twenty twenty-six, at five in the evening", "2026-09-15T17:00"),
        ("before the end of the month", "2026-03-31"), ("a fortnight on Friday", "2026-03-27"),
        ("Wednesday before seven a.m.", "2026-03-11T07:00"), ("on Monday before nine", "2026-03-16T09:00"),
        ("Friday, no later than 3 pm", "2026-03-13T15:00"), ("Thursday after four", "2026-03-12T16:00"),
        ("in three weeks, Friday, one thirty", "2026-04-03T13:30"), ("tomorrow arvo", "2026-03-11"),
        ("by the weekend", "2026-03-13"), ("by Easter Monday", "2026-04-06"), ("by Christmas", "2026-12-25"),
        ("by the end of the quarter", "2026-03-31"), ("within the next forty-eight hours", "2026-03-12"),
        ("quarter of ten on Monday", "2026-03-16T09:45"), ("Friday at 10 30", "2026-03-13T10:30"),
        ("by the 3rd of the 4th", "2026-04-03"), ("the last working day of the month", "2026-03-31"),
        ("before the day's out", "2026-03-10"), ("in two Fridays", "2026-03-20"),
        ("two upcoming weeks", "2026-03-27"), ("end of tomorrow", "2026-03-11"),
    ],
)  # fmt: skip
def test_value_in_a_report(phrase: str, value: str) -> None:
    assert [w.value for w in dates(phrase, TUESDAY)] == [value]


@pytest.mark.parametrize(
    "phrase",
    [
        "the week after",
        "a week after the delivery",
        "the back end of next week",
        "the Easter order",
        "once it is in",
    ],
)
def test_what_it_does_not_know_it_leaves_out(phrase: str) -> None:
    assert dates(phrase, TUESDAY) == []


def test_day_and_month_stand_as_the_company_writes_them() -> None:
    assert [w.value for w in dates("on 3/4", TUESDAY)] == ["2027-03-04"]
    assert [w.value for w in dates("on 3/4", TUESDAY, day_first=True)] == ["2026-04-03"]
