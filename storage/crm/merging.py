"""Two customers that are one: everything of one moves to the other, and exactly that can be taken back."""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import msgspec
from sqlmodel import Session, col, func, select

from nlp.types import Report
from storage.crm.customers import Customers, forget, index, live_row
from storage.crm.places import move_places, move_places_back
from storage.errors import MergeDiffers, SameRecord, UnknownMerge
from storage.events import Events
from storage.finding.naming import fold
from storage.finding.places import cell
from storage.heard.counting import rehouse
from storage.records import Record
from storage.social.follows import add_followers, drop_followers
from storage.social.topics import move_topics
from storage.tables.customers import ContactRow, CustomerRow
from storage.tables.duplicates import MergeRow
from storage.tables.learned import AliasRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import PromiseRow, ReportRow, VisitRow
from storage.visits.summaries import names

SHOWN = 100
ADOPTED = ("address", "phone", "lat", "lon")
"""What the kept one takes over where it has nothing."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What was moved, by id, and what the kept one got."""

    visits: tuple[str, ...]
    sent: tuple[str, ...]
    """Visits whose check-in named the one that is gone."""
    reports: tuple[str, ...]
    promises: tuple[str, ...]
    learned: tuple[str, ...]
    records: tuple[str, ...]
    """Of those, the ones that were the customer's own."""
    contacts: dict[str, str]
    """New id by old one."""
    added: str | None
    """A contact that holds the second telephone number."""
    aliases: tuple[str, ...]
    adopted: dict[str, Any]
    followers: tuple[tuple[str, str], ...] = ()
    """Who follows the kept one, or somebody there, by this merge alone."""
    places: tuple[str, ...] = ()
    """Where people were, across customers."""


class Merge(Record, frozen=True, kw_only=True):
    id: str
    kept: str
    kept_name: str
    gone: str
    gone_name: str
    at: datetime
    by_name: str
    undone_at: datetime | None


class Merging:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> tuple[Merge, ...]:
        """The newest first."""
        query = select(MergeRow).order_by(col(MergeRow.at).desc(), col(MergeRow.id)).limit(SHOWN)
        return self._records(self.session.exec(query).all())

    def merge(self, kept_id: str, gone_id: str, *, by: str) -> Merge:
        """Raises SameRecord, UnknownCustomer."""
        if kept_id == gone_id:
            raise SameRecord
        first, second = sorted((kept_id, gone_id))  # locked in one order, so that two merges cannot cross
        locked = {each: self._locked(each) for each in (first, second)}
        kept, gone = locked[kept_id], locked[gone_id]
        done = Done(
            visits=self._move(VisitRow, "customer", kept_id, gone_id),
            sent=self._move(VisitRow, "sent_customer", kept_id, gone_id),
            reports=self._reports(kept_id, gone_id),
            promises=self._move(PromiseRow, "customer", kept_id, gone_id),
            learned=self._move(AliasRow, "customer", kept_id, gone_id),
            records=self._move(AliasRow, "record", kept_id, gone_id, col(AliasRow.kind) == "customer"),
            contacts=self._contacts(kept_id, gone_id),
            added=self._second_number(kept, gone),
            aliases=new_names(kept, gone),
            adopted={name: getattr(gone, name) for name in adopted(kept, gone)},
        )
        done = self._carry(kept_id, gone_id, done)
        kept.aliases = (*kept.aliases, *done.aliases)
        self._set(kept, done.adopted)
        gone.merged_into, gone.deleted_at = kept_id, datetime.now(UTC)
        row = MergeRow(
            id=uuid4().hex, kept=kept_id, gone=gone_id, at=gone.deleted_at, by=by, done=encoded(done)
        )
        self.session.add(row)
        self.session.flush()
        forget(self.session, [gone_id])
        self._changed(kept_id, gone_id, done)
        return self._records([row])[0]

    def undo(self, merge_id: str) -> Merge:
        """What came since stays where it is. Raises UnknownMerge, MergeDiffers."""
        row = self.session.get(MergeRow, merge_id, with_for_update=True)
        if row is None:
            raise UnknownMerge
        kept, gone = self.session.get_one(CustomerRow, row.kept), self.session.get_one(CustomerRow, row.gone)
        if row.undone_at is not None or self._stands_on(row) or gone.merged_into != kept.id:
            raise MergeDiffers
        done = msgspec.json.decode(row.done, type=Done)
        gone.merged_into = gone.deleted_at = None
        self.session.flush()
        self._back(VisitRow, "customer", kept.id, gone.id, done.visits)
        self._back(VisitRow, "sent_customer", kept.id, gone.id, done.sent)
        for visit in done.reports:
            self._rename(self.session.get_one(ReportRow, visit), kept.id, gone.id)
        self._back(PromiseRow, "customer", kept.id, gone.id, done.promises)
        self._back(AliasRow, "customer", kept.id, gone.id, done.learned)
        self._back(AliasRow, "record", kept.id, gone.id, done.records)
        self._contacts_back(kept.id, gone.id, done)
        self._carry_back(kept.id, gone.id, done)
        kept.aliases = tuple(alias for alias in kept.aliases if alias not in done.aliases)
        untouched = {name for name, value in done.adopted.items() if getattr(kept, name) == value}
        self._set(kept, dict.fromkeys(untouched))
        row.undone_at = datetime.now(UTC)
        self.session.flush()
        index(self.session, Customers(self.session).get(gone.id))
        self._changed(kept.id, gone.id, done)
        return self._records([row])[0]

    def _locked(self, customer_id: str) -> CustomerRow:
        self.session.get(CustomerRow, customer_id, with_for_update=True)
        return live_row(self.session, customer_id)

    def _move(self, table: Any, name: str, to: str, of: str, *where: Any) -> tuple[str, ...]:
        rows = self.session.exec(select(table).where(getattr(table, name) == of, *where)).all()
        for row in rows:
            setattr(row, name, to)
        return tuple(row.id for row in rows)

    def _back(self, table: Any, name: str, kept: str, gone: str, ids: tuple[str, ...]) -> None:
        """Those that nobody has given to somebody else since."""
        for ident in ids:
            row = self.session.get(table, ident)
            if row is not None and getattr(row, name) == kept:
                setattr(row, name, gone)

    def _reports(self, kept: str, gone: str) -> tuple[str, ...]:
        moved = select(VisitRow.id).where(VisitRow.customer == kept)
        rows = self.session.exec(select(ReportRow).where(col(ReportRow.visit).in_(moved))).all()
        named = [row for row in rows if gone in (row.filed.customer, row.extracted.customer)]
        for row in named:
            self._rename(row, gone, kept)
        return tuple(row.visit for row in named)

    def _rename(self, row: ReportRow, old: str, new: str) -> None:
        row.filed, row.extracted = renamed(row.filed, old, new), renamed(row.extracted, old, new)

    def _contacts(self, kept: str, gone: str) -> dict[str, str]:
        """Moved behind the kept one's own; one whose id is taken there gets another."""
        mine = self.session.exec(select(ContactRow).where(ContactRow.customer == kept)).all()
        taken, place = {row.id for row in mine}, max((row.place for row in mine), default=0)
        moved = {}
        theirs = select(ContactRow).where(ContactRow.customer == gone).order_by(col(ContactRow.place))
        for number, row in enumerate(self.session.exec(theirs).all(), 1):
            new = str(uuid5(NAMESPACE_URL, f"{gone}/{row.id}")) if row.id in taken else row.id
            moved[row.id] = new
            self._put(row, customer=kept, id=new, place=place + number)
        return moved

    def _contacts_back(self, kept: str, gone: str, done: Done) -> None:
        for place, (old, new) in enumerate(done.contacts.items(), 1):
            row = self.session.get(ContactRow, (kept, new))
            if row is not None:
                self._put(row, customer=gone, id=old, place=place)
        added = self.session.get(ContactRow, (kept, done.added)) if done.added else None
        if added is not None:
            self.session.delete(added)

    def _put(self, row: ContactRow, **changed: Any) -> None:
        """Its key changes: another row with the same values."""
        self.session.add(ContactRow(**{**row.model_dump(), **changed}))
        self.session.delete(row)
        self.session.flush()

    def _second_number(self, kept: CustomerRow, gone: CustomerRow) -> str | None:
        """A customer has one number; the other one stays as that of a person with the old name."""
        if not gone.phone or not kept.phone or gone.phone == kept.phone:
            return None
        ident = str(uuid5(NAMESPACE_URL, f"{gone.id}/phone"))
        last = select(func.max(ContactRow.place)).where(ContactRow.customer == kept.id)
        place = (self.session.exec(last).one() or 0) + 1
        self.session.add(
            ContactRow(customer=kept.id, id=ident, place=place, name=gone.name, phone=gone.phone)
        )
        return ident

    def _carry(self, kept: str, gone: str, done: Done) -> Done:
        """What followers read, who follows, and which voices are one customer's."""
        move_topics(self.session, done.visits, gone, kept, done.contacts)
        rehouse(self.session, done.visits)
        followers = add_followers(self.session, gone, kept, done.contacts)
        places = move_places(self.session, kept, gone, done.contacts)
        return msgspec.structs.replace(done, followers=followers, places=places)

    def _carry_back(self, kept: str, gone: str, done: Done) -> None:
        move_topics(self.session, done.visits, kept, gone, {new: old for old, new in done.contacts.items()})
        rehouse(self.session, done.visits)
        drop_followers(self.session, done.followers)
        move_places_back(self.session, gone, done.contacts, done.places)

    def _set(self, kept: CustomerRow, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(kept, name, value)
        kept.cell = cell(kept.lat, kept.lon)

    def _stands_on(self, row: MergeRow) -> bool:
        """A later merge touched either of the two."""
        both = (row.kept, row.gone)
        later = select(MergeRow.id).where(
            col(MergeRow.undone_at).is_(None),
            col(MergeRow.id) != row.id,
            col(MergeRow.at) >= row.at,
            col(MergeRow.kept).in_(both) | col(MergeRow.gone).in_(both),
        )
        return self.session.exec(later.limit(1)).first() is not None

    def _changed(self, kept: str, gone: str, done: Done) -> None:
        index(self.session, Customers(self.session).get(kept))
        for customer in (kept, gone):
            Events(self.session).append("customer", customer)
        for visit in done.visits:
            Events(self.session).append("visit", visit)

    def _records(self, rows: Any) -> tuple[Merge, ...]:
        places = names(self.session, CustomerRow, {each for row in rows for each in (row.kept, row.gone)})
        people = names(self.session, EmployeeRow, {row.by for row in rows})
        return tuple(
            Merge(
                id=row.id,
                kept=row.kept,
                kept_name=places[row.kept],
                gone=row.gone,
                gone_name=places[row.gone],
                at=row.at,
                by_name=people[row.by],
                undone_at=row.undone_at,
            )
            for row in rows
        )


def new_names(kept: CustomerRow, gone: CustomerRow) -> tuple[str, ...]:
    """What the one that is gone was called and the kept one is not."""
    known = {fold(name) for name in (kept.name, *kept.aliases)}
    return tuple(name for name in dict.fromkeys((gone.name, *gone.aliases)) if fold(name) not in known)


def adopted(kept: CustomerRow, gone: CustomerRow) -> tuple[str, ...]:
    return tuple(name for name in ADOPTED if getattr(kept, name) is None and getattr(gone, name) is not None)


def renamed(report: Report, old: str, new: str) -> Report:
    return msgspec.structs.replace(report, customer=new) if report.customer == old else report


def encoded(done: Done) -> str:
    return msgspec.json.encode(done).decode()
