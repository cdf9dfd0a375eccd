"""What the language room takes in and hands out, named as in the published report. Loads no model."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from speech.types import Transcript

Outcome: TypeAlias = Literal["order", "interested", "follow_up", "complaint", "lost", "no_contact", "routine"]
Owner: TypeAlias = Literal["us", "customer"]
FeedbackKind: TypeAlias = Literal["complaint", "compliment", "idea"]


# What goes in ----------------------------------------------------------------------------------------------


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One memo or note of the visit; several are read as one story, in order."""

    memo: str
    transcript: Transcript


class KnownContact(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    role: str | None
    phone: str | None
    email: str | None
    heard: tuple[str, ...] = ()
    """What the name was misheard as before: finds the record, is never put to the speech engine."""


class KnownCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer that this visit could have been at, by place or because something like its name was said."""

    id: str
    name: str
    aliases: tuple[str, ...]
    address: str | None
    contacts: tuple[KnownContact, ...]
    distance_m: float | None
    """Metres from the phone; null when either position is unknown."""
    place_probability: float
    """Share of this customer among all places, from position alone, 0..1; 0 without a usable position."""
    chosen: bool
    """The rep or a manager picked this customer by hand."""
    heard: tuple[str, ...] = ()


class KnownProduct(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    aliases: tuple[str, ...]
    unit: str | None
    price: float | None
    heard: tuple[str, ...] = ()


class KnownCompetitor(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    aliases: tuple[str, ...]
    heard: tuple[str, ...] = ()


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A clause of which a person said what it is: a kind of `nlp.components.kinds`."""

    kind: str
    text: str


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known before listening. Built by storage, read by every component."""

    at: datetime
    """The visit's own moment, aware; dates are resolved against it in `timezone`."""
    timezone: str
    """IANA name of the company's zone."""
    currency: str
    """ISO 4217."""
    region: str
    """ISO 3166 code for phone numbers."""
    rep: str
    colleagues: tuple[str, ...]
    customers: tuple[KnownCustomer, ...]
    products: tuple[KnownProduct, ...]
    competitors: tuple[KnownCompetitor, ...]
    weak_position: bool
    """The fix was older than 60 s or worse than 150 m."""
    examples: tuple[Example, ...] = ()


# What comes out --------------------------------------------------------------------------------------------


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where it was said: characters of that memo's transcript, seconds of its sound (null for a note)."""

    memo: str
    start: int
    end: int
    start_s: float | None
    end_s: float | None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What every value carries; a value typed by a person has confidence 1 and no evidence."""

    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


class Contact(Item, frozen=True, kw_only=True):
    id: str | None
    name: str
    role: str | None
    phone: str | None
    """E.164."""
    email: str | None


class Order(Item, frozen=True, kw_only=True):
    product: str | None
    name: str
    quantity: float | None
    unit: str | None
    unit_price: float | None


class Amount(Item, frozen=True, kw_only=True):
    value: float
    currency: str
    what: str


class Commitment(Item, frozen=True, kw_only=True):
    action: str
    owner: Owner
    due: str | None
    """Local `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`."""


class Competitor(Item, frozen=True, kw_only=True):
    name: str


class Feedback(Item, frozen=True, kw_only=True):
    kind: FeedbackKind
    text: str


class Personal(Item, frozen=True, kw_only=True):
    person: str
    fact: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """Confidence and evidence of a value that stands plainly in the report."""

    confidence: float
    evidence: tuple[Evidence, ...]


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    customer: Decided
    outcome: Decided
    next_meeting: Decided


class Mention(Item, frozen=True, kw_only=True):
    """A name that was said and may be a customer's."""

    text: str


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, before it is decided at whom. Contacts have no `id` yet."""

    outcome: Outcome
    outcome_decided: Decided
    contacts: tuple[Contact, ...]
    orders: tuple[Order, ...]
    amounts: tuple[Amount, ...]
    commitments: tuple[Commitment, ...]
    next_meeting: str | None
    next_meeting_decided: Decided
    competitors: tuple[Competitor, ...]
    feedback: tuple[Feedback, ...]
    personal: tuple[Personal, ...]
    places: tuple[Mention, ...]
    """Customer names that were said, and a prospect's, the likeliest place of this visit first."""
    new_place: str | None
    """The name of a place that is said to be new."""
    language: str
    unread: bool = False
    """Another memo of the visit is in a language that nobody here reads."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One customer the visit may belong to: by place alone at check-in, later by place and speech."""

    customer: str
    name: str
    distance_m: float | None
    probability: float
    evidence: tuple[Evidence, ...]


class Linking(msgspec.Struct, frozen=True, kw_only=True):
    """The decision; `customer` is null when unsure or new, never a guess."""

    customer: str | None
    new_customer: str | None
    decided: Decided
    candidates: tuple[Link, ...]
    """Ranked, the likeliest first; what the one question offers."""
    contacts: tuple[Contact, ...]
    """The people with their `id` at the chosen customer."""


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Why a person should look: a field of the report and a reason in plain words."""

    field: str
    reason: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The filed report, as the published schema has it."""

    customer: str | None
    new_customer: str | None
    outcome: Outcome
    summary: str
    contacts: tuple[Contact, ...]
    orders: tuple[Order, ...]
    amounts: tuple[Amount, ...]
    commitments: tuple[Commitment, ...]
    next_meeting: str | None
    competitors: tuple[Competitor, ...]
    feedback: tuple[Feedback, ...]
    personal: tuple[Personal, ...]
    fields: Fields
    doubts: tuple[Doubt, ...]
    """Empty: the report files itself; otherwise the visit is `needs_review`."""
