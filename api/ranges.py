"""Which bytes of a recording a player asks for (RFC 9110, section 14)."""

import re

import msgspec

from api.errors import BadRange

ONE_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class Span(msgspec.Struct, frozen=True):
    """Bytes from `start` up to, not including, `end`, of `total`."""

    start: int
    end: int
    total: int
    partial: bool


def span(header: str | None, total: int) -> Span:
    """The part that is asked for; all of it for several ranges or another unit, which may be ignored.

    Raises BadRange when the recording has no such part.
    """
    asked = ONE_RANGE.fullmatch(header or "")
    first, last = asked.groups() if asked else ("", "")
    if not first and not last:
        return Span(0, total, total, False)
    if not first:
        start, end = max(0, total - int(last)), total
    else:
        start, end = int(first), min(total, int(last) + 1) if last else total
    if first and last and int(last) < int(first):
        return Span(0, total, total, False)
    if start >= end:
        raise BadRange(f"The recording has {total} bytes.")
    return Span(start, end, total, True)
