"""Rows that find what was said: a passage each, and the words that were ever said."""

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import BIG, ORDERED


class SaidRow(SQLModel, table=True):
    """A segment of a recording or a sentence of a note. `words` is its folded text, indexed by `said_words`:
    FTS5 on SQLite, a tsvector's index on PostgreSQL; `start` and `end` are characters of the transcript."""

    __tablename__ = "said"
    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    memo: str = Field(foreign_key="memo.id", index=True)
    visit: str = Field(foreign_key="visit.id", index=True)
    start: int
    end: int
    start_s: float | None = None
    end_s: float | None = None
    text: str = Field(sa_type=Text)
    words: str = Field(sa_type=Text)


class WordRow(SQLModel, table=True):
    """A folded word that somebody said, and how it sounds, to find what a searcher spells otherwise."""

    __tablename__ = "said_word"
    __table_args__ = (Index("ix_said_word_sound", "sound"),)
    word: str = Field(sa_type=ORDERED, primary_key=True)
    sound: str = Field(sa_type=ORDERED)
