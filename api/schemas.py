"""Request bodies and the few answers that are no storage record. Unknown fields are refused."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from storage.records import Company, Employee, Role

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=100_000)]
Line = Annotated[str, Meta(max_length=400)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of request bodies."""


class Enrol(Body, frozen=True, kw_only=True):
    code: Annotated[str, Meta(min_length=1, max_length=200)]
    label: Line = "phone"
    """What the people page calls this device, such as 'Pixel 7, Chrome'."""


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The device token, told once; a browser also gets it as a cookie that scripts cannot read."""

    token: str
    employee: Employee
    company: Company


class Me(msgspec.Struct, frozen=True, kw_only=True):
    employee: Employee
    device: str
    company: Company


class Fix(Body, frozen=True, kw_only=True):
    lat: Latitude
    lon: Longitude
    accuracy_m: Annotated[float, Meta(ge=0)]
    age_s: Annotated[float, Meta(ge=0)] = 0.0


class CheckIn(Body, frozen=True, kw_only=True):
    at: datetime
    """Moment of the visit on the phone's clock, with offset; may lie months away."""
    position: Fix | None = None
    customer: str | None = None
    """Set when the rep picked the customer by hand."""


class Note(Body, frozen=True, kw_only=True):
    text: Text
    at: datetime


class ChooseCustomer(Body, frozen=True, kw_only=True):
    customer: str


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
