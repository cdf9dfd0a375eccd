"""Rows about lists that were sent in, so that an import can be looked at first and undone after."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from storage.columns import Moment, Struct


class ImportRow(SQLModel, table=True):
    """`data` is the file as it came; `done` what undoing needs."""

    __tablename__ = "import"
    id: str = Field(primary_key=True)
    name: str
    kind: str
    at: datetime = Field(sa_type=Moment)
    by: str = Field(foreign_key="employee.id")
    state: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    columns: dict[str, str] = Field(sa_column=Column(Struct(dict[str, str]), nullable=False))
    """What a person said about them, over the guess: field by header."""
    done: str | None = None
