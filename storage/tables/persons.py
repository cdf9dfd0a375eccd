"""Rows about people who are more than one contact: at two customers at once, or at one after the other."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment


class PlaceRow(SQLModel, table=True):
    """A person at a customer, now (`until` null) or once; a contact that nobody joined has none."""

    __tablename__ = "person_place"
    __table_args__ = (Index("ix_person_place_contact", "customer", "contact"),)
    id: str = Field(primary_key=True)
    person: str = Field(index=True)
    customer: str = Field(foreign_key="customer.id")
    contact: str
    name: str
    """As it was there; `role` too."""
    role: str | None = None
    since: datetime | None = Field(default=None, sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


class PersonChangeRow(SQLModel, table=True):
    """Two contacts that were joined, or a person who moved; `done` is what taking it back needs."""

    __tablename__ = "person_change"
    id: str = Field(primary_key=True)
    kind: str
    """`joined` or `moved`."""
    person: str = Field(index=True)
    at: datetime = Field(sa_type=Moment)
    by: str = Field(foreign_key="employee.id")
    done: str = Field(sa_type=Text)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
