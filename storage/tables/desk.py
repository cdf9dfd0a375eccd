"""Rows of the manager's desk: counts kept by the day, who was seen last, and what was approved at once."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from storage.columns import ORDERED, Moment, Struct

COUNTS = ("visits", "promised", "kept", "complaints", "closed", "compliments")


class TallyRow(SQLModel, table=True):
    """What a rep or a region did on a day, the company's; kept in the transaction that changed a visit."""

    __tablename__ = "tally"
    __table_args__ = (Index("ix_tally_week", "kind", "week"),)
    kind: str = Field(primary_key=True)
    """`rep` or `region`."""
    day: str = Field(sa_type=ORDERED, primary_key=True)
    who: str = Field(primary_key=True)
    week: str = Field(sa_type=ORDERED)
    """The Monday of the day."""
    visits: int = 0
    promised: int = 0
    """By us, at visits of that day; `kept` of them are done by now."""
    kept: int = 0
    complaints: int = 0
    """Waiting or answered; `closed` of them are answered."""
    closed: int = 0
    compliments: int = 0


class SeenRow(SQLModel, table=True):
    """When a customer was last visited, called or written to, and by whom; null for never."""

    __tablename__ = "last_seen"
    __table_args__ = (
        Index("ix_last_seen_at", "at", "customer"),
        Index("ix_last_seen_rep", "rep", "at", "customer"),
        Index("ix_last_seen_region", "region", "at", "customer"),
    )
    customer: str = Field(primary_key=True, foreign_key="customer.id")
    at: datetime | None = Field(default=None, sa_type=Moment)
    rep: str = ""
    region: str = ""
    """The town in the address; empty when there is none."""


class ApprovalRow(SQLModel, table=True):
    """Reports that a manager approved at once, kept when it was taken back too."""

    __tablename__ = "approval"
    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    by: str = Field(foreign_key="employee.id")
    visits: tuple[str, ...] = Field(sa_column=Column(Struct(tuple[str, ...]), nullable=False))
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: str | None = Field(default=None, foreign_key="employee.id")

    model_config = {"arbitrary_types_allowed": True}
