"""Days by their names: 'tomorrow', 'Friday week', 'Tuesday of next week'. Each reader returns what begins
at a word, or nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from nlp.dates import calendar as cal
from nlp.grammar.numbers import below_hundred, number_at, ordinal
from nlp.grammar.words import Word, is_word, skip

WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "sat": 5, "sun": 6,
}  # fmt: skip
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
LONG = {"day": 1, "days": 1, "night": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14}
ASIDE = (
    "sometime",
    "some",
    "time",
    "about",
    "around",
    "roughly",
    "approximately",
    "maybe",
    "another",
    "just",
    "over",
)


class Day(NamedTuple):
    first: date
    last: date
    """Inclusive; the last day on which a promise for it is kept."""
    end: int
    """The first word after it."""
    grain: str
    moment: datetime | None = None
    """Set where an hour follows from the words alone ('in half an hour')."""
    past: bool = False
    vague: bool = False
    counted: bool = False
    """Counted from this hour on ('in seven days')."""
    """A stretch of time, not a day that anybody could meet on."""


Reader = Callable[[list[Word], int, datetime], Day | None]


def one(day: date, end: int, *, past: bool = False) -> Day:
    return Day(day, day, end, "day", past=past)


def weekday(found: list[Word], at: int) -> tuple[int, int] | None:
    """A weekday's name; short forms that are words too need a dot or to stand alone."""
    if at >= len(found):
        return None
    text = found[at].text.removesuffix("'s")
    if text.endswith("days"):
        text = text[:-1]
    if text not in WEEKDAYS:
        return None
    if text in ("sun", "sat", "mon", "wed") and len(found) > 2 and not is_word(found, at + 1, ".", ","):
        return None
    return WEEKDAYS[text], at + 2 if len(text) < 5 and is_word(found, at + 1, ".") and at + 1 < len(
        found
    ) - 1 else at + 1


def month(found: list[Word], at: int) -> tuple[int, int] | None:
    if at >= len(found) or found[at].text.removesuffix("'s") not in MONTHS:
        return None
    text = found[at].text.removesuffix("'s")
    after = at + 2 if len(text) < 5 and is_word(found, at + 1, ".") and at + 1 < len(found) - 1 else at + 1
    return MONTHS[text], after


def year(found: list[Word], at: int) -> tuple[int, int] | None:
    """'2026', 'twenty twenty-six', 'two thousand and twenty-six'; a comma before it is let pass."""
    at = skip(found, at, ",")
    if at >= len(found):
        return None
    if found[at].text.isdigit() and len(found[at].text) == 4 and 1990 < int(found[at].text) < 2100:
        return int(found[at].text), at + 1
    if is_word(found, at, "twenty"):
        second = below_hundred(found, at + 1)
        if second and 20 <= second[0] < 60:
            return 2000 + second[0], second[1]
    number = number_at(found, at)
    if number and 2000 < number.value < 2100 and number.end - at >= 3 and number.value == int(number.value):
        return int(number.value), number.end
    return None


def day_number(found: list[Word], at: int) -> tuple[int, int] | None:
    """'the fifteenth', '15th', '15', 'fifteen'."""
    at = skip(found, at, "the")
    said = ordinal(found, at)
    if said is None and at < len(found) and found[at].text.isdigit() and len(found[at].text) < 3:
        said = int(found[at].text), at + 1
    if said is None:
        said = below_hundred(found, at)
    return said if said and 1 <= said[0] <= 31 else None


HALVES = ("morning", "afternoon", "evening", "arvo", "lunchtime")


def relative(found: list[Word], at: int, now: datetime) -> Day | None:
    """'tomorrow', 'the day after tomorrow', 'tonight', 'a week tomorrow'."""
    today = now.date()
    at = skip(found, at, "the")
    if is_word(found, at, "day") and is_word(found, at + 1, "after") and is_word(found, at + 2, "tomorrow"):
        return one(today + 2 * cal.DAY, at + 3)
    if is_word(found, at, "day") and is_word(found, at + 1, "before") and is_word(found, at + 2, "yesterday"):
        return one(today - 2 * cal.DAY, at + 3, past=True)
    if is_word(found, at, "tomorrow", "tomorrow's", "tomorrows"):
        week = is_word(found, at + 1, "week")
        return one(today + cal.DAY + week * cal.WEEK, at + 1 + week)
    if is_word(found, at, "today", "today's"):
        week = is_word(found, at + 1, "week")
        return one(today + week * cal.WEEK, at + 1 + week)
    if is_word(found, at, "tonight"):
        return one(today, at + 1)
    if is_word(found, at, "yesterday", "yesterday's"):
        return one(today - cal.DAY, at + 1, past=True)
    if is_word(found, at, "this") and is_word(
        found, at + 1, "morning", "afternoon", "evening", "arvo", "lunchtime"
    ):
        return one(today, at + 1)
    return None


def _which(found: list[Word], at: int) -> tuple[str, int]:
    """'next', 'this', 'last', 'coming' before a name, and where the name begins."""
    at = skip(found, at, "the")
    word, after = "", at
    while is_word(
        found, after, "next", "this", "last", "coming", "following", "upcoming", "past", "previous", "current"
    ):
        word, after = found[after].text if word in ("", "this") else word, after + 1
    return word, after


def weekdays(found: list[Word], at: int, now: datetime) -> Day | None:
    """'Friday', 'next Friday', 'Friday week', 'Friday of next week', 'the Monday after next'."""
    which, start = _which(found, at)
    named = weekday(found, start)
    if named is None:
        return None
    today, (wd, end) = now.date(), named
    day = cal.coming(today, wd)
    if which in ("last", "past", "previous"):
        return one(cal.previous(today, wd), end, past=True)
    next_week = cal.monday(today) + cal.WEEK + timedelta(days=wd)
    if which == "next":
        return one(next_week, end)
    if which == "this" and cal.monday(today) + timedelta(days=wd) > today:
        day = cal.monday(today) + timedelta(days=wd)
    if is_word(found, end, "week", "fortnight") and not is_word(found, end - 1, "monday's", "friday's"):
        from_day = today if today.weekday() == wd else day  # 'Wednesday week' said on a Wednesday
        return one(from_day + (2 if is_word(found, end, "fortnight") else 1) * cal.WEEK, end + 1)
    if is_word(found, end, "after", "before") and is_word(found, end + 1, "next", "last"):
        if is_word(found, end, "after"):
            return one(day + cal.WEEK, end + 2)
        return one(cal.previous(today, wd) - cal.WEEK, end + 2, past=True)
    of = skip(found, end, "of", "in")
    if is_word(found, of, "this", "next", "last") and is_word(found, of + 1, "week"):
        weeks = {"this": 0, "next": 1, "last": -1}[found[of].text]
        day = cal.monday(today) + weeks * cal.WEEK + timedelta(days=wd)
        return one(day, of + 2, past=weeks < 0)
    return one(day, end)


def week_then_weekday(found: list[Word], at: int, now: datetime) -> Day | None:
    """'next week Tuesday', 'next week on Tuesday'."""
    if not (is_word(found, at, "next", "this") and is_word(found, at + 1, "week")):
        return None
    after = skip(found, at + 2, ",", "on", "sometime", "probably")
    named = weekday(found, after)
    if named is None or is_word(found, at + 2, "."):
        return None
    weeks = 1 if is_word(found, at, "next") else 0
    return one(cal.monday(now.date()) + weeks * cal.WEEK + timedelta(days=named[0]), named[1])
