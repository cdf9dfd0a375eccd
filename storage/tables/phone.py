"""Rows about telephone systems and the calls that they announce."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from storage.columns import Moment, Struct


class LineRow(SQLModel, table=True):
    """A telephone system that may announce calls; `takers` are employees, none is everybody."""

    __tablename__ = "phone_line"
    id: str = Field(primary_key=True)
    name: str
    secret: str
    """Kept as it is, since every message is signed anew with it."""
    takers: tuple[str, ...] = Field(sa_column=Column(Struct(tuple[str, ...]), nullable=False))
    made_at: datetime = Field(sa_type=Moment)


class CallRow(SQLModel, table=True):
    """`id` is the line's and the message's, so a call that is announced twice rings once."""

    __tablename__ = "phone_call"
    id: str = Field(primary_key=True)
    line: str = Field(foreign_key="phone_line.id", index=True)
    phone: str
    at: datetime = Field(sa_type=Moment, index=True)
