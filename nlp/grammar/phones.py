"""Telephone numbers as dictated: 'oh eight five, triple five, oh one nine four'; E.164 comes out."""

from typing import NamedTuple

import phonenumbers

from nlp.grammar.numbers import UNITS, below_hundred
from nlp.grammar.words import Word, is_word, skip, words

DIGITS = {w: str(n) for w, n in UNITS.items() if n < 10} | {"oh": "0", "o": "0", "nought": "0", "nil": "0"}
TIMES = {"double": 2, "triple": 3, "treble": 3}
FILLERS = {",", "-", ".", "(", ")", "/", "uh", "um", "er", "then", "and"}
FEWEST = 7
WRITTEN_WHOLE = 9
"""Digits from which '2,065,550,163' is a telephone number and not a count."""
STRAY = 2
"""Digits at the most that stand before a number without being of it ('a new cell 2, 360 ...')."""


class Phone(NamedTuple):
    number: str
    """E.164."""
    start: int
    end: int


def _piece(found: list[Word], at: int) -> tuple[str, int] | None:
    """The digits that one word, or 'triple five', stands for."""
    text = found[at].text
    if text in TIMES:
        after = skip(found, at + 1, "-")
        digit = found[after].text if after < len(found) else ""
        digit = DIGITS.get(digit, digit)
        return (digit * TIMES[text], after + 1) if len(digit) == 1 and digit.isdigit() else None
    if text in DIGITS:
        if is_word(found, at + 1, "hundred"):
            return DIGITS[text] + "00", at + 2
        return DIGITS[text], at + 1
    plain = text.replace(".", "").replace(",", "")
    if plain.isdigit() and ("," not in text or len(plain) >= WRITTEN_WHOLE):
        return plain, at + 1
    small = below_hundred(found, at)
    return (str(small[0]), small[1]) if small else None


def _run(found: list[Word], at: int) -> tuple[list[tuple[str, int]], int]:
    """All pieces of digits from here on, over fillers, each with its place, and where they end."""
    pieces: list[tuple[str, int]] = []
    after = at
    if is_word(found, at, "plus", "+"):
        pieces, after = [("+", at)], at + 1
    last = after
    while after < len(found):
        piece = _piece(found, after)
        if piece:
            pieces.append((piece[0], after))
            after = last = piece[1]
        elif found[after].text in FILLERS and pieces and pieces[-1][0] != "+":
            after += 1
        else:
            break
    return pieces, last


def _number(folded: str, regions: tuple[str, ...], strict: bool) -> str | None:
    """The first region in which the digits are a number; where none is, one of full length at home."""
    for region in regions if strict else regions[:1]:
        try:
            parsed = phonenumbers.parse(folded, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed) if strict else _full(parsed, region):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


def _full(parsed: phonenumbers.PhoneNumber, region: str) -> bool:
    """As long as the region's mobile numbers are, so that no digit was lost; the block may be unknown."""
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    return example is not None and len(str(parsed.national_number)) == len(str(example.national_number))


def _read(pieces: list[tuple[str, int]], regions: tuple[str, ...]) -> tuple[str, int] | None:
    """The number and the place of its first piece: all of them, else without a stray digit in front."""
    for strict in (True, False):
        dropped = 0
        for index, (digits, place) in enumerate(pieces):
            number = _number("".join(d for d, _ in pieces[index:]), regions, strict)
            if number:
                return number, place
            dropped += len(digits)
            if not strict or dropped > STRAY or digits == "+":
                break
    return None


def phones(text: str, regions: tuple[str, ...]) -> list[Phone]:
    """Numbers in the text; `regions` are ISO 3166 codes, the company's own first."""
    found, out, at = words(text), [], 0
    while at < len(found):
        pieces, end = _run(found, at)
        if sum(len(d) for d, _ in pieces if d != "+") < FEWEST:
            at = max(end, at + 1)
            continue
        read = _read(pieces, regions)
        if read:
            out.append(Phone(read[0], found[read[1]].start, found[end - 1].end))
        at = end
    return out


def region_of(number: str) -> str | None:
    """The country of an E.164 number."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return None
    return str(region) if region else None
