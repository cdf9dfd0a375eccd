"""A day with what may stand around it: 'first thing Monday', 'Friday afternoon', 'Tuesday at ten'."""

from datetime import datetime, timedelta

from nlp.dates.clock import Clock, clock_at, part_at
from nlp.dates.days import Day, Reader, relative, week_then_weekday, weekdays
from nlp.dates.feasts import feasts
from nlp.dates.numbered import backwards, month_and_day, numbered, slashed, weekday_and_date
from nlp.dates.periods import closings, edges, nth_of, periods, week_of, weekend
from nlp.dates.stretches import ahead, counted_weekdays, next_lengths, upcoming
from nlp.grammar.words import Word, is_word, skip

READERS: tuple[Reader, ...] = (
    weekday_and_date, month_and_day, week_then_weekday, ahead, upcoming, next_lengths,
    counted_weekdays, feasts, backwards, nth_of, week_of, edges,
    relative,
    weekdays, numbered, slashed, weekend, periods,
)  # fmt: skip
AT = (
    "at",
    "around",
    "about",
    "for",
    "from",
    "by",
    "@",
    "say",
    "approximately",
    "before",
    "after",
    "until",
    "till",
    "latest",
    "like",
    "probably",
)


def _core(found: list[Word], at: int, now: datetime) -> Day | None:
    best: Day | None = None
    for reader in READERS:
        day = reader(found, at, now)
        if day and (best is None or day.end > best.end):
            best = day
    return best


def day_at(found: list[Word], at: int, now: datetime) -> tuple[Day, str | None] | None:
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


def clock_after(found: list[Word], day: Day, part: str | None) -> Clock | None:
    """A time that belongs to the day before it."""
    at = skip(found, day.end, ",")
    said = is_word(found, at, *AT)
    if is_word(found, at, "no") and is_word(found, at + 1, "later") and is_word(found, at + 2, "than"):
        at, said = at + 3, True
    at = skip(found, at, *AT) if said else at
    at = skip(found, at, "about", "around", "like", "maybe", "exactly")
    clock = clock_at(found, at, None if part == "first" else part)
    if clock is None:
        return None
    if said and not is_word(found, at - 1, "for", "from", "by", "say") and not counts(found, clock.end):
        return clock
    if clock.sure or (part not in (None, "first") and not counts(found, clock.end)):
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
    apart = is_word(found, day.end, ",") and clock.minute in (15, 30, 45) and closes
    if apart and not is_word(found, clock.end, "for", "to", "with"):
        return clock  # 'Friday, one thirty.'
    return clock if closes and not is_word(found, day.end, ",", ".") and (clock.minute or said) else None


COUNTED = ("a", "each", "per", "euro", "euros", "dollars", "dollar", "pounds", "quid", "percent", "%",
"of", "cases",
           "boxes", "apiece", "kegs", "bottles", "bags", "packs", "units", "people", "hundred",
           "thousand", "cents")  # fmt: skip


def counts(found: list[Word], at: int) -> bool:
    """What follows says that the number before was a price or a quantity."""
    return is_word(found, at, *COUNTED)
