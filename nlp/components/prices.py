"""Unit prices: what was said between an order line and the next."""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.findings import Name
from nlp.grammar.money import Money, price_at
from nlp.grammar.words import words
from nlp.lexicon.orders import (
    UNIT,
)
from nlp.types import KnownProduct


@dataclass(frozen=True, slots=True)
class Hit:
    """A product with the quantity that belongs to it."""

    name: Name
    value: float
    unit: str | None
    start: int
    end: int


def unit_price(
    doc: Doc, hit: Hit, following: int, product: KnownProduct | None, currency: str
) -> float | None:
    """'at fifteen fifty a tube', 'for sixty dollars a box', 'forty-two euro each' between this line and
    the next."""
    limit = min(following, hit.end + 110)
    if hit.name.start < hit.start - 12 and not re.match(
        r"\s*(?:at|for|@)\b", doc._.story.text[hit.end : hit.end + 5]
    ):
        return _said_price(doc._.story.text[hit.name.end : hit.start], product, currency)
    return _said_price(doc._.story.text[hit.end : limit], product, currency)


def _said_price(text: str, product: KnownProduct | None, currency: str) -> float | None:
    """The price in these words, the last when it was beaten down."""
    stop = re.search(r"[.?!](?:\s|$)", text)
    text = text[: stop.start()] if stop else text
    found = words(text)
    for at in range(len(found)):
        led = at > 0 and found[at - 1].text in ("at", "for", "@", "of", "is", "on", "to", "them", "that")
        got = price_at(found, at, currency)
        if got is None:
            continue
        money, end = got
        each = end < len(found) and found[end].text in ("each", "apiece", "per", "a", "an", "the", "/")
        counted = end + 1 < len(found) and bool(
            UNIT.fullmatch(found[end + 1].text) or found[end + 1].text in ("piece", "pop", "go", "head")
        )
        if found[end - 1].text and each and (found[end].text in ("each", "apiece") or counted):
            return _reading(money, product)
        if (
            led
            and found[at - 1].text in ("at", "@")
            and (not money.bare or money.other is not None)
            and not each
        ):
            return _reading(money, product)
    return None


def _reading(money: Money, product: KnownProduct | None) -> float:
    """Of two readings ('one seventy-five') the one nearer to the list price."""
    if money.other is None:
        return money.value
    if product is None or not product.price:
        return min(money.value, money.other)
    price = product.price
    return min((money.value, money.other), key=lambda v: abs(v - price) / max(v, price))
