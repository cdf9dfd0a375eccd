"""Everything known about a visit before it is listened to, from the company's own records."""

from collections import defaultdict

from sqlmodel import Session, col, select

from nlp.types import Context, KnownCompetitor, KnownContact, KnownCustomer, KnownProduct
from storage.crm.aliases import Aliases
from storage.crm.catalogue import Catalogue
from storage.crm.companies import Companies
from storage.crm.customers import COMMON, customers, sharing
from storage.errors import UnknownVisit
from storage.finding.naming import fold, sounds
from storage.finding.places import distance_m, nearest, position_of, rank
from storage.learning.examples import Examples
from storage.records import Customer
from storage.tables.customers import CustomerRow, KeyRow, TermRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import VisitRow

MOST = 60
NEAR = 25
RECENT = 10
"""Customers of the rep's last visits: reps go round in circles."""


def context_for(session: Session, visit_id: str, spoken: str) -> Context:
    """`spoken` is what was heard so far, in which customers' names are looked for; may be empty."""
    visit = session.get(VisitRow, visit_id)
    if visit is None:
        raise UnknownVisit
    company = Companies(session).get()
    position = position_of(visit)
    catalogue, heard = Catalogue(session), Aliases(session).of_catalogue()
    return Context(
        at=visit.at,
        timezone=company.timezone,
        currency=company.currency,
        region=company.region,
        rep=_name(session, visit.rep),
        colleagues=tuple(_colleagues(session, visit.rep)),
        customers=tuple(_known(session, visit, spoken)),
        products=tuple(
            KnownProduct(
                id=each.id,
                name=each.name,
                aliases=each.aliases,
                unit=each.unit,
                price=each.price,
                heard=heard.get(("product", each.id), ()),
            )
            for each in catalogue.products()
        ),
        competitors=tuple(
            KnownCompetitor(
                name=each.name, aliases=each.aliases, heard=heard.get(("competitor", each.name), ())
            )
            for each in catalogue.competitors()
        ),
        weak_position=position is not None and position.weak,
        examples=Examples(session).newest(),
    )


def _name(session: Session, employee: str) -> str:
    row = session.get(EmployeeRow, employee)
    return row.name if row else ""


def _colleagues(session: Session, rep: str) -> list[str]:
    query = select(EmployeeRow.name).where(EmployeeRow.id != rep, col(EmployeeRow.active))
    return list(session.exec(query.order_by(col(EmployeeRow.name))))


def _known(session: Session, visit: VisitRow, spoken: str) -> list[KnownCustomer]:
    """The chosen one, those nearby, those named, those of the rep's last visits: each once, in this order;
    while nothing was heard yet all of a small company, since any of them may be spoken of."""
    position = position_of(visit)
    near = nearest(session, position.lat, position.lon, NEAR) if position else []
    shares = {link.customer: link.probability for link in rank(session, position)} if position else {}
    ids = (
        [each.id for each in near] + said(session, spoken, MOST - NEAR - RECENT - 1) + _recent(session, visit)
    )
    chosen = [visit.customer] if visit.customer_chosen and visit.customer else []
    if not spoken:
        ids += _all_of_few(session)
    order = list(dict.fromkeys(chosen + ids))[:MOST]
    alive = (col(CustomerRow.id).in_(order), col(CustomerRow.deleted_at).is_(None))
    rows = session.exec(select(CustomerRow).where(*alive)).all()
    whole = {each.id: each for each in customers(session, rows)}
    heard = Aliases(session).of_customers(whole)
    known = []
    for ident in order:
        if ident not in whole:
            continue
        each = whole[ident]
        away = None
        if position and each.lat is not None and each.lon is not None:
            away = round(distance_m(position.lat, position.lon, each.lat, each.lon), 1)
        share = shares.get(ident, 0.0)
        known.append(_customer(each, away, share, heard, chosen=ident in chosen))
    return known


def _customer(
    each: Customer,
    away_m: float | None,
    share: float,
    heard: dict[tuple[str, str], tuple[str, ...]],
    *,
    chosen: bool,
) -> KnownCustomer:
    people = (
        KnownContact(
            id=one.id,
            name=one.name,
            role=one.role,
            phone=one.phone,
            email=one.email,
            heard=heard.get((each.id, one.id), ()),
        )
        for one in each.contacts
    )
    return KnownCustomer(
        id=each.id,
        name=each.name,
        aliases=each.aliases,
        address=each.address,
        contacts=tuple(people),
        distance_m=away_m,
        place_probability=share,
        chosen=chosen,
        heard=heard.get((each.id, each.id), ()),
    )


def said(session: Session, spoken: str, limit: int) -> list[str]:
    """Customers whose names' words are in the text, as written or as they sound; rare words count more.

    A term's weight is the sum over its matching keys of 1 / (names that share the key), and the share of the
    term's words that were matched.
    """
    wanted = {("word", word) for word in fold(spoken).split()} | {("sound", key) for key in sounds(spoken)}
    if not wanted:
        return []
    weights: dict[int, float] = defaultdict(float)
    for kind in ("word", "sound"):
        shared = sharing(session, kind, [key for which, key in wanted if which == kind])
        rare = [key for key, names in shared.items() if names < COMMON]
        query = select(KeyRow.term, KeyRow.key).where(KeyRow.kind == kind, col(KeyRow.key).in_(rare))
        for term, key in session.exec(query):
            weights[term] += 1.0 / shared[key]
    return _best(session, weights, limit)


def _best(session: Session, weights: dict[int, float], limit: int) -> list[str]:
    heaviest = sorted(weights, key=lambda term: -weights[term])[: limit * 8]
    terms = session.exec(select(TermRow).where(col(TermRow.id).in_(heaviest)))
    best: dict[str, float] = {}
    for term in terms:
        weight = weights[term.id or 0] / term.words
        best[term.customer] = max(best.get(term.customer, 0.0), weight)
    return sorted(best, key=lambda customer: (-best[customer], customer))[:limit]


def _all_of_few(session: Session) -> list[str]:
    """Every customer; none when they are more than can be listened for."""
    alive = select(CustomerRow.id).where(col(CustomerRow.deleted_at).is_(None))
    found = list(session.exec(alive.order_by(col(CustomerRow.id)).limit(MOST + 1)))
    return found if len(found) <= MOST else []


def _recent(session: Session, visit: VisitRow) -> list[str]:
    query = select(VisitRow.customer).where(
        VisitRow.rep == visit.rep, VisitRow.id != visit.id, col(VisitRow.customer).is_not(None)
    )
    found = session.exec(query.order_by(col(VisitRow.at).desc()).limit(RECENT * 3))
    return list(dict.fromkeys(customer for customer in found if customer))[:RECENT]
