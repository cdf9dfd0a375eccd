"""The promised delivery of the order: one promise a visit, with the day that was settled last."""

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from spacy.tokens import Doc

from nlp.components.due import chosen, dates_in, leading_dates, tells_when
from nlp.components.steps import Step
from nlp.dates.when import When
from nlp.findings import Promise, context_of, inside
from nlp.lexicon.actions import THING
from nlp.lexicon.deliveries import (
    ACCEPTS,
    ALL,
    BROUGHT,
    EXPLICIT,
    GOODS,
    NOT_THIS,
    OUTGOING,
    PLACES,
    WANTED,
    WHOLE,
)
from nlp.lexicon.verbs import words

BRINGING = words("deliver send ship drop bring truck dispatch")
ORDERING = words("order want need ask take place book confirm add like request require")
MOVING = words(
    "be go ship arrive land come leave get reach turn make have deliver send drop take happen bring truck"
)


@dataclass(frozen=True, slots=True)
class Delivery:
    promise: Promise
    steps: frozenset[int]
    """Indexes of the steps that speak of it."""


def delivery(doc: Doc) -> Delivery | None:
    """Only where something was ordered, or where the order itself is named."""
    found: list[tuple[int, float]] = []
    steps: tuple[Step, ...] = doc._.steps
    for index, step in enumerate(steps):
        sure = _sure(doc, step) if doc._.lines or EXPLICIT.search(step.text) else 0.0
        if sure > 0:
            found.append((index, sure))
    if not found:
        return None
    dated = [(i, s, w) for i, s in found if (w := _due(doc, i)) is not None]
    if not dated:
        return None
    index, sure, when = dated[-1]
    step = steps[index]
    promise = Promise("deliver the order", "us", when.value, step.start, step.end, sure)
    return Delivery(promise, frozenset(i for i, _ in found))


def _due(doc: Doc, index: int) -> When | None:
    steps: tuple[Step, ...] = doc._.steps
    own = dates_in(doc, steps[index])
    if own:
        return chosen(doc, own)
    if leading := leading_dates(doc, index):
        return chosen(doc, leading)
    for following in steps[index + 1 : index + 3]:
        late = dates_in(doc, following)
        if late:
            return chosen(doc, late) if tells_when(following) else None
    return None


def _something_else(doc: Doc, step: Step) -> bool:
    """What 'it' stands for was a quote or the like, said just before."""
    return bool(THING.search(doc._.story.text[max(0, step.start - 90) : step.start]))


def _goods_before(doc: Doc, step: Step) -> bool:
    """The goods were spoken of just before: 'need it … I told him Friday'."""
    near = [s for s in doc._.steps if s.end <= step.start][-3:]
    return any(
        (s.verb in ("need", "want", "like") and WHOLE.search(s.text))
        or any(s.start <= x.start < s.end for x in doc._.lines)
        or GOODS.fullmatch(s.named.strip().lower())
        for s in near
    )


def _for(doc: Doc, when: When) -> bool:
    """'twenty bags for Monday'."""
    return bool(re.match("for ", doc._.story.text[when.start : when.end], re.I))


def _fronted(doc: Doc, step: Step) -> bool:
    """'Delivery | she wants by the twentieth'."""
    before = next((s for s in reversed(doc._.steps) if s.end <= step.start), None)
    return before is not None and bool(
        re.fullmatch(r"\W*(?:and |the )*(?:delivery|order|goods)\W*", before.text, re.I)
    )


def _named_again(doc: Doc, step: Step) -> bool:
    """A product of the order is said in the step: 'she needs the springs by Friday'."""
    products = {line.product for line in doc._.lines}
    return any(
        n.kind == "product" and products & set(n.ids) for n in inside(doc._.names, step.start, step.end)
    )


def _with_the_order(doc: Doc, step: Step, ordered: bool) -> bool:
    """'He ordered ten, to go out tomorrow', 'needed at the site before Friday': the day right behind it."""
    days = [w for w in dates_in(doc, step) if not w.dayless]
    if not days:
        return False
    if ordered:
        led = doc._.story.text[step.start : days[-1].start]
        sent = OUTGOING.search(led) or (days[-1].due and led.rstrip().endswith(","))
        asked = step.verb in ORDERING and _for(doc, days[-1])
        wanted = step.verb in ("want", "need", "like", "require")
        return bool(sent) or ((asked or wanted) and days[-1].last > _today(doc))
    if not doc._.lines or step.mood & {"past", "done"}:
        return False
    said = sum(len(doc._.story.text[w.start : w.end].split()) for w in days)
    bare = len(step.text.split()) - said < 4
    ours = step.actor in ("us", "ours") and step.verb in ("deliver", "ship", "dispatch") and bare
    theirs = step.named.lower() == "they" and step.verb in ("land", "arrive", "ship") and bare
    return ours or theirs or (step.actor == "none" and bool(WANTED.match(step.text)))


def _today(doc: Doc) -> date:
    context = context_of(doc)
    return context.at.astimezone(ZoneInfo(context.timezone)).date()


def _sure(doc: Doc, step: Step) -> float:
    """How sure the step tells when the goods of this order come."""
    text, mood = step.text, step.mood
    if step.history or step.elsewhere or "not" in mood or "habit" in mood or step.supposed:
        return 0.0
    ordered = any(step.start <= x.start < step.end for x in doc._.lines) or _named_again(doc, step)
    here = ordered
    if _with_the_order(doc, step, ordered):
        return 0.8
    if (NOT_THIS.search(text) and not here) or (
        mood & {"past", "done"} and not re.search(r"\b(?:promised|wanted|said|told|agreed)\b", text)
    ):
        return 0.0
    whole = WHOLE.search(text)
    if step.actor == "them" and step.verb in ("want", "need", "like") and _fronted(doc, step):
        return 0.85
    if BROUGHT.search(text):
        return 0.87
    if (
        step.actor == "thing"
        and step.verb in MOVING
        and (GOODS.fullmatch(step.named.strip().lower()) or PLACES.search(text))
    ):
        return 0.85 if mood & {"fut", "must", "would"} or step.verb != "be" or PLACES.search(text) else 0.0
    if step.verb in ("want", "need", "like", "expect", "have", "get", "see") and step.actor in (
        "them",
        "you",
        "none",
    ):
        if whole and not ALL.match(whole.group()) and _something_else(doc, step):
            return 0.0
        told = step.verb in ("have", "get") and (mood & {"fut", "would", "now"}) and whole
        if told or (whole and step.verb not in ("have", "get")):
            return 0.85
        if (ordered and any(w.due or w.timed or _for(doc, w) for w in dates_in(doc, step))) or (
            ordered and PLACES.search(text)
        ):
            return 0.8
    got = step.verb in ("get", "have") and (
        PLACES.search(text) or re.search(r"\b(?:it|them|everything) (?:in|out|over|on)\b", text)
    )
    if step.actor in ("us", "ours") and (step.verb in BRINGING or got) and whole:
        return 0.85 if mood & {"fut", "must", "would", "now", "promise"} else 0.0
    if step.actor in ("us", "none") and step.verb in ("say", "tell", "promise") and len(text.split()) < 8:
        said = dates_in(doc, step) or leading_dates(doc, doc._.steps.index(step))
        return 0.8 if said and _goods_before(doc, step) else 0.0
    if step.predicate is None and ordered and any(w.last > _today(doc) for w in dates_in(doc, step)):
        return 0.75
    if (
        step.question
        and (PLACES.search(text) or GOODS.match(step.named) or (step.actor == "us" and whole))
        and ACCEPTS.search(doc._.story.text[step.end : step.end + 60])
    ):
        return 0.8
    return 0.0
