"""Which of the dates said is a step's own: in it, before it ('by Friday he wants …') or in a short step
behind it that only tells when ('that's for Thursday')."""

import re

from spacy.tokens import Doc

from nlp.components.steps import Step
from nlp.dates.when import When
from nlp.findings import inside, whens
from nlp.lexicon.meetings import CORRECTED

WHEN_ONLY = re.compile(
    r"\b(?:it|that|this|them|those|they|one|both|so|all|everything)\b|^\W*(?:by|before|on|for|due|deadline"
    r"|needs?"
    r"|has to|latest|no later|say|probably|hopefully|let's say|when|within)\b|\b(?:have|has|had|got) "
    r"(?:un)?till?\b"
    r"|\b(?:said|says|say|promised)\b \W*(?:by|before|on|for|\w*day)\b",
    re.I,
)
"""A step that speaks of what was just said, so that its date belongs there."""
HEDGED = re.compile(r"\b(?:maybe|perhaps|possibly|not)\s*(?:on|by|for|before)?\s*$", re.I)
"""Before a date that nobody promised."""
WHEN_THERE = re.compile(
    r"\W*(?:and )?(?:for )?(?:when|once|as soon as|by the time|(?:the )?next time)\b", re.I
)
"""'… when I'm back on Friday'."""
LONGEST = 11
"""Words of a step that only tells when."""


def due_of(doc: Doc, index: int, taken: frozenset[int] = frozenset()) -> When | None:
    """The date by which the step is to be done."""
    steps: tuple[Step, ...] = doc._.steps
    step = steps[index]
    own = dates_in(doc, step)
    if own:
        return chosen(doc, own)
    if leading := leading_dates(doc, index):
        return chosen(doc, leading)
    if carried := _carried(doc, index):
        return carried
    for at, following in enumerate(steps[index + 1 : index + 4], index + 1):
        if at == index + 1 and following.sentence == step.sentence and WHEN_THERE.match(following.text):
            if there := dates_in(doc, following):
                return chosen(doc, there)
            break
        if at in taken or following.sentence > step.sentence + 1 or following.actor == "us":
            break
        late = dates_in(doc, following)
        if late and tells_when(following):
            return chosen(doc, late)
    return None


def _carried(doc: Doc, index: int) -> When | None:
    """'He'll know by Friday and writes me a mail': the date of the step that it is joined to."""
    step, before = doc._.steps[index], doc._.steps[index - 1] if index else None
    if before is None or before.sentence != step.sentence or not re.match(r"\W*and\b", step.text):
        return None
    if step.named != before.named or before.verb not in (
        "know",
        "see",
        "decide",
        "be",
        "check",
        "look",
        "think",
        "have",
        "get",
        "hear",
    ):
        return None
    found = dates_in(doc, before)
    return chosen(doc, found) if found else None


def leading_dates(doc: Doc, index: int) -> list[When]:
    """'By Friday | he wants …': the step before holds nothing else."""
    step, before = doc._.steps[index], doc._.steps[index - 1] if index else None
    if before is None or before.predicate is not None or before.sentence != step.sentence:
        return []
    return dates_in(doc, before) if len(before.text.split()) <= LONGEST else []


def tells_when(step: Step) -> bool:
    """Nothing but the date, or the date of what was just said."""
    if len(step.text.split()) > LONGEST or step.history or ("past" in step.mood and step.verb != "say"):
        return False
    if step.predicate is None:
        return True
    return bool(
        WHEN_ONLY.search(step.text)
        and step.verb in ("be", "need", "want", "say", "have", "like", "go", "promise")
    )


def dates_in(doc: Doc, step: Step) -> list[When]:
    """Dates ahead that name a day or a week; 'in January' alone is no date to keep."""
    found = [w for w in inside(whens(doc), step.start, step.end) if not w.past]
    sure = [w for w in found if not HEDGED.search(doc._.story.text[max(step.start, w.start - 12) : w.start])]
    return [w for w in sure if w.due or w.grain not in ("month", "quarter", "year")]


def chosen(doc: Doc, found: list[When]) -> When:
    """The last of corrected dates, else the one said with 'by', else the first."""
    if len(found) > 1:
        gap = doc._.story.text[found[-2].end : found[-1].start]
        if CORRECTED.search(gap):
            return found[-1]
        best = next((w for w in found if w.due), found[0])
        return next((w for w in found if w.timed and w.last == best.last), best)
    return found[0]
