"""Rows about other programs that are told what happens, and what is to be sent to them."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment, Struct


class WebhookRow(SQLModel, table=True):
    __tablename__ = "webhook"
    id: str = Field(primary_key=True)
    url: str
    secret: str
    """Kept as it is, since every message is signed anew with it."""
    kinds: tuple[str, ...] = Field(sa_column=Column(Struct(tuple[str, ...]), nullable=False))
    made_at: datetime = Field(sa_type=Moment)


class DeliveryRow(SQLModel, table=True):
    """A message to one receiver, written with the change that it tells of. `due_at` is null once it is
    delivered or given up."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_due", "due_at"),
        Index("ix_webhook_delivery_made", "made_at"),
    )
    id: str = Field(primary_key=True)
    webhook: str = Field(foreign_key="webhook.id", index=True)
    kind: str
    body: str = Field(sa_type=Text)
    made_at: datetime = Field(sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    state: str = "waiting"
    status: int | None = None
    """What the receiver answered last."""
    said: str | None = None
    """Why the last attempt failed."""
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
