"""Order lines: product, quantity, unit and price said together; corrections replace, denials and
conditions do not count."""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.prices import Hit, unit_price
from nlp.findings import Clause, Line, Name, Quantity, clause_at, context_of
from nlp.lexicon.clauses import MENDING
from nlp.lexicon.orders import (
    ARTICLE,
    BEHIND,
    BETWEEN,
    CORRECTION,
    DENIED,
    FILL,
    MORE,
    NO_ORDER,
    ONE,
    ORDERING,
    UNITS,
    WANTED,
)
from nlp.types import KnownProduct


@Language.component(
    "rounds_orders",
    requires=["doc._.names", "doc._.quantities", "doc._.money", "doc._.clauses"],
    assigns=["doc._.lines"],
)
def find_orders(doc: Doc) -> Doc:
    """Lines in the order they were said; the last word on a product counts."""
    hits = _hits(doc)
    lines: list[Line] = []
    for index, hit in enumerate(hits):
        following = hits[index + 1].start if index + 1 < len(hits) else len(doc._.story.text)
        if not _ordered(doc, hit):
            lines = [x for x in lines if not _dropped(doc, hit, x)]
            continue
        line = _line(doc, hit, following)
        line = _corrected(doc, line, hit.end, following)
        lines = _placed(doc, lines, line)
    lines = _withdrawn(doc, lines)
    doc._.lines = tuple(lines)
    return doc


def _bare(doc: Doc, used: set[Quantity], hits: list[Hit]) -> list[Hit]:
    """'so eight kegs at one seventy-five', 'taking a dozen boxes': the product is the last one that was
    named."""
    out = []
    for quantity in doc._.quantities:
        after = re.match(
            rf"\s+(?:{FILL}\s+)*({UNITS})\b(?!\s+(?:of|a|an)\b)", doc._.story.text[quantity.end :], re.I
        )
        if quantity in used or quantity.vague or after is None:
            continue
        end = quantity.end + after.end()
        follows = re.match(
            r"\s*(?:[,.;!?]|$|at\b|for\b|off\b|from\b|please\b|and\b|by\b|this\b|now\b|instead\b)",
            doc._.story.text[end:],
        )
        names = [n for n in doc._.names if n.kind == "product" and 0 < quantity.start - n.end < 190]
        clause = clause_at(doc, quantity.start)
        if not follows or not names or clause is None or not ORDERING.search(clause.text):
            continue
        products = {p.id: p for p in context_of(doc).products}
        fitting = [n for n in names if any(products[i].unit == _unit(after.group(1)) for i in n.ids)]
        if fitting and not any(h.start < end and quantity.start < h.end for h in hits):
            out.append(Hit(fitting[-1], quantity.value, after.group(1), quantity.start, end))
    return out


def _hits(doc: Doc) -> list[Hit]:
    """Pair each product with the quantity before it, else with the one behind."""
    used: set[Quantity] = set()
    products = [n for n in doc._.names if n.kind == "product"]
    before = {p: _before(doc, p, used) for p in products}
    out = []
    for product in products:
        hit = before[product] or _behind(doc, product, used)
        if hit:
            out.append(hit)
    out += _bare(doc, used, out)
    return sorted(out, key=lambda h: h.start)


def _before(doc: Doc, product: Name, used: set[Quantity]) -> Hit | None:
    for quantity in reversed([q for q in doc._.quantities if q.end <= product.start]):
        if product.start - quantity.end > 60:
            break
        match = BETWEEN.match(doc._.story.text[quantity.end : product.start])
        if match and not quantity.vague and quantity not in used:
            used.add(quantity)
            return Hit(product, quantity.value, match.group("unit"), quantity.start, product.end)
        break
    window = doc._.story.text[max(0, product.start - 50) : product.start]
    match = ONE.search(window)
    if match:
        return Hit(
            product, 1.0, match.group("unit"), product.start - len(window) + match.start(), product.end
        )
    match = ARTICLE.search(window)
    clause = clause_at(doc, product.start)
    said = doc._.story.text[max(0, product.start - 90) : product.start]
    if match and clause and product.full and not product.text.lower().endswith("s") and WANTED.search(said):
        return Hit(product, 1.0, None, product.start - len(window) + match.start(), product.end)
    return None


def _behind(doc: Doc, product: Name, used: set[Quantity]) -> Hit | None:
    for quantity in doc._.quantities:
        if quantity.start < product.end:
            continue
        gap = doc._.story.text[product.end : quantity.start]
        if (
            len(gap) > 30
            or quantity in used
            or quantity.vague
            or not BEHIND.match(gap)
            or not (gap.strip() or product.end < quantity.start)
        ):
            break
        if "." in gap and not re.search(r"\b(?:that's|make|say|about)\b", gap):
            break
        after = doc._.story.text[quantity.end :]
        unit = re.match(rf"\s+(?:{FILL}\s+)*({UNITS})\b(?!\s+of\s+\w)", after, re.I)
        plain = re.match(r"\s*(?:[,.;!?]|$|and\b|please\b|plus\b|for\b|this\b)", after)
        if not (unit or plain):
            break
        used.add(quantity)
        end = quantity.end + (unit.end() if unit else 0)
        return Hit(product, quantity.value, unit.group(1) if unit else None, product.start, end)
    return None


def _ordered(doc: Doc, hit: Hit) -> bool:
    """Whether the words around make it an order of today; without a sign to the contrary it is one."""
    clause = clause_at(doc, hit.start)
    if clause is None:
        return False
    if clause.conditional or clause.history or (clause.elsewhere and "for" not in clause.text):
        return False
    head = _head(doc, clause, hit)
    if DENIED.search(head):
        return False
    tail = doc._.story.text[hit.end : clause.end]
    if re.match(
        r"\s*(?:didn't|don't|doesn't|isn't|wasn't|not needed|can wait|aren't|is off|are off|would be)", tail
    ):
        return False
    if re.search(r"\b(?:last|previous|those|these|first|old|current|remaining|other)\s+$", head):
        return False
    around = clause.text if not _list_like(clause) else head
    lower = NO_ORDER.search(around)
    if lower and not re.search(
        r"\b(?:order(?:ed|ing|s)?|sign(?:ed)?|took|take|she'll take|he'll take|they'll take|down for"
        r"|wants?)\b",
        head,
        re.I,
    ):
        return False
    if re.search(r"\b(?:quote|sample|(?<!-)\bfree|replacement|price|usage|trial)\w*\b", head, re.I):
        return False
    return not _quoted_sentence(doc, hit, clause)


def _head(doc: Doc, clause: Clause, hit: Hit) -> str:
    """The clause up to the line, without the 'no' of a correction."""
    mended = MENDING.sub(lambda m: " " * len(m.group()), doc._.story.text[clause.start : clause.end])
    return mended[: hit.start - clause.start]


def _list_like(clause: Clause) -> bool:
    return clause.subject == "none"


def _quoted_sentence(doc: Doc, hit: Hit, clause: Clause) -> bool:
    """The clause before in the same sentence asks for a quote or samples, so this list is theirs; the next
    may say so too."""
    same = [c for c in doc._.clauses if c.sentence == clause.sentence and c.start < clause.start]
    if (
        any(re.search(r"\b(?:quote|samples?|prices? (?:for|on))\b", c.text, re.I) for c in same)
        and clause.subject == "none"
    ):
        return True
    following = [c for c in doc._.clauses if c.start >= clause.end and not c.elsewhere][:2]
    return any(
        re.search(
            r"\b(?:a quote,|isn't an order|not an order|don't (?:book|enter|put)|do not (?:book|enter"
            r"|put)|(?:her|his|their|that's) usage|(?:no|not a) firm order|big if|leave (?:that|it) out"
            r"|don't log)\b",
            c.text,
            re.I,
        )
        for c in following
    )


def _line(doc: Doc, hit: Hit, following: int) -> Line:
    context = context_of(doc)
    candidates = [p for p in context.products if p.id in hit.name.ids]
    product = _which(candidates, hit.unit, doc, hit)
    price = unit_price(doc, hit, following, product, context.currency)
    clause = clause_at(doc, hit.start)
    sure = 0.92 if clause and (ORDERING.search(clause.text) or clause.subject == "none") else 0.75
    unit = _unit(hit.unit) or (product.unit if product else None)
    return Line(
        product=product.id if product else None,
        name=product.name if product else hit.name.text,
        quantity=hit.value,
        unit=unit,
        unit_price=price,
        start=hit.start,
        end=hit.end,
        confidence=sure * hit.name.score * (0.8 if len(candidates) > 1 and not hit.name.full else 1.0),
    )


def _unit(said: str | None) -> str | None:
    """The singular of a unit."""
    if not said:
        return None
    lower = said.lower()
    for plural, single in (("boxes", "box"), ("pouches", "pouch"), ("bunches", "bunch"), ("feet", "foot")):
        if lower == plural:
            return single
    return lower[:-1] if lower.endswith("s") and lower != "lbs" else lower


def _which(candidates: list[KnownProduct], unit: str | None, doc: Doc, hit: Hit) -> KnownProduct | None:
    """One of several products that share the word: by the unit, else the one named in full elsewhere."""
    if not candidates:
        return None
    said = _unit(unit)
    fitting = [p for p in candidates if said and p.unit == said]
    if len(fitting) == 1:
        return fitting[0]
    full = [i for n in doc._.names if n.kind == "product" and n.full and n.start < hit.start for i in n.ids]
    named = [p for p in candidates if p.id in full]
    return (named or fitting or candidates)[0]


def _corrected(doc: Doc, line: Line, end: int, following: int) -> Line:
    """'eighteen, scratch that, twenty-four': the number behind a word of correction, before the next
    product."""
    tail = doc._.story.text[end:following]
    cue = CORRECTION.search(tail)
    if cue is None or len(tail[: cue.start()].split()) > 8:
        return line
    start = end + cue.end()
    after = [q for q in doc._.quantities if start <= q.start < start + 60 and not q.vague]
    for quantity in after:
        behind = doc._.story.text[quantity.end : quantity.end + 20]
        another = re.match(rf"\s+(?:{UNITS})\s+of\s", behind, re.I)
        unit = re.match(rf"\s+({UNITS})\b", behind, re.I)
        if another or not (
            unit or re.match(r"\s*(?:[,.;!?]|$|of (?:them|those|the)|instead|please|she|he|they|not)", behind)
        ):
            continue
        if unit and line.unit and _unit(unit.group(1)) != line.unit and line.unit != "each":
            continue
        line = replace(line, quantity=quantity.value, end=quantity.end)
    return line


def _placed(doc: Doc, lines: list[Line], line: Line) -> list[Line]:
    """A second line of one product replaces the first, unless it is said to be on top."""
    for index, old in enumerate(lines):
        if old.product == line.product and (line.product or old.name == line.name):
            if MORE.search(
                doc._.story.text[max(0, line.start - 12) : line.start + 20]
            ) and not CORRECTION.search(doc._.story.text[old.end : line.start]):
                merged = replace(old, quantity=(old.quantity or 0) + (line.quantity or 0), end=line.end)
            else:
                price = line.unit_price if line.unit_price is not None else old.unit_price
                merged = replace(line, unit_price=price)
            return [*lines[:index], merged, *lines[index + 1 :]]
    return [*lines, line]


def _dropped(doc: Doc, hit: Hit, line: Line) -> bool:
    """A denial after an order of the same product takes it back."""
    clause = clause_at(doc, hit.start)
    return bool(clause and line.product in hit.name.ids and DENIED.search(_head(doc, clause, hit)))


def _withdrawn(doc: Doc, lines: list[Line]) -> list[Line]:
    """'dropped it, so no Skagit', 'cancel the gloves': products named behind with a plain no."""
    kept = []
    for line in lines:
        gone = False
        for name in doc._.names:
            if name.kind == "product" and line.product in name.ids and name.start > line.end:
                head = doc._.story.text[max(0, name.start - 28) : name.start]
                gone = gone or bool(
                    re.search(
                        r"\b(?:so no|cancel(?:led)?(?: the| those)?|forget(?: the| about the)?|scratch "
                        r"the|drop the|take off the|leave off the|without the)\s+$",
                        head,
                        re.I,
                    )
                )
        if not gone:
            kept.append(line)
    return kept
