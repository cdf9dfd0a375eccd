"""Two or three short sentences made from the report's fields, for people in a hurry."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nlp.plurals import plural
from nlp.types import Commitment, Context, Extraction, Feedback, Linking, Order

OUTCOMES = {
    "order": "Order taken", "interested": "Interested", "follow_up": "Follow-up agreed",
    "complaint": "Complaint",
    "lost": "Lost", "no_contact": "Nobody was there", "routine": "Routine visit",
}  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST = 3
"""Lines of an order, promises of one side, competitors: what is more is counted."""
QUOTED, DONE = 24, 14
"""Words of a remark, of what somebody will do."""
OURSELVES = {"me": "us", "my": "our", "mine": "ours", "myself": "ourselves"}
"""A rep's words for the company, in a sentence that everyone reads."""


def summary(extraction: Extraction, linking: Linking, context: Context) -> str:
    """Only what the fields hold: who and what came of it, what was said, what comes next."""
    visit = context.at.astimezone(ZoneInfo(context.timezone)).date()
    first, remark = _first(extraction, linking, context), _remark(extraction)
    parts = [first] if remark is None else [first, remark]
    owed = _owed(extraction.commitments, visit)
    if extraction.next_meeting:
        meeting = f"Next meeting {day(extraction.next_meeting, visit)}"
        if owed and remark is not None:
            owed = f"{owed}, next meeting {day(extraction.next_meeting, visit)}"
        else:
            parts += [owed] if owed else []
            owed = meeting
    parts += [owed] if owed else []
    return " ".join(p if re.search(r"[.?!…]\"?$", p) else f"{p}." for p in parts)


def _first(extraction: Extraction, linking: Linking, context: Context) -> str:
    name = next((c.name for c in context.customers if c.id == linking.customer), None) or linking.new_customer
    people = [c.name for c in linking.contacts]
    where, who = f" at {name}" if name else "", f" with {listed(people)}" if people else ""
    told = f"{OUTCOMES[extraction.outcome]}{where}{who}"
    if extraction.orders:
        return f"{told}: {listed([line(o) for o in extraction.orders])}"
    own = next((f for f in extraction.feedback if f.kind == extraction.outcome), None)
    return f"{told}: {_quoted(own)}" if own else told


def _remark(extraction: Extraction) -> str | None:
    """The first remark that the first sentence does not hold; else who competes, else what it is about."""
    left = [f for f in extraction.feedback if extraction.orders or f.kind != extraction.outcome]
    if left:
        return f"{left[0].kind.capitalize()}: {_quoted(left[0])}"
    rivals = [c.name for c in extraction.competitors]
    if rivals and not extraction.orders:
        return f"{'Competitor' if len(rivals) == 1 else 'Competitors'}: {listed(rivals)}"
    sums = [f"{a.what or 'amount'} {number(a.value)} {a.currency}" for a in extraction.amounts]
    told = listed(sums) if sums else ""
    return told[:1].upper() + told[1:] or None


def _quoted(remark: Feedback) -> str:
    return f'"{cut(remark.text, QUOTED)}"'


def cut(text: str, most: int) -> str:
    words = text.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def line(order: Order) -> str:
    """'5 kegs of Snoqualmie Haze IPA', '8 cat carriers'; a number is as it was said."""
    if order.quantity is None:
        return order.name
    many = order.quantity != 1
    unit = None if order.unit in (None, "each", "piece") else order.unit
    if unit is None or order.name.lower().endswith((unit.lower(), plural(unit).lower())):
        return f"{number(order.quantity)} {plural(order.name) if many else order.name}"
    if unit == "dozen":
        return f"{number(order.quantity)} {unit} {order.name}"
    if order.quantity == 0.5:
        return f"half a {unit} of {order.name}"
    return f"{number(order.quantity)} {plural(unit) if many else unit} of {order.name}"


def number(value: float) -> str:
    """Whole numbers without a point, thousands with a comma."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def _owed(commitments: tuple[Commitment, ...], visit: date) -> str:
    sides = []
    for owner, who in (("us", "we"), ("customer", "they")):
        owed = [promised(c, visit) for c in commitments if c.owner == owner]
        if owed:
            sides.append(f"{who} will {listed(owed)}")
    told = ", ".join(sides)
    return told[:1].upper() + told[1:]


def promised(commitment: Commitment, visit: date) -> str:
    """The action up to a colon, behind which the question stands that it is about."""
    action = re.sub(r"\w+", lambda word: OURSELVES.get(word[0], word[0]), commitment.action.split(": ")[0])
    return cut(action, DONE) + (f" by {day(commitment.due, visit)}" if commitment.due else "")


def day(value: str, visit: date) -> str:
    """'Fri 6 Mar', 'Thu 26 May at 14:00'; the year when it is not the visit's."""
    at = datetime.fromisoformat(value)
    year = f" {at.year}" if at.year != visit.year else ""
    clock = f" at {at:%H:%M}" if "T" in value else ""
    return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}{year}{clock}"


def listed(parts: list[str]) -> str:
    if len(parts) > MOST + 1:
        parts = [*parts[:MOST], f"{len(parts) - MOST} more"]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
