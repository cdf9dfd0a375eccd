"""Territories side by side, over time: reps, or the towns of customers. Reads the day's counts alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import literal
from sqlmodel import Session, case, col, func, or_, select

from storage.columns import Moment
from storage.crm.companies import Companies
from storage.desk.counting import week_of
from storage.errors import BadPeriod
from storage.records import Record
from storage.tables.desk import COUNTS, SeenRow, TallyRow
from storage.tables.people import EmployeeRow
from storage.visits.summaries import names

By: TypeAlias = Literal["rep", "region"]
Step: TypeAlias = Literal["week", "month"]
Steps: TypeAlias = dict[str, tuple[int, ...]]
WEEKLY = timedelta(days=200)
"""Longer periods are shown by the month."""
LONGEST = timedelta(days=1_100)
SILENT_WEEKS = 8


class Measures(Record, frozen=True, kw_only=True):
    """`kept` of `promised` promises of ours, `closed` of `complaints`."""

    visits: int
    promised: int
    kept: int
    complaints: int
    closed: int
    compliments: int


class Territory(Record, frozen=True, kw_only=True):
    """`id` is a rep's, or the town's name, empty for none; `before` is the same span earlier."""

    id: str
    name: str
    steps: tuple[Measures, ...]
    total: Measures
    before: Measures
    customers: int
    silent: int
    """Not visited, called or written to for so many weeks, or never."""


class Desk(Record, frozen=True, kw_only=True):
    """Days are the company's, `start` and `end` among them; `steps` are the first days of weeks or months."""

    by: By
    start: str
    end: str
    step: Step
    steps: tuple[str, ...]
    silent_weeks: int
    territories: tuple[Territory, ...]


def compare(session: Session, by: By, start: date, end: date, weeks: int, now: datetime) -> Desk:
    """The busiest first. Raises BadPeriod."""
    if not start <= end <= start + LONGEST:
        raise BadPeriod
    step: Step = "week" if end - start <= WEEKLY else "month"
    steps = steps_of(start, end, step)
    found = by_step(session, by, start, end, step)
    span = end - start + timedelta(days=1)
    before = by_step(session, by, start - span, end - span, step)
    silent = silence(session, by, now - timedelta(weeks=weeks))
    whose = set(found) | set(before) | set(silent)
    called = names(session, EmployeeRow, whose) if by == "rep" else {who: who for who in whose}
    territories = [
        Territory(
            id=who,
            name=called.get(who, ""),
            steps=tuple(measures([found[who][each]] if each in found[who] else []) for each in steps),
            total=measures(found[who].values()),
            before=measures(before[who].values()),
            customers=silent.get(who, (0, 0))[0],
            silent=silent.get(who, (0, 0))[1],
        )
        for who in whose
    ]
    territories.sort(key=lambda each: (-each.total.visits, -each.customers, each.name, each.id))
    return Desk(
        by=by, start=start.isoformat(), end=end.isoformat(), step=step, steps=steps, silent_weeks=weeks,
        territories=tuple(territories),
    )  # fmt: skip


def steps_of(start: date, end: date, step: Step) -> tuple[str, ...]:
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    named = (week_of(day.isoformat()) if step == "week" else f"{day:%Y-%m}-01" for day in days)
    return tuple(dict.fromkeys(named))


def by_step(session: Session, by: By, start: date, end: date, step: Step) -> dict[str, Steps]:
    """Sums by territory, then by the first day of the step."""
    table: Any = TallyRow
    when = table.week if step == "week" else func.substr(table.day, 1, 7)
    sums = [func.sum(getattr(table, name)) for name in COUNTS]
    query = (
        select(table.who, when, *sums)
        .where(table.kind == by, table.day >= start.isoformat(), table.day <= end.isoformat())
        .group_by(table.who, when)
    )
    ending = "" if step == "week" else "-01"
    found: dict[str, Steps] = defaultdict(dict)
    for who, at, *numbers in session.connection().execute(query):
        found[who][at + ending] = tuple(map(int, numbers))
    return found


def measures(rows: Iterable[tuple[int, ...]]) -> Measures:
    sums = [sum(numbers) for numbers in zip(*rows, strict=True)]
    return Measures(**dict(zip(COUNTS, sums or [0] * len(COUNTS), strict=True)))


def silence(session: Session, by: By, since: datetime) -> dict[str, tuple[int, int]]:
    """How many customers each has, and how many of them were not seen since."""
    whose = SeenRow.rep if by == "rep" else SeenRow.region
    quiet = or_(col(SeenRow.at).is_(None), col(SeenRow.at) < literal(since, Moment()))
    silent = func.sum(case((quiet, 1), else_=0))
    query = select(whose, func.count(), silent).group_by(col(whose))
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for who, customers, number in session.exec(query):
        found[who] = (customers, int(number))
    return found


def today(session: Session) -> date:
    """The company's."""
    return datetime.now(UTC).astimezone(ZoneInfo(Companies(session).get().timezone)).date()
