"""Order lines: product, quantity, unit and price said together; corrections replace, denials and
conditions do not count. Pairing, standing and changes are the three questions, each in its own file."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.changes import corrected, placed, withdrawn
from nlp.components.pairing import Hit, pairs, products_of, unit_of
from nlp.components.prices import unit_price
from nlp.components.standing import standing
from nlp.findings import Line, context_of
from nlp.types import KnownProduct


@Language.component(
    "rounds_orders",
    requires=["doc._.names", "doc._.quantities", "doc._.money", "doc._.clauses"],
    assigns=["doc._.lines"],
)
def find_orders(doc: Doc) -> Doc:
    """Lines in the order they were said; the last word on a product counts."""
    hits = pairs(doc)
    lines: list[Line] = []
    for index, hit in enumerate(hits):
        following = hits[index + 1].start if index + 1 < len(hits) else len(doc._.story.text)
        sure = standing(doc, hit, hits[index - 1].end if index else 0, following)
        if not sure:
            continue
        line = corrected(doc, _line(doc, hit, following, sure), hit.end, following)
        lines = placed(doc, lines, line, hit)
    doc._.lines = tuple(withdrawn(doc, lines))
    return doc


def _line(doc: Doc, hit: Hit, following: int, sure: float) -> Line:
    candidates = products_of(doc, hit.name)
    product = _which(candidates, hit, doc)
    unit = unit_of(hit.unit) or (product.unit if product else None)
    alone = len(candidates) < 2 or hit.name.full
    return Line(
        product=product.id if product else None,
        name=product.name if product else hit.name.text,
        quantity=_counted(hit, product, doc),
        unit=unit,
        unit_price=unit_price(doc, hit, following, product, context_of(doc).currency),
        start=hit.start,
        end=hit.end,
        confidence=sure * hit.name.score * (1.0 if alone else 0.8),
    )


def _counted(hit: Hit, product: KnownProduct | None, doc: Doc) -> float:
    """'four dozen' is four where the product is sold by the dozen; 'a pair' is one where by the pair."""
    if product is None:
        return hit.value
    if hit.dozens and product.unit == "dozen":
        return hit.value / 12
    paired = product.unit == "pair" and "a pair" in doc._.story.text[hit.start : hit.end].lower()
    return 1.0 if paired and hit.value == 2 else hit.value


def _which(candidates: list[KnownProduct], hit: Hit, doc: Doc) -> KnownProduct | None:
    """One of several products that share the word: by the unit, else the one named in full elsewhere."""
    if not candidates:
        return None
    said = unit_of(hit.unit)
    fitting = [p for p in candidates if said and p.unit == said]
    if len(fitting) == 1:
        return fitting[0]
    full = [i for n in doc._.names if n.kind == "product" and n.full and n.start < hit.start for i in n.ids]
    named = [p for p in candidates if p.id in full]
    return (named or fitting or candidates)[0]
