"""Which subject a voice belongs to, as the worker decides it: vectors go out and come in as bytes, because no
model and no arithmetic is done here."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import text
from sqlmodel import Session, col, select

from storage.events import Events
from storage.heard.counting import count_in
from storage.records import Record
from storage.tables.heard import SubjectRow, UncollectedRow, VoiceRow

AT_ONCE = 64
COMPARED = 5_000
"""Subjects of the latest voices with which a new voice is compared."""
MIDDLE_OF = 100
"""Newest voices of a subject whose middle is taken."""
ORDER_LOCK = 7_205_134
"""Key of the PostgreSQL advisory lock under which voices are placed, so that two workers do not both begin
the same subject."""


class Unplaced(Record, frozen=True, kw_only=True):
    voice: str
    text: str


class Known(Record, frozen=True, kw_only=True):
    subject: str
    vector: bytes


class Placement(Record, frozen=True, kw_only=True):
    """`subject` is one that is known, or the id of another placement's voice that begins one, or its own
    voice's: then it begins one, called `name`."""

    voice: str
    vector: bytes
    subject: str
    name: str


class Placing:
    def __init__(self, session: Session) -> None:
        self.session = session

    def alone(self) -> None:
        """Until the transaction ends no other worker places anything."""
        if self.session.get_bind().dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            self.session.connection().execute(lock, {"key": ORDER_LOCK})

    def old(self) -> bool:
        """Reports of which nothing was collected yet."""
        return self.session.exec(select(UncollectedRow.visit).limit(1)).first() is not None

    def waiting(self) -> tuple[Unplaced, ...]:
        """Without the words of remarks that belong nowhere yet; some at a time."""
        query = select(VoiceRow.id, VoiceRow.text).where(col(VoiceRow.subject).is_(None))
        rows = self.session.exec(query.order_by(col(VoiceRow.id)).limit(AT_ONCE))
        return tuple(Unplaced(voice=ident, text=words) for ident, words in rows)

    def known(self) -> tuple[Known, ...]:
        query = select(SubjectRow.id, SubjectRow.vector).where(SubjectRow.kind == "remark")
        rows = self.session.exec(query.order_by(col(SubjectRow.last_at).desc()).limit(COMPARED))
        return tuple(Known(subject=ident, vector=vector) for ident, vector in rows if vector)

    def place(self, placements: Sequence[Placement]) -> None:
        """Each once; one that was placed or forgotten meanwhile is left alone."""
        begun: dict[str, str] = {}
        for each in placements:
            voice = self.session.get(VoiceRow, each.voice, with_for_update=True, populate_existing=True)
            if voice is None or voice.subject is not None:
                continue
            subject = begun.get(each.subject, each.subject)
            if self.session.get(SubjectRow, subject) is None:
                subject = begun[each.subject] = str(uuid4())
                self.session.add(
                    SubjectRow(id=subject, kind="remark", name=each.name, vector=each.vector, stale=False)
                )
                self.session.flush()
            else:
                self.session.get_one(SubjectRow, subject).stale = True
            voice.subject, voice.vector = subject, each.vector
            count_in(self.session, voice)
            Events(self.session).append("heard", subject)

    def stale(self) -> tuple[tuple[str, tuple[bytes, ...]], ...]:
        """Subjects whose voices changed, each with its newest voices' vectors."""
        ids = self.session.exec(
            select(SubjectRow.id).where(col(SubjectRow.stale)).order_by(col(SubjectRow.id)).limit(AT_ONCE)
        ).all()
        return tuple((ident, self._vectors(ident)) for ident in ids)

    def measured(self, subject: str, vector: bytes | None) -> None:
        """A subject without voices keeps the middle that it had, so that it is found again."""
        row = self.session.get(SubjectRow, subject, with_for_update=True)
        if row is not None:
            row.stale, row.vector = False, vector or row.vector

    def _vectors(self, subject: str) -> tuple[bytes, ...]:
        query = select(VoiceRow.vector).where(VoiceRow.subject == subject)
        newest = query.order_by(col(VoiceRow.at).desc(), col(VoiceRow.id).desc()).limit(MIDDLE_OF)
        return tuple(vector for vector in self.session.exec(newest) if vector)
