"""Nothing stands in a summary that no fact says: whatever the facts are."""

import re
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nlp.extract import nothing
from nlp.plurals import plural
from nlp.summary import DAYS, MONTHS, OUTCOMES, summary
from nlp.types import (
    Amount,
    Commitment,
    Competitor,
    Contact,
    Context,
    Decided,
    Extraction,
    Feedback,
    Linking,
    Order,
)  # fmt: skip


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


FRAME = {
    *words(" ".join(OUTCOMES.values())), *(each.lower() for each in (*DAYS, *MONTHS)),
    "at", "with", "and", "more", "half", "a", "of", "we", "they", "will", "by", "next", "meeting",
    "complaint", "compliment", "idea", "competitor", "competitors", "us", "our", "ours", "ourselves",
}  # fmt: skip
AT = datetime(2026, 3, 11, 19, 40, tzinfo=UTC)
EMPTY = Context(
    at=AT, timezone="America/New_York", currency="USD", region="US", rep="", colleagues=(), customers=(),
    products=(), competitors=(), weak_position=False,
)  # fmt: skip
TEXT = st.sampled_from(["zorb", "quil vint", " ".join(["drom oust"] * 15)])
DEED = st.sampled_from(["quil me vint", "my zorb", " ".join(["oust"] * 20)])
DAY = st.none() | st.sampled_from(["2026-03-13", "2027-01-04T09:30"])
CONTACT = st.builds(Contact, id=st.none(), name=TEXT, role=TEXT, phone=st.none(), email=st.none())
ORDER = st.builds(
    Order, product=st.none(), name=TEXT, quantity=st.none() | st.sampled_from([0.5, 1.0, 2.0, 1500.0]),
    unit=st.none() | st.sampled_from(["case", "each", "dozen"]), unit_price=st.none(),
)  # fmt: skip
EXTRACTION = st.builds(
    lambda **fields: replace(nothing("en"), **fields),
    outcome=st.sampled_from(sorted(OUTCOMES)),
    orders=st.lists(ORDER, max_size=5).map(tuple),
    amounts=st.lists(
        st.builds(Amount, value=st.just(1260.0), currency=st.just("gbp"), what=TEXT), max_size=5
    ).map(tuple),
    commitments=st.lists(
        st.builds(Commitment, action=DEED, owner=st.sampled_from(["us", "customer"]), due=DAY), max_size=5
    ).map(tuple),
    next_meeting=DAY,
    competitors=st.lists(st.builds(Competitor, name=TEXT), max_size=5).map(tuple),
    feedback=st.lists(
        st.builds(Feedback, kind=st.sampled_from(["complaint", "compliment", "idea"]), text=TEXT), max_size=3
    ).map(tuple),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=EXTRACTION, people=st.lists(CONTACT, max_size=5).map(tuple), place=st.none() | TEXT)
def test_each_word_is_a_facts_or_the_frames(
    told: Extraction, people: tuple[Contact, ...], place: str | None
) -> None:
    unsure = Decided(confidence=0.0, evidence=())
    linking = Linking(customer=None, new_customer=place, decided=unsure, candidates=(), contacts=people)
    said = summary(told, linking, EMPTY)
    facts = [
        place or "", *(each.name for each in people), *(f"{o.name} {o.unit}" for o in told.orders),
        *(f"{a.what} {a.currency}" for a in told.amounts), *(c.action for c in told.commitments),
        *(c.name for c in told.competitors), *(f.text for f in told.feedback),
    ]  # fmt: skip
    known = words(" ".join(facts))
    assert words(said) <= known | {plural(word) for word in known} | FRAME
    figures = {"0", "5", "1", "2", "500", "260", "09", "30", "13", "4", "2027", "3"}
    assert set(re.findall(r"\d+", said)) <= figures | {str(number) for number in range(7)}
