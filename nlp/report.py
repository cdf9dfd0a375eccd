"""The report as it is filed: the fields, the sentences made from them, and why a person should look."""

import msgspec

from nlp.calibration import Map, calibrated
from nlp.doubts import doubts
from nlp.ranking import person_fit
from nlp.summary import summary
from nlp.types import Contact, Context, Extraction, Fields, Linking, Personal, Report


def compose(
    extraction: Extraction, linking: Linking, context: Context, known: dict[str, Map] | None = None
) -> Report:
    """With confidences that say how many such values are right; `known` in place of the measured ones."""
    extraction, linking = calibrated(extraction, linking, known)
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
