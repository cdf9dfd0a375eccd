"""Days by number: 'the fourteenth', 'December third', 'Thursday the nineteenth', '4/15'."""

from datetime import date, datetime

from nlp.dates import calendar as cal
from nlp.dates.days import Day, _which, day_number, month, one, weekday, year
from nlp.grammar.numbers import ordinal
from nlp.grammar.words import Word, is_word, skip


def weekday_and_date(found: list[Word], at: int, now: datetime) -> Day | None:
    """'Thursday the nineteenth', 'Thursday, December third', 'Tuesday the first of December'."""
    which, start = _which(found, at)
    named = weekday(found, start)
    if named is None or which == "last":
        return None
    after = skip(found, named[1], ",", "the", "on", "that's", "which", "is")
    dated = month_and_day(found, after, now)
    if dated:
        return _agreeing(dated, named[0])
    number = ordinal(found, after)
    if number and 1 <= number[0] <= 31:
        day = cal.next_numbered(now.date(), number[0], named[0])
        return one(day, number[1]) if day else None
    return None


def _agreeing(day: Day, weekday_of: int) -> Day:
    """The year in which the weekday and the date agree, when a near one does; else the next."""
    for years in (0, -1, 1):
        try:
            other = day.first.replace(year=day.first.year + years)
        except ValueError:
            continue
        if other.weekday() == weekday_of:
            return day._replace(first=other, last=other)
    return day


def month_and_day(found: list[Word], at: int, now: datetime) -> Day | None:
    """'December third', 'the third of December', 'March 31, 2026', '15 of February'."""
    today = now.date()
    named = month(found, at)
    if named:
        if is_word(found, at, "may", "march") and not (
            ordinal(found, skip(found, named[1], "the"))
            or (found[named[1] : named[1] + 1] and found[named[1]].text.isdigit())
        ):
            return None
        number = day_number(found, named[1])
        if number is None or is_word(found, number[1], "percent", "hundred"):
            return None
        named, end = (named[0], number[1]), number[1]
        day_of = number[0]
    else:
        number = day_number(found, at)
        if number is None:
            return None
        after = number[1]
        after = (
            after + 2
            if is_word(found, after, "day") and is_word(found, after + 1, "of")
            else skip(found, after, "of")
        )
        if is_word(found, after, "this", "next", "the") and is_word(found, after + 1, "month"):
            return _of_month(found, after, number[0], today)
        if is_word(found, after, "the") and is_word(found, after + 1, "current", "previous", "following"):
            months = {"current": 0, "previous": -1, "following": 1}[found[after + 1].text]
            if is_word(found, after + 2, "month"):
                return one(cal.months_later(today, months).replace(day=number[0]), after + 3, past=months < 0)
        named = month(found, after)
        if named is None or (
            after == number[1]
            and ordinal(found, skip(found, at, "the")) is None
            and not found[skip(found, at, "the")].text.isdigit()
        ):
            return None
        day_of, end = number[0], named[1]
    said = year(found, end)
    if said is None and is_word(found, at, "14th") and found[end : end + 1] and found[end].text.isdigit():
        said = 2000 + int(found[end].text), end + 1
    day = cal.month_day(today, named[0], day_of, said[0] if said else None)
    return one(day, said[1] if said else end) if day else None


def _of_month(found: list[Word], at: int, number: int, today: date) -> Day | None:
    """'the first of the month' is the next first; 'of next month' is said."""
    if is_word(found, at, "the"):
        day = cal.next_numbered(today, number)
        return one(day, at + 2) if day else None
    first = cal.months_later(today.replace(day=1), 1 if is_word(found, at, "next") else 0)
    if number > cal.month_last(first).day:
        return None
    return one(first.replace(day=number), at + 2)


BEFORE_NUMBER = (
    "on",
    "by",
    "before",
    "until",
    "till",
    "after",
    "from",
    "since",
    "for",
    "to",
    "of",
    "starting",
    "is",
    "and",
)
AFTER_NUMBER = (
    ".", ",", ";", "?", "!", ":", "-", "–", "—", "at", "in", "and", "or", "to", "if", "so", "but",
    "for", "around", "about", "when", "because", "with", "we", "she", "he", "they", "i", "i'll",
    "we'll", "he'll", "she'll", "that", "as", "which", "once", "please", "then", "just", "maybe",
    "half", "quarter", "by", "should", "would", "works", "it", "there", "this", "not", "no", "also",
    "oh", "um", "uh", "okay", "yeah", "before", "after", "unless", "since", "where", "early",
    "latest", "you", "suits", "through", "thru",
)  # fmt: skip


def numbered(found: list[Word], at: int, now: datetime) -> Day | None:
    """'the fourteenth', 'on the 2nd': only where nothing follows that it could count."""
    if not is_word(found, at, "the"):
        return None
    number = ordinal(found, at + 1)
    if number is None or not 1 <= number[0] <= 31:
        return None
    after, before = number[1], found[at - 1].text if at else ""
    if number[0] < 5 and is_word(found, after, "half", "quarter"):
        return None
    open_end = after >= len(found) or found[after].text.split("'")[0] in AFTER_NUMBER
    if not open_end or (number[0] < 4 and before not in BEFORE_NUMBER and at > 0):
        return None
    if (
        number[0] < 4
        and before in ("for", "to", "of", "is", "and", "from")
        and not is_word(found, after, "at", "to")
    ):
        return None
    day = cal.next_numbered(now.date(), number[0])
    return one(day, after) if day else None


def backwards(found: list[Word], at: int, now: datetime) -> Day | None:
    """'the third of the fourth': the day, then the month, as is said outside of America."""
    number = ordinal(found, skip(found, at, "the"))
    if number is None or not (is_word(found, number[1], "of") and is_word(found, number[1] + 1, "the")):
        return None
    named = ordinal(found, number[1] + 2)
    if named is None or not 1 <= named[0] <= 12 or not 1 <= number[0] <= 31:
        return None
    day = cal.month_day(now.date(), named[0], number[0], None)
    return one(day, named[1]) if day else None


def slashed(found: list[Word], at: int, now: datetime) -> Day | None:
    """'4/15'; which is the month follows from the size, the month first when both fit."""
    if at + 2 >= len(found) or not is_word(found, at + 1, "/"):
        return None
    left, right = found[at].text, found[at + 2].text
    if not (left.isdigit() and right.isdigit() and len(left) < 3 and len(right) < 3) or is_word(
        found, at + 3, "/"
    ):
        return None
    month_of, number = int(left), int(right)
    if month_of > 12:
        month_of, number = number, month_of
    if not (1 <= month_of <= 12 and 1 <= number <= 31):
        return None
    day = cal.month_day(now.date(), month_of, number, None)
    return one(day, at + 3) if day else None
