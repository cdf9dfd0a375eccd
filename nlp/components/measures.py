"""Quantities, money, telephone numbers, e-mail addresses and dates: the grammars' findings put on the Doc.

Each is a component of its own; an address or number that a richer grammar took is no quantity any more.
"""

import re
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates.reading import dates
from nlp.findings import Quantity, context_of
from nlp.grammar.emails import emails
from nlp.grammar.money import moneys
from nlp.grammar.numbers import TENS, UNITS, number_at, pair_at
from nlp.grammar.phones import phones, region_of
from nlp.grammar.words import is_word, words

_NUMBER = (
    rf"\d|\b(?:{'|'.join((*UNITS, *TENS, 'hundred', 'half', 'quarter', 'double', 'single', 'second'))})\b"
)


@Language.component("rounds_emails", assigns=["doc._.emails"])
def find_emails(doc: Doc) -> Doc:
    doc._.emails = tuple(emails(doc._.story.text))
    return doc


@Language.component("rounds_phones", assigns=["doc._.phones"])
def find_phones(doc: Doc) -> Doc:
    """The company's own country first, then those of the customers' people."""
    context = context_of(doc)
    known = (p.phone for c in context.customers for p in c.contacts if p.phone)
    regions = dict.fromkeys(r for r in (context.region, *map(region_of, known)) if r)
    doc._.phones = tuple(phones(doc._.story.text, tuple(regions)))
    return doc


def _without_names(doc: Doc) -> str:
    """The text with blanks of equal length for products whose names hold a number: '7018 rod', 'ten inch
    boxes'."""
    text: str = doc._.story.text
    for name in doc._.names:
        if name.kind == "product" and re.search(_NUMBER, name.text, re.I):
            text = text[: name.start] + "#" * (name.end - name.start) + text[name.end :]
    return text


@Language.component("rounds_money", requires=["doc._.names"], assigns=["doc._.money"])
def find_money(doc: Doc) -> Doc:
    doc._.money = tuple(moneys(_without_names(doc), context_of(doc).currency))
    return doc


@Language.component("rounds_dates", requires=["doc._.names"], assigns=["doc._.dates"])
def find_dates(doc: Doc) -> Doc:
    """Resolved in the company's zone, at the visit's own moment."""
    context = context_of(doc)
    now = context.at.astimezone(ZoneInfo(context.timezone))
    taken = [(x.start, x.end) for x in (*doc._.phones, *doc._.emails, *doc._.money)]
    found = dates(_without_names(doc), now, day_first=context.region != "US")
    doc._.dates = tuple(w for w in found if not any(w.start < e and w.end > s for s, e in taken))
    return doc


@Language.component(
    "rounds_quantities",
    requires=["doc._.phones", "doc._.emails", "doc._.money", "doc._.dates"],
    assigns=["doc._.quantities"],
)
def find_quantities(doc: Doc) -> Doc:
    """Numbers that nothing else has taken, and 'a' before a word (for 'a case of')."""
    taken = [(x.start, x.end) for f in ("phones", "emails", "money", "dates") for x in getattr(doc._, f)]
    found, out, at = words(_without_names(doc)), [], 0
    while at < len(found):
        number = number_at(found, at)
        if number is None:
            at += 1
            continue
        start, end = found[at].start, found[number.end - 1].end
        pair = pair_at(found, at)
        spelled = pair is not None and pair[2] > number.end
        if not spelled and not any(start < e and end > s for s, e in taken):
            whole = number.value if not is_word(found, number.end, "%", "percent") else None
            if whole is not None:
                out.append(Quantity(number.value, start, end, number.vague))
        at = pair[2] if spelled and pair else number.end
    doc._.quantities = tuple(out)
    return doc
