"""A resolved date or time, and what a report shows of it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class When:
    """A resolved date; `value` is what a report shows."""

    start: int
    """Characters of the text."""
    end: int
    first: datetime
    until: datetime | None
    """Exclusive end of a stretch."""
    last: date
    grain: str
    timed: bool
    """A clock time was said, so the value carries it."""
    due: bool
    """'by', 'before', 'no later than'."""
    past: bool
    vague: bool
    """A stretch such as 'next month', on which nobody can meet."""
    dayless: bool = False
    """Only a clock time was said; the day is the next one on which it comes."""

    @property
    def value(self) -> str:
        return self.first.strftime("%Y-%m-%dT%H:%M") if self.timed else self.last.isoformat()
