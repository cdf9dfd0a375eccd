"""A rep's own day, all of it in one answer, so that a phone can keep it for the hours without a signal."""

from datetime import UTC, datetime

from litestar import get

from api.answers import reads
from api.auth import reps
from api.deps import Caller, Store
from storage.pages.today import Today, today


@get("/today", operation_id="getToday", guards=[reps], responses=reads(), sync_to_thread=True)
def get_today(caller: Caller, database: Store) -> Today:
    """The caller's visits of the day, what is agreed and due, and customers around there that wait."""
    with database.reading() as session:
        return today(session, caller.employee.id, datetime.now(UTC))
