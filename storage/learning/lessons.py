"""What a correction says about names: the words that were heard, and the record that was meant."""

from collections.abc import Sequence

import msgspec
from sqlmodel import Session

from nlp.types import Competitor, Contact, Evidence, Item, Order, Report
from storage.crm.aliases import Aliases
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers
from storage.errors import UnknownCustomer
from storage.finding.naming import fold
from storage.learning.examples import Examples
from storage.tables.visits import MemoRow, VisitRow


class Lessons:
    """Of one visit, by one person."""

    def __init__(self, session: Session, visit: VisitRow, by: str) -> None:
        self.session, self.visit, self.by = session, visit, by

    def corrected(self, field: str, before: object, after: object) -> None:
        """A list of the report was replaced by another one."""
        Examples(self.session).keep(field, before, after, visit=self.visit.id, by=self.by)
        if not isinstance(before, tuple) or not isinstance(after, tuple):
            return
        for old, new in replaced(before, after):
            match old, new:
                case Contact(), Contact():
                    self._contact(old, new)
                case Order(), Order():
                    self._order(old, new)
                case Competitor(), Competitor():
                    self._competitor(old, new)

    def chosen(self, report: Report, customer: str) -> None:
        """A person said at whom it was: what was taken for a new place, or for another one, is its name."""
        heard = report.new_customer or self._words(report.fields.customer.evidence)
        if heard:
            self._learn("customer", customer, customer, heard)

    def _contact(self, old: Contact, new: Contact) -> None:
        customer = self.visit.customer
        if customer is None:
            return
        try:
            people = Customers(self.session).get(customer).contacts
        except UnknownCustomer:
            return
        meant = next((p.id for p in people if new.id == p.id or fold(p.name) == fold(new.name)), None)
        if meant is not None and meant != old.id:
            self._learn("contact", meant, customer, self._words(old.evidence[:1]) or old.name)

    def _order(self, old: Order, new: Order) -> None:
        """Only where the old name was the words themselves: of a wrong product nobody knows them."""
        if old.product is not None:
            return
        known = Catalogue(self.session).products()
        meant = next((p.id for p in known if new.product == p.id or fold(p.name) == fold(new.name)), None)
        if meant is not None:
            self._learn("product", meant, None, old.name)

    def _competitor(self, old: Competitor, new: Competitor) -> None:
        known = {fold(each.name): each.name for each in Catalogue(self.session).competitors()}
        meant = known.get(fold(new.name))
        if meant is not None and fold(old.name) not in known:
            self._learn("competitor", meant, None, old.name)

    def _learn(self, kind: str, record: str, customer: str | None, heard: str) -> None:
        Aliases(self.session).learn(kind, record, customer, heard, visit=self.visit.id, by=self.by)  # type: ignore[arg-type]

    def _words(self, evidence: Sequence[Evidence]) -> str:
        """What stands at the first of these places."""
        for place in evidence[:1]:
            memo = self.session.get(MemoRow, place.memo)
            if memo is not None and memo.transcript is not None:
                return memo.transcript.text[place.start : place.end].strip(" .,;:?!")
        return ""


def replaced(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[tuple[Item, Item]]:
    """Items that gave way to others: at the same place of the recording, else at the same place of a list
    that is as long as it was."""
    gone = [each for each in before if not _has(after, each)]
    come = [each for each in after if not _has(before, each)]
    pairs = []
    for new in come:
        old = next((each for each in gone if each.evidence and each.evidence == new.evidence), None)
        if old is None and len(before) == len(after):
            old = before[after.index(new)]
            old = old if old in gone else None
        if old is not None:
            pairs.append((old, new))
            gone.remove(old)
    return pairs


def _has(items: tuple[Item, ...], item: Item) -> bool:
    """Equal but for how sure we are: a person's value is sure."""
    plain = msgspec.structs.replace(item, confidence=1.0)
    return any(msgspec.structs.replace(each, confidence=1.0) == plain for each in items)
