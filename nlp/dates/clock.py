"""Times of day as spoken: 'half two', 'a quarter past nine', 'three thirty in the afternoon', '5 pm'.

Without am or pm a time falls in business hours: 1 to 6 is the afternoon, 7 to 12 the day.
"""

from typing import NamedTuple

from nlp.grammar.numbers import below_hundred
from nlp.grammar.words import Word, is_word

PARTS = {
    "morning": "morning", "mornings": "morning", "afternoon": "afternoon", "evening": "evening",
    "night": "night", "arvo": "afternoon", "mornin": "morning", "mornin'": "morning", "evenin": "evening",
    "afternoonish": "afternoon", "lunch": "lunch", "lunchtime": "lunch", "am": "morning", "pm": "afternoon",
}  # fmt: skip
PART_HOURS = {
    "morning": (0, 12),
    "afternoon": (12, 19),
    "evening": (18, 24),
    "night": (18, 24),
    "lunch": (12, 14),
}


class Clock(NamedTuple):
    hour: int
    minute: int
    end: int
    sure: bool
    """Said as a time ('3 pm', 'half two', '9:30'), not just a number."""
    placed: bool
    """The half of the day was said."""


def part_at(found: list[Word], at: int) -> tuple[str, int] | None:
    """'in the morning', 'this evening', 'at night', 'afternoon'."""
    start = at
    if is_word(found, at, ","):
        at += 1
    if is_word(found, at, "in", "at", "during"):
        at += 1
        if is_word(found, at, "the"):
            at += 1
    if is_word(found, at, "early", "late", "mid") and at + 1 < len(found):
        at += 1
    if at < len(found) and found[at].text in PARTS and found[at].text not in ("am", "pm"):
        return PARTS[found[at].text], at + 1
    del start
    return None


def _meridiem(found: list[Word], at: int) -> tuple[str, int] | None:
    """'pm', 'p.m.', 'p m', 'in the PM'."""
    if is_word(found, at, "in") and is_word(found, at + 1, "the") and is_word(found, at + 2, "am", "pm"):
        return PARTS[found[at + 2].text], at + 3
    if at >= len(found):
        return None
    text = found[at].text.replace(".", "").replace(" ", "")
    if text in ("am", "pm"):
        return PARTS[text], at + 1
    if text in ("a", "p") and is_word(found, at + 1, "m"):
        return PARTS[text + "m"], at + 2
    return None


def _placed(hour: int, part: str | None) -> int:
    """The hour of 24, by the part of the day or business hours."""
    if hour > 12:
        return hour
    if part in ("morning",):
        return hour % 12
    if part in ("afternoon", "lunch"):
        return hour % 12 + 12
    if part in ("evening", "night"):
        return hour % 12 + 12 if hour != 12 else 0
    return hour + 12 if hour < 7 else hour


def _small(found: list[Word], at: int) -> tuple[int, int] | None:
    """A spoken or written number below 100."""
    if at < len(found) and found[at].text.isdigit() and len(found[at].text) <= 2:
        return int(found[at].text), at + 1
    return below_hundred(found, at)


def _named(found: list[Word], at: int) -> tuple[int, int, int] | None:
    if is_word(found, at, "noon", "midday"):
        return 12, 0, at + 1
    if is_word(found, at, "mid") and is_word(found, at + 1, "day"):
        return 12, 0, at + 2
    if is_word(found, at, "midnight"):
        return 0, 0, at + 1
    return None


def _relative(found: list[Word], at: int) -> tuple[int, int, int] | None:
    """'half past two', 'half two', 'a quarter to nine', 'twenty past three', 'ten minutes to two'."""
    at = at + 1 if is_word(found, at, "a") and is_word(found, at + 1, "quarter") else at
    if is_word(found, at, "half"):
        past = is_word(found, at + 1, "past", "after")
        hour = _hour(found, at + 2 if past else at + 1)
        return (hour[0], 30, hour[1]) if hour else None
    if is_word(found, at, "quarter"):
        minutes, after = 15, at + 1
    else:
        small = _small(found, at)
        if small is None or not 0 < small[0] < 60:
            return None
        minutes, after = small
        after = after + 1 if is_word(found, after, "minutes", "minute", "mins") else after
    if is_word(found, after, "past", "after", "from"):
        if is_word(found, after, "from") and not is_word(found, after - 1, "minutes", "mins"):
            return None
        hour = _hour(found, after + 1)
        return (hour[0], minutes, hour[1]) if hour else None
    if is_word(found, after, "to", "of", "before", "till"):
        if (is_word(found, after, "of") and minutes != 15) or (is_word(found, after, "to") and minutes % 5):
            return None
        hour = _hour(found, after + 1)
        return ((hour[0] - 1) % 24, 60 - minutes, hour[1]) if hour else None
    return None


def _hour(found: list[Word], at: int) -> tuple[int, int] | None:
    named = _named(found, at)
    if named:
        return named[0], named[2]
    small = _small(found, at)
    return small if small and 1 <= small[0] <= 12 else None


def _figures(found: list[Word], at: int) -> tuple[int, int, int, bool] | None:
    """'9:30', '2.30', '1030', 'nine thirty', 'twelve oh three', 'ten'; and whether it can only be a time."""
    if at >= len(found):
        return None
    text = found[at].text
    for mark in (":", "."):
        hour, _, minute = text.partition(mark)
        if hour.isdigit() and minute.isdigit() and len(minute) == 2 and int(hour) < 24 and int(minute) < 60:
            return int(hour), int(minute), at + 1, mark == ":"
    if text.isdigit() and len(text) in (3, 4) and int(text[:-2]) < 24 and int(text[-2:]) < 60:
        return int(text[:-2]), int(text[-2:]), at + 1, False
    small = _small(found, at)
    if small is None or not 0 < small[0] < 25:
        return None
    hour_value, after = small
    nxt = after + 1 if is_word(found, after, "-") else after
    if is_word(found, nxt, "oh", "o", "ou", "zero"):
        digit = below_hundred(found, nxt + 2 if is_word(found, nxt + 1, "-") else nxt + 1)
        if digit and digit[0] < 10:
            return hour_value, digit[0], digit[1], False
    if is_word(found, after, "hundred") and is_word(found, after + 1, "hours"):
        return hour_value % 24, 0, after + 2, True
    minute_at = _small(found, nxt)
    if minute_at and 10 <= minute_at[0] < 60 and hour_value < 24:
        return hour_value, minute_at[0], minute_at[1], False
    return (hour_value, 0, after, False) if hour_value < 24 else None


def clock_at(found: list[Word], at: int, part: str | None = None) -> Clock | None:
    """The time that begins here; `part` is the half of the day when it was said before."""
    named = _named(found, at)
    if named:
        return Clock(named[0], named[1], named[2], True, True)
    relative = _relative(found, at)
    if relative:
        hour, minute, end, sure = *relative, True
    else:
        figures = _figures(found, at)
        if figures is None:
            return None
        hour, minute, end, sure = figures
    if is_word(found, end, "ish"):
        end += 1
    if is_word(found, end, "o'clock", "oclock"):
        end, sure = end + 1, True
    elif is_word(found, end, "o") and is_word(found, end + 1, "clock"):
        end, sure = end + 2, True
    said = _meridiem(found, end)
    if said is None:
        said = part_at(found, end)
        if said and is_word(found, end, ",") and not is_word(found, end + 1, "in"):
            said = None
    if is_word(found, end, "tonight"):
        part = "night"
    if said:
        part, end, sure = said[0], said[1], True
    if hour > 12 and said and said[0] == "morning":
        return None
    return Clock(_placed(hour, part) % 24, minute, end, sure, part is not None or hour > 12)
