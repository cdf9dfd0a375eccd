"""What was said at the visits of the made-up day, and the reports that a worker would have made of it."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from browsing import ROOT

from nlp.types import (
    Amount,
    Commitment,
    Competitor,
    Contact,
    Decided,
    Doubt,
    Evidence,
    Feedback,
    Fields,
    Link,
    Linking,
    Order,
    Personal,
    Report,
)
from speech.types import Segment, Transcript, Word

DEMO = ROOT / "demo"
ZONE = ZoneInfo("America/Los_Angeles")
APPROVED = "approved"
SECONDS_A_WORD = 0.28


def today_at(hour: int, minute: int, days_ago: int = 0) -> datetime:
    day = datetime.now(ZONE).date() - timedelta(days=days_ago)
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def day_from_now(days: int) -> str:
    return (datetime.now(ZONE).date() + timedelta(days=days)).isoformat()


def dictation() -> str:
    first = (DEMO / "dictations.jsonl").read_text(encoding="utf-8").splitlines()[0]
    return str(json.loads(first)["text"])


def heard(text: str) -> Transcript:
    """Every word as long as the next."""
    words = tuple(
        Word(start_s=n * SECONDS_A_WORD, end_s=(n + 1) * SECONDS_A_WORD, text=word, confidence=0.9)
        for n, word in enumerate(text.split())
    )
    plain = " ".join(word.text for word in words)
    length_s = len(words) * SECONDS_A_WORD
    segment = Segment(start_s=0.0, end_s=length_s, text=plain, words=words)
    return Transcript(text=plain, language="en", segments=(segment,), removed=(), length_s=length_s)


class Said:
    """Finds where in a memo something was said."""

    def __init__(self, memo: str, text: str, spoken: bool) -> None:
        self.memo, self.text, self.spoken = memo, text, spoken

    def at(self, words: str) -> tuple[Evidence, ...]:
        start = self.text.index(words)
        before, length = len(self.text[:start].split()), len(words.split())
        span = (before * SECONDS_A_WORD, (before + length) * SECONDS_A_WORD) if self.spoken else (None, None)
        return (
            Evidence(memo=self.memo, start=start, end=start + len(words), start_s=span[0], end_s=span[1]),
        )


def report(customer: str | None, summary: str, **values: object) -> Report:
    sure = Decided(confidence=0.96, evidence=())
    empty: dict[str, object] = dict.fromkeys(
        ("contacts", "orders", "amounts", "commitments", "competitors", "feedback", "personal", "doubts"), ()
    )
    fields = Fields(customer=sure, outcome=sure, next_meeting=sure)
    given = {
        "customer": customer,
        "new_customer": None,
        "outcome": "order",
        "summary": summary,
        "next_meeting": None,
        "fields": fields,
    }
    return Report(**{**empty, **given, **values})  # type: ignore[arg-type]


def brass_otter(memo: str, text: str) -> Report:
    """Everything that a report can hold, two values of it in doubt."""
    at = Said(memo, text, spoken=True).at
    return report(
        "c1",
        "Teresa ordered five kegs of Snoqualmie Haze IPA and two cases of Pier Nine tonic. She complained "
        "about flat bottles in the last delivery. We owe her a credit note.",
        contacts=(
            Contact(
                id="p1",
                name="Teresa Okafor",
                role="bar manager",
                phone=None,
                email=None,
                confidence=0.97,
                evidence=at("Teresa was behind the bar"),
            ),
        ),
        orders=(
            Order(
                product="s1",
                name="Snoqualmie Haze IPA",
                quantity=5,
                unit="keg",
                unit_price=None,
                confidence=0.94,
                evidence=at("five kegs of the Haze,"),
            ),
            Order(
                product=None,
                name="Pier Nine tonic",
                quantity=2,
                unit="case",
                unit_price=None,
                confidence=0.41,
                evidence=at("two cases of Pier Nine tonic."),
            ),
        ),
        amounts=(
            Amount(
                value=945,
                currency="USD",
                what="five kegs",
                confidence=0.9,
                evidence=at("five kegs of the Haze,"),
            ),
        ),
        commitments=(
            Commitment(
                action="send a credit note by e-mail",
                owner="us",
                due=day_from_now(0),
                confidence=0.9,
                evidence=at("a credit note will be in her inbox by Friday,"),
            ),
        ),
        next_meeting=f"{day_from_now(6)}T10:30",
        competitors=(Competitor(name="Puget Crown Distributing", confidence=0.8, evidence=()),),
        feedback=(
            Feedback(
                kind="complaint",
                text="The last tonic delivery had flat bottles in it, maybe half a case.",
                confidence=0.92,
                evidence=at("the last tonic delivery had flat bottles in it,"),
            ),
        ),
        personal=(
            Personal(
                person="Teresa Okafor",
                fact="has a wedding party at the weekend",
                confidence=0.8,
                evidence=at("a wedding party on the weekend,"),
            ),
        ),
        doubts=(Doubt(field="orders[1].product", reason="“Pier Nine tonic” may be one of two products."),),
    )


def links(*customers: tuple[str, str, float, float]) -> Linking:
    unsure = Decided(confidence=0.5, evidence=())
    found = tuple(
        Link(customer=ident, name=name, distance_m=metres, probability=share, evidence=())
        for ident, name, metres, share in customers
    )
    first = customers[0][0] if customers and customers[0][3] > 0.9 else None
    return Linking(customer=first, new_customer=None, decided=unsure, candidates=found, contacts=())


SHORT = (
    (
        APPROVED,
        "r1",
        "c2",
        today_at(10, 25),
        "Ingrid wants three kegs of Shade Porter every second week.",
        report(
            "c2",
            "Ingrid wants three kegs of Shade Porter every second week.",
            orders=(Order(product="s4", name="Shade Porter", quantity=3, unit="keg", unit_price=None),),
        ),
    ),
    (
        "liked",
        "r1",
        "c40",
        today_at(11, 40),
        "Leif liked the seltzer. I send him the spring prices.",
        report(
            "c40",
            "Leif liked the seltzer and wants the spring prices.",
            outcome="interested",
            commitments=(Commitment(action="send Leif the spring prices", owner="us", due=day_from_now(2)),),
        ),
    ),
    (
        "late",
        "r1",
        "c27",
        today_at(15, 0, days_ago=12),
        "Gus waits for a new tap handle.",
        report(
            "c27",
            "Gus waits for a new tap handle.",
            outcome="follow_up",
            commitments=(Commitment(action="bring Gus a new tap handle", owner="us", due=day_from_now(-4)),),
        ),
    ),
    (
        "meeting",
        "r1",
        "c22",
        today_at(16, 0, days_ago=7),
        "Kenji wants to taste the cider, half past three.",
        report(
            "c22",
            "Kenji wants to taste the cider.",
            outcome="follow_up",
            next_meeting=f"{day_from_now(0)}T15:30",
        ),
    ),
    (
        "long ago",
        "r2",
        "c29",
        today_at(12, 0, days_ago=83),
        "Desmond took three bottles.",
        report("c29", "Desmond took three bottles of rye."),
    ),
    (
        "other",
        "r2",
        "c23",
        today_at(9, 30),
        "Kofi asked for the seltzer list and a price for ten cases.",
        report(
            "c23",
            "Kofi asked for the seltzer list and a price for ten cases.",
            outcome="interested",
            commitments=(
                Commitment(action="send Kofi a price for ten cases", owner="us", due=day_from_now(1)),
            ),
        ),
    ),
)
