"""Numbers as spoken: 'twenty-five hundred', 'two and a half dozen', '1.5 million', 'a couple of'.

Says nothing rather than something wrong: 'two three' is not five and not twenty-three.
"""

from typing import NamedTuple

from nlp.grammar.words import Word, is_word, skip

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


class Number(NamedTuple):
    value: float
    end: int
    """The first word after the number."""
    vague: bool
    """'a couple', 'a few': a person would not sign for it."""


def below_hundred(found: list[Word], at: int) -> tuple[int, int] | None:
    """Spoken 0 to 99."""
    if at >= len(found):
        return None
    text = found[at].text
    if text in UNITS:
        return UNITS[text], at + 1
    if text in TENS:
        after = at + 2 if is_word(found, at + 1, "-") else at + 1
        if after < len(found) and 0 < UNITS.get(found[after].text, 0) < 10:
            return TENS[text] + UNITS[found[after].text], after + 1
        return TENS[text], at + 1
    return None


def digits(found: list[Word], at: int) -> tuple[float, int] | None:
    """Written figures: 40, 1,200 or 2.5."""
    if at >= len(found) or not found[at].text[0].isdigit():
        return None
    text = found[at].text.replace(",", "")
    if not text.replace(".", "", 1).isdigit():
        return None
    return float(text), at + 1


def ordinal(found: list[Word], at: int) -> tuple[int, int] | None:
    """'fifteenth', '15th', 'twenty-fourth'."""
    if at >= len(found):
        return None
    text = found[at].text
    if text in ORDINALS:
        return ORDINALS[text], at + 1
    if text[0].isdigit() and text[-2:] in ("st", "nd", "rd", "th"):
        return int(text[:-2]), at + 1
    if text in TENS:
        after = at + 2 if is_word(found, at + 1, "-") else at + 1
        if after < len(found) and 0 < ORDINALS.get(found[after].text, 0) < 10:
            return TENS[text] + ORDINALS[found[after].text], after + 1
    return None


def _hundreds(found: list[Word], at: int) -> tuple[float, int] | None:
    """Up to 9,999 as 'ninety-nine hundred and ninety-nine'; 'a hundred' too."""
    if is_word(found, at, "hundred"):
        value, after = 1.0, at
    elif is_word(found, at, "a", "one") and is_word(found, at + 1, "hundred"):
        value, after = 1.0, at + 1
    else:
        head = digits(found, at) or below_hundred(found, at)
        if head is None:
            return None
        value, after = float(head[0]), head[1]
    if not (is_word(found, after, "hundred") and 0 < value < 100):
        return value, after
    value, after = value * 100, after + 1
    rest = below_hundred(found, after + 1 if is_word(found, after, "and") else after)
    if rest and rest[0]:
        return value + rest[0], rest[1]
    return value, after


def _half(found: list[Word], at: int) -> int | None:
    """The end of 'and a half' when it stands here."""
    if is_word(found, at, "and") and is_word(found, at + 1, "a") and is_word(found, at + 2, "half"):
        return at + 3
    return None


def _decimals(found: list[Word], at: int) -> tuple[float, int] | None:
    """'point five', 'point two five'."""
    if not is_word(found, at, "point"):
        return None
    text, after = "", at + 1
    while after < len(found) and UNITS.get(found[after].text, 10) < 10:
        text += str(UNITS[found[after].text])
        after += 1
    return (float("0." + text), after) if text else None


def _fixed(found: list[Word], at: int) -> Number | None:
    """'half a dozen', 'a couple of', 'a few', 'half a million', 'a dozen'."""
    if is_word(found, at, "half") and is_word(found, at + 1, "a", "an"):
        scale = found[at + 2].text if at + 2 < len(found) else ""
        if scale == "dozen":
            return Number(6, at + 3, False)
        return Number(SCALES[scale] / 2, at + 3, False) if SCALES.get(scale, 0) > 1000 else None
    start = at + 1 if is_word(found, at, "a") else at
    if is_word(found, start, "dozen") and start > at:
        return Number(12, start + 1, False)
    if is_word(found, start, "couple") or (start > at and is_word(found, start, "pair")):
        if start == at and not is_word(found, at + 1, "of"):
            return None
        after = skip(found, start + 1, "of", "more", "dozen")
        dozen = is_word(found, after - 1, "dozen")
        return Number(24 if dozen else 2, after, False)
    if start > at and is_word(found, start, "few") and not is_word(found, start + 1, "hundred", "thousand"):
        return Number(3, start + 1, True)
    if start > at and is_word(found, start, "thousand", "million"):
        return _scaled(found, start, 1.0)
    return None


def _scaled(found: list[Word], at: int, value: float) -> Number:
    """Apply thousands, millions and dozens that follow a value, and what follows those."""
    if is_word(found, at, "dozen"):
        return Number(value * 12, at + 1, False)
    if at < len(found) and found[at].text in SCALES:
        scale = SCALES[found[at].text]
        total, after = value * scale, at + 1
        pair = pair_at(found, after) if scale == 1000 else None
        if pair and 0 < pair[0] < 10:  # 'two thousand one fifty'
            return Number(total + 100 * pair[0] + pair[1], pair[2], False)
        rest = _hundreds(found, after + 1 if is_word(found, after, "and") else after)
        if rest and 0 < rest[0] < scale and scale > 1:
            tail = _scaled(found, rest[1], rest[0]) if scale > 1000 else Number(rest[0], rest[1], False)
            if tail.value < scale:
                return Number(total + tail.value, tail.end, False)
        return Number(total, after, False)
    return Number(value, at, False)


def number_at(found: list[Word], at: int) -> Number | None:
    """The longest number that begins here, or nothing."""
    fixed = _fixed(found, at)
    if fixed:
        return fixed
    head = _hundreds(found, at)
    if head is None:
        return None
    value, after = head
    half = _half(found, after)
    if half is not None:
        return _scaled(found, half, value + 0.5)
    if is_word(found, after, "dozen"):
        return Number(value * 12, after + 1, False)
    fraction = _decimals(found, after)
    if fraction:
        value, after = value + fraction[0], fraction[1]
    result = _scaled(found, after, value)
    half = _half(found, result.end)
    if half is not None and is_word(found, result.end - 1, "thousand", "million", "dozen"):
        return None  # 'two thousand and a half' is nobody's number
    return result


def pair_at(found: list[Word], at: int) -> tuple[int, int, int] | None:
    """Two groups spoken together, 'eighteen fifty' or 'one seventy-five': both and the end.

    Means a price, a year or a time; only who reads it knows which.
    """
    first = below_hundred(found, at)
    if first is None:
        figure = digits(found, at)
        if figure is None or figure[0] != int(figure[0]) or figure[0] > 99:
            return None
        first = int(figure[0]), figure[1]
    after = first[1]
    if is_word(found, after, "-"):
        after += 1
    if (
        is_word(found, after, "oh", "o")
        and after + 1 < len(found)
        and UNITS.get(found[after + 1].text, 0) in range(1, 10)
    ):
        return first[0], UNITS[found[after + 1].text], after + 2
    second = below_hundred(found, after)
    if second is None and after < len(found) and found[after].text.isdigit() and len(found[after].text) == 2:
        second = int(found[after].text), after + 1
    if second is None or second[0] < 10:
        return None
    return first[0], second[0], second[1]


def sequence_at(found: list[Word], at: int) -> bool:
    """Two numbers without anything between them start here: digits of a phone, not a quantity."""
    head = below_hundred(found, at)
    return bool(head and below_hundred(found, head[1]))
