"""What the components put on a spaCy Doc: one attribute a field, tuples of these. Characters are the Doc's
own.

`doc._.story` and `doc._.context` are there before the first component runs.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, Literal

from spacy.tokens import Doc, Span

from nlp.dates.when import When
from nlp.document import Story
from nlp.grammar.emails import Email
from nlp.grammar.money import Money
from nlp.grammar.phones import Phone
from nlp.types import Context

NameKind = Literal["customer", "person", "product", "competitor", "colleague"]
Subject = Literal["us", "them", "other", "none"]


@dataclass(frozen=True, slots=True)
class Name:
    """A record's name as it was heard."""

    kind: NameKind
    ids: tuple[str, ...]
    """Records that go by it: customers', products' or contacts' ids; a competitor's and colleague's name."""
    text: str
    start: int
    end: int
    score: float
    """1 when it was said as it is written."""
    full: bool
    """The whole name, not a part of it ('Marco' of 'Marco Rinaldi')."""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: float
    start: int
    end: int
    vague: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch with a verb of its own; flags say whether it is a fact of today."""

    start: int
    end: int
    text: str
    sentence: int
    subject: Subject
    negated: bool
    conditional: bool
    history: bool
    """Of the past, or of what they always do: nothing that happened at this visit."""
    elsewhere: bool
    """About another customer or another rep."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    start: int
    end: int
    role: str | None
    met: float
    """How sure it is that this person was met or is newly named, 0..1."""
    new: bool
    """Introduced as somebody new."""
    phone: Phone | None = None
    email: Email | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    product: str | None
    name: str
    quantity: float | None
    unit: str | None
    unit_price: float | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Promise:
    action: str
    owner: Literal["us", "customer"]
    due: str | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Money that is no unit price."""

    money: Money
    what: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Remark:
    """Feedback or a personal fact: what kind, whose, the clause as spoken."""

    kind: str
    text: str
    person: str | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A single value with its confidence and place."""

    value: str | None
    confidence: float
    spans: tuple[tuple[int, int], ...]


FIELDS: dict[str, Any] = {
    "story": Story(""),
    "context": None,
    "names": (),
    "quantities": (),
    "dates": (),
    "money": (),
    "phones": (),
    "emails": (),
    "clauses": (),
    "kinds": {},
    "there": {},
    "steps": (),
    "people": (),
    "lines": (),
    "sums": (),
    "promises": (),
    "meeting": Verdict(None, 1.0, ()),
    "rivals": (),
    "feedback": (),
    "personal": (),
    "outcome": Verdict("routine", 0.5, ()),
    "places": (),
    "new_place": None,
}

for _name, _default in FIELDS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def context_of(doc: Doc) -> Context:
    context: Context = doc._.context
    return context


def whens(doc: Doc) -> tuple[When, ...]:
    found: tuple[When, ...] = doc._.dates
    return found


def sentences(doc: Doc) -> list[Span]:
    """As `doc.sents`, which spaCy finds anew each time; of a Doc whose sentences are settled."""
    if "sentences" not in doc.user_data:
        doc.user_data["sentences"] = list(doc.sents)
    found: list[Span] = doc.user_data["sentences"]
    return found


def sentence_at(doc: Doc, at: int) -> Span | None:
    """The sentence in which a character lies."""
    for sentence in sentences(doc):
        if sentence.start_char <= at < sentence.end_char:
            return sentence
    return None


def token_from(doc: Doc, at: int) -> int:
    """Index of the first token that begins at this character or behind it."""
    if "begins" not in doc.user_data:
        doc.user_data["begins"] = [token.idx for token in doc]
    return bisect_left(doc.user_data["begins"], at)


def clause_at(doc: Doc, at: int) -> Clause | None:
    """The clause in which a character lies."""
    for clause in doc._.clauses:
        if clause.start <= at < clause.end:
            return clause  # type: ignore[no-any-return]
    return None


def inside(items: Any, start: int, end: int) -> list[Any]:
    """Those items that lie within these characters."""
    return [item for item in items if item.start >= start and item.end <= end]


def chance(doc: Doc, clause: Clause, kind: str) -> float:
    """How likely the trained layer takes the clause to be of that kind; 0 where it read nothing."""
    return float(doc._.kinds.get(clause.start, {}).get(kind, 0.0))
