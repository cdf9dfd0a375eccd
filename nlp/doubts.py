"""Why a report waits for a person: a few sentences that name the value, the weightiest first."""

from nlp.summary import line, number
from nlp.types import Amount, Commitment, Contact, Doubt, Extraction, Linking, Order

UNSURE = 0.6
"""Confidence below which a value is shown to a person before it counts."""
MOST = 4
"""Doubts that are told; who looks at four looks at all."""
FIELDS = ("orders", "amounts", "commitments", "contacts")


def doubts(extraction: Extraction, linking: Linking) -> tuple[Doubt, ...]:
    """Empty when the report files itself; no reason is told twice."""
    found = [*_whole(extraction, linking)]
    for field in FIELDS:
        items = linking.contacts if field == "contacts" else getattr(extraction, field)
        unsure = [(item.confidence, i) for i, item in enumerate(items) if item.confidence < UNSURE]
        found += [Doubt(field=f"{field}.{i}", reason=_reason(items[i])) for _, i in sorted(unsure)]
    once = {doubt.reason: doubt for doubt in reversed(found)}
    return tuple(doubt for doubt in found if once[doubt.reason] is doubt)[:MOST]


def _whole(extraction: Extraction, linking: Linking) -> list[Doubt]:
    """Doubts about the customer and the words as such."""
    found = []
    if linking.new_customer is not None:
        reason = f'Customer "{linking.new_customer}": not in the list yet.'
        found.append(Doubt(field="new_customer", reason=reason))
    elif linking.customer is None:
        reason = "Customer: several fit." if linking.candidates else "Customer: none is known here."
        found.append(Doubt(field="customer", reason=reason))
    if extraction.language != "en":
        found.append(Doubt(field="transcript", reason="Words: not English, so nothing was read from them."))
    elif extraction.unread:
        found.append(Doubt(field="transcript", reason="Words: some are not English and were not read."))
    elif _empty(extraction):
        found.append(Doubt(field="report", reason="Report: nothing was understood."))
    return found


def _reason(item: Order | Amount | Commitment | Contact) -> str:
    match item:
        case Order():
            return f'Order "{line(item)}": not sure.'
        case Amount():
            what = f" {item.what}" if item.what not in ("", "amount") else ""
            return f'Amount "{number(item.value)} {item.currency}{what}": not sure.'
        case Commitment():
            return f'Promise "{item.action}": not sure.'
        case Contact():
            return f'Contact "{item.name}": not sure of the name.'


def _empty(extraction: Extraction) -> bool:
    lists = (
        extraction.contacts,
        extraction.orders,
        extraction.commitments,
        extraction.feedback,
        extraction.places,
    )
    return not any(lists) and extraction.outcome == "routine"
