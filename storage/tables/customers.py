"""Rows about customers, what finds them, and what the company sells against whom."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer
from sqlmodel import Field, SQLModel

from storage.columns import BIG, ORDERED, Moment, Struct

STRINGS = Struct(tuple[str, ...])


class CustomerRow(SQLModel, table=True):
    """`sort_name` is the folded name; `cell` the map's square that holds it (`storage.finding.places`)."""

    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_sort_name", "sort_name", "id"),)
    id: str = Field(primary_key=True)
    name: str
    sort_name: str = Field(sa_type=ORDERED)
    aliases: tuple[str, ...] = Field(sa_column=Column(STRINGS, nullable=False))
    address: str | None = None
    lat: float | None = None
    lon: float | None = None
    cell: int | None = Field(default=None, sa_type=Integer, index=True)
    phone: str | None = None
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)
    """Visits outlive their customer, so the row stays."""
    merged_into: str | None = None
    """The customer that this one turned out to be; links to it lead there."""


class ContactRow(SQLModel, table=True):
    __tablename__ = "contact"
    customer: str = Field(primary_key=True, foreign_key="customer.id")
    id: str = Field(primary_key=True)
    place: int
    """Order in which the people are listed."""
    name: str
    role: str | None = None
    phone: str | None = None
    email: str | None = None


class TermRow(SQLModel, table=True):
    """A text that finds a customer: a folded name, alias, person, e-mail or address, or digits of a number.

    Indexed by trigrams too: `term_grams` (FTS5) on SQLite, a pg_trgm index on PostgreSQL.
    """

    __tablename__ = "term"
    __table_args__ = (Index("ix_term_text", "text", "id"),)
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    customer: str = Field(foreign_key="customer.id", index=True)
    kind: str
    """`name`, `alias`, `heard`, `person`, `phone`, `email` or `place`."""
    text: str = Field(sa_type=ORDERED)
    shown: str
    """As a person wrote it."""
    words: int


class KeyRow(SQLModel, table=True):
    """A word of a name (`word`) or how it sounds (`sound`); a word of an address or an e-mail (`part`)."""

    __tablename__ = "term_key"
    __table_args__ = {"sqlite_with_rowid": False}
    kind: str = Field(primary_key=True)
    key: str = Field(sa_type=ORDERED, primary_key=True)
    term: int = Field(sa_column=Column(BIG, ForeignKey("term.id"), primary_key=True, index=True))


class NearRow(SQLModel, table=True):
    """A word of any term under the keys that a slip shares with it (`storage.finding.vocabulary`)."""

    __tablename__ = "near_word"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(sa_type=ORDERED, primary_key=True)
    word: str = Field(sa_type=ORDERED, primary_key=True)


class ProductRow(SQLModel, table=True):
    __tablename__ = "product"
    id: str = Field(primary_key=True)
    name: str
    aliases: tuple[str, ...] = Field(sa_column=Column(STRINGS, nullable=False))
    unit: str | None = None
    price: float | None = None


class CompetitorRow(SQLModel, table=True):
    __tablename__ = "competitor"
    name: str = Field(primary_key=True)
    aliases: tuple[str, ...] = Field(sa_column=Column(STRINGS, nullable=False))
