"""Telephone numbers as dictated: 'oh eight five, triple five, oh one nine four'; E.164 comes out."""

from typing import NamedTuple

import phonenumbers

from nlp.grammar.numbers import UNITS, below_hundred
from nlp.grammar.words import Word, is_word, words

DIGITS = {w: str(n) for w, n in UNITS.items() if n < 10} | {"oh": "0", "o": "0", "nought": "0", "nil": "0"}
TIMES = {"double": 2, "triple": 3, "treble": 3}
FILLERS = {",", "-", ".", "(", ")", "/", "uh", "um", "er", "then", "and"}
FEWEST = 7


class Phone(NamedTuple):
    number: str
    """E.164."""
    start: int
    end: int


def _piece(found: list[Word], at: int) -> tuple[str, int] | None:
    """The digits that one word, or 'triple five', stands for."""
    text = found[at].text
    if text in TIMES and at + 1 < len(found) and found[at + 1].text in DIGITS:
        return DIGITS[found[at + 1].text] * TIMES[text], at + 2
    if (
        text in TIMES
        and at + 1 < len(found)
        and found[at + 1].text.isdigit()
        and len(found[at + 1].text) == 1
    ):
        return found[at + 1].text * TIMES[text], at + 2
    if text in DIGITS:
        if is_word(found, at + 1, "hundred"):
            return DIGITS[text] + "00", at + 2
        return DIGITS[text], at + 1
    if text.replace(".", "").isdigit():
        return text.replace(".", ""), at + 1
    small = below_hundred(found, at)
    return (str(small[0]), small[1]) if small else None


def _run(found: list[Word], at: int) -> tuple[str, int]:
    """All digits from here on, over fillers, and where they end."""
    folded, after = "", at
    if is_word(found, at, "plus", "+"):
        folded, after = "+", at + 1
    last = after
    while after < len(found):
        piece = _piece(found, after)
        if piece:
            folded += piece[0]
            after = last = piece[1]
        elif found[after].text in FILLERS and folded not in ("", "+"):
            after += 1
        else:
            break
    return folded, last


def _number(folded: str, regions: tuple[str, ...]) -> str | None:
    """The first region in which the digits are a number; one that is only possible counts at home alone."""
    for strict in (True, False):
        for region in regions if strict else regions[:1]:
            try:
                parsed = phonenumbers.parse(folded, region)
            except phonenumbers.NumberParseException:
                continue
            fits = phonenumbers.is_valid_number if strict else phonenumbers.is_possible_number
            if fits(parsed):
                return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


def phones(text: str, regions: tuple[str, ...]) -> list[Phone]:
    """Numbers in the text; `regions` are ISO 3166 codes, the company's own first."""
    found, out, at = words(text), [], 0
    while at < len(found):
        folded, end = _run(found, at)
        if sum(c.isdigit() for c in folded) < FEWEST:
            at = max(end, at + 1)
            continue
        number = _number(folded, regions)
        if number:
            out.append(Phone(number, found[at].start, found[end - 1].end))
        at = end
    return out


def region_of(number: str) -> str | None:
    """The country of an E.164 number."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return None
    return str(region) if region else None
