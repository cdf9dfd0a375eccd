"""Which number belongs to which product: lines are told as 'six bags of semolina' or as 'semolina, six',
and a list keeps to one of the two. The cheapest reading of the whole list wins."""

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.findings import Name, Quantity, context_of
from nlp.lexicon.orders import (
    ANAPHOR,
    ARTICLE,
    BEHIND,
    BETWEEN,
    FILL,
    OF_EACH,
    ONE,
    STOPS,
    UNITS,
)
from nlp.lexicon.standing import TAKEN
from nlp.types import KnownProduct

REACH = 60
"""Characters between a number and its product."""
BACK = 260
"""Characters back to the product that 'thirty of those' means."""
NO_NUMBER, NO_PRODUCT = 0.9, 0.7
"""What it costs to leave a product without a number, a number without a product."""
NEVER = 9.0
_UNIT = re.compile(rf"\s+(?:{FILL}\s+)*({UNITS})\b(?!\s+of\s+(?!those|these|them|that\b|it\b))", re.I)
_OPEN = re.compile(
    r"\s*(?:[,.;!?]|$|(?:and|please|plus|for|this|now|from|by|instead|then|today|total|more|again|in|on"
    r"|he|she|they|we|i|at|off|each|with|of (?:them|those|the|that|it))\b|@)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A product with the quantity that belongs to it."""

    name: Name
    value: float
    unit: str | None
    start: int
    end: int
    dozens: bool = False
    """Counted in dozens."""
    again: bool = False
    """The product was named before: 'thirty of those', 'make it forty'."""
    single: bool = False
    """'a torque wrench': an order only right behind a verb of ordering."""


_Reading = tuple[float, list[tuple[Name, Quantity | None]]]


def pairs(doc: Doc) -> list[Hit]:
    """Products with their numbers in the order of the text, then numbers that mean a product named before."""
    names = [n for n in doc._.names if n.kind == "product"]
    counted = [q for q in doc._.quantities if not q.vague]
    found = _cheapest(doc, names, counted)
    hits = [h for name, quantity in found for h in _hit(doc, name, quantity)]
    used = {q for _, q in found if q is not None}
    free = [q for q in counted if q not in used]
    hits += _of_each(doc, names, free, hits)
    hits += _anaphors(doc, names, free, hits)
    return sorted(hits, key=lambda h: h.start)


def _cheapest(doc: Doc, names: list[Name], counted: list[Quantity]) -> list[tuple[Name, Quantity | None]]:
    """Each product takes the last number before it, the first behind it, or none; no number twice."""
    edges = [-1, *(n.start for n in names), len(doc._.story.text) + 1]
    gaps = [
        [q for q in counted if (names[i - 1].end if i else 0) <= q.start and q.end <= edges[i + 1]]
        for i in range(len(names) + 1)
    ]
    best: dict[Quantity | None, _Reading] = {None: (0.0, [])}
    for i, name in enumerate(names):
        step: dict[Quantity | None, _Reading] = {}
        options: list[tuple[Quantity | None, float]] = [(None, NO_NUMBER)]
        options += [(q, _before(doc, q, name) - NO_PRODUCT) for q in gaps[i][-1:]]
        options += [(q, _after(doc, name, q) - NO_PRODUCT) for q in gaps[i + 1][:1]]
        for taken, (cost, chosen) in best.items():
            for quantity, price in options:
                if quantity is not None and (quantity is taken or price > NEVER / 2):
                    continue
                total = cost + price
                if quantity not in step or total < step[quantity][0]:
                    step[quantity] = total, [*chosen, (name, quantity)]
        best = step
    return min(best.values(), key=lambda b: b[0])[1]


def _before(doc: Doc, quantity: Quantity, name: Name) -> float:
    """The cost of 'six bags of semolina'."""
    gap = doc._.story.text[quantity.end : name.start]
    match = BETWEEN.match(gap) if len(gap) <= REACH else None
    if match is None or any(w.lower() in STOPS for w in (match.group("loose") or "").split()):
        return NEVER
    cost = 1.0 if "," in gap else 0.0
    cost += _unlike(doc, match.group("unit"), name)
    return cost - (0.3 if re.search(r"\bof\b", gap) else 0.0) + (0.2 if match.group("loose") else 0.0)


def _after(doc: Doc, name: Name, quantity: Quantity) -> float:
    """The cost of 'semolina, six bags'."""
    text = doc._.story.text
    gap = text[name.end : quantity.start]
    if not 0 < len(gap) <= 40 or not BEHIND.match(gap):
        return NEVER
    if re.search(r"\b(?:maybe|perhaps|probably)\b", gap):
        return NEVER
    if "." in gap and not re.search(r"\b(?:that's|make|say|about)\b", gap):
        return NEVER
    after = text[quantity.end :]
    unit = _UNIT.match(after)
    end = quantity.end + (unit.end() if unit else 0)
    opens = bool(_OPEN.match(text[end:])) or unit is not None
    beside = any(0 < n.start - end < 3 and n.kind == "product" for n in doc._.names)
    if not opens and not beside:
        return NEVER
    cost = 0.15 if re.match(r"\s*[,:;–—-]", gap) else 0.0 if gap.strip() else 0.5
    cost += _unlike(doc, unit.group(1), name) if unit else 0.0
    return cost + (0.4 if beside else 0.0)


def _unlike(doc: Doc, said: str | None, name: Name) -> float:
    """A unit in which the product is sold speaks for it, another one a little against it."""
    if said is None:
        return 0.0
    return -0.2 if _sold_by(doc, name, said) else 0.3


def _sold_by(doc: Doc, name: Name, said: str) -> bool:
    return any(p.unit == unit_of(said) for p in products_of(doc, name))


def products_of(doc: Doc, name: Name) -> list[KnownProduct]:
    return [p for p in context_of(doc).products if p.id in name.ids]


def unit_of(said: str | None) -> str | None:
    """The singular of a unit."""
    if not said:
        return None
    lower = said.lower()
    for plural, single in (("boxes", "box"), ("pouches", "pouch"), ("bunches", "bunch"), ("feet", "foot")):
        if lower == plural:
            return single
    return lower[:-1] if lower.endswith("s") and lower != "lbs" else lower


def _hit(doc: Doc, name: Name, quantity: Quantity | None) -> list[Hit]:
    if quantity is None:
        return _single(doc, name)
    text = doc._.story.text
    dozens = bool(re.search(r"\bdozen", text[quantity.start : quantity.end], re.I))
    if quantity.end <= name.start:
        match = BETWEEN.match(text[quantity.end : name.start])
        unit = match.group("unit") if match else None
        return [Hit(name, quantity.value, unit, quantity.start, name.end, dozens)]
    after = _UNIT.match(text[quantity.end :])
    end = quantity.end + (after.end() if after else 0)
    return [Hit(name, quantity.value, after.group(1) if after else None, name.start, end, dozens)]


def _single(doc: Doc, name: Name) -> list[Hit]:
    """'a case of semolina', 'another torque wrench'."""
    text = doc._.story.text
    window = text[max(0, name.start - 50) : name.start]
    match = ONE.search(window)
    if match:
        start = name.start - len(window) + match.start()
        return [Hit(name, 1.0, match.group("unit"), start, name.end)]
    match = ARTICLE.search(window)
    if not match or (name.text.lower().endswith("s") and not name.text.lower().endswith("ss")):
        return []
    if match["loose"].strip().lower() in STOPS or (match["the"] and TAKEN.match(text[name.end :])):
        return []
    start = name.start - len(window) + match.start("the" if match["the"] else "one")
    return [Hit(name, 1.0, None, start, name.end, single=True)]


def _of_each(doc: Doc, names: list[Name], free: list[Quantity], hits: list[Hit]) -> list[Hit]:
    """'semolina and olive oil, ten of each': every product of the list before it."""
    text, out = doc._.story.text, []
    for quantity in list(free):
        if not OF_EACH.match(text[quantity.end :]):
            continue
        listed: list[Name] = []
        for name in reversed([n for n in names if n.end <= quantity.start]):
            edge = listed[-1].start if listed else quantity.start
            if not re.fullmatch(r"[\s,:–—-]*(?:and|plus|also|the|,|then|\s)*[\s,]*", text[name.end : edge]):
                break
            listed.append(name)
        taken = {h.name for h in hits}
        if len(listed) > 1 and not taken & set(listed):
            free.remove(quantity)
            out += [Hit(n, quantity.value, None, n.start, quantity.end) for n in listed]
    return out


def _anaphors(doc: Doc, names: list[Name], free: list[Quantity], hits: list[Hit]) -> list[Hit]:
    """'so that's thirty sacks', 'make it forty', 'thirty blocks of that': the product was named before."""
    text, out = doc._.story.text, []
    for quantity in free:
        unit = _UNIT.match(text[quantity.end :])
        end = quantity.end + (unit.end() if unit else 0)
        head, tail = text[max(0, quantity.start - 60) : quantity.start], text[end : end + 16]
        pointed = re.match(r"\s+(?:of (?:those|these|them|that|it)\b|it is\b|then\b|now\b)", tail)
        led = ANAPHOR.search(head)
        if not (pointed or led) or not (_OPEN.match(text[end:]) or pointed or unit):
            continue
        name = _meant(doc, names, quantity, unit.group(1) if unit else None)
        if name is None or any(h.start < end and quantity.start < h.end for h in hits):
            continue
        if unit is None and not pointed and _counts_else(doc, quantity):
            continue
        if quantity.value == 1 and unit is None and not re.search(r"\b(?:just|only|make it|to) $", head):
            continue
        dozens = "dozen" in text[quantity.start : quantity.end].lower()
        said = unit.group(1) if unit else None
        out.append(Hit(name, quantity.value, said, quantity.start, end, dozens, again=True))
    return out


def _meant(doc: Doc, names: list[Name], quantity: Quantity, unit: str | None) -> Name | None:
    """The product named last; one that is sold by that unit before another."""
    near = [n for n in names if 0 < quantity.start - n.end < BACK]
    if not near:
        return None
    if unit is None:
        return near[-1]
    fitting = [n for n in near if _sold_by(doc, n, unit)]
    return fitting[-1] if fitting else None


def _counts_else(doc: Doc, quantity: Quantity) -> bool:
    """A plain noun follows: the number counts that."""
    return bool(re.match(r"\s+[a-z]{3,}s\b", doc._.story.text[quantity.end :]))
