"""Request bodies and the few answers that are no storage record. Unknown fields are refused."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from nlp.types import Outcome
from storage.crm.aliases import AliasKind
from storage.outside.webhooks import Kind
from storage.records import Company, Employee, Role

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps every character but this one."""
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=NO_NUL)]
Text = Annotated[str, Meta(min_length=1, max_length=100_000, pattern=NO_NUL)]
Word = Annotated[str, Meta(min_length=1, max_length=60, pattern=NO_NUL)]
Line = Annotated[str, Meta(max_length=400, pattern=NO_NUL)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Metres = Annotated[float, Meta(ge=0, le=50_000_000)]
Seconds = Annotated[float, Meta(ge=0, le=10_000_000_000)]
Moment = Annotated[datetime, Meta(tz=True)]
"""RFC 3339 with an offset."""


class FieldError(msgspec.Struct, frozen=True, kw_only=True):
    field: str
    message: str


class ProblemDocument(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9457, with a `code` for machines and an `action` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    action: str | msgspec.UnsetType = msgspec.UNSET
    """What the person can do; left out when there is nothing."""
    errors: tuple[FieldError, ...] | msgspec.UnsetType = msgspec.UNSET
    """Each value of the request that does not fit; left out otherwise."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of request bodies."""


def check_years(at: datetime) -> None:
    """A moment at the edge of the calendar cannot be moved to another time zone."""
    if not 1970 <= at.year <= 2200:
        raise ValueError("the year must lie between 1970 and 2200")


class Enrol(Body, frozen=True, kw_only=True):
    code: Name
    label: Line = "phone"
    """What the people page calls this device, such as 'Pixel 7, Chrome'."""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The device token, told once; a browser also gets it as a cookie that scripts cannot read."""

    token: str
    employee: Employee
    company: Company


class NewKey(Body, frozen=True, kw_only=True):
    label: Line = "calendar and contacts"
    """What the people page calls it, such as 'Calendar on my iPhone'."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A password for a calendar or an address book, told once; shut out like a phone."""

    password: str
    device: str
    calendar_url: str
    contacts_url: str
    """Where a CardDAV program begins."""


class Tiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where a map gets its pictures: an address with `{z}`, `{x}` and `{y}`, and what it says about it."""

    url: str
    credit: str


class Me(msgspec.Struct, frozen=True, kw_only=True):
    employee: Employee
    device: str
    company: Company
    tiles: Tiles | None
    """Null unless whoever runs the server chose a source: maps are then drawn from positions alone."""


class Fix(Body, frozen=True, kw_only=True):
    lat: Latitude
    lon: Longitude
    accuracy_m: Metres
    age_s: Seconds = 0.0


class CheckIn(Body, frozen=True, kw_only=True):
    at: Moment
    """Moment of the visit on the phone's clock, with offset; may lie months away."""
    position: Fix | None = None
    customer: Name | None = None
    """Set when the rep picked the customer by hand."""

    def __post_init__(self) -> None:
        check_years(self.at)


class Note(Body, frozen=True, kw_only=True):
    text: Text
    at: Moment

    def __post_init__(self) -> None:
        check_years(self.at)


class LogMoment(Body, frozen=True, kw_only=True):
    kind: Literal["call", "mail", "note"]
    at: Moment
    text: Text
    """What was said or written, in plain words; promises and the rest are found in it."""
    people: tuple[Name, ...] = ()
    """Ids of the contacts whom it was with; none lets them be found in the text."""
    outcome: Outcome | None = None
    """What came of it; null lets it be found in the text."""

    def __post_init__(self) -> None:
        check_years(self.at)


class ChooseColumns(Body, frozen=True, kw_only=True):
    columns: dict[Name, Line]
    """Header by field; an empty header leaves the field out."""


class GiveAlias(Body, frozen=True, kw_only=True):
    kind: AliasKind
    record: Name
    """Id of a customer, contact or product; a competitor's name."""
    customer: Name | None = None
    """At whom a contact is; a customer's own id; null for the rest."""
    heard: Name


class ChooseCustomer(Body, frozen=True, kw_only=True):
    customer: Name


class PutEmployee(Body, frozen=True, kw_only=True):
    name: Name
    role: Role
    active: bool = True


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time enrolment link, and the same as a QR code."""

    code: str
    url: str
    qr_svg: str
    expires_at: datetime


class PutCustomer(Body, frozen=True, kw_only=True):
    name: Name
    aliases: tuple[Name, ...] = ()
    address: Line | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    phone: Line | None = None


class PutContact(Body, frozen=True, kw_only=True):
    name: Name
    role: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class ApproveMany(Body, frozen=True, kw_only=True):
    until: Moment
    """Those that were filed by then: what the person saw when saying yes."""
    visits: Annotated[tuple[Name, ...], Meta(max_length=1_000)] = ()
    """None are all that are sure."""

    def __post_init__(self) -> None:
        check_years(self.until)


class PersonAt(Body, frozen=True, kw_only=True):
    customer: Name
    contact: Name


class JoinPersons(Body, frozen=True, kw_only=True):
    """The second is the same person as the first; at one customer the first is left of them."""

    one: PersonAt
    other: PersonAt


class MovePerson(Body, frozen=True, kw_only=True):
    customer: Name
    contact: Name
    to: Name
    """Where the person works now."""
    role: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class MergeCustomers(Body, frozen=True, kw_only=True):
    kept: Name
    gone: Name


class TellApart(Body, frozen=True, kw_only=True):
    one: Name
    other: Name


class HandOn(Body, frozen=True, kw_only=True):
    to: Name
    """Id of an employee."""


class PutAbility(Body, frozen=True, kw_only=True):
    skills: Annotated[tuple[Word, ...], Meta(max_length=50)] = ()
    """Words as reps say them; `promise`, `complaint` and `follow_up` mean all of that kind."""
    areas: Annotated[tuple[Word, ...], Meta(max_length=50)] = ()
    """Words of addresses, or the beginning of postcodes."""


class SendLetter(Body, frozen=True, kw_only=True):
    to: Annotated[str, Meta(min_length=1, max_length=320, pattern=NO_NUL)]
    subject: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00\r\n]*$")]
    text: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=NO_NUL)]
    due: date | None = None
    """By when the customer is told to hear from us."""


class Seen(Body, frozen=True, kw_only=True):
    until: Moment
    """The digest's own, so that what came meanwhile stays new."""

    def __post_init__(self) -> None:
        check_years(self.until)


class PutComment(Body, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=4_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
    """Colleagues are reached by `@` and their name."""


class NameSubject(Body, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=NO_NUL)]


class MoveVoice(Body, frozen=True, kw_only=True):
    subject: Name


class AddWebhook(Body, frozen=True, kw_only=True):
    url: Annotated[str, Meta(min_length=1, max_length=2_000, pattern=NO_NUL)]
    kinds: Annotated[tuple[Kind, ...], Meta(min_length=1, max_length=4)]


class AddLine(Body, frozen=True, kw_only=True):
    name: Name
    takers: Annotated[tuple[Name, ...], Meta(max_length=200)] = ()
    """Employees on whose screens its calls pop up; none is everybody."""


class PutTakers(Body, frozen=True, kw_only=True):
    takers: Annotated[tuple[Name, ...], Meta(max_length=200)]


class PutProduct(Body, frozen=True, kw_only=True):
    name: Name
    aliases: tuple[Name, ...] = ()
    unit: Line | None = None
    price: Annotated[float, Meta(ge=0)] | None = None


class PutCompetitor(Body, frozen=True, kw_only=True):
    aliases: tuple[Name, ...] = ()


class PutCompany(Body, frozen=True, kw_only=True):
    name: Name
    timezone: Line
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    region: Annotated[str, Meta(pattern="^[A-Z]{2}$")]


class Health(msgspec.Struct, frozen=True, kw_only=True):
    status: str
    version: str
    worker: str
    """`running` when a worker showed itself in the last half minute, else `absent`."""
