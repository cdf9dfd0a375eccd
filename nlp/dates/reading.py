"""Finds dates and times in a text and resolves them against the visit's own moment, in the company's zone.

One grammar of our own, no engine: dictated dates are a closed world, and what does not fit it says nothing.
Rules: 'next Friday' is next week's, 'end of the week' is Friday, a weekday like today's is in seven days.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from nlp.dates.clock import PART_HOURS, Clock, clock_at, part_at
from nlp.dates.days import (
    Day,
    Reader,
    day_number,
    month_and_day,
    numbered,
    relative,
    slashed,
    week_then_weekday,
    weekday_and_date,
    weekdays,
)  # fmt: skip
from nlp.dates.stretches import (
    ahead,
    closings,
    counted_weekdays,
    edges,
    nth_of,
    periods,
    week_of,
    weekend,
)  # fmt: skip
from nlp.dates.when import When
from nlp.grammar.words import Word, is_word, skip, words

READERS: tuple[Reader, ...] = (
    weekday_and_date, month_and_day, week_then_weekday, ahead, counted_weekdays, nth_of, week_of, edges,
    relative,
    weekdays, numbered, slashed, weekend, periods,
)  # fmt: skip
AT = ("at", "around", "about", "for", "from", "by", "@", "say", "approximately")


def _core(found: list[Word], at: int, now: datetime) -> Day | None:
    best: Day | None = None
    for reader in READERS:
        day = reader(found, at, now)
        if day and (best is None or day.end > best.end):
            best = day
    return best


def _day(found: list[Word], at: int, now: datetime) -> tuple[Day, str | None] | None:
    """A day with what may stand around it: 'first thing Monday', 'Friday afternoon', 'close of business
    tomorrow'."""
    closing, part = closings(found, at, now), None
    start = at
    if closing:
        start = skip(found, closing.end, "on", "of", ",")
    elif is_word(found, at, "first") and is_word(found, at + 1, "thing"):
        start, part = skip(found, at + 2, "on", ","), "first"
    else:
        early = part_at(found, skip(found, at, "the"))
        if early and is_word(found, early[1], "of", "on"):
            start, part = early[1] + 1, early[0]
    day = _core(found, start, now)
    if day is None:
        if closing:
            return closing, None
        return (
            (Day(now.date() + timedelta(days=1), now.date() + timedelta(days=1), start, "day"), part)
            if part == "first" and is_word(found, start, "in")
            else None
        )
    after = part_at(found, day.end)
    if after and day.moment is None and not is_word(found, day.end, ","):
        return day._replace(end=after[1]), after[0]
    if is_word(found, day.end, "first") and is_word(found, day.end + 1, "thing"):
        return day._replace(end=day.end + 2), part
    tail = closings(found, skip(found, day.end, "by", "at"), now)
    if tail and not closing:
        return day._replace(end=tail.end), part
    if is_word(found, day.end - 1, "tonight"):
        part = "night"
    return day, part


def _clock_after(found: list[Word], day: Day, part: str | None) -> Clock | None:
    """A time that belongs to the day before it."""
    at = skip(found, day.end, ",")
    said = is_word(found, at, *AT)
    at = skip(found, at, *AT) if said else at
    at = skip(found, at, "about", "around", "like", "maybe", "exactly")
    clock = clock_at(found, at, None if part == "first" else part)
    if clock is None:
        return None
    if said and not is_word(found, at - 1, "for", "from", "by") and not _counts(found, clock.end):
        return clock
    if clock.sure or (part not in (None, "first") and not _counts(found, clock.end)):
        return clock
    closes = clock.end >= len(found) or found[clock.end].text in (
        ".",
        ",",
        ";",
        "and",
        "so",
        "for",
        "with",
        "to",
    )
    return clock if closes and not is_word(found, day.end, ",", ".") and (clock.minute or said) else None


COUNTED = ("a", "each", "per", "euro", "euros", "dollars", "dollar", "pounds", "quid", "percent", "%",
"of", "cases",
           "boxes", "apiece", "kegs", "bottles", "bags", "packs", "units", "people", "hundred",
           "thousand", "cents")  # fmt: skip


def _counts(found: list[Word], at: int) -> bool:
    """What follows says that the number before was a price or a quantity."""
    return is_word(found, at, *COUNTED)


def _timed_first(
    found: list[Word], at: int, now: datetime
) -> tuple[Clock, Day | None, str | None, int] | None:
    """A time, alone or with its day behind it: 'at noon on Friday', 'nine tomorrow morning'."""
    said = is_word(found, at, "at", "around", "approximately")
    start = skip(found, at, "at", "around", "about", "approximately") if said else at
    clock = clock_at(found, start)
    if clock is None or _counts(found, clock.end):
        return None
    after = (
        skip(found, clock.end, "on", "for", "this", ",")
        if not is_word(found, clock.end, ",")
        else skip(found, clock.end + 1, "on")
    )
    behind = _day(found, after if not is_word(found, clock.end, "this") else clock.end, now)
    if behind and (clock.sure or said or behind[1]) and not behind[0].vague and behind[0].moment is None:
        placed = clock_at(found, start, None if behind[1] == "first" else behind[1]) or clock
        return (
            placed if clock.sure is False else clock if clock.placed else placed,
            behind[0],
            behind[1],
            behind[0].end,
        )
    if is_word(found, at - 1, "by", "before", "until", "till", "after") and clock.sure:
        return clock, None, None, clock.end
    alone = clock.end >= len(found) or found[clock.end].text in (
        ".",
        ",",
        ";",
        "and",
        "so",
        "for",
        "with",
        "to",
        "because",
        "approximately",
    )
    if clock.sure or (said and alone and (clock.hour < 20)):
        return clock, None, None, clock.end
    return None


def _span(found: list[Word], start: int, end: int) -> tuple[int, int]:
    return found[start].start, found[end - 1].end


def _marks(found: list[Word], at: int, end: int) -> tuple[int, bool]:
    """Where the expression begins with its preposition, and whether that makes it a due date."""
    due = is_word(found, end, "at") and is_word(found, end + 1, "the") and is_word(found, end + 2, "latest")
    if is_word(found, at, "within"):
        due = True
    if is_word(found, at - 1, "by", "before", "until", "till"):
        return at - 1, True
    if is_word(found, at - 1, "than") and is_word(found, at - 2, "later"):
        return max(at - 3, 0), True
    if is_word(found, at - 1, "on", "at", "for"):
        return at - 1, due
    return at, due


def _at_day(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
    hit = _day(found, at, now)
    if hit is None:
        return None
    day, part = hit
    clock = None if day.vague or day.moment else _clock_after(found, day, part)
    end = clock.end if clock else day.end
    begin, due = _marks(found, at, end)
    start_hour, until = 0, None
    if part in PART_HOURS and not clock and not day.vague:
        start_hour = PART_HOURS[part][0]
    first = day.moment or datetime.combine(day.first, datetime.min.time()) + timedelta(hours=start_hour)
    if clock:
        first = first.replace(hour=clock.hour, minute=clock.minute)
        until = _range_end(found, clock, first)
        end = until[1] if until else end
    elif day.last > day.first:
        until = datetime.combine(day.last, datetime.min.time()) + timedelta(days=1), end
    chars = _span(found, begin, end)
    last = _last_day(found, begin, day, due)
    timed = clock is not None or (day.moment is not None)
    when = When(
        *chars,
        first,
        until[0] if until else None,
        last,
        "minute" if timed else day.grain,
        timed,
        due,
        day.past,
        day.vague,
    )
    return when, end


def _last_day(found: list[Word], begin: int, day: Day, due: bool) -> date:
    """'before the tenth' is kept on the ninth at the latest; 'before Friday' by Thursday."""
    if (
        due
        and is_word(found, begin, "before")
        and is_word(found, skip(found, begin + 1, "the"), "end", "close")
    ):
        return day.last
    if due and is_word(found, begin, "before") and not day.vague:
        return day.last - timedelta(days=1)
    if due and is_word(found, begin, "before"):
        return day.first - timedelta(days=1)
    return day.last


def _range_end(found: list[Word], clock: Clock, first: datetime) -> tuple[datetime, int] | None:
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


def _at_clock(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
    hit = _timed_first(found, at, now)
    if hit is None:
        return None
    clock, day, _, end = hit
    base = day.first if day else now.date()
    first = datetime.combine(base, datetime.min.time()).replace(hour=clock.hour, minute=clock.minute)
    if day is None and first <= now:
        first += timedelta(days=1)
    begin, due = _marks(found, at, end)
    past = bool(day and day.past)
    chars = _span(found, begin, end)
    return When(*chars, first, None, first.date(), "minute", True, due, past, False, day is None), end


def _between(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
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
    if right is None or _counts(found, right.end):
        return None
    after = skip(found, right.end, "on", ",")
    behind = _day(found, after, now)
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
    chars = _span(found, at, end)
    return When(*chars, first, until, base, "minute", True, False, False, False), end


def _days_range(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
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
    return When(*_span(found, at, end), begin, until, last, "day", False, False, False, False)


def dates(text: str, now: datetime) -> list[When]:
    """Every date and time in the text, in order; `now` is the visit's local moment without a zone."""
    found, out, at = words(text), [], 0
    now = now.replace(tzinfo=None)
    while at < len(found):
        hit = None
        for reader in (_between, _days_range, _at_day, _at_clock):
            try:
                got = reader(found, at, now)
            except (ValueError, OverflowError):  # a day that no calendar has
                got = None
            if got and (hit is None or got[1] > hit[1]):
                hit = got
        if hit and not _false(found, at, hit[1], text):
            out.append(hit[0])
            at = hit[1]
        else:
            at += 1
    return [replace(w, start=w.start) for w in out]


def _false(found: list[Word], at: int, end: int, text: str) -> bool:
    """A name that happens to be a month ('April Sanders') or weekday, or an idiom ('one day')."""
    first = found[at].text
    if end - at == 1 and first in ("april", "may", "june", "august", "jan", "march"):
        follows = text[found[at].end :].lstrip(" ")[:1]
        gap = text[found[at].end : found[at].end + 1] == " "
        if (
            gap
            and follows.isupper()
            and at + 1 < len(found)
            and not is_word(found, at - 1, "in", "by", "until", "since")
        ):
            return True
    return False
