"""The next meeting: a visit, a demonstration, a pitch that has a date. Calls and deliveries are promises,
not meetings."""

import itertools
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.deliveries import delivery
from nlp.components.due import WHEN_THERE, tells_when
from nlp.components.steps import Step
from nlp.dates.when import When
from nlp.findings import Verdict, chance, context_of, inside, whens
from nlp.lexicon.meetings import (
    AGREED,
    CALLED_OFF,
    COME_AND,
    CORRECTED,
    DELIVERY,
    FIXED,
    FOLLOW_UP,
    MEETING,
    NOT_OURS,
    PLACED,
    PROMISE,
    SERVICE,
    SHARED,
    SITTING,
    STRONG,
    TOGETHER,
    WITH_SOME,
    WITH_US,
)
from nlp.lexicon.verbs import DOING, GIVING, PAYING, TALKING, words

MAKING = words("get book arrange set schedule organise organize fix agree have do put write make")
LEAST = 0.6
COMING = words("come see meet visit sit catch swing pop walk return present tour")
"""Verbs that are a meeting when we do them."""
BACK = words("be go call stop drop look head stick nip duck pass run")
"""Verbs that are one only with a word of place: 'back', 'in', 'by'."""


def is_meeting(doc: Doc, step: Step) -> bool:
    """Whether this step is where the next meeting was found."""
    return any(step.start <= start < step.end for start, _ in doc._.meeting.spans)


@Language.component(
    "rounds_meetings", requires=["doc._.steps", "doc._.dates", "doc._.kinds"], assigns=["doc._.meeting"]
)
def find_meeting(doc: Doc) -> Doc:
    """The likeliest meeting; of several the strongest words, then the last that was said."""
    best: tuple[float, When, tuple[tuple[int, int], ...]] | None = None
    for index, step in enumerate(doc._.steps):
        scored = _scored(doc, index, step)
        if scored and (best is None or scored[0] >= best[0]):
            best = scored
    if best is None:
        doc._.meeting = Verdict(None, 0.9, ())
    else:
        doc._.meeting = Verdict(best[1].value, min(best[0], 0.97), best[2])
    return doc


def _scored(doc: Doc, index: int, step: Step) -> tuple[float, When, tuple[tuple[int, int], ...]] | None:
    if step.history or step.elsewhere or step.actor == "rival" or "habit" in step.mood:
        return None
    if NOT_OURS.search(step.text) or (step.supposed and not STRONG.search(step.text)):
        return None
    score = max(_by_verb(step), _by_noun(doc, step), _by_agreement(doc, index, step))
    if score <= 0:
        return None
    when = _when(doc, index, step)
    if when is not None and when.dayless:
        when = _dayed(doc, index, when)
    if when is None or (when.dayless or (when.first.date() == _today(doc) and not when.timed)):
        return None
    if CALLED_OFF.search(step.text[: max(0, when.start - step.start)]):
        return None
    score += 0.06 * when.timed + 0.12 * (chance(doc, step.clause, "meeting") - 0.3)
    if PROMISE.search(step.text):
        score -= 0.3
    if DELIVERY.search(step.text) and not STRONG.search(step.text):
        return None
    lent = WHEN_THERE.match(step.text) and not step.start <= when.start < step.end
    spans = ((step.start, step.end),) if lent else ((step.start, step.end), (when.start, when.end))
    return (score, when, spans) if score >= LEAST else None


def _by_verb(step: Step) -> float:
    """Somebody of ours and somebody of theirs will come together."""
    found = step.predicate
    if found is None or found.mood & {"not", "past", "done", "may"} or step.question:
        return 0.0
    actor = found.actor or step.actor
    would = "would" in found.mood and step.teller != "us" and step.reported != "say"
    met = found.lemma in COMING or (found.lemma in BACK and PLACED.search(step.text))
    if actor in ("us", "none") and met and not would:
        return 0.8
    if FIXED.search(step.text) and actor in ("us", "them", "none"):
        return 0.78
    coming = found.lemma in COMING | BACK or COME_AND.search(step.text)
    if actor == "us" and "asked" in found.mood and coming:
        return 0.75
    if actor == "them" and found.lemma in COMING and WITH_US.search(step.text):
        return 0.78
    if actor == "them" and ("want" in found.mood or "would" in found.mood or found.mood & {"fut", "must"}):
        return (
            0.7
            if TOGETHER.search(step.text) and (WITH_US.search(step.text) or SHARED.search(step.text))
            else 0.0
        )
    return 0.0


def _by_noun(doc: Doc, step: Step) -> float:
    """A meeting's name with its date: 'demo is on for Monday', 'next visit a fortnight on Friday'."""
    likely = chance(doc, step.clause, "meeting")
    named = MEETING.search(step.text) or SITTING.search(step.text)
    moving = step.predicate is None or step.verb in COMING | BACK | {"do"}
    if not named and not (likely > 0.6 and moving):
        return 0.0
    if step.predicate is not None and step.mood & {"not", "may"}:
        return 0.0
    busy = GIVING | TALKING | DOING | PAYING if not FOLLOW_UP.match(step.text) else frozenset()
    if step.predicate is not None and step.verb in busy - COMING - BACK - MAKING and step.actor != "thing":
        return 0.0
    if SERVICE.search(WITH_SOME.sub("", step.text)):
        return 0.0
    if step.actor == "thing" and not MEETING.search(step.named) and not STRONG.search(step.text):
        return 0.0
    ours = step.actor in ("us", "none", "thing") or WITH_US.search(step.text)
    if not ours:
        return 0.0
    return 0.62 + 0.2 * likely + 0.1 * bool(STRONG.search(step.text))


def _by_agreement(doc: Doc, index: int, step: Step) -> float:
    """'we agreed the twenty-fifth', 'so we said Tuesday at eleven': nothing but the date was settled."""
    if (
        not AGREED.search(step.text)
        or step.actor not in ("us", "them", "thing", "none")
        or "not" in step.mood
    ):
        return 0.0
    dates = inside(whens(doc), step.start, step.end)
    rest = len(step.text.split()) - sum(len(doc._.story.text[w.start : w.end].split()) for w in dates)
    if SERVICE.search(step.text):
        return 0.0
    if not dates or rest > 7 or any(w.due for w in dates) or _brought(doc, index):
        return 0.0
    near = " ".join(s.text for s in doc._.steps[max(0, index - 2) : index])
    if (PROMISE.search(near) or DELIVERY.search(near) or PROMISE.search(step.text)) and not MEETING.search(
        near
    ):
        return 0.0
    return 0.72 if MEETING.search(near) or TOGETHER.search(near) else 0.66


def _brought(doc: Doc, index: int) -> bool:
    """The date is that of the delivery."""
    brought = delivery(doc)
    return brought is not None and index in brought.steps


def _today(doc: Doc) -> date:
    context = context_of(doc)
    return context.at.astimezone(ZoneInfo(context.timezone)).date()


def _when(doc: Doc, index: int, step: Step) -> When | None:
    """A day ahead in the step, before it, or in a short step behind that only tells when."""
    steps: tuple[Step, ...] = doc._.steps
    own = _days(doc, step)
    if own:
        return _last_said(doc, own)
    before = steps[index - 1] if index else None
    if (
        before
        and before.predicate is None
        and before.sentence == step.sentence
        and (led := _days(doc, before))
    ):
        return _last_said(doc, led)
    if before and before.sentence == step.sentence and WHEN_THERE.match(step.text):
        told = [w for w in _days(doc, before) if not w.due]
        return _last_said(doc, told) if told else None
    for following in steps[index + 1 : index + 3]:
        if following.sentence > step.sentence + 1 or PROMISE.search(following.text):
            break
        found = _days(doc, following)
        if found and (tells_when(following) or AGREED.search(following.text)):
            return _last_said(doc, found)
        if found:
            break
    return None


def _dayed(doc: Doc, index: int, when: When) -> When:
    """A time said apart joins the day that was named just before."""
    near = [
        w for s in doc._.steps[max(0, index - 3) : index + 1] for w in _days(doc, s) if w.start < when.start
    ]
    days = [w for w in near if not w.dayless]
    if not days:
        return when
    first = datetime.combine(days[-1].last, when.first.time())
    return replace(when, first=first, last=days[-1].last, dayless=False)


def _days(doc: Doc, step: Step) -> list[When]:
    return [w for w in inside(whens(doc), step.start, step.end) if not w.past and not w.vague]


def _last_said(doc: Doc, found: list[When]) -> When:
    """The last of corrected dates, else the first that has a clock time, else the first."""
    for one, two in itertools.pairwise(found):
        if CORRECTED.search(doc._.story.text[one.end : two.start]):
            return found[-1]
    timed = [w for w in found if w.timed]
    return (timed or found)[0]
