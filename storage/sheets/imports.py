"""A list of customers or products, looked at before anything changes, brought in at once, and taken back.

Nothing that is here is written over: a line about somebody known fills what was empty.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice

import msgspec
from sqlmodel import Session, col, delete, select, update

from storage.crm.catalogue import Catalogue
from storage.crm.companies import UNNAMED, Companies
from storage.crm.customers import customers, forget
from storage.crm.world import Imported, Place, import_customers
from storage.errors import ImportDiffers, UnknownImport
from storage.events import Events
from storage.records import Product
from storage.sheets.columns import NAMES, PRODUCTS, chosen_columns, named
from storage.sheets.matching import Known, everybody, place_from
from storage.sheets.places import Trouble, filled, places_of
from storage.sheets.plans import Done, Duplicate, Kind, Plan, Preview
from storage.sheets.products import products_of
from storage.sheets.reading import Sheet, read_sheet
from storage.tables.customers import ContactRow, CustomerRow, ProductRow
from storage.tables.sheets import ImportRow
from storage.tables.visits import VisitRow

SHOWN = 100
"""Duplicates and troubles that a preview names; it counts all."""
SAMPLE = 5
AT_ONCE = 500
"""Customers of one statement."""


class Imports:
    def __init__(self, session: Session) -> None:
        self.session = session

    def preview(
        self, ident: str, *, name: str, kind: Kind, data: bytes, columns: dict[str, str], by: str
    ) -> Preview:
        """Look at a file; again with other columns until it is right. Raises BadSheet, ImportDiffers."""
        row = self.session.get(ImportRow, ident)
        if row is not None and (row.state != "previewed" or row.by != by):
            raise ImportDiffers
        row = ImportRow(
            id=ident,
            name=name,
            kind=kind,
            at=datetime.now(UTC),
            by=by,
            state="previewed",
            data=data,
            columns=columns,
        )
        plan = self._plan(row)
        self.session.merge(row)
        return shown(row, plan)

    def choose(self, ident: str, columns: dict[str, str]) -> Preview:
        """A person's word on what the columns hold, over the guess."""
        row = self._row(ident)
        if row.state != "previewed":
            raise ImportDiffers
        row.columns = {**row.columns, **columns}
        self.session.add(row)
        return shown(row, self._plan(row))

    def apply(self, ident: str) -> Preview:
        """All of it or nothing, in the caller's transaction; once."""
        row = self._row(ident)
        plan = self._plan(row)
        named(plan.columns, plan.sheet.columns)
        if row.state == "applied":
            return shown(row, plan)
        if row.kind == "products":
            before = self._write_products(plan.products)
            done = Done(
                created=tuple(each.id for each in plan.products if each.id not in before),
                products=tuple(before.values()),
            )
        else:
            import_customers(self.session, (*plan.new, *plan.after), self._region())
            done = Done(
                created=tuple(each.id for each in plan.new), before=plan.before, after=self._now(plan.after)
            )
        row.state, row.done = "applied", msgspec.json.encode(done).decode()
        self.session.add(row)
        return shown(row, plan)

    def undo(self, ident: str) -> Preview:
        """What it brought goes, what it changed is as before; but for what people worked with since."""
        row = self._row(ident)
        plan = self._plan(row)
        if row.state != "applied" or row.done is None:
            raise ImportDiffers("Only an import that was carried out can be undone.")
        done = msgspec.json.decode(row.done, type=Done)
        kept = self._undo_products(done) if row.kind == "products" else self._undo_customers(done)
        row.state, row.done = "undone", msgspec.json.encode(msgspec.structs.replace(done, kept=kept)).decode()
        self.session.add(row)
        return shown(row, plan)

    def _row(self, ident: str) -> ImportRow:
        row = self.session.get(ImportRow, ident)
        if row is None:
            raise UnknownImport
        return row

    def _region(self) -> str:
        return Companies(self.session).get().region or UNNAMED.region

    def _plan(self, row: ImportRow) -> Plan:
        sheet = read_sheet(row.data)
        columns = chosen_columns(sheet.columns, row.columns, NAMES if row.kind == "customers" else PRODUCTS)
        if "name" not in columns:
            return nothing(sheet, columns)
        if row.kind == "products":
            products, troubles = products_of(sheet, columns)
            return msgspec.structs.replace(nothing(sheet, columns), troubles=troubles, products=products)
        places, troubles = places_of(sheet, columns, self._region())
        return against(everybody(self.session), places.values(), sheet, columns, troubles)

    def _write_products(self, products: Sequence[Product]) -> dict[str, Product]:
        """Writes them; what was there under these ids before."""
        before = {each.id: each for each in Catalogue(self.session).products()}
        written = {each.id for each in products}
        for each in products:
            Catalogue(self.session).put_product(each.id, each.name, each.aliases, each.unit, each.price)
        return {ident: product for ident, product in before.items() if ident in written}

    def _undo_products(self, done: Done) -> tuple[str, ...]:
        for ident in done.created:
            if self.session.get(ProductRow, ident) is not None:
                Catalogue(self.session).delete_product(ident)
        for each in done.products:
            Catalogue(self.session).put_product(each.id, each.name, each.aliases, each.unit, each.price)
        return ()

    def _now(self, places: Iterable[Place]) -> tuple[Place, ...]:
        self.session.flush()
        ids = [place.id for place in places]
        found: list[Place] = []
        for start in range(0, len(ids), AT_ONCE):
            rows = self.session.exec(
                select(CustomerRow).where(col(CustomerRow.id).in_(ids[start : start + AT_ONCE]))
            ).all()
            found += [place_from(each) for each in customers(self.session, rows)]
        return tuple(found)

    def _take_away(self, created: Sequence[str]) -> list[str]:
        """Deletes those that nobody visited since, and names the others."""
        kept: list[str] = []
        for start in range(0, len(created), AT_ONCE):
            some = created[start : start + AT_ONCE]
            seen = select(VisitRow.customer).where(col(VisitRow.customer).in_(some)).distinct()
            visited = set(self.session.exec(seen).all())
            alive = (col(CustomerRow.id).in_(some), col(CustomerRow.deleted_at).is_(None))
            gone = []
            for ident, name in self.session.exec(select(CustomerRow.id, CustomerRow.name).where(*alive)):
                if ident in visited:
                    kept.append(name)
                else:
                    gone.append(ident)
            now = datetime.now(UTC)
            self.session.exec(update(CustomerRow).where(col(CustomerRow.id).in_(gone)).values(deleted_at=now))
            forget(self.session, gone)
            for ident in gone:
                Events(self.session).append("customer", ident)
        return kept

    def _undo_customers(self, done: Done) -> tuple[str, ...]:
        kept = self._take_away(done.created)
        after = {place.id: place for place in done.after}
        now = {place.id: place for place in self._now(done.after)}
        untouched = tuple(place for place in done.before if now.get(place.id) == after.get(place.id))
        kept += [place.name for place in done.before if place not in untouched]
        for place in untouched:
            ids = [person.id for person in place.contacts]
            self.session.exec(
                delete(ContactRow).where(col(ContactRow.customer) == place.id, col(ContactRow.id).not_in(ids))
            )
        import_customers(self.session, untouched, self._region())
        return tuple(kept)


def import_sheet(session: Session, data: bytes) -> Imported:
    """A list of customers from the command line, without looking at it first."""
    region = Companies(session).get().region or UNNAMED.region
    sheet = read_sheet(data)
    columns = named(chosen_columns(sheet.columns, {}, NAMES), sheet.columns)
    places, troubles = places_of(sheet, columns, region)
    plan = against(everybody(session), places.values(), sheet, columns, troubles)
    import_customers(session, (*plan.new, *plan.after), region)
    people = sum(len(place.contacts) for place in places.values())
    return Imported(reps=0, customers=len(places), contacts=people, products=0, competitors=0)


def nothing(sheet: Sheet, columns: dict[str, int]) -> Plan:
    """As long as it is not known which column holds the name, nobody is brought."""
    return Plan(sheet=sheet, columns=columns, new=(), before=(), after=(), same=0, duplicates=(), troubles=())


def against(
    known: Known,
    places: Iterable[Place],
    sheet: Sheet,
    columns: dict[str, int],
    troubles: tuple[Trouble, ...],
) -> Plan:
    """What is new, what fills something, what is all here already. Lines without numbers of their own may be
    one customer, too."""
    new: dict[str, Place] = {}
    fresh = Known(())
    changed: dict[str, tuple[Place, Place]] = {}
    duplicates: list[Duplicate] = []
    same = 0
    for place in places:
        here = known.match(place)
        match = here or (None if "id" in columns else fresh.match(place))
        if match is None:
            fresh.add(place)
            new[place.id] = place
            continue
        if match.why != "id":
            duplicates.append(
                Duplicate(name=place.name, known=match.place.id, known_name=match.place.name, why=match.why)
            )
        if here is None:
            new[match.place.id] = filled(new[match.place.id], place)
            continue
        before, so_far = changed.get(match.place.id, (match.place, match.place))
        better = filled(so_far, place)
        if better == so_far:
            same += 1
        else:
            changed[match.place.id] = (before, better)
    return Plan(
        sheet=sheet,
        columns=columns,
        new=tuple(new.values()),
        before=tuple(before for before, _ in changed.values()),
        after=tuple(after for _, after in changed.values()),
        same=same,
        duplicates=tuple(duplicates),
        troubles=troubles,
    )


def shown(row: ImportRow, plan: Plan) -> Preview:
    headers = plan.sheet.columns
    done = msgspec.json.decode(row.done, type=Done) if row.done else None
    products = len(plan.products)
    return Preview(
        id=row.id,
        name=row.name,
        kind=row.kind,  # type: ignore[arg-type]
        state=row.state,  # type: ignore[arg-type]
        at=row.at,
        encoding=plan.sheet.encoding,
        headers=headers,
        columns={field: headers[at] for field, at in plan.columns.items()},
        asks=() if "name" in plan.columns else ("name",),
        rows=len(plan.sheet.rows),
        new=len(done.created) if done else len(plan.new) + products,
        filled=len(done.before) + len(done.products) if done else len(plan.after),
        same=plan.same,
        duplicates=plan.duplicates[:SHOWN],
        duplicate_count=len(plan.duplicates),
        troubles=plan.troubles[:SHOWN],
        trouble_count=len(plan.troubles),
        sample=tuple(
            {field: line[at] for field, at in plan.columns.items()}
            if "name" in plan.columns
            else dict(zip(headers, line, strict=True))
            for line in islice(plan.sheet.rows, SAMPLE)
        ),
        kept=done.kept if done else (),
    )
