"""Who is good at what, and where: a manager's words, matched with what customers wait for."""

from sqlmodel import Session, col, select

from storage.errors import UnknownEmployee
from storage.events import Events
from storage.records import Record
from storage.tables.people import EmployeeRow
from storage.tables.waiting import AbilityRow


class Ability(Record, frozen=True, kw_only=True):
    employee: str
    name: str
    skills: tuple[str, ...]
    """Words as they are said, such as 'tap handle'; `promise`, `complaint` and `follow_up` mean them all."""
    areas: tuple[str, ...]
    """Words of addresses, such as 'Ballard' or the beginning of a postcode."""


class Abilities:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> tuple[Ability, ...]:
        """Everybody who works here, by name."""
        staff = select(EmployeeRow).where(col(EmployeeRow.active))
        known = {row.employee: row for row in self.session.exec(select(AbilityRow))}
        return tuple(
            _record(row, known.get(row.id)) for row in self.session.exec(staff.order_by(EmployeeRow.name))
        )

    def put(self, employee: str, skills: tuple[str, ...], areas: tuple[str, ...]) -> Ability:
        """For what comes from now on; what lies with somebody stays there."""
        person = self.session.get(EmployeeRow, employee)
        if person is None:
            raise UnknownEmployee
        row = AbilityRow(employee=employee, skills=_clean(skills), areas=_clean(areas))
        self.session.merge(row)
        Events(self.session).append("people", employee)
        return _record(person, row)


def _clean(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))


def _record(person: EmployeeRow, row: AbilityRow | None) -> Ability:
    return Ability(
        employee=person.id,
        name=person.name,
        skills=tuple(row.skills) if row else (),
        areas=tuple(row.areas) if row else (),
    )
