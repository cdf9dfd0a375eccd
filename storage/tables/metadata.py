"""Which tables of the database are ours; the job engine and the trigram index keep theirs beside them."""

from sqlmodel import SQLModel

METADATA = SQLModel.metadata


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Alembic's filter on what it finds in the database."""
    return name in METADATA.tables if kind == "table" else name != "ix_term_grams"
