"""What was asked for just before: what 'it', 'that' and 'both' stand for in 'I'll get it to him'."""

import re

from spacy.tokens import Doc

from nlp.components.steps import Step
from nlp.findings import token_from

NEAR = 170
"""Characters between the asking and the promise."""
ASKING = ("need", "want", "like", "ask", "request", "require", "wait")
SKIPPED = ("for", "me", "us", "to", "see", "have", "get", "a", "on", "still", "also", "of", "from")
JOINING = ("of", "for", "on", "about", "from")
PRONOUNS = (
    "it", "that", "this", "them", "those", "one", "he", "she", "they", "him", "her", "me", "us", "you",
)  # fmt: skip


def asked_for(doc: Doc, at: int) -> str | None:
    """The object of the last step before that asks for something: 'Lena needs our insurance certificate'."""
    step = _asking(doc, at)
    if step is None:
        return None
    begin = token_from(doc, step.start) if step.predicate is None else step.predicate.at + 1
    end = token_from(doc, step.end)
    chunks = [c for c in doc[begin:end].noun_chunks if c.root.lower_ not in PRONOUNS]
    if not chunks or any(t.lower_ not in SKIPPED and not t.is_punct for t in doc[begin : chunks[0].start]):
        return None
    last = chunks[0].end
    for chunk in chunks[1:]:
        if chunk.start != last + 1 or doc[last].lower_ not in (*JOINING, "and"):
            break
        last = chunk.end
    return str(doc[chunks[0].start : last].text)


def _asking(doc: Doc, at: int) -> Step | None:
    """In this sentence or the one before, by them."""
    before: list[Step] = [s for s in doc._.steps if s.end <= at and at - s.end < NEAR]
    if not before:
        return None
    for step in reversed(before[-3:]):
        if step.sentence < before[-1].sentence - 1 or step.history or "not" in step.mood:
            return None
        if step.actor in ("them", "none") and step.verb in ASKING:
            return step
    return None


def both(doc: Doc, at: int) -> str | None:
    """'wants a price list and a sample, I'll post both': the two things."""
    thing = asked_for(doc, at)
    return thing if thing and re.search(r"\band\b", thing) else None
