"""The report as it is filed: the fields, two or three sentences made from them, and why a person should
look."""

import msgspec

from nlp.ranking import person_fit
from nlp.types import Contact, Context, Doubt, Extraction, Fields, Linking, Order, Personal, Report

UNSURE = 0.6
"""Confidence below which a value is shown to a person before it counts."""
OUTCOMES = {
    "order": "Order taken", "interested": "Interested", "follow_up": "Follow-up agreed",
    "complaint": "Complaint",
    "lost": "Lost", "no_contact": "Nobody was there", "routine": "Routine visit",
}  # fmt: skip


def compose(extraction: Extraction, linking: Linking, context: Context) -> Report:
    return Report(
        customer=linking.customer,
        new_customer=linking.new_customer,
        outcome=extraction.outcome,
        summary=summary(extraction, linking, context),
        contacts=linking.contacts,
        orders=extraction.orders,
        amounts=extraction.amounts,
        commitments=extraction.commitments,
        next_meeting=extraction.next_meeting,
        competitors=extraction.competitors,
        feedback=extraction.feedback,
        personal=_personal(extraction, linking),
        fields=Fields(
            customer=linking.decided,
            outcome=extraction.outcome_decided,
            next_meeting=extraction.next_meeting_decided,
        ),
        doubts=doubts(extraction, linking),
    )


def _personal(extraction: Extraction, linking: Linking) -> tuple[Personal, ...]:
    """Facts under the person's whole name."""
    out = []
    for fact in extraction.personal:
        whole = next((c.name for c in linking.contacts if _is(c, fact.person)), fact.person)
        out.append(msgspec.structs.replace(fact, person=whole))
    return tuple(out)


def _is(contact: Contact, name: str) -> bool:
    return person_fit(contact.name, name) >= 0.4


def summary(extraction: Extraction, linking: Linking, context: Context) -> str:
    """Only what the fields hold: who and what came of it, what was ordered or said, what comes next."""
    name = next((c.name for c in context.customers if c.id == linking.customer), None) or linking.new_customer
    people = [c.name for c in linking.contacts]
    where, who = f" at {name}" if name else "", f" with {_listed(people)}" if people else ""
    first = f"{OUTCOMES[extraction.outcome]}{where}{who}."
    return " ".join(part for part in (first, _middle(extraction), _ahead(extraction)) if part)


def _middle(extraction: Extraction) -> str:
    parts = []
    if extraction.orders:
        parts.append("Ordered: " + _listed([_line(o) for o in extraction.orders]))
    if extraction.feedback:
        parts.append(f"{extraction.feedback[0].kind.capitalize()}: {extraction.feedback[0].text}")
    if extraction.competitors and not extraction.orders:
        parts.append("Competitors: " + _listed([c.name for c in extraction.competitors]))
    return "; ".join(parts) + "." if parts else ""


def _line(order: Order) -> str:
    quantity = f"{order.quantity:g} " if order.quantity is not None else ""
    unit = f"{order.unit} " if order.unit and order.unit != "each" else ""
    return f"{quantity}{unit}{order.name}"


def _ahead(extraction: Extraction) -> str:
    owed = [
        f"{'we' if c.owner == 'us' else 'they'} {c.action}{' by ' + c.due if c.due else ''}"
        for c in extraction.commitments
    ]
    parts = (["Promised: " + "; ".join(owed)] if owed else []) + (
        [f"Next meeting {extraction.next_meeting.replace('T', ' at ')}"] if extraction.next_meeting else []
    )
    return ". ".join(parts) + "." if parts else ""


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def doubts(extraction: Extraction, linking: Linking) -> tuple[Doubt, ...]:
    """Why the report waits for a person; empty when it files itself."""
    found: list[Doubt] = []
    if linking.new_customer is not None:
        found.append(Doubt(field="new_customer", reason=f"{linking.new_customer} is not a customer yet."))
    elif linking.customer is None:
        reason = "Several customers fit." if linking.candidates else "No customer is known here."
        found.append(Doubt(field="customer", reason=reason))
    if extraction.language != "en":
        found.append(
            Doubt(field="transcript", reason="The words are not English, so nothing was read from them.")
        )
    elif _empty(extraction):
        found.append(Doubt(field="report", reason="Nothing was understood."))
    for field in ("orders", "amounts", "commitments", "contacts"):
        items = linking.contacts if field == "contacts" else getattr(extraction, field)
        found += [
            Doubt(field=f"{field}.{i}", reason="Not heard or understood for certain.")
            for i, item in enumerate(items)
            if item.confidence < UNSURE
        ]
    return tuple(found)


def _empty(extraction: Extraction) -> bool:
    lists = (
        extraction.contacts,
        extraction.orders,
        extraction.commitments,
        extraction.feedback,
        extraction.places,
    )
    return not any(lists) and extraction.outcome == "routine"
