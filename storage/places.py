"""Where a phone was, and which customers that could be. Distances in metres on a sphere.

Customers are indexed by a square of the map (`cell`, 0.01° each way), so finding those nearby reads a few
runs of one index, however many customers there are.
"""

import math
from collections.abc import Iterator

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
ELSEWHERE = 0.05
"""Weight of 'none of these': of a customer at 2.4 standard deviations."""
FLATTENED = 0.35
"""A weak fix counts as this power of its likelihood: it orders the candidates, it does not decide."""
RADII_M = (600.0, 2_500.0, 10_000.0)
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


def nearest(
    session: Session,
    lat: float,
    lon: float,
    limit: int,
    *,
    enough: int | None = None,
    radii_m: tuple[float, ...] = RADII_M,
) -> list[Near]:
    """Customers by distance, looked for in growing circles until `enough` (or `limit`) are found."""
    found: list[Near] = []
    for radius_m in radii_m:
        rows = session.connection().exec_driver_sql(_around(lat, lon, radius_m))
        measured = (Near(ident, name, distance_m(lat, lon, *place)) for ident, name, *place in rows)
        found = sorted((near for near in measured if near.distance_m <= radius_m), key=_by_distance)
        if len(found) >= (enough or limit):
            break
    return found[:limit]


def _by_distance(near: Near) -> tuple[float, str]:
    return near.distance_m, near.id


def _around(lat: float, lon: float, radius_m: float) -> str:
    """Customers in the squares that the circle touches. Written out, because it holds nothing but our own
    whole numbers, and building some dozens of conditions takes longer than answering them."""
    runs = " OR ".join(f"cell BETWEEN {first:d} AND {last:d}" for first, last in _runs(lat, lon, radius_m))
    return f"SELECT id, name, lat, lon FROM customer WHERE deleted_at IS NULL AND ({runs})"  # noqa: S608


def likelihood(metres: float, position: Position) -> float:
    """How well a distance fits a fix, 0..1: normal, with the fix's accuracy (68 %) and the pin's error."""
    spread = math.hypot(max(position.accuracy_m, 5.0), PIN_ERROR_M)
    fits = math.exp(-0.5 * (metres / spread) ** 2)
    return fits**FLATTENED if position.weak else fits


def rank(session: Session, position: Position) -> tuple[Link, ...]:
    """The nearest customers with the share of each; the shares leave room for 'none of these'."""
    reach_m = max(RADII_M[1] if position.weak else RADII_M[0], min(4 * position.accuracy_m, RADII_M[-1]))
    near = nearest(session, position.lat, position.lon, NEAREST, enough=1, radii_m=(reach_m, RADII_M[-1]))
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
    """Take a position as the visit's; what was worked out without it is out of date."""
    visit.lat, visit.lon = position.lat, position.lon
    visit.accuracy_m, visit.age_s, visit.place_from = position.accuracy_m, position.age_s, place_from
    visit.candidates = rank(session, position)
    if visit.filed_revision > 0 and not visit.customer_chosen:
        visit.revision += 1


def position_of(visit: VisitRow) -> Position | None:
    if visit.lat is None or visit.lon is None:
        return None
    return fix(visit.lat, visit.lon, visit.accuracy_m or 0.0, visit.age_s or 0.0)
