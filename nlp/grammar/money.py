"""Money as spoken: 'four thousand one hundred and thirty dollars', 'twenty quid', '€45', 'eighteen fifty a
box'."""

import re
from typing import NamedTuple

from nlp.grammar.numbers import SCALES, digits, number_at, pair_at
from nlp.grammar.words import Word, is_word, words

DOLLARS = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"}
NAMES = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR",
    "quid": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "rand": "ZAR", "rupees": "INR",
    "francs": "CHF", "kroner": "DKK", "kronor": "SEK",
}  # fmt: skip
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
AFTER = {
    "each",
    "apiece",
    "a",
    "an",
    "per",
    "from",
    "off",
    "for",
    "in",
    ".",
    ",",
    ";",
    "!",
    "?",
    "and",
    "which",
    "to",
}
"""What may follow 'seventeen pounds fifty'."""
CENTS = {"cent", "cents", "pence", "p"}


class Money(NamedTuple):
    value: float
    currency: str
    start: int
    """Characters of the text."""
    end: int
    other: float | None
    """The second reading of a spoken pair: 'one seventy-five' is 1.75 and 175."""
    bare: bool
    """No currency was said; only a price context makes it money."""


def _currency(name: str, home: str) -> str | None:
    """Dollars are the company's own dollars; pounds are a weight where nobody pays in them."""
    code = NAMES[name]
    if code == "USD" and home in DOLLARS:
        return home
    if name in ("pound", "pounds") and home in DOLLARS:
        return None
    return code


def _signed(found: list[Word], at: int, home: str) -> tuple[Money, int] | None:
    if found[at].text not in SIGNS or at + 1 >= len(found):
        return None
    figure = digits(found, at + 1)
    if figure is None:
        return None
    value, after = figure
    if after < len(found) and found[after].text in SCALES:
        value, after = value * SCALES[found[after].text], after + 1
    code = SIGNS[found[at].text]
    code = home if code == "USD" and home in DOLLARS else code
    return Money(value, code, found[at].start, found[after - 1].end, None, False), after


def _small(found: list[Word], at: int) -> tuple[float, int]:
    """'and fifty cents', 'fifty' after 'dollars'; nothing is 0."""
    start = at + 1 if is_word(found, at, "and") else at
    more = number_at(found, start)
    if more and more.value < 100 and more.end < len(found) and found[more.end].text in CENTS:
        return more.value / 100, more.end + 1
    round_ten = more is not None and 10 <= more.value < 100 and start == at and more.value == int(more.value)
    if more and round_ten and (more.end >= len(found) or found[more.end].text in AFTER):
        return more.value / 100, more.end
    return 0.0, at


def _named(found: list[Word], at: int, home: str) -> tuple[Money, int] | None:
    """A number and a currency's name, or 'grand' and 'k' alone."""
    pair = pair_at(found, at)
    if pair and pair[2] < len(found) and found[pair[2]].text in NAMES:
        code = _currency(found[pair[2]].text, home)
        if code:
            big, small = float(pair[0] * 100 + pair[1]), pair[0] + pair[1] / 100
            money = Money(big, code, found[at].start, found[pair[2]].end, small, False)
            return money, pair[2] + 1
    number = number_at(found, at)
    if number is None or number.vague:
        return None
    after = number.end
    if after < len(found) and found[after].text in NAMES:
        code = _currency(found[after].text, home)
        if code is None or (found[after].text.startswith("pound") and is_word(found, after + 1, "of")):
            return None
        extra, end = _small(found, after + 1)
        return Money(number.value + extra, code, found[at].start, found[end - 1].end, None, False), end
    if after < len(found) and found[after].text in ("cents", "pence"):
        return Money(number.value / 100, home, found[at].start, found[after].end, None, False), after + 1
    if found[after - 1].text in ("grand", "k"):
        return Money(number.value, home, found[at].start, found[after - 1].end, None, False), after
    return None


def moneys(text: str, home: str) -> list[Money]:
    """Every sum with a currency, from left to right; `home` is the company's currency."""
    plain = re.sub(r"\b(grand|quid|bucks|dollars|euros?)['’]s\b", r"\1  ", text)
    found, out, at = words(plain), [], 0
    while at < len(found):
        hit = _signed(found, at, home) or _named(found, at, home)
        if hit:
            out.append(hit[0])
            at = hit[1]
        else:
            number = number_at(found, at)
            at = number.end if number else at + 1
    return out


def price_at(found: list[Word], at: int, home: str) -> tuple[Money, int] | None:
    """A sum where a price is expected: as `moneys`, or a bare number or pair without a currency."""
    hit = _signed(found, at, home) or _named(found, at, home)
    if hit:
        return hit
    pair = pair_at(found, at)
    if pair:
        small, big = pair[0] + pair[1] / 100, float(pair[0] * 100 + pair[1])
        return Money(small, home, found[at].start, found[pair[2] - 1].end, big, True), pair[2]
    number = number_at(found, at)
    if number is None or number.vague:
        return None
    return Money(number.value, home, found[at].start, found[number.end - 1].end, None, True), number.end
