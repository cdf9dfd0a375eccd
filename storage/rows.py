"""Rows as the repositories take them: inserted once however many ask, locked before they are changed."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.errors import UnknownVisit
from storage.tables.visits import VisitRow


def insert_new(session: Session, row: SQLModel) -> bool:
    """Insert; False when the key is taken, even by somebody who committed a moment ago."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {column.key: getattr(row, column.key) for column in table.columns}
    keys = tuple(table.primary_key.columns)
    done = session.connection().execute(
        insert(table).values(values).on_conflict_do_nothing().returning(*keys)
    )
    return done.first() is not None


def insert_all(
    session: Session, of: type[SQLModel], rows: list[dict[str, Any]], *, over: bool = False
) -> None:
    """Many at once; a row whose key is taken is left as it is, or written `over`. The session forgets what it
    knew of them."""
    if not rows:
        return
    table: Table = of.__table__  # type: ignore[attr-defined]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    keys = list(table.primary_key.columns)
    others = {name: statement.excluded[name] for name in rows[0] if not table.columns[name].primary_key}
    session.flush()
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=keys, set_=others)
        if over
        else statement.on_conflict_do_nothing(),
        rows,
    )
    if over:
        session.expire_all()


def locked_visit(session: Session, visit_id: str) -> VisitRow:
    """The visit, held until the transaction ends, so that its state is worked out from what is true."""
    row = session.get(VisitRow, visit_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownVisit
    return row
