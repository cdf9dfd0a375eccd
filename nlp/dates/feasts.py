"""Feasts with a date: Christmas, New Year, Easter, Thanksgiving. Only right behind 'by', 'before', 'on' or
'until', since 'the Easter order' is no date."""

from datetime import date, datetime

from nlp.dates import calendar as cal
from nlp.dates.days import Day, one
from nlp.dates.numbered import AFTER_NUMBER
from nlp.grammar.words import Word, is_word, skip

FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's": (1, 1), "new year's day": (1, 1), "new year's eve": (12, 31), "new year": (1, 1),
    "halloween": (10, 31), "valentine's day": (2, 14), "saint patrick's day": (3, 17),
    "st patrick's day": (3, 17), "the fourth of july": (7, 4),
}  # fmt: skip
AROUND_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2}
BEFORE = ("by", "before", "on", "until", "till")


def easter(year: int) -> date:
    """The Gregorian computus (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - f + 15) % 30
    i, k = divmod(c, 4)
    weeks = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weeks) // 451
    month, day = divmod(h + weeks - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _of_year(name: str, year: int) -> date | None:
    if name in AROUND_EASTER:
        return easter(year) + AROUND_EASTER[name] * cal.DAY
    if name == "thanksgiving":
        return cal.nth_weekday(date(year, 11, 1), 3, 4)
    return date(year, *FIXED[name]) if name in FIXED else None


def feasts(found: list[Word], at: int, now: datetime) -> Day | None:
    if not is_word(found, at - 1, *BEFORE):
        return None
    start = skip(found, at, "the") if is_word(found, at + 1, "easter", "christmas") else at
    for length in (4, 3, 2, 1):
        end = start + length
        name = " ".join(w.text for w in found[start:end])
        if end > len(found) or (day := _of_year(name, now.year)) is None:
            continue
        if end < len(found) and found[end].text not in AFTER_NUMBER:
            return None
        later = _of_year(name, now.year + 1)
        return one(later if later and day < now.date() else day, end)
    return None
