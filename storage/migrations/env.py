"""Runs the migrations on the connection that `Database.migrate` hands over."""

from typing import Literal

from alembic import context

from storage.columns import Moment, Struct
from storage.tables import (  # noqa: F401  (their tables)
    customers,
    desk,
    duplicates,
    heard,
    learned,
    people,
    persons,
    phone,
    said,
    sheets,
    social,
    visits,
    waiting,
    webhooks,
)
from storage.tables.metadata import METADATA, ours

connection = context.config.attributes["connection"]


def written(kind: str, of: object, autogenerate: object) -> str | Literal[False]:
    """Migrations hold plain types, so that they do not change with the code."""
    if kind == "type" and isinstance(of, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(of, Struct):
        return "sa.Text()"
    return False


context.configure(
    connection=connection,
    target_metadata=METADATA,
    include_name=ours,
    render_item=written,
    compare_type=False,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
