"""The frozen structs of a customer's page: the brief first, each line with where it was said."""

from datetime import datetime
from typing import Literal, TypeAlias

from nlp.types import Evidence
from storage.records import Customer, MomentKind, Page, Promise, Record, VisitSummary

OpeningKind: TypeAlias = Literal[
    "owed", "complaint", "due", "asked", "meeting", "compliment", "personal", "visited"
]


class Remark(Record, frozen=True, kw_only=True):
    """Something that was said at a visit and stays worth knowing: feedback, a personal fact, a competitor."""

    visit: str
    at: datetime
    kind: str
    who: str | None
    text: str
    evidence: tuple[Evidence, ...]


class Told(Record, frozen=True, kw_only=True):
    """A visit, call, mail or note as the brief tells it."""

    visit: str
    kind: MomentKind
    at: datetime
    rep_name: str
    people: tuple[str, ...]
    """Whom it was with, as far as that was said."""
    outcome: str | None
    summary: str | None


class Bought(Record, frozen=True, kw_only=True):
    """Something that they order, as it was said last; `times` counts the reports that were read."""

    visit: str
    at: datetime
    name: str
    times: int
    quantity: float | None
    unit: str | None
    evidence: tuple[Evidence, ...]


class Opening(Record, frozen=True, kw_only=True):
    """What to say first. `kind` says why: `owed` and `due` are our promises, late or not, `asked` is theirs
    that is late, `visited` when nothing better is known; `text` and `who` are what it is about."""

    kind: OpeningKind
    text: str
    who: str | None
    visit: str
    at: datetime
    due: str | None
    evidence: tuple[Evidence, ...]


class Brief(Record, frozen=True, kw_only=True):
    """What to know before picking up the phone, in twenty seconds; each line with where it was said."""

    opening: Opening | None
    moments: tuple[Told, ...]
    promises: tuple[Promise, ...]
    compliment: Remark | None
    complaint: Remark | None
    ideas: tuple[Remark, ...]
    personal: tuple[Remark, ...]
    competitors: tuple[Remark, ...]
    buys: tuple[Bought, ...]
    next_meeting: str | None


class CustomerPage(Record, frozen=True, kw_only=True):
    """The whole customer: brief first, then the timeline's first page."""

    customer: Customer
    brief: Brief
    timeline: Page[VisitSummary]
