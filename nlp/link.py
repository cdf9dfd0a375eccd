"""Whose visit it was: place and speech together, one joint decision; when unsure nobody's, and a person is
asked."""

from nlp.ranking import LIKE, Standing, _named, contact_fit, person_fit, rank
from nlp.types import Contact, Context, Decided, Evidence, Extraction, KnownCustomer, Link, Linking

SURE = 0.93
"""Share from which a customer is filed; below it a person is asked."""
SPOKEN = 2.5
"""Log-odds of names from which words alone, without a usable position, may decide."""
WELL_KNOWN = 3.5
"""Log-odds of names from which a place known by position is not a new one."""
PLACE_ALONE = 0.92
"""Share that position must give a customer whom nobody named."""
CANDIDATES = 5
KEEP, KEEP_KNOWN = 0.5, 0.4
"""How sure it must be that an unknown person was met, that a known one was."""
MENTIONED = 0.6
"""Weight of a person who was only named: it tells of the place all the same."""


def link(extraction: Extraction, context: Context) -> Linking:
    """Decide the customer, then the people's records there."""
    ranked = rank(context, _places(extraction), _people(extraction))
    by_id = {c.id: c for c in context.customers}
    candidates = tuple(_candidate(s, by_id[s.customer], extraction) for s in ranked[:CANDIDATES])
    chosen = next((c for c in context.customers if c.chosen), None)
    if chosen is not None:
        return _linking(extraction, chosen, 1.0, candidates, context)
    fresh = extraction.new_place is not None and not _settled(ranked, by_id)
    if extraction.new_place is not None and fresh and not _known(extraction.new_place, ranked, by_id):
        evidence = _evidence(extraction, extraction.new_place)
        decided = Decided(confidence=0.85, evidence=evidence)
        people = _people_at(extraction, None, context)
        return Linking(
            customer=None,
            new_customer=extraction.new_place,
            decided=decided,
            candidates=candidates,
            contacts=people,
        )
    top = ranked[0] if ranked else None
    if top is None or not _sure(top, context, by_id):
        sure = top.probability if top else 0.0
        people = _people_at(extraction, None, context)
        decided = Decided(confidence=round(sure, 3), evidence=())
        return Linking(
            customer=None, new_customer=None, decided=decided, candidates=candidates, contacts=people
        )
    return _linking(extraction, by_id[top.customer], top.probability, candidates, context)


def _places(extraction: Extraction) -> list[tuple[str, float]]:
    return [(m.text, m.confidence) for m in extraction.places if m.text != extraction.new_place]


def _people(extraction: Extraction) -> list[tuple[str, float]]:
    return [(c.name, max(c.confidence, MENTIONED)) for c in extraction.contacts]


def _known(name: str, ranked: list[Standing], by_id: dict[str, KnownCustomer]) -> bool:
    """The 'new' place is a customer already, by name."""
    return any(_named(by_id[s.customer], name) >= LIKE + 0.06 for s in ranked)


def _sure(top: Standing, context: Context, by_id: dict[str, KnownCustomer]) -> bool:
    """Never on position alone unless it leaves no other; never on a name alone that is half heard."""
    place = by_id[top.customer].place_probability
    if top.probability < SURE:
        return False
    if top.named == 0.0:
        return place >= PLACE_ALONE and not context.weak_position
    return top.named >= SPOKEN or place >= 0.2


def _settled(ranked: list[Standing], by_id: dict[str, KnownCustomer]) -> bool:
    """Position and the people say where it was: what is new lies elsewhere."""
    top = ranked[0] if ranked else None
    return top is not None and top.named >= WELL_KNOWN and by_id[top.customer].place_probability >= 0.5


def _candidate(standing: Standing, customer: KnownCustomer, extraction: Extraction) -> Link:
    evidence = tuple(e for m in extraction.places if _named(customer, m.text) for e in m.evidence)
    return Link(
        customer=customer.id,
        name=customer.name,
        distance_m=customer.distance_m,
        probability=round(standing.probability, 4),
        evidence=evidence,
    )


def _linking(
    extraction: Extraction,
    customer: KnownCustomer,
    sure: float,
    candidates: tuple[Link, ...],
    context: Context,
) -> Linking:
    evidence = tuple(e for m in extraction.places if _named(customer, m.text) for e in m.evidence)
    return Linking(
        customer=customer.id,
        new_customer=None,
        decided=Decided(confidence=round(sure, 3), evidence=evidence),
        candidates=candidates,
        contacts=_people_at(extraction, customer, context),
    )


def _evidence(extraction: Extraction, name: str) -> tuple[Evidence, ...]:
    return tuple(e for m in extraction.places if m.text == name for e in m.evidence)


def _people_at(
    extraction: Extraction, customer: KnownCustomer | None, context: Context
) -> tuple[Contact, ...]:
    """Known people get their record; people of other customers are gossip unless they were given a part
    here."""
    out: dict[str, Contact] = {}
    taken: set[str] = set()
    known: dict[int, tuple[str, str] | None] = {}
    for sure in (True, False):  # 'Herr Strothmann' is the one that 'Anke' is not
        for index, person in enumerate(extraction.contacts):
            if known.get(index) is None:
                known[index] = _record(person, customer, set() if sure else taken)
        taken |= {k[0] for k in known.values() if k}
    for index, person in enumerate(extraction.contacts):
        if extraction.outcome == "no_contact" and not (person.phone or person.email):
            continue
        record = known[index]
        if record is not None and person.confidence >= KEEP_KNOWN:
            full = Contact(
                id=record[0], name=record[1], role=person.role, phone=person.phone, email=person.email,
                confidence=person.confidence, evidence=person.evidence,
            )  # fmt: skip
            out.setdefault(record[0], full)
        elif record is None and person.confidence >= KEEP and not _others(person, customer, context):
            out.setdefault(person.name, person)
    return tuple(out.values())


def _record(person: Contact, customer: KnownCustomer | None, taken: set[str]) -> tuple[str, str] | None:
    """The record at this customer, but for those taken, that the name fits best; one of two alike is
    nobody's."""
    if customer is None:
        return None
    fits = sorted(
        ((contact_fit(p, person.name), p.id, p.name) for p in customer.contacts if p.id not in taken),
        reverse=True,
    )
    fits = [f for f in fits if f[0] >= 0.4]
    if not fits or (len(fits) > 1 and fits[0][0] - fits[1][0] < 0.03):
        return None
    return fits[0][1], fits[0][2]


def _others(person: Contact, customer: KnownCustomer | None, context: Context) -> bool:
    """Somebody who works at another customer of ours."""
    if customer is None or person.phone or person.email or person.role:
        return False
    return any(
        person_fit(p.name, person.name) >= 0.5
        for c in context.customers
        if c.id != customer.id
        for p in c.contacts
    )
