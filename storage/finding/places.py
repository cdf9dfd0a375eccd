"""Where a phone was, and which customers that could be. Distances in metres on a sphere.

Customers are indexed by a square of the map (`cell`, 0.01° each way), so finding those nearby reads a few
runs of one index, however many customers there are.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec
from sqlmodel import Session

from nlp.types import Link
from storage.errors import BadPlace
from storage.records import Position
from storage.tables.visits import VisitRow

EARTH_M = 6_371_008.8
CELLS_PER_DEGREE = 100
AROUND = 360 * CELLS_PER_DEGREE
METRES_PER_DEGREE = EARTH_M * math.pi / 180

WEAK_AGE_S = 60.0
WEAK_ACCURACY_M = 150.0
PIN_ERROR_M = 35.0
"""How far a customer's stored point lies from where its visitors park and stand."""
TAKEN_BACK = "taken_back"
ELSEWHERE = 0.05
"""Weight of 'none of these': of a customer at 2.4 standard deviations."""
FLATTENED = 0.35
"""A weak fix counts as this power of its likelihood: it orders the candidates, it does not decide."""
RADII_M = (600.0, 2_500.0, 5_000.0, 10_000.0)
NEAREST = 8
"""Candidates of one check-in."""


def fix(lat: float, lon: float, accuracy_m: float, age_s: float) -> Position:
    """A phone's position; old or vague ones are only a hint."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or not math.isfinite(accuracy_m + age_s):
        raise BadPlace
    weak = age_s > WEAK_AGE_S or accuracy_m > WEAK_ACCURACY_M
    return Position(lat=lat, lon=lon, accuracy_m=accuracy_m, age_s=age_s, weak=weak)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance (haversine)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_phi, half_lambda = (other_phi - phi) / 2, math.radians(other_lon - lon) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lambda) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(h)))


def cell(lat: float | None, lon: float | None) -> int | None:
    """Number of the map's square; neighbours along a parallel have neighbouring numbers."""
    if lat is None or lon is None:
        return None
    return _row(lat) * AROUND + _column(lon)


def _row(lat: float) -> int:
    return min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)


def _column(lon: float) -> int:
    return math.floor((lon + 180) * CELLS_PER_DEGREE) % AROUND


def _runs(lat: float, lon: float, radius_m: float) -> Iterator[tuple[int, int]]:
    """Runs of squares, one or two for each row that the circle touches (two across the date line)."""
    reach = radius_m / METRES_PER_DEGREE
    northmost = abs(lat) + reach
    span = 180.0 if northmost >= 89.9 else min(180.0, reach / math.cos(math.radians(northmost)))
    west, east = _column(lon - span), _column(lon + span)
    for row in range(_row(max(-90.0, lat - reach)), _row(min(90.0, lat + reach)) + 1):
        start = row * AROUND
        if span >= 180.0:
            yield start, start + AROUND - 1
        elif west <= east:
            yield start + west, start + east
        else:
            yield start, start + east
            yield start + west, start + AROUND - 1


class Near(msgspec.Struct, frozen=True):
    """A customer and how far it is, in metres."""

    id: str
    name: str
    distance_m: float


class Circle(msgspec.Struct, frozen=True):
    lat: float
    lon: float
    radius_m: float


def nearest(
    session: Session, lat: float, lon: float, limit: int, radii_m: tuple[float, ...] = RADII_M
) -> list[Near]:
    """Customers by distance, looked for in growing circles until `limit` are found."""
    found: list[Near] = []
    for radius_m in radii_m:
        (found,) = within(session, [Circle(lat, lon, radius_m)])
        if len(found) >= limit:
            break
    return found[:limit]


def within(session: Session, circles: Sequence[Circle]) -> list[list[Near]]:
    """The customers in each circle, by distance; one query for all circles.

    Written out, because it holds nothing but our own whole numbers, and building some dozens of conditions
    takes longer than answering them; a list that is joined, because a chain of conditions may be too deep.
    """
    runs = [list(_runs(each.lat, each.lon, each.radius_m)) for each in circles]
    listed = ", ".join(f"({first:d}, {last:d})" for first, last in sorted(set(chain.from_iterable(runs))))
    if not listed:
        return []
    found = session.connection().exec_driver_sql(
        f"WITH run(first, last) AS (VALUES {listed}) "  # noqa: S608
        "SELECT DISTINCT customer.cell, customer.id, customer.name, customer.lat, customer.lon "
        "FROM run CROSS JOIN customer "
        "WHERE customer.cell BETWEEN run.first AND run.last AND customer.deleted_at IS NULL "
        "ORDER BY customer.cell"
    )
    rows = found.all()
    cells = [row[0] for row in rows]
    return [_in(each, its, rows, cells) for each, its in zip(circles, runs, strict=True)]


def _in(circle: Circle, runs: list[tuple[int, int]], rows: Sequence[Any], cells: list[int]) -> list[Near]:
    """Of `rows`, which are in the order of their `cells`."""
    near = []
    for first, last in runs:
        for _, ident, name, lat, lon in rows[bisect_left(cells, first) : bisect_right(cells, last)]:
            away_m = distance_m(circle.lat, circle.lon, lat, lon)
            if away_m <= circle.radius_m:
                near.append(Near(ident, name, away_m))
    return sorted(near, key=_by_distance)


def _by_distance(near: Near) -> tuple[float, str]:
    return near.distance_m, near.id


def likelihood(metres: float, position: Position) -> float:
    """How well a distance fits a fix, 0..1: normal, with the fix's accuracy (68 %) and the pin's error."""
    spread = math.hypot(max(position.accuracy_m, 5.0), PIN_ERROR_M)
    fits = math.exp(-0.5 * (metres / spread) ** 2)
    return fits**FLATTENED if position.weak else fits


def rank(session: Session, position: Position) -> tuple[Link, ...]:
    """The nearest customers with the share of each; the shares leave room for 'none of these'."""
    return rank_each(session, [position])[0]


def rank_each(session: Session, positions: Sequence[Position]) -> list[tuple[Link, ...]]:
    """Of many positions in one query, and one more for those around which nobody is."""
    near = within(session, [Circle(each.lat, each.lon, _reach_m(each)) for each in positions])
    lonely = [number for number, found in enumerate(near) if not found]
    far = within(session, [Circle(positions[n].lat, positions[n].lon, RADII_M[-1]) for n in lonely])
    for number, found in zip(lonely, far, strict=True):
        near[number] = found
    return [_shares(position, found[:NEAREST]) for position, found in zip(positions, near, strict=True)]


def _reach_m(position: Position) -> float:
    return max(RADII_M[1] if position.weak else RADII_M[0], min(4 * position.accuracy_m, RADII_M[-1]))


def _shares(position: Position, near: list[Near]) -> tuple[Link, ...]:
    fits = [likelihood(each.distance_m, position) for each in near]
    whole = sum(fits) + ELSEWHERE
    return tuple(
        Link(
            customer=each.id,
            name=each.name,
            distance_m=round(each.distance_m, 1),
            probability=round(fitting / whole, 4),
            evidence=(),
        )
        for each, fitting in zip(near, fits, strict=True)
    )


def locate(session: Session, visit: VisitRow, position: Position, place_from: str) -> None:
    """Take a position as the visit's; what was worked out without it is out of date. One that was
    taken back does not come again with what is sent anew."""
    if visit.place_from == TAKEN_BACK:
        return
    visit.lat, visit.lon = position.lat, position.lon
    visit.accuracy_m, visit.age_s, visit.place_from = position.accuracy_m, position.age_s, place_from
    visit.candidates = rank(session, position)
    if visit.filed_revision > 0 and not visit.customer_chosen:
        visit.revision += 1


def forget_place(visit: VisitRow) -> None:
    """Where the phone was, and how far from whom, is gone; what a person or speech decided stays."""
    visit.lat = visit.lon = visit.accuracy_m = visit.age_s = None
    visit.place_from = TAKEN_BACK
    visit.candidates = tuple(
        msgspec.structs.replace(link, distance_m=None, evidence=()) for link in visit.candidates
    )


def position_of(visit: VisitRow) -> Position | None:
    if visit.lat is None or visit.lon is None:
        return None
    return fix(visit.lat, visit.lon, visit.accuracy_m or 0.0, visit.age_s or 0.0)
