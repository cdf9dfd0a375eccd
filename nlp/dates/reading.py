"""Finds dates and times in a text and resolves them against the visit's own moment, in the company's zone.

One grammar of our own, no engine: dictated dates are a closed world, and what does not fit it says nothing.
Rules: 'next Friday' is next week's, 'end of the week' is Friday, a weekday like today's is in seven days.
"""

from datetime import date, datetime, timedelta

from nlp.dates.calendar import next_numbered
from nlp.dates.clock import PART_HOURS, Clock, clock_at
from nlp.dates.dayparts import clock_after, counts, day_at
from nlp.dates.days import Day, day_number
from nlp.dates.ranges import between, days_range, range_end, span
from nlp.dates.when import When
from nlp.grammar.words import Word, is_word, skip, words

AGAIN = ("day", "morning", "afternoon", "evening", "night")
FAR = 120
"""Characters from a day to 'that evening'."""


def _timed_first(
    found: list[Word], at: int, now: datetime
) -> tuple[Clock, Day | None, str | None, int] | None:
    """A time, alone or with its day behind it: 'at noon on Friday', 'nine tomorrow morning'."""
    said = is_word(found, at, "at", "around", "approximately")
    start = skip(found, at, "at", "around", "about", "approximately") if said else at
    clock = clock_at(found, start)
    if clock is None or counts(found, clock.end):
        return None
    after = (
        skip(found, clock.end, "on", "for", "this", ",")
        if not is_word(found, clock.end, ",")
        else skip(found, clock.end + 1, "on")
    )
    behind = day_at(found, after if not is_word(found, clock.end, "this") else clock.end, now)
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
    hit = day_at(found, at, now)
    if hit is None:
        return None
    day, part = hit
    clock = None if day.vague or day.moment else clock_after(found, day, part)
    end = clock.end if clock else day.end
    begin, due = _marks(found, at, end)
    start_hour, until = 0, None
    if part in PART_HOURS and not clock and not day.vague:
        start_hour = PART_HOURS[part][0]
    first = day.moment or datetime.combine(day.first, datetime.min.time()) + timedelta(hours=start_hour)
    if day.counted and not clock:
        first = first.replace(hour=now.hour)
    if clock:
        first = first.replace(hour=clock.hour, minute=clock.minute)
        until = range_end(found, clock, first)
        end = until[1] if until else end
    elif day.last > day.first:
        until = datetime.combine(day.last, datetime.min.time()) + timedelta(days=1), end
    chars = span(found, begin, end)
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
        and is_word(found, skip(found, begin + 1, "the"), "end", "close", "day's", "day")
    ):
        return day.last
    weekend = day.first.weekday() == 5 and day.last == day.first + timedelta(days=1)
    if due and weekend:
        return day.first - timedelta(days=1)
    if due and is_word(found, begin, "before") and not day.vague:
        return day.last - timedelta(days=1)
    if due and is_word(found, begin, "before"):
        return day.first - timedelta(days=1)
    return day.last


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
    chars = span(found, begin, end)
    return When(*chars, first, None, first.date(), "minute", True, due, past, False, day is None), end


def dates(text: str, now: datetime, *, day_first: bool = False) -> list[When]:
    """Every date and time in the text, in order; `now` is the visit's local moment without a zone;
    `day_first` where 3/4 is the third of April."""
    found, at = words(text), 0
    out: list[When] = []
    found = _turned(found) if day_first else found
    now = now.replace(tzinfo=None)
    while at < len(found):
        hit = None
        for reader in (between, days_range, _at_day, _at_clock):
            try:
                got = reader(found, at, now)
            except (ValueError, OverflowError):  # a day that no calendar has
                got = None
            if got and (hit is None or got[1] > hit[1]):
                hit = got
        hit = hit or _again(found, at, out) or _by_part(found, at, now)
        if hit and not _false(found, at, hit[1], text):
            out.append(hit[0])
            at = hit[1]
        else:
            at += 1
    if not out and 1 < len(found) <= 4 and (lone := _alone(found, now)):
        return [lone]
    return out


def _again(found: list[Word], at: int, out: list[When]) -> tuple[When, int] | None:
    """'on the twenty-first … that evening': the day named last, when it is ahead and near."""
    if not (is_word(found, at, "that") and is_word(found, at + 1, *AGAIN)) or not out:
        return None
    last = out[-1]
    if last.past or last.vague or last.grain not in ("day", "minute") or found[at].start - last.end > FAR:
        return None
    begin = at - 1 if is_word(found, at - 1, "on", "by") else at
    day = datetime.combine(last.last, datetime.min.time())
    return When(*span(found, begin, at + 2), day, None, last.last, "day", False, False, False, False), at + 2


def _by_part(found: list[Word], at: int, now: datetime) -> tuple[When, int] | None:
    """'by evening' is today's, 'by morning' tomorrow's, 'by lunchtime' the next."""
    if not is_word(found, at, "evening", "afternoon", "morning", "lunchtime") or not is_word(
        found, at - 1, "by"
    ):
        return None
    later = is_word(found, at, "morning") or (is_word(found, at, "lunchtime") and now.hour > 11)
    day = now.date() + timedelta(days=later)
    first = datetime.combine(day, datetime.min.time())
    return When(*span(found, at - 1, at + 1), first, None, day, "day", False, True, False, False), at + 1


def _turned(found: list[Word]) -> list[Word]:
    """Day and month of '3/4' in the order in which the grammar reads them."""
    out = list(found)
    for at in range(1, len(found) - 1):
        left, right = found[at - 1], found[at + 1]
        if found[at].text == "/" and left.text.isdigit() and right.text.isdigit():
            out[at - 1], out[at + 1] = left._replace(text=right.text), right._replace(text=left.text)
    return out


def _only_time(found: list[Word], clock: Clock) -> bool:
    """'ten thirty' and 'twelve oh three' are times; 'three twenty' may be a price."""
    return clock.minute in (15, 30, 45) or any(is_word(found, at, "oh", "o", "ou", "zero") for at in (1, 2))


def _alone(found: list[Word], now: datetime) -> When | None:
    """A note that is nothing but a time or a day: 'ten thirty', 'the 24'."""
    clock = clock_at(found, 0)
    if (
        clock is not None
        and clock.end == len(found)
        and not found[0].text.isdigit()
        and _only_time(found, clock)
    ):
        first = now.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
        first += timedelta(days=first <= now)
        return When(
            *span(found, 0, clock.end), first, None, first.date(), "minute", True, False, False, False, True
        )
    number = day_number(found, skip(found, 0, "on")) if is_word(found, 0, "the", "on") else None
    day = next_numbered(now.date(), number[0]) if number and number[1] == len(found) else None
    if number is None or day is None:
        return None
    first = datetime.combine(day, datetime.min.time())
    return When(*span(found, 0, number[1]), first, None, day, "day", False, False, False, False)


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
