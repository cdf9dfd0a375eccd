"""Rows about who can do what, and what customers are told about what they wait for."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment
from storage.tables.customers import STRINGS


class AbilityRow(SQLModel, table=True):
    """What an employee is good at, and where: words by a manager, as they were typed."""

    __tablename__ = "ability"
    employee: str = Field(primary_key=True, foreign_key="employee.id")
    skills: tuple[str, ...] = Field(sa_column=Column(STRINGS, nullable=False))
    areas: tuple[str, ...] = Field(sa_column=Column(STRINGS, nullable=False))


class LetterRow(SQLModel, table=True):
    """An acknowledgement that somebody pressed 'send' on; `task` is unique, so that none is sent twice.

    It names no customer: that is its visit's, also after a merge. `task` outlives a promise that was
    corrected away.
    """

    __tablename__ = "letter"
    id: str = Field(primary_key=True)
    task: str = Field(unique=True)
    visit: str = Field(foreign_key="visit.id", index=True)
    address: str
    subject: str
    text: str = Field(sa_type=Text)
    due: str | None = None
    """By when the customer was told to hear from us: a local day."""
    by: str = Field(foreign_key="employee.id")
    made_at: datetime = Field(sa_type=Moment, index=True)
    state: str = "waiting"
    """`waiting`, `sending`, `sent`, `refused`, `unsure` or `given_up`."""
    try_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    """Null once it is sent or nothing more is tried by itself."""
    attempts: int = 0
    said: str | None = None
    """Why the last attempt failed."""
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
