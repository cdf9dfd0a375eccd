"""Distances: 'in two weeks', 'a week on Monday', 'three days ago', 'two Fridays from now'."""

from datetime import datetime, timedelta
from typing import Literal

from nlp.dates import calendar as cal
from nlp.dates.days import ASIDE, Day, one, relative, weekday, weekdays
from nlp.dates.numbered import month_and_day, numbered
from nlp.grammar.numbers import number_at
from nlp.grammar.words import Word, is_word, skip

Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
UNITS: dict[str, tuple[Unit, int]] = {
    "minute": ("minute", 1), "minutes": ("minute", 1), "mins": ("minute", 1), "hour": ("hour", 1),
    "hours": ("hour", 1),
    "day": ("day", 1), "days": ("day", 1), "night": ("day", 1), "nights": ("day", 1), "week": ("week", 1),
    "weeks": ("week", 1), "fortnight": ("week", 2), "fortnights": ("week", 2), "month": ("month", 1),
    "months": ("month", 1), "quarter": ("quarter", 1), "quarters": ("quarter", 1), "year": ("year", 1),
    "years": ("year", 1),
}  # fmt: skip


def length_at(found: list[Word], at: int) -> tuple[float, Unit, int] | None:
    """'two weeks', 'a fortnight', 'half an hour', 'an hour and a half', 'ten days' time'."""
    at = skip(found, at, *ASIDE)
    if is_word(found, at, "half") and is_word(found, at + 1, "an", "a") and is_word(found, at + 2, "hour"):
        return 30, "minute", at + 3
    if is_word(found, at, "a") and is_word(found, at + 1, "quarter") and is_word(found, at + 2, "of"):
        return (15, "minute", at + 5) if is_word(found, at + 4, "hour") else None
    if is_word(found, at, "three") and is_word(found, at + 1, "-") and is_word(found, at + 2, "quarters"):
        return (45, "minute", at + 6) if is_word(found, at + 5, "hour") else None
    number = number_at(found, at)
    if number is None and is_word(found, at, "a", "an", "the", "another"):
        value, after = 1.0, at + 1
    elif number is None and is_word(found, at, "few", "couple"):
        value, after = (3.0 if is_word(found, at, "few") else 2.0), at + 1
    elif number:
        value, after = number.value, number.end
        if (
            is_word(found, after, "and")
            and is_word(found, after + 1, "an")
            and is_word(found, after + 2, "half")
        ):
            value, after = value + 0.5, after + 3
    else:
        return None
    after = skip(found, after, "of", "more", "short", "good")
    if after >= len(found) or found[after].text.rstrip("'") not in UNITS:
        return None
    unit, times = UNITS[found[after].text.rstrip("'")]
    end = after + 1
    if is_word(found, end, "'"):
        end += 1
    if is_word(found, end, "and") and is_word(found, end + 1, "a") and is_word(found, end + 2, "half"):
        value, end = value + 0.5, end + 3
    return value * times, unit, end + 1 if is_word(found, end, "time") else end


def shifted(now: datetime, value: float, unit: Unit, end: int, *, past: bool = False) -> Day:
    """A distance from the visit's moment; hours and minutes keep the clock."""
    sign = -1 if past else 1
    if unit in ("minute", "hour"):
        moment = now + sign * timedelta(minutes=value * (60 if unit == "hour" else 1))
        return Day(moment.date(), moment.date(), end, "minute", moment, past)
    if unit in ("day", "week"):
        days = round(value * (7 if unit == "week" else 1))
        return one(now.date() + sign * timedelta(days=days), end, past=past)._replace(counted=True)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * value
    day = cal.months_later(now.date(), sign * int(months)) + timedelta(days=15 * (months % 1 > 0))
    return one(day, end, past=past)


def ahead(found: list[Word], at: int, now: datetime) -> Day | None:
    """'in two weeks', 'within ten days', 'two weeks from today', 'a week from Friday', 'a week on Monday',
    'two weeks ago'."""
    lead = is_word(found, at, "in", "within", "inside", "after")
    length = length_at(found, at + 1 if lead else at)
    if length is None or (not lead and is_word(found, at, "the", "another")):
        return None
    value, unit, end = length
    if is_word(found, end, "from", "after", "on", "today", "tomorrow"):
        anchor_at = end if is_word(found, end, "today", "tomorrow") else end + 1
        if is_word(found, end, "from") and is_word(found, end + 1, "now", "right"):
            return shifted(now, value, unit, end + 2 + is_word(found, end + 1, "right"))
        anchor = relative(found, anchor_at, now) or month_and_day(found, anchor_at, now)
        anchor = anchor or weekdays(found, anchor_at, now) or numbered(found, anchor_at, now)
        if anchor and unit in ("day", "week", "month", "year") and not lead:
            return shifted(datetime.combine(anchor.first, now.time()), value, unit, anchor.end)
    if is_word(found, end, "ago", "back", "earlier") and not lead:
        return shifted(now, value, unit, end + 1, past=True)
    if lead and is_word(found, at + 1, "the") and is_word(found, at + 2, "next", "coming"):
        return None
    if lead and not is_word(found, at + 1, "the"):
        return _on_weekday(found, shifted(now, value, unit, end), unit)
    if is_word(found, at, "this") and is_word(found, at + 1, "day"):
        return None
    if unit == "week" and not lead:
        named = weekday(found, end)  # 'a week Friday', 'two weeks Thursday'
        if named and found[end].start - found[end - 1].end <= 1:
            return one(cal.coming(now.date(), named[0]) + timedelta(days=7 * int(value)), named[1])
    return None


def _on_weekday(found: list[Word], day: Day, unit: Unit) -> Day:
    """'in three weeks, Friday' is the Friday of that week."""
    at = skip(found, day.end, ",", "on", "the")
    named = weekday(found, at)
    if unit != "week" or named is None or at - day.end > 2:
        return day
    return one(cal.monday(day.first) + named[0] * cal.DAY, named[1])


def upcoming(found: list[Word], at: int, now: datetime) -> Day | None:
    """'two upcoming weeks', 'the upcoming two days': so many ahead."""
    at = skip(found, at, "the")
    first = is_word(found, at, "upcoming", "coming")
    number = number_at(found, at + 1 if first else at)
    if number is None or not (first or is_word(found, number.end, "upcoming", "coming")):
        return None
    after = number.end if first else number.end + 1
    if after >= len(found) or found[after].text not in UNITS:
        return None
    unit, times = UNITS[found[after].text]
    count, today = int(number.value) * times, now.date()
    if unit == "day":
        return one(today + count * cal.DAY, after + 1)
    if unit == "week":
        begin = cal.monday(today) + count * cal.WEEK
        return Day(begin, begin + 4 * cal.DAY, after + 1, "week", vague=True)
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    if months is None:
        return None
    base = {1: today.replace(day=1), 3: cal.quarter_first(today), 12: today.replace(month=1, day=1)}[months]
    begin = cal.months_later(base, count * months)
    return Day(begin, cal.months_later(begin, months) - cal.DAY, after + 1, unit, vague=True)


def next_lengths(found: list[Word], at: int, now: datetime) -> Day | None:
    """'within the next forty-eight hours', 'in the next ten days': by that day, no hour meant."""
    start = at + 1 if is_word(found, at, "in", "within", "over", "inside") else at
    start = skip(found, start, "the")
    if not is_word(found, start, "next", "coming"):
        return None
    length = length_at(found, start + 1)
    number = number_at(found, start + 1)
    if length is None or number is None or number.value < 2:
        return None
    value, unit, end = length
    if unit == "hour" and value % 24 == 0:
        value, unit = value / 24, "day"
    return shifted(now, value, unit, end) if unit in ("day", "week", "month") else None


def counted_weekdays(found: list[Word], at: int, now: datetime) -> Day | None:
    """'three Fridays from now', 'two Thursdays ago', 'week on Friday'."""
    if is_word(found, at, "week") and is_word(found, at + 1, "on", "from"):
        named = weekday(found, at + 2)
        return one(cal.coming(now.date(), named[0]) + cal.WEEK, named[1]) if named else None
    number = number_at(found, at)
    named = weekday(found, number.end) if number and number.value < 10 else None
    if not (number and named and found[number.end].text.endswith("s")):
        return None
    count = int(number.value) - 1
    if is_word(found, at - 1, "in"):
        return one(cal.coming(now.date(), named[0]) + count * cal.WEEK, named[1])
    if is_word(found, named[1], "from") and is_word(found, named[1] + 1, "now"):
        return one(cal.coming(now.date(), named[0]) + count * cal.WEEK, named[1] + 2)
    if is_word(found, named[1], "ago", "back"):
        return one(cal.previous(now.date(), named[0]) - count * cal.WEEK, named[1] + 1, past=True)
    return None
