"""Looks beside the worker for customers that are one, some at a time, so that nobody's write waits for it."""

from api.outbox import Outbox
from storage.crm.duplicates import Duplicates
from storage.database import Database

AT_ONCE = 100
PATIENCE_S = 5.0


def comparer(database: Database) -> Outbox:
    return Outbox("duplicates", PATIENCE_S, lambda: compare_some(database), lambda: None)


def compare_some(database: Database) -> bool:
    """False when nobody waits."""
    with database.reading() as session:
        if not Duplicates(session).waiting():
            return False
    with database.writing() as session:
        return Duplicates(session).look(AT_ONCE) > 0
