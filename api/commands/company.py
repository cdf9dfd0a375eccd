"""`import`, `invite`, `token`: who works here and whom they visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app import open_database
from api.invitations import enrolment_link, terminal_code
from api.settings import Settings
from storage.crm.people import People
from storage.crm.world import import_world
from storage.database import Database
from storage.errors import UnknownEmployee
from storage.records import Role
from storage.sheets.imports import import_sheet


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database in its newest form."""
    database = open_database(settings)
    try:
        database.migrate()
        yield database
    finally:
        database.close()


def import_file(settings: Settings, file: Path) -> None:
    reader = import_sheet if file.suffix.lower() == ".csv" else import_world
    data = file.read_bytes()
    with opened(settings) as database, database.writing() as session:
        done = reader(session, data)
    print(
        f"{done.customers} customers with {done.contacts} contacts, {done.products} products, "
        f"{done.competitors} competitors, {done.reps} reps"
    )


def invite(settings: Settings, name: str, role: Role | None) -> None:
    """Somebody who is known keeps the role, unless one is named."""
    with opened(settings) as database, database.writing() as session:
        people = People(session)
        known = people.by_name(name)
        employee = known or people.add(name, role or "rep")
        if role and employee.role != role:
            employee, _ = people.put(employee.id, employee.name, role, employee.active)
        link = enrolment_link(people.invite(employee.id).code, settings)
    print(f"{employee.name} ({employee.role}) opens this link once, within seven days:\n\n  {link}\n")
    print(terminal_code(link))


def token(settings: Settings, name: str) -> None:
    with opened(settings) as database, database.writing() as session:
        people = People(session)
        employee = people.by_name(name)
        if employee is None:
            raise UnknownEmployee(f"Nobody is called {name}; `rounds invite` adds people.")
        secret, _ = people.issue(employee.id, "command line")
    print(secret)
