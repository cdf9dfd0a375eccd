"""Rows about records that were one, and about those that only looked alike."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment


class MergeRow(SQLModel, table=True):
    """`gone` lives on in `kept`; `done` is what taking it back needs."""

    __tablename__ = "merge"
    id: str = Field(primary_key=True)
    kept: str = Field(foreign_key="customer.id", index=True)
    gone: str = Field(foreign_key="customer.id", index=True)
    at: datetime = Field(sa_type=Moment, index=True)
    by: str = Field(foreign_key="employee.id")
    done: str = Field(sa_type=Text)
    undone_at: datetime | None = Field(default=None, sa_type=Moment)


class ApartRow(SQLModel, table=True):
    """Somebody said that these two are not one; `one` sorts first."""

    __tablename__ = "apart"
    one: str = Field(primary_key=True, foreign_key="customer.id")
    other: str = Field(primary_key=True, foreign_key="customer.id")
    by: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)
