"""A ringing phone: a telephone system announces a call, those who take it see who it is."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlmodel import Session, col, delete, select

from storage.errors import BadCall, UnknownCall, UnknownEmployee, UnknownLine
from storage.events import Events
from storage.finding.lookup import Lookup
from storage.finding.naming import digits
from storage.outside.signing import new_secret, verify
from storage.records import Hit, Record
from storage.rows import insert_new
from storage.tables.people import EmployeeRow
from storage.tables.phone import CallRow, LineRow

NUMBERS = ("phone", "from", "caller", "callerid", "caller_id", "calleridnum", "number")
"""Names under which telephone systems send the caller's number: ours, Twilio's, 3CX's, Asterisk's."""
LONGEST = 60
SHOWN = 6
KEPT = timedelta(days=30)


class Line(Record, frozen=True, kw_only=True):
    id: str
    name: str
    takers: tuple[str, ...]
    made_at: datetime


class NewLine(Record, frozen=True, kw_only=True):
    """Told once: the secret is never shown again."""

    line: Line
    secret: str
    url: str


class Ring(Record, frozen=True, kw_only=True):
    """A call that was announced, and who it could be from."""

    id: str
    phone: str
    at: datetime
    mine: bool
    """The caller of this route is to take it."""
    hits: tuple[Hit, ...]


class Phones:
    def __init__(self, session: Session) -> None:
        self.session = session

    def lines(self) -> tuple[Line, ...]:
        rows = self.session.exec(select(LineRow).order_by(col(LineRow.made_at), col(LineRow.id)))
        return tuple(line(row) for row in rows)

    def add(self, name: str, takers: tuple[str, ...]) -> tuple[Line, str]:
        """With its secret. Raises UnknownEmployee."""
        for taker in takers:
            if self.session.get(EmployeeRow, taker) is None:
                raise UnknownEmployee
        row = LineRow(
            id=uuid4().hex, name=name, secret=new_secret(), takers=takers, made_at=datetime.now(UTC)
        )
        self.session.add(row)
        return line(row), row.secret

    def choose(self, line_id: str, takers: tuple[str, ...]) -> Line:
        """Who takes its calls from now on; nobody named is everybody. Raises UnknownLine, UnknownEmployee."""
        row = self.session.get(LineRow, line_id, with_for_update=True)
        if row is None:
            raise UnknownLine
        if any(self.session.get(EmployeeRow, taker) is None for taker in takers):
            raise UnknownEmployee
        row.takers = tuple(dict.fromkeys(takers))
        return line(row)

    def remove(self, line_id: str) -> None:
        row = self.session.get(LineRow, line_id)
        if row is None:
            raise UnknownLine
        self.session.exec(delete(CallRow).where(col(CallRow.line) == line_id))
        self.session.delete(row)

    def ring(self, line_id: str, message: str, timestamp: str, signatures: str, body: bytes) -> None:
        """Raises UnknownLine, BadSignature, BadCall; the same message again changes nothing."""
        row = self.session.get(LineRow, line_id)
        if row is None:
            raise UnknownLine
        verify(row.secret, message, timestamp, signatures, body)
        at = datetime.now(UTC)
        call = CallRow(
            id=str(uuid5(NAMESPACE_URL, f"{line_id}/{message}")), line=line_id, phone=number_in(body), at=at
        )
        if insert_new(self.session, call):
            self.session.exec(delete(CallRow).where(col(CallRow.at) < at - KEPT))
            Events(self.session).append("call", call.id)

    def call(self, call_id: str, *, by: str) -> Ring:
        row = self.session.get(CallRow, call_id)
        if row is None:
            raise UnknownCall
        takers = self.session.get_one(LineRow, row.line).takers
        hits = Lookup(self.session).by_phone(row.phone, SHOWN).items
        return Ring(id=row.id, phone=row.phone, at=row.at, mine=not takers or by in takers, hits=hits)


def number_in(body: bytes) -> str:
    """The caller's number in JSON or in a form; raises BadCall."""
    try:
        text = body.decode()
        fields: Any = json.loads(text) if text.lstrip().startswith("{") else dict(parse_qsl(text))
    except (ValueError, RecursionError) as error:
        raise BadCall from error
    named = {str(name).lower(): value for name, value in fields.items()} if isinstance(fields, dict) else {}
    written = next((str(named[name]) for name in NUMBERS if named.get(name)), "").replace("\x00", "").strip()
    if not digits(written) or len(written) > LONGEST:
        raise BadCall
    return written


def line(row: LineRow) -> Line:
    return Line(id=row.id, name=row.name, takers=tuple(row.takers), made_at=row.made_at)
