"""The next meeting: a visit, a demonstration, a pitch that has a date. Calls and deliveries are promises,
not meetings."""

import itertools
import re
from datetime import date
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates.when import When
from nlp.findings import Clause, Verdict, chance, context_of, inside, whens
from nlp.lexicon.meetings import DELIVERY, MEETING, NOT_OURS, PROMISE, STRONG


def is_meeting(doc: Doc, clause: Clause) -> bool:
    """Whether this clause is where the next meeting was found."""
    return any(clause.start <= start < clause.end for start, _ in doc._.meeting.spans)


@Language.component(
    "rounds_meetings", requires=["doc._.clauses", "doc._.dates", "doc._.kinds"], assigns=["doc._.meeting"]
)
def find_meeting(doc: Doc) -> Doc:
    """The likeliest meeting; of several the strongest words, then the last that was said."""
    best: tuple[float, int, When, tuple[tuple[int, int], ...]] | None = None
    for index, clause in enumerate(doc._.clauses):
        scored = _scored(doc, index, clause)
        if scored and (best is None or scored[0] >= best[0]):
            best = scored
    if best is None:
        doc._.meeting = Verdict(None, 0.9, ())
    else:
        doc._.meeting = Verdict(best[2].value, min(best[0], 0.97), best[3])
    return doc


def _scored(
    doc: Doc, index: int, clause: Clause
) -> tuple[float, int, When, tuple[tuple[int, int], ...]] | None:
    likely = chance(doc, clause, "meeting")
    if (
        not (MEETING.search(clause.text) or likely > 0.4)
        or clause.history
        or clause.elsewhere
        or NOT_OURS.search(clause.text)
    ):
        return None
    if DELIVERY.search(clause.text) and not STRONG.search(clause.text):
        return None
    if clause.conditional and not re.search(
        r"\b(?:booked|diary|calendar|meeting|back|appointment)\b", clause.text, re.I
    ):
        return None
    when = _when(doc, index, clause)
    if when is None or (when.dayless or (when.first.date() == _today(doc) and not when.timed)):
        return None
    if re.search(
        r"\b(?:haven't|no|not|didn't|never|cancel\w*)\b",
        clause.text[: max(0, when.start - clause.start)],
        re.I,
    ):
        return None
    score = (
        0.62
        + 0.3 * likely
        + 0.12 * bool(STRONG.search(clause.text))
        + 0.08 * when.timed
        - 0.3 * bool(PROMISE.search(clause.text))
    )
    score += 0.05 if clause.subject in ("us", "none") else 0.0
    if (
        clause.subject == "them"
        and not re.search(r"\b(?:me|us|we|our)\b", clause.text, re.I)
        and not re.search(r"\b(?:meet|pencil|see)\w*\b", clause.text, re.I)
    ):
        score -= 0.35
    if score < 0.6:
        return None
    return score, index, when, ((clause.start, clause.end), (when.start, when.end))


def _today(doc: Doc) -> date:
    context = context_of(doc)
    return context.at.astimezone(ZoneInfo(context.timezone)).date()


def _when(doc: Doc, index: int, clause: Clause) -> When | None:
    """A day ahead in the clause or, failing that, in the next two; a time said apart joins its day."""
    window = [clause, *(c for c in doc._.clauses[index + 1 : index + 3] if c.sentence <= clause.sentence + 1)]
    for number, part in enumerate(window):
        if number and (
            PROMISE.search(part.text)
            or (part.subject == "us" and not re.search(r"\b(?:date|that)\b", part.text))
        ):
            return None
        if number and clause.subject in ("them", "other") and not re.search(r"\b(?:me|us|we)\b", clause.text):
            return None
        found = [w for w in inside(whens(doc), part.start, part.end) if not w.past and not w.vague]
        if found:
            return _last_said(doc, found)
    return None


def _last_said(doc: Doc, found: list[When]) -> When:
    """The last of corrected dates, else the first that has a clock time, else the first."""
    for one, two in itertools.pairwise(found):
        if re.search(
            r"\b(?:no|sorry|actually|make that|i mean|rather|scratch|moved)\b",
            doc._.story.text[one.end : two.start],
            re.I,
        ):
            return found[-1]
    timed = [w for w in found if w.timed]
    return (timed or found)[0]
