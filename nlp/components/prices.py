"""Unit prices: what was said between an order line and the next, or beside the product's name elsewhere.

A bare number is a price only where the product's list price makes it a likely one.
"""

import re

from spacy.tokens import Doc

from nlp.components.pairing import Hit
from nlp.findings import clause_at
from nlp.grammar.money import Money, price_at
from nlp.grammar.words import Word, words
from nlp.lexicon.orders import COUNTED, GIVEN, PRICE_LEAD, THEIR_PRICE
from nlp.types import KnownProduct

REACH = 150
"""Characters behind a line in which its price stands."""
LIKELY = (0.55, 1.7)
"""Shares of the list price between which a bare number is a price."""
NEAR = 70
"""Characters before a product in which its price may stand."""
OTHERS_PRICE = re.compile(
    r"(?P<price>[^.;,]{3,50}?)(?: even| flat| net| only)?(?: (?:a|an|per|each|every) \w+)?"
    r" (?:for|on) (?:(?:the|each|every|those|these|his|her|their) )?$",
    re.I,
)
"""'sixty bucks a case for the …': the price of what is named next."""
LED = re.compile(r"\b(?:at|for|on|to)\s+(?=\S)", re.I)
CLOSE = (0.7, 1.35)
"""The same where nothing but a comma leads to it."""


def unit_price(
    doc: Doc, hit: Hit, following: int, product: KnownProduct | None, currency: str
) -> float | None:
    """'at fifteen fifty a tube', 'for sixty dollars a box', 'forty-two euro each'."""
    text = doc._.story.text
    end = min(following, hit.end + REACH, _other_product(doc, hit))
    led = text[hit.end : end] if end != _other_product(doc, hit) else _own(text[hit.end : end])
    said = _said(led, product, currency)
    between = text[hit.name.end : hit.start]
    if any(n.kind == "competitor" and hit.start - REACH < n.start < hit.start for n in doc._.names):
        ours = re.search(r"\b(?:I|we|we're|I'm|I've|we've)\b.*", between, re.DOTALL)
        between = ours.group() if ours else ""
    if said is None and len(between) > 12:
        said = _said(between, product, currency, last=True)
    if said is None:
        said = _elsewhere(doc, hit, product, currency)
    return said if said is not None else _agreed(doc, hit, product, currency)


def _own(text: str) -> str:
    """Without '… sixty bucks a case for the', which is the next product's price."""
    found = OTHERS_PRICE.search(text)
    return text[: found.start()] if found else text


def _other_product(doc: Doc, hit: Hit) -> int:
    """Where another product is named behind the line: what follows is of that one."""
    others = (
        n.start for n in doc._.names if n.kind == "product" and n.start >= hit.end and n.ids != hit.name.ids
    )
    return min(others, default=len(doc._.story.text))


def _agreed(doc: Doc, hit: Hit, product: KnownProduct | None, currency: str) -> float | None:
    """'… so I've let her have them at thirty three': what we gave for the product named last."""
    text, products = doc._.story.text, [n for n in doc._.names if n.kind == "product"]
    for name in products:
        if name.start < hit.start or product is None or product.id not in name.ids:
            continue
        other = min((n.start for n in products if n.start >= name.end), default=len(text))
        near = text[name.end : min(other, name.end + REACH)]
        near = _own(near) if other < name.end + REACH else near
        for match in GIVEN.finditer(near):
            for led in LED.finditer(re.split(r"[.;?!]", near[match.start() :])[0]):
                found = words(near[match.start() + led.end() :])
                got = price_at(found, 0, currency) if found else None
                if got and _near(_reading(got[0], product), product, LIKELY):
                    return _reading(got[0], product)
    return None


def _said(text: str, product: KnownProduct | None, currency: str, *, last: bool = False) -> float | None:
    """The price in these words, the last when it was beaten down; it may open the next sentence, no later
    one."""
    stops = [m.end() for m in re.finditer(r"[.?!](?:\s|$)", text)]
    if len(stops) > 1:
        text = text[: stops[1]]
    found, beaten, at, end = words(text), None, -1, 0
    while (at := max(at + 1, end)) < len(found):
        got = price_at(found, at, currency)
        if got is None:
            continue
        money, end = got
        opens = not stops or found[at].start < stops[0] or text[stops[0] : found[at].start].count(" ") < 3
        if opens and (price := _price(found, at, end, text, money, product)) is not None:
            if not last:
                return price
            beaten = price
    return beaten


def _price(
    found: list[Word], at: int, end: int, text: str, money: Money, product: KnownProduct | None
) -> float | None:
    """The sum at these words as a unit price, when its surroundings or the list price make it one."""
    behind = text[found[end - 1].end :]
    if re.match(r"\s*(?:percent|%|o'clock|in the|a\.?m\b|p\.?m\b)", behind, re.I):
        return None
    price = _reading(money, product)
    if COUNTED.match(behind):
        return price
    before = text[: found[at].start]
    said = money.other is not None or not money.bare
    if re.search(r"(?:\bat|@)\s*(?:around |about |only |just )?$", before, re.I):
        return price if said or _near(price, product, LIKELY) else None
    if PRICE_LEAD.search(before):
        return price if _near(price, product, LIKELY) else None
    ends = re.match(r"\s*(?:[,.;!?]|$)", behind)
    led = re.search(r"(?:[,.]|\bfor)\s*$", before) or not before.strip()
    return price if said and ends and led and _near(price, product, CLOSE) else None


def _near(price: float, product: KnownProduct | None, share: tuple[float, float]) -> bool:
    if product is None or not product.price:
        return False
    return share[0] <= price / product.price <= share[1]


def _elsewhere(doc: Doc, hit: Hit, product: KnownProduct | None, currency: str) -> float | None:
    """'shirts at thirty-two dollars', 'two ninety-five on the jack', said apart from the line."""
    text = doc._.story.text
    for name in doc._.names:
        if name.kind != "product" or hit.start <= name.start < hit.end or product is None:
            continue
        clause = clause_at(doc, name.start)
        if product.id not in name.ids or clause is None or THEIR_PRICE.search(clause.text) or clause.history:
            continue
        if any(n.kind == "competitor" and clause.start <= n.start < clause.end for n in doc._.names):
            continue
        behind = re.match(r"\s*,?\s*(?:at|for|is|are|to)\s[^.;,]{0,40}", text[name.end :])
        found = words(behind.group()) if behind else []
        for at in range(1, min(3, len(found))):
            got = price_at(found, at, currency)
            if got and _near(_reading(got[0], product), product, LIKELY):
                return _reading(got[0], product)
        before = OTHERS_PRICE.search(text[max(0, name.start - NEAR) : name.start])
        found = words(before["price"]) if before else []
        for at in range(len(found)):
            got = price_at(found, at, currency)
            if got and got[1] >= len(found) and _near(_reading(got[0], product), product, LIKELY):
                return _reading(got[0], product)
    return None


def _reading(money: Money, product: KnownProduct | None) -> float:
    """Of two readings ('one seventy-five') the one nearer to the list price."""
    if money.other is None:
        return money.value
    if product is None or not product.price:
        return min(money.value, money.other)
    price = product.price
    return min((money.value, money.other), key=lambda v: abs(v - price) / max(v, price))
