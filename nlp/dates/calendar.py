"""Arithmetic on civil days, in the words of people: 'next Friday', 'the fourteenth', 'end of the month'."""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def coming(day: date, weekday: int) -> date:
    """The next such weekday; one that equals today's means seven days later."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def previous(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quarter_first(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_numbered(day: date, number: int, weekday: int | None = None) -> date | None:
    """The next day of that number after today; with a weekday, the next on which both agree, if within a
    year."""
    plain = None
    for ahead in range(14):
        first = months_later(day.replace(day=1), ahead)
        if number > month_last(first).day:
            continue
        candidate = first.replace(day=number)
        if candidate <= day:
            continue
        plain = plain or candidate
        if weekday is None or candidate.weekday() == weekday:
            return candidate
    return plain


def month_day(day: date, month: int, number: int, year: int | None) -> date | None:
    """That day of that month, in the year said or else the next one from today on."""
    for candidate_year in (year,) if year else range(day.year, day.year + 9):
        if number <= calendar.monthrange(candidate_year, month)[1]:
            found = date(candidate_year, month, number)
            if year or found >= day:
                return found
    return None


def month_first(day: date, month: int, year: int | None) -> date:
    """The first of that month: of the year said, else of the next such month, this one included."""
    if year:
        return date(year, month, 1)
    return date(day.year + (month < day.month), month, 1)


def nth_weekday(first: date, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month that begins with `first`; -1 is the last."""
    if nth == -1:
        last = month_last(first)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == first.month else None
