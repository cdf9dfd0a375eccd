"""Employees and the phones that speak for them. Codes and tokens are stored hashed; there is no password."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
from sqlmodel import Session, col, func, or_, select, update

from storage.errors import (
    AmbiguousName,
    BadToken,
    ExpiredCode,
    LastAdmin,
    UnknownCode,
    UnknownDevice,
    UnknownEmployee,
    UsedCode,
)
from storage.events import Events
from storage.records import Device, Employee, Identity, Invite, Person, Role
from storage.tables.people import DeviceRow, EmployeeRow, InviteRow
from storage.waiting.routing import release

INVITE_LIFETIME = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is kept when a phone was last seen; finer would make every read a write."""


class People:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> tuple[Person, ...]:
        """Everyone by name, with their phones: those that were shut out last, with when."""
        all_phones = select(DeviceRow).order_by(
            col(DeviceRow.revoked_at).is_not(None),
            col(DeviceRow.revoked_at).desc(),
            col(DeviceRow.created_at),
        )
        phones: dict[str, list[Device]] = {}
        for row in self.session.exec(all_phones):
            phones.setdefault(row.employee, []).append(_device(row))
        rows = self.session.exec(
            select(EmployeeRow).order_by(func.lower(EmployeeRow.name), col(EmployeeRow.id))
        )
        return tuple(Person(employee=_employee(row), devices=tuple(phones.get(row.id, ()))) for row in rows)

    def get(self, employee_id: str) -> Employee:
        return _employee(self._row(employee_id))

    def by_name(self, name: str) -> Employee | None:
        rows = self.session.exec(
            select(EmployeeRow).where(func.lower(EmployeeRow.name) == name.strip().lower())
        )
        found = rows.all()
        if len(found) > 1:
            raise AmbiguousName(f"Several people are called {name}.")
        return _employee(found[0]) if found else None

    def add(self, name: str, role: Role) -> Employee:
        return self.put(str(uuid4()), name, role, True)[0]

    def put(self, employee_id: str, name: str, role: Role, active: bool) -> tuple[Employee, bool]:
        """The person, and whether new. Somebody who is not active any more loses every phone at once."""
        row = self.session.get(EmployeeRow, employee_id, with_for_update=True)
        created = row is None
        if row is None:
            row = EmployeeRow(id=employee_id, name=name, role=role, active=active)
        elif row.role == "admin" and row.active and not (role == "admin" and active):
            self._keep_one_admin(employee_id)
        row.name, row.role, row.active = name, role, active
        self.session.add(row)
        self.session.flush()
        if not active:
            self._shut_phones(employee_id)
            release(self.session, employee_id)
        Events(self.session).append("people", employee_id)
        return _employee(row), created

    def shut_out(self, employee_id: str) -> Employee:
        row = self._row(employee_id)
        return self.put(employee_id, row.name, row.role, False)[0]  # type: ignore[arg-type]

    def invite(self, employee_id: str, lifetime: timedelta = INVITE_LIFETIME) -> Invite:
        """A code that enrols one phone, once."""
        self._row(employee_id)
        code, expires_at = secrets.token_urlsafe(18), datetime.now(UTC) + lifetime
        self.session.add(InviteRow(code_hash=_hash(code), employee=employee_id, expires_at=expires_at))
        return Invite(code=code, employee=employee_id, expires_at=expires_at)

    def enrol(self, code: str, label: str) -> tuple[str, Identity]:
        """Trade a code for a device token, which is told this once."""
        row = self.session.get(InviteRow, _hash(code), with_for_update=True)
        if row is None:
            raise UnknownCode
        if row.used_at is not None:
            raise UsedCode
        if row.expires_at <= datetime.now(UTC):
            raise ExpiredCode
        employee = self.get(row.employee)
        if not employee.active:
            raise UnknownCode
        row.used_at = datetime.now(UTC)
        token, device = self.issue(row.employee, label)
        return token, Identity(employee=employee, device=device.id)

    def issue(self, employee_id: str, label: str) -> tuple[str, Device]:
        """A token for this person on one more device."""
        self._row(employee_id)
        token = secrets.token_urlsafe(32)
        row = DeviceRow(
            id=str(uuid4()),
            employee=employee_id,
            label=label,
            token_hash=_hash(token),
            created_at=datetime.now(UTC),
        )
        self.session.add(row)
        self.session.flush()
        Events(self.session).append("people", employee_id)
        return token, _device(row)

    def identify(self, token: str) -> Identity:
        """Whose token this is; reads only."""
        (found,) = self.identify_all([token])
        if found is None:
            raise BadToken
        return found

    def identify_all(self, tokens: Sequence[str]) -> tuple[Identity | None, ...]:
        """Whose tokens these are, in one query; null for one that is not, or no longer, anybody's."""
        hashes = [_hash(token) for token in tokens]
        rows = self.session.exec(
            select(  # type: ignore[call-overload]
                DeviceRow.token_hash,
                DeviceRow.id,
                EmployeeRow.id,
                EmployeeRow.name,
                EmployeeRow.role,
                EmployeeRow.active,
            )
            .join(EmployeeRow, col(EmployeeRow.id) == col(DeviceRow.employee))
            .where(col(DeviceRow.token_hash).in_(set(hashes)), col(DeviceRow.revoked_at).is_(None))
        )
        known = {
            token: Identity(employee=Employee(id=ident, name=name, role=role, active=active), device=device)
            for token, device, ident, name, role, active in rows
            if active
        }
        return tuple(known.get(each) for each in hashes)

    def seen(self, devices: Sequence[str]) -> None:
        now = datetime.now(UTC)
        stale = or_(col(DeviceRow.last_seen_at).is_(None), col(DeviceRow.last_seen_at) < now - SEEN_EVERY)
        self.session.exec(
            update(DeviceRow).where(col(DeviceRow.id).in_(devices), stale).values(last_seen_at=now)
        )

    def devices(self, employee_id: str) -> tuple[Device, ...]:
        """Phones and keys of one person that work, the newest first."""
        mine = select(DeviceRow).where(DeviceRow.employee == employee_id, col(DeviceRow.revoked_at).is_(None))
        newest = mine.order_by(col(DeviceRow.created_at).desc(), col(DeviceRow.id))
        return tuple(_device(row) for row in self.session.exec(newest))

    def revoke(self, device_id: str, of: str | None = None) -> None:
        """Shut it out; with `of` only when it is that person's."""
        row = self.session.get(DeviceRow, device_id)
        if row is None or of not in (None, row.employee):
            raise UnknownDevice
        row.revoked_at = row.revoked_at or datetime.now(UTC)
        Events(self.session).append("people", row.employee)

    def _row(self, employee_id: str) -> EmployeeRow:
        row = self.session.get(EmployeeRow, employee_id)
        if row is None:
            raise UnknownEmployee
        return row

    def _keep_one_admin(self, leaving: str) -> None:
        others = select(EmployeeRow.id).where(
            EmployeeRow.role == "admin", col(EmployeeRow.active), EmployeeRow.id != leaving
        )
        if self.session.exec(others.with_for_update()).first() is None:
            raise LastAdmin

    def _shut_phones(self, employee_id: str) -> None:
        now = datetime.now(UTC)
        open_phones = (col(DeviceRow.employee) == employee_id, col(DeviceRow.revoked_at).is_(None))
        self.session.exec(update(DeviceRow).where(*open_phones).values(revoked_at=now))
        open_codes = (col(InviteRow.employee) == employee_id, col(InviteRow.used_at).is_(None))
        self.session.exec(update(InviteRow).where(*open_codes).values(used_at=now))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _employee(row: EmployeeRow) -> Employee:
    return msgspec.convert(row, Employee, from_attributes=True)


def _device(row: DeviceRow) -> Device:
    return msgspec.convert(row, Device, from_attributes=True)
