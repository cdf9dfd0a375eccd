"""Text in, `Extraction` out: one spaCy Doc of all sources, one component a field, then the findings as
plain structs."""

import logging
from typing import TypedDict

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components import (  # noqa: F401  (importing registers the components)
    amounts,
    clauses,
    kinds,
    measures,
    meetings,
    names,
    orders,
    outcome,
    people,
    places,
    promises,
    remarks,
    rivals,
    sentences,
    steps,
)  # fmt: skip
from nlp.components.places import spoken_places
from nlp.components.presence import ABSENT
from nlp.document import Story, story
from nlp.encoder import Encoder
from nlp.errors import ModelMissing
from nlp.findings import Person, Remark, Verdict
from nlp.settings import NlpSettings
from nlp.types import (
    Amount,
    Commitment,
    Competitor,
    Contact,
    Context,
    Decided,
    Evidence,
    Extraction,
    Feedback,
    Mention,
    Order,
    Outcome,
    Personal,
    Source,
)  # fmt: skip

COMPONENTS = (
    "rounds_emails", "rounds_phones", "rounds_names", "rounds_money", "rounds_dates", "rounds_quantities",
    "rounds_places",
    "rounds_clauses", "rounds_kinds", "rounds_rivals", "rounds_people", "rounds_orders", "rounds_amounts",
    "rounds_steps", "rounds_meetings",
    "rounds_promises", "rounds_feedback", "rounds_personal", "rounds_outcome",
)  # fmt: skip
ENGLISH = "en"
LOG = logging.getLogger(__name__)


class Extractor:
    """Loaded once by the worker; `extract` keeps no state between visits."""

    def __init__(self, pipeline: Language, settings: NlpSettings) -> None:
        self._pipeline = pipeline
        self._settings = settings

    @classmethod
    def load(cls, settings: NlpSettings) -> "Extractor":
        """Takes about two seconds. Raises ModelMissing."""
        try:
            pipeline = spacy.load(settings.model)
        except OSError as error:
            raise ModelMissing(f"The language model {settings.model} is not installed.") from error
        pipeline.add_pipe("rounds_sentences", first=True)
        trained = Encoder.installed()
        if not trained:
            LOG.warning("The sentence encoder is not installed: clauses are read by their cue words alone.")
        for name in COMPONENTS:
            if trained or name != "rounds_kinds":
                pipeline.add_pipe(name)
        pipeline.max_length = settings.max_characters + 1
        return cls(pipeline, settings)

    @property
    def pipeline(self) -> Language:
        return self._pipeline

    def read(self, told: Story, context: Context) -> Doc:
        """The Doc with every finding on it."""
        doc = self._pipeline.make_doc(told.text)
        doc._.story = told
        doc._.context = context
        return self._pipeline(doc)

    def extract(self, sources: tuple[Source, ...], context: Context) -> Extraction:
        """What is said in English is read, whatever stands beside it; the others' words are only kept."""
        worded = [s for s in sources if s.transcript.text.strip()]
        known = tuple(s for s in worded if s.transcript.language == ENGLISH)
        if not known:
            return nothing(worded[0].transcript.language if worded else ENGLISH)
        told = story(known, self._settings.max_characters)
        extraction = _extraction(self.read(told, context), ENGLISH)
        return msgspec.structs.replace(extraction, unread=len(known) < len(worded))


def nothing(language: str) -> Extraction:
    """What an empty memo, or one in a language nobody here reads, says."""
    unsure = Decided(confidence=0.0, evidence=())
    return Extraction(
        outcome="routine", outcome_decided=unsure, contacts=(), orders=(), amounts=(), commitments=(),
        next_meeting=None, next_meeting_decided=unsure, competitors=(), feedback=(), personal=(), places=(),
        new_place=None, language=language,
    )  # fmt: skip


def _extraction(doc: Doc, language: str) -> Extraction:
    told: Story = doc._.story
    new: Remark | None = doc._.new_place
    said = tuple(
        Mention(text=n.text, confidence=round(w, 3), evidence=told.evidence(n.start, n.end))
        for n, w in spoken_places(doc)
    )
    if new is not None:
        said += (
            Mention(text=new.text, confidence=new.confidence, evidence=told.evidence(new.start, new.end)),
        )
    return Extraction(
        outcome=msgspec.convert(doc._.outcome.value, Outcome),
        outcome_decided=_decided(told, doc._.outcome),
        contacts=tuple(_contact(told, p) for p in doc._.people if p.met >= ABSENT),
        orders=_orders(doc, told),
        amounts=tuple(
            Amount(
                value=s.money.value,
                currency=s.money.currency,
                what=s.what,
                **_item(told, s.money.start, s.money.end, s.confidence),
            )
            for s in doc._.sums
        ),
        commitments=tuple(
            Commitment(action=p.action, owner=p.owner, due=p.due, **_item(told, p.start, p.end, p.confidence))
            for p in doc._.promises
        ),
        next_meeting=doc._.meeting.value,
        next_meeting_decided=_decided(told, doc._.meeting),
        competitors=tuple(
            Competitor(name=r.text, **_item(told, r.start, r.end, r.confidence)) for r in doc._.rivals
        ),
        feedback=tuple(
            Feedback(kind=r.kind, text=r.text, **_item(told, r.start, r.end, r.confidence))
            for r in doc._.feedback
        ),
        personal=tuple(
            Personal(person=r.person, fact=r.text, **_item(told, r.start, r.end, r.confidence))
            for r in doc._.personal
        ),
        places=said,
        new_place=new.text if new is not None else None,
        language=language,
    )


def _orders(doc: Doc, told: Story) -> tuple[Order, ...]:
    return tuple(
        Order(
            product=x.product, name=x.name, quantity=x.quantity, unit=x.unit, unit_price=x.unit_price,
            **_item(told, x.start, x.end, x.confidence),
        )
        for x in doc._.lines
    )  # fmt: skip


def _contact(told: Story, person: Person) -> Contact:
    """The evidence is the name, and the number and address where they were said."""
    spans = [
        (person.start, person.end),
        *((x.start, x.end) for x in (person.phone, person.email) if x is not None),
    ]
    return Contact(
        id=None,
        name=person.name,
        role=person.role,
        phone=person.phone.number if person.phone else None,
        email=person.email.address if person.email else None,
        confidence=round(person.met * told.heard(person.start, person.end) ** 0.25, 3),
        evidence=tuple(e for s in spans for e in told.evidence(*s)),
    )


class _Item(TypedDict):
    confidence: float
    evidence: tuple[Evidence, ...]


def _item(told: Story, start: int, end: int, sure: float) -> _Item:
    """Confidence and evidence of one value; a word badly heard makes it less sure."""
    return {
        "confidence": round(min(sure, 0.99) * told.heard(start, end) ** 0.25, 3),
        "evidence": told.evidence(start, end),
    }


def _decided(told: Story, verdict: Verdict) -> Decided:
    return Decided(
        confidence=round(verdict.confidence, 3),
        evidence=tuple(e for s in verdict.spans for e in told.evidence(*s)),
    )
