"""Which tables of the database are ours; the job engine and the trigram index keep theirs beside them."""

from sqlmodel import SQLModel

METADATA = SQLModel.metadata
BY_HAND = frozenset({"ix_term_grams", "ix_said_words", "ix_comment_words"})
"""Indexes that a migration writes in the database's own words."""


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Alembic's filter on what it finds in the database."""
    return name in METADATA.tables if kind == "table" else name not in BY_HAND
