"""Other money: budgets, deal sizes, what is owed, discounts. Never a unit price, never a competitor's."""

import itertools
import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Quantity, Sum, clause_at, context_of, sentences
from nlp.grammar.money import Money
from nlp.lexicon.amounts import EACH, MONEYED, OURS, RIVAL_PRICE, WHAT


@Language.component(
    "rounds_amounts",
    requires=["doc._.money", "doc._.lines", "doc._.names", "doc._.clauses"],
    assigns=["doc._.sums"],
)
def find_amounts(doc: Doc) -> Doc:
    out: dict[float, Sum] = {}
    prices = {line.unit_price for line in doc._.lines if line.unit_price is not None}
    for money in doc._.money:
        if _unit_price(doc, money, prices) or _rivals(doc, money):
            continue
        value = _value(money)
        if re.search(r"\b(?:was|were) (?:paying|at|on)\b[^.]{0,20}$", doc._.story.text[: money.start][-30:]):
            continue
        what, sure = _what(doc, money)
        out[value] = Sum(Money(value, money.currency, money.start, money.end, None, False), what, sure)
    for quantity in doc._.quantities:
        bare = _bare(doc, quantity)
        if bare is not None:
            out.setdefault(bare.money.value, bare)
    out = _corrected(doc, out)
    doc._.sums = tuple(out.values())
    return doc


def _bare(doc: Doc, quantity: Quantity) -> Sum | None:
    """'roughly sixty thousand a year', 'stretch to eight and a half thousand': large, counted in nothing,
    with a word for money."""
    after = doc._.story.text[quantity.end : quantity.end + 25]
    if (
        quantity.value < 500
        or 1900 < quantity.value < 2100
        or any(x.start <= quantity.start < x.end for x in doc._.lines)
    ):
        return None
    if not re.match(
        r"\s*(?:[,.;!?]|$|a (?:year|month|season)\b|per\b|(?:set|put) aside\b|to spend|for\b|by\b|and\b"
        r"|from\b|on\b|off\b|over\b|total\b|all in\b|open\b|now\b|which\b|outstanding|overdue)",
        after,
    ):
        return None
    clause = clause_at(doc, quantity.start)
    if clause is None or clause.history:
        return None
    said = doc._.story.text[quantity.start : quantity.end].lower()
    if not MONEYED.search(clause.text) and not re.search(r"\b(?:thousand|million)\b", said):
        return None
    currency = context_of(doc).currency
    money = Money(quantity.value, currency, quantity.start, quantity.end, None, True)
    what, _ = _what(doc, money)
    return Sum(money, what, 0.75)


def _value(money: Money) -> float:
    """'eighteen fifty dollars' is a price; as a sum it is the smaller reading only when small."""
    return money.value


def _unit_price(doc: Doc, money: Money, prices: set[float | None]) -> bool:
    after = doc._.story.text[money.end : money.end + 30]
    if EACH.match(after) or re.match(
        r"\s*(?:less|more|cheaper|dearer|better|below|under|above|over list)\b", after
    ):
        return True
    if re.search(r"\bper \w+ $", doc._.story.text[: money.start][-25:]):
        return True
    return money.value in prices or money.other in prices


def _rivals(doc: Doc, money: Money) -> bool:
    """A competitor's price, in its clause or the sentence."""
    clause = clause_at(doc, money.start)
    if clause is None:
        return False
    rivals = [n for n in doc._.names if n.kind == "competitor" and clause.start - 60 <= n.start < clause.end]
    before = doc._.story.text[max(0, clause.start - 80) : clause.end]
    return bool(RIVAL_PRICE.search(before) and not OURS.search(clause.text)) and (
        bool(rivals) or bool(re.search(r"\b(?:they|their|them)\b", before))
    )


def _what(doc: Doc, money: Money) -> tuple[str, float]:
    """The kind by the words of the clause, nearest first; unknown money is less sure."""
    clause = clause_at(doc, money.start)
    sentence = next(s for s in sentences(doc) if s.start_char <= money.start < s.end_char)
    near = doc._.story.text[max(0, money.start - 45) : money.end + 45]
    for text, sure in ((near, 0.93), (clause.text if clause else "", 0.9), (sentence.text, 0.85)):
        hits = [(m.start(), what) for cue, what in WHAT if (m := re.search(cue, text, re.I))]
        if hits:
            middle = text.find(doc._.story.text[money.start : money.end])
            return min(hits, key=lambda h: abs(h[0] - middle))[1], sure
    return "amount", 0.65


def _corrected(doc: Doc, sums: dict[float, Sum]) -> dict[float, Sum]:
    """Of 'twelve, no, fifteen thousand dollars' only the last."""
    items = sorted(sums.values(), key=lambda s: s.money.start)
    drop = set()
    for one, two in itertools.pairwise(items):
        gap = doc._.story.text[one.money.end : two.money.start]
        if len(gap) < 45 and re.search(
            r"\b(?:no|sorry|make that|actually|scratch that|i mean|correction|rather)\b", gap, re.I
        ):
            drop.add(one.money.value)
    return {v: s for v, s in sums.items() if v not in drop}
