"""Weeks, months, quarters and their edges: 'next week', 'the end of next month', 'the last Friday of May'."""

from datetime import date, datetime, timedelta

from nlp.dates import calendar as cal
from nlp.dates.days import Day, _which, month, one, weekday, weekdays, year
from nlp.dates.numbered import month_and_day, numbered
from nlp.grammar.numbers import number_at, ordinal
from nlp.grammar.words import Word, is_word, phrase_at, skip

ROUGH = ("back", "front", "tail", "far")
"""'The back end of next week' is no day."""


def _period(found: list[Word], at: int, now: datetime) -> tuple[date, date, int, str, bool] | None:
    """A week, month, quarter or year: its first and last day, the end, its grain, whether it lies behind."""
    today, (which, after) = now.date(), _which(found, at)
    if (
        is_word(found, at, "the")
        and is_word(found, at + 1, "week")
        and is_word(found, at + 2, "after")
        and is_word(found, at + 3, "next")
    ):
        first = cal.monday(today) + 2 * cal.WEEK
        return first, first + timedelta(days=6), at + 4, "week", False
    shift = {
        "next": 1,
        "coming": 1,
        "following": 1,
        "upcoming": 1,
        "last": -1,
        "past": -1,
        "previous": -1,
    }.get(which, 0)
    times, unit_at = 1, after
    if shift > 0 and which in ("upcoming", "coming"):
        number = number_at(found, after)
        times, unit_at = (int(number.value), number.end) if number else (1, after)
    unit = found[unit_at].text.rstrip("'").removesuffix("'s") if unit_at < len(found) else ""
    if times > 1 and unit.endswith("s"):
        unit = unit[:-1]
    named = month(found, after)
    if named and (which or after == at):
        said = year(found, named[1])
        first = cal.month_first(today, named[0], said[0] if said else None)
        if which == "last":
            first = first.replace(year=first.year - 1) if first > today else first
        return first, cal.month_last(first), said[1] if said else named[1], "month", which == "last"
    if unit == "week":
        first = cal.monday(today) + shift * times * cal.WEEK
        return first, first + timedelta(days=6), unit_at + 1, "week", shift < 0
    if unit in ("month", "quarter", "year"):
        base = {
            "month": today.replace(day=1),
            "quarter": cal.quarter_first(today),
            "year": date(today.year, 1, 1),
        }[unit]
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        first = cal.months_later(base, shift * times * months)
        return first, cal.months_later(first, months) - cal.DAY, unit_at + 1, unit, shift < 0
    said = year(found, at)
    if said and found[at].text.isdigit():
        return date(said[0], 1, 1), date(said[0], 12, 31), said[1], "year", said[0] < today.year
    return None


def periods(found: list[Word], at: int, now: datetime) -> Day | None:
    """'next week', 'this month', 'in May', 'last quarter'; bare 'the month' says nothing."""
    if is_word(found, at - 1, "of") and is_word(found, at - 2, "end") and is_word(found, at - 3, *ROUGH):
        return None
    which, after = _which(found, at)
    bare = not which and not month(found, after)
    span = _period(found, at, now)
    if span is None or (
        bare
        and span[3] in ("week", "month", "quarter")
        and not (is_word(found, at + 2, "after") and is_word(found, at + 3, "next"))
    ):
        return None
    if bare and span[3] == "year" and not found[at].text.isdigit():
        return None
    if (
        span[3] == "year"
        and bare
        and not is_word(found, at - 1, "in", "since", "by", "after", "before", "through", "of", "for")
    ):
        return None
    named = month(found, after)
    if named and not which and not year(found, named[1]) and not _month_fits(found, at):
        return None
    first, last, end, grain, past = span
    friday = cal.monday(first) + timedelta(days=4)
    return Day(first, friday if grain == "week" else last, end, grain, past=past, vague=True)


def _month_fits(found: list[Word], at: int) -> bool:
    """A month's name alone is a month after a preposition or all by itself; 'may' and 'march' are verbs
    too."""
    if len(found) <= 1:
        return True
    return is_word(found, at - 1, "in", "by", "during", "since", "until", "till", "of", "early", "mid",
    "late", "before",
                   "after", "from", "for", "end", "through", "around", "sometime", "to") and not (
        is_word(found, at - 1, "for", "to", "after", "from")
        and is_word(found, at, "may", "march", "april", "june")
    )  # fmt: skip


def edges(found: list[Word], at: int, now: datetime) -> Day | None:
    """'the end of the month', 'month end', 'early next week', 'the beginning of June', 'mid March'."""
    at = skip(found, at, "the")
    if is_word(found, at, "month", "quarter", "year") and is_word(found, at + 1, "end"):
        span = _period(found, at, now)
        return Day(span[1], span[1], at + 2, "day") if span else None
    if is_word(found, at - 1, *ROUGH):
        return None
    working = _last_working_day(found, at, now)
    if working:
        return working
    edge = found[at].text if at < len(found) else ""
    if edge not in ("end", "beginning", "start", "middle", "early", "mid", "late", "later", "top"):
        return None
    after = skip(found, at + 1, "of", "in", "on", "-")
    inner = skip(found, after, "the")
    span = _period(found, after, now)
    if span is None and is_word(found, inner, "week", "month", "quarter", "year"):
        span = _period(found, inner, now)
    if span is None or (span[4] and edge not in ("end", "beginning")):
        return None
    named = weekday(found, span[2]) if span[3] == "week" and edge in ("start", "beginning", "end") else None
    if named:  # 'the start of next week, Monday'
        return one(span[0] + named[0] * cal.DAY, named[1])
    return _edge(edge, span)


def _last_working_day(found: list[Word], at: int, now: datetime) -> Day | None:
    if not (phrase_at(found, at, "last working day") or phrase_at(found, at, "last business day")):
        return None
    span = _period(found, skip(found, at + 3, "of", "the"), now)
    if span is None or span[3] != "month":
        return None
    return one(span[1] - max(span[1].weekday() - 4, 0) * cal.DAY, span[2])


def _edge(edge: str, span: tuple[date, date, int, str, bool]) -> Day:
    first, last, end, grain, past = span
    if grain == "week":
        friday = first + timedelta(days=4)
        if edge in ("end", "late", "later"):
            return Day(friday, friday, end, "day", past=past)
        if edge in ("middle", "mid"):
            return Day(
                first + timedelta(days=2), first + timedelta(days=2), end, "day", past=past, vague=True
            )
        last = first if edge in ("start", "beginning", "top") else first + timedelta(days=2)
        return Day(first, last, end, "day", past=past, vague=True)
    if edge in ("end", "late"):
        start = {"month": last.replace(day=21)}.get(grain, last.replace(month=max(last.month - 3, 1), day=1))
        exact = "day" if grain == "month" or edge == "end" else "month"
        return Day(start, last, end, exact, past=past, vague=edge == "late")
    if edge in ("middle", "mid"):
        start = first.replace(day=11) if grain == "month" else first
        return Day(start, start + timedelta(days=9), end, "day", past=past, vague=True)
    length = 9 if grain == "month" else 89
    return Day(
        first,
        first + timedelta(days=length),
        end,
        "day" if grain == "month" else "month",
        past=past,
        vague=True,
    )


def nth_of(found: list[Word], at: int, now: datetime) -> Day | None:
    """'the first Monday in April', 'the last Friday of the month', 'the first week of April', 'the second
    quarter'."""
    at = skip(found, at, "the")
    nth = (-1, at + 1) if is_word(found, at, "last") else ordinal(found, at)
    if nth is None or nth[0] > 5:
        return None
    if is_word(found, nth[1], "quarter") and nth[0] in (1, 2, 3, 4):
        said = year(found, skip(found, nth[1] + 1, "of"))
        first = date(said[0] if said else now.year, nth[0] * 3 - 2, 1)
        return Day(
            first,
            cal.months_later(first, 3) - cal.DAY,
            said[1] if said else nth[1] + 1,
            "quarter",
            vague=True,
        )
    week = is_word(found, nth[1], "week")
    named = weekday(found, nth[1])
    if not (week or named):
        return None
    of = nth[1] + 1 if week else named[1] if named else 0
    if not is_word(found, of, "of", "in"):
        return None
    after = of + 1
    span = _period(found, after, now) or _period(found, skip(found, after, "the"), now)
    if span is None or span[3] != "month":
        return None
    if week:
        first = (
            cal.monday(span[0]) if nth[0] == 1 and span[0].weekday() < 3 else cal.coming(span[0] - cal.DAY, 0)
        )
        first += max(nth[0] - 1, 0) * cal.WEEK
        return Day(first, first + timedelta(days=4), span[2], "week", vague=True)
    if named is None:
        return None
    day = cal.nth_weekday(span[0], named[0], nth[0])
    if (
        day
        and day <= now.date()
        and not month(found, after)
        and is_word(found, after, "the")
        and nth[0] == -1
    ):
        day = cal.nth_weekday(cal.months_later(span[0], 1), named[0], nth[0])
    return one(day, span[2]) if day else None


def week_of(found: list[Word], at: int, now: datetime) -> Day | None:
    """'the week of the 23rd', 'week commencing the fifth of May'."""
    at = skip(found, at, "the")
    if not (
        is_word(found, at, "week") and is_word(found, at + 1, "of", "commencing", "beginning", "starting")
    ):
        return None
    day = month_and_day(found, at + 2, now) or numbered(found, at + 2, now) or weekdays(found, at + 2, now)
    if day is None:
        return None
    first = cal.monday(day.first)
    return Day(first, first + timedelta(days=4), day.end, "week", vague=True)


def weekend(found: list[Word], at: int, now: datetime) -> Day | None:
    """'this weekend', 'next weekend', 'the weekend': Saturday and Sunday."""
    which, after = _which(found, at)
    joined = is_word(found, after, "weekend")
    apart = (
        is_word(found, after, "week") and is_word(found, after + 1, "-") and is_word(found, after + 2, "end")
    )
    if not (joined or apart) or (not which and not is_word(found, at, "the")):
        return None
    past = which in ("last", "past", "previous")
    saturday = cal.monday(now.date()) + timedelta(days=5 + (7 if which == "next" else -7 if past else 0))
    return Day(saturday, saturday + cal.DAY, after + (1 if joined else 3), "day", past=past, vague=True)


def closings(found: list[Word], at: int, now: datetime) -> Day | None:
    """'close of business', 'end of play', 'end of day', 'COB': today unless a day follows."""
    at = skip(found, at, "the")
    if phrase_at(found, at, "day's out") or phrase_at(found, at, "day is out"):
        return one(now.date(), at + (2 if is_word(found, at + 1, "out") else 3))
    if (
        is_word(found, at, "end")
        and is_word(found, at + 1, "of")
        and is_word(found, at + 2, "today", "tomorrow")
    ):
        return one(now.date() + is_word(found, at + 2, "tomorrow") * cal.DAY, at + 3)
    if is_word(found, at, "cob", "eod", "eob", "cop"):
        return one(now.date(), at + 1)
    if is_word(found, at, "close", "end") and is_word(found, at + 1, "of"):
        after = skip(found, at + 2, "the")
        if is_word(found, after, "business", "play", "day", "trading", "work"):
            return one(now.date(), after + 1)
    return None
