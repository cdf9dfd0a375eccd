"""Rows about records that were one, and about those that only looked alike."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import ORDERED, Moment, Struct


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


class AlikeKeyRow(SQLModel, table=True):
    """What a customer may have in common with another one of the same company (`storage.crm.alike`)."""

    __tablename__ = "alike_key"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(sa_type=ORDERED, primary_key=True)
    customer: str = Field(primary_key=True, foreign_key="customer.id", index=True)


class AlikeRow(SQLModel, table=True):
    """Two customers that may be one; `one` sorts first."""

    __tablename__ = "alike"
    __table_args__ = (Index("ix_alike_rank", "reasons", "likeness", "one"),)
    one: str = Field(primary_key=True, foreign_key="customer.id")
    other: str = Field(primary_key=True, foreign_key="customer.id", index=True)
    why: tuple[str, ...] = Field(sa_column=Column(Struct(tuple[str, ...]), nullable=False))
    reasons: int
    likeness: float

    model_config = {"arbitrary_types_allowed": True}


class AlikeDueRow(SQLModel, table=True):
    """A customer that changed and is to be compared with the others."""

    __tablename__ = "alike_due"
    customer: str = Field(primary_key=True, foreign_key="customer.id")
