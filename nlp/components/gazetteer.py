"""Every form under which a record of the context may be named: its names, its people's short names, the
parts of a product's name that tell it apart."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from spacy.lang.en.stop_words import STOP_WORDS

from nlp.findings import NameKind
from nlp.grammar.figures import figures
from nlp.lexicon.names import DULL, MEASURES, SHORT, SMALL
from nlp.ranking import LEADS, plain
from nlp.types import Context
from speech.phonetics import tokens


@dataclass(frozen=True, slots=True)
class Form:
    kind: NameKind
    words: tuple[str, ...]
    full: bool
    dull: bool = False
    """A word of many trades: counts only in 'four cases of bottles'."""


@dataclass(slots=True)
class Index:
    forms: dict[Form, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: NameKind, name: str, ident: str, *, full: bool, dull: bool = False) -> None:
        words = figures(stems(name, kind))
        if words and words[0] in LEADS and len(words) > 1:
            words = words[1:]
        if words:
            ids = self.forms[Form(kind, words, full, dull)]
            if ident not in ids:
                ids.append(ident)


def stems(name: str, kind: NameKind) -> tuple[str, ...]:
    """Words for comparison; products in the singular."""
    found = tokens(name)
    return tuple(stem(w) for w in found) if kind == "product" else found


def stem(word: str) -> str:
    """The singular, and measures in one spelling."""
    single = singular(word)
    return MEASURES.get(single, single)


def singular(word: str) -> str:
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def index_of(context: Context) -> Index:
    index = Index()
    for customer in context.customers:
        for name in (customer.name, *customer.aliases, *customer.heard):
            index.add("customer", name, customer.id, full=True)
        for person in customer.contacts:
            for name in (person.name, *person.heard):
                index.add("person", name, person.id, full=True)
            given = plain(person.name).split()
            if len(given) > 1:
                for part in (given[0], given[-1], *SHORT.get(given[0], ())):
                    index.add("person", part, person.id, full=False)
                for short in SHORT.get(given[0], ()):
                    index.add("person", f"{short} {given[-1]}", person.id, full=True)
    for competitor in context.competitors:
        for name in (competitor.name, *competitor.aliases, *competitor.heard):
            index.add("competitor", name, competitor.name, full=True)
    for name in (*context.colleagues, context.rep):
        index.add("colleague", name, name, full=True)
    _products(index, context)
    return index


def _telling(words: tuple[str, ...]) -> bool:
    """A part of a name that may stand for it: no article at its edges, no bare number or letter."""
    edges = words[0] not in SMALL and words[-1] not in SMALL
    return edges and any(len(w) > 2 and w.isalpha() for w in words)


def _products(index: Index, context: Context) -> None:
    """Names and aliases, and parts of them that only a few products have ('Riesling', 'double sheets')."""
    shared: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for product in context.products:
        for name in (product.name, *product.aliases, *product.heard):
            index.add("product", name, product.id, full=True)
            words = stems(name, "product")
            turned = next((words[i:] + words[:i] for i, w in enumerate(words) if i and w.isdigit()), None)
            if turned:
                index.add("product", " ".join(turned), product.id, full=True)  # 'seven drawer tool trolley'
            for size in (1, 2, 3):
                for part in combinations(words, size):
                    if size < len(words) or size == 1:
                        shared[figures(part)].add(product.id)
    for words, ids in shared.items():
        if len(ids) > 3 or Form("product", words, True) in index.forms or not _telling(words):
            continue
        dull = all(w in DULL or w in SMALL or w in STOP_WORDS for w in words)
        if dull and (len(words) > 1 or len(ids) > 1):
            continue
        for ident in sorted(ids):
            index.add("product", " ".join(words), ident, full=False, dull=dull)
