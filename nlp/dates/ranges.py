"""From one to another: 'between two and four on Thursday', 'July 13 to 15'."""

from datetime import date, datetime, timedelta

from nlp.dates.clock import Clock, clock_at
from nlp.dates.dayparts import counts, day_at
from nlp.dates.days import Day, day_number
from nlp.dates.numbered import month_and_day
from nlp.dates.when import When
from nlp.grammar.words import Word, is_word, skip


def span(found: list[Word], start: int, end: int) -> tuple[int, int]:
    return found[start].start, found[end - 1].end


def range_end(found: list[Word], clock: Clock, first: datetime) -> tuple[datetime, int] | None:
    """'to four', 'until 11' behind a time."""
    if not is_word(found, clock.end, "to", "and", "-", "until", "till", "untill", "through"):
        return None
    if is_word(found, clock.end, "and") and not is_word(found, clock.end - 2, "between"):
        return None
    other = clock_at(found, clock.end + 1)
    if other is None:
        return None
    end = first.replace(hour=other.hour, minute=other.minute)
    return (end, other.end) if end > first else None


def between(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
    """'between two and four on Thursday', 'from 9 to 11 on Monday', '9:30 to 11 on Thursday'."""
    lead = is_word(found, at, "between", "from")
    left = clock_at(found, at + 1 if lead else at)
    if (
        left is None
        or not is_word(found, left.end, "and", "to", "-", "until", "till", "untill")
        or (not lead and not left.sure)
    ):
        return None
    right = clock_at(found, left.end + 1)
    if right is None or counts(found, right.end):
        return None
    after = skip(found, right.end, "on", ",")
    behind = day_at(found, after, now)
    if behind is None and not (right.sure or left.sure):
        return None
    if right.placed and not left.placed:
        left = (
            clock_at(
                found,
                at + 1 if lead else at,
                "afternoon" if right.hour >= 12 and left.hour % 12 < right.hour % 12 else None,
            )
            or left
        )
    base, end = (behind[0].first, behind[0].end) if behind else (now.date(), right.end)
    first = datetime.combine(base, datetime.min.time()).replace(hour=left.hour, minute=left.minute)
    until = first.replace(hour=right.hour, minute=right.minute)
    if until <= first:
        return None
    chars = span(found, at, end)
    return When(*chars, first, until, base, "minute", True, False, False, False), end


def days_range(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
    """'July 13 to 15', 'from the 13th to the 15th of July', 'Monday to Wednesday'."""
    lead = is_word(found, at, "from")
    start = at + 1 if lead else at
    left = month_and_day(found, start, now)
    if left and is_word(found, left.end, "to", "-", "–", "through", "thru", "until", "till"):
        right_at = left.end + 1
        right = month_and_day(found, right_at, now)
        number = None if right else day_number(found, right_at)
        if right is None and number and number[0] > left.first.day:
            right = Day(
                left.first.replace(day=number[0]), left.first.replace(day=number[0]), number[1], "day"
            )
        if right and right.last > left.first:
            return _range(found, at, left.first, right.last, right.end), right.end
    number = day_number(found, start)
    if number and is_word(found, number[1], "to", "-", "through", "until"):
        right = month_and_day(found, number[1] + 1, now)
        if right and 0 < number[0] < right.first.day:
            return _range(found, at, right.first.replace(day=number[0]), right.last, right.end), right.end
    return None


def _range(found: list[Word], at: int, first: date, last: date, end: int) -> When:
    begin = datetime.combine(first, datetime.min.time())
    until = datetime.combine(last, datetime.min.time()) + timedelta(days=1)
    return When(*span(found, at, end), begin, until, last, "day", False, False, False, False)
