"""Rows about who follows what, and what colleagues say to each other about a visit."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import Moment


class FollowRow(SQLModel, table=True):
    """`subject` is a topic's; a contact's `customer` stands beside it."""

    __tablename__ = "follow"
    __table_args__ = (Index("ix_follow_subject", "kind", "subject"),)
    employee: str = Field(primary_key=True, foreign_key="employee.id")
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    customer: str | None = Field(default=None, foreign_key="customer.id", index=True)
    at: datetime = Field(sa_type=Moment)


class TopicRow(SQLModel, table=True):
    """What a filed visit is about: its customer, its people (`customer/contact`), products and its rep.

    `at` is when the newest of a visit's topics was learned, one moment for all of them: a page of what
    somebody follows is read along the index and knows a visit that comes twice."""

    __tablename__ = "topic"
    __table_args__ = (Index("ix_topic_news", "kind", "subject", "at", "visit"),)
    visit: str = Field(primary_key=True, foreign_key="visit.id")
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)


class CommentRow(SQLModel, table=True):
    """`to` is the visit's rep, whom it reaches. A deleted one's id stays taken, its words do not; `words` is
    the folded text, indexed as `said` is."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_visit", "visit", "at", "id"),
        Index("ix_comment_to", "to", "at", "id"),
    )
    id: str = Field(primary_key=True)
    visit: str = Field(foreign_key="visit.id")
    by: str = Field(foreign_key="employee.id")
    to: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)
    text: str = Field(sa_type=Text)
    words: str = Field(sa_type=Text)
    deleted_at: datetime | None = Field(default=None, sa_type=Moment)


class MentionRow(SQLModel, table=True):
    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_employee", "employee", "at", "comment"),)
    comment: str = Field(primary_key=True, foreign_key="comment.id")
    employee: str = Field(primary_key=True, foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)


class ThankRow(SQLModel, table=True):
    """`to` is the visit's rep."""

    __tablename__ = "thank"
    __table_args__ = (Index("ix_thank_to", "to", "at"),)
    visit: str = Field(primary_key=True, foreign_key="visit.id")
    by: str = Field(primary_key=True, foreign_key="employee.id")
    to: str = Field(foreign_key="employee.id")
    at: datetime = Field(sa_type=Moment)


class LookRow(SQLModel, table=True):
    """Until when somebody has seen what happened."""

    __tablename__ = "look"
    employee: str = Field(primary_key=True, foreign_key="employee.id")
    until: datetime = Field(sa_type=Moment)
