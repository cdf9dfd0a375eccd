"""What an import would do, did, and needs for being taken back."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from storage.crm.world import Place
from storage.records import Product, Record
from storage.sheets.places import Trouble
from storage.sheets.reading import Sheet

Kind: TypeAlias = Literal["customers", "products"]
State: TypeAlias = Literal["previewed", "applied", "undone"]


class Duplicate(Record, frozen=True, kw_only=True):
    """A line's customer is one that is here."""

    name: str
    known: str
    known_name: str
    why: str


class Preview(Record, frozen=True, kw_only=True):
    """What an import would do, or did."""

    id: str
    name: str
    kind: Kind
    state: State
    at: datetime
    encoding: str
    headers: tuple[str, ...]
    columns: dict[str, str]
    """Which header was taken for which field."""
    asks: tuple[str, ...]
    """Fields that must be known and are not: `sample` shows the lines under their own headers then."""
    rows: int
    new: int
    filled: int
    same: int
    duplicates: tuple[Duplicate, ...]
    duplicate_count: int
    troubles: tuple[Trouble, ...]
    trouble_count: int
    sample: tuple[dict[str, str], ...]
    kept: tuple[str, ...]
    """After undoing: what stays because somebody visited or changed it since."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, and what was there before."""

    created: tuple[str, ...]
    before: tuple[Place, ...] = ()
    after: tuple[Place, ...] = ()
    products: tuple[Product, ...] = ()
    kept: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    sheet: Sheet
    columns: dict[str, int]
    new: tuple[Place, ...]
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    same: int
    duplicates: tuple[Duplicate, ...]
    troubles: tuple[Trouble, ...]
    products: tuple[Product, ...] = ()
