"""Rows that people's corrections leave behind."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment


class AliasRow(SQLModel, table=True):
    """What a record's name was heard as. The id is made from the rest, so nothing is learned twice."""

    __tablename__ = "alias"
    id: str = Field(primary_key=True)
    kind: str
    customer: str | None = Field(default=None, foreign_key="customer.id", index=True)
    """At whom a contact is; a customer's own id."""
    record: str
    """The id of a customer, contact or product; a competitor's name."""
    heard: str
    visit: str | None = Field(default=None, foreign_key="visit.id")
    """Where that was learned; null when a person gave it."""
    by: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)


class ExampleRow(SQLModel, table=True):
    """A clause that somebody said, and what it is in truth: a kind that `nlp.components.kinds` knows."""

    __tablename__ = "example"
    id: str = Field(primary_key=True)
    kind: str
    text: str = Field(sa_type=Text)
    visit: str = Field(foreign_key="visit.id")
    by: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment, index=True)
