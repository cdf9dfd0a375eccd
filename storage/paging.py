"""Keyset pages: the cursor holds the last row's sort key, so a page costs the same however deep it lies."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from storage.errors import BadCursor
from storage.records import Page

Row = TypeVar("Row")
T = TypeVar("T")

LARGEST = 200
"""Rows of one page at most, whatever is asked for."""


def cursor(*key: str) -> str:
    return base64.urlsafe_b64encode("\x1f".join(key).encode()).decode().rstrip("=")


def opened(after: str, parts: int) -> tuple[str, ...]:
    """The sort key inside a cursor."""
    try:
        padded = after + "=" * (-len(after) % 4)
        key = tuple(base64.b64decode(padded, altchars=b"-_", validate=True).decode().split("\x1f"))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if len(key) != parts or any("\x00" in part for part in key):
        raise BadCursor
    return key


def opened_moment(after: str) -> tuple[datetime, str]:
    """A cursor over a moment and an id."""
    at, ident = opened(after, 2)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise BadCursor from error
    if moment.tzinfo is None:
        raise BadCursor
    return moment, ident


def size(limit: int) -> int:
    return max(1, min(limit, LARGEST))


def page(
    rows: Sequence[Row], limit: int, key: Callable[[Row], tuple[str, ...]], record: Callable[[Row], T]
) -> Page[T]:
    """`rows` were read with one more than `limit`, to know whether there is a next page."""
    shown = rows[: size(limit)]
    more = len(rows) > len(shown)
    return Page(items=tuple(record(row) for row in shown), after=cursor(*key(shown[-1])) if more else None)
