"""Rows that collect by subject what customers ask for, complain of and say of competitors."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from nlp.types import Evidence
from storage.columns import BIG, Moment, Struct


def _only(name: str, column: str, condition: str) -> Index:
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))


class SubjectRow(SQLModel, table=True):
    """`vector` is the middle of its voices' (half floats, written by the worker), null for a competitor's;
    `stale` asks for a new one. `customers`, `voices` and `last_at` are counted as voices come and go."""

    __tablename__ = "subject"
    __table_args__ = (
        Index("ix_subject_customers", "customers", "voices", "id"),
        Index("ix_subject_kind", "kind", "customers", "voices", "id"),
        Index("ix_subject_last", "kind", "last_at", "id"),
        _only("ix_subject_stale", "id", "stale"),
    )
    id: str = Field(primary_key=True)
    kind: str
    """`competitor`, by record, or `remark`, by meaning."""
    name: str
    named_by: str | None = Field(default=None, foreign_key="employee.id")
    """Null while the name is the machine's."""
    customers: int = 0
    voices: int = 0
    last_at: datetime | None = Field(default=None, sa_type=Moment)
    vector: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    stale: bool = False


class VoiceRow(SQLModel, table=True):
    """One sentence of a filed report. `subject` is null until the worker has placed it."""

    __tablename__ = "voice"
    __table_args__ = (
        Index("ix_voice_subject", "subject", "at", "id"),
        Index("ix_voice_whose", "subject", "customer"),
        _only("ix_voice_waiting", "id", "subject IS NULL"),
    )
    id: str = Field(primary_key=True)
    visit: str = Field(foreign_key="visit.id", index=True)
    rep: str = Field(foreign_key="employee.id")
    customer: str | None = Field(default=None, foreign_key="customer.id", index=True)
    at: datetime = Field(sa_type=Moment)
    kind: str
    """`competitor`, `idea` or `complaint`."""
    text: str = Field(sa_type=Text)
    evidence: tuple[Evidence, ...] = Field(sa_column=Column(Struct(tuple[Evidence, ...]), nullable=False))
    subject: str | None = Field(default=None, foreign_key="subject.id")
    placed_by: str | None = Field(default=None, foreign_key="employee.id")
    """Null when the machine placed it."""
    vector: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))

    model_config = {"arbitrary_types_allowed": True}


class MonthRow(SQLModel, table=True):
    """Voices of a subject in a month (`2026-03`, UTC)."""

    __tablename__ = "subject_month"
    subject: str = Field(primary_key=True, foreign_key="subject.id")
    month: str = Field(primary_key=True)
    voices: int


class RegroupingRow(SQLModel, table=True):
    """What a person changed: `rename`, `move` or `part`; `before` and `after` are names or subjects' ids."""

    __tablename__ = "regrouping"
    number: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    kind: str
    subject: str = Field(foreign_key="subject.id", index=True)
    voice: str | None = None
    before: str
    after: str
    by: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)


class UncollectedRow(SQLModel, table=True):
    """A report from before topics and voices were collected; gone once they are."""

    __tablename__ = "uncollected"
    visit: str = Field(primary_key=True, foreign_key="visit.id")
