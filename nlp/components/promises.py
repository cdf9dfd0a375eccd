"""Who owes what by when: promises of ours and of the customer's, each as an action in few words.

Steps say who acts and in which mood; the readers of spoken promises, requests, things that arrive and
deliveries each say what they take for a promise, and here each gets its date and is said once.
"""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.actions import deliverable_before
from nlp.components.deliverables import arrival, noted, requested, trained
from nlp.components.deliveries import delivery
from nlp.components.due import due_of
from nlp.components.meetings import is_meeting
from nlp.components.spoken import spoken
from nlp.components.steps import Step
from nlp.findings import Promise
from nlp.lexicon.promises import ASKS, NO_THING, VAGUE, WONDERS
from nlp.lexicon.verbs import words

HANDING = words("send get give bring have mail email deliver drop post ship")
"""Verbs for the same: 'get her the list', 'send it'."""
ASKED = (
    r"^(?:(?:and|so|but|then)\s+)*(?:(?:she|he|they|[A-Z]\w+) (?:also )?(?:asked|asks|wants to know|wanted "
    r"to know)"
    r"(?: me| us)?(?: if| whether)?\s+)?"
)
"""Before the question itself."""


@Language.component(
    "rounds_promises",
    requires=["doc._.steps", "doc._.dates", "doc._.people", "doc._.lines", "doc._.meeting", "doc._.kinds"],
    assigns=["doc._.promises"],
)
def find_promises(doc: Doc) -> Doc:
    """At most one a step; a delivery of the order is said once."""
    brought = delivery(doc)
    out: list[Promise] = [brought.promise] if brought else []
    for index, step in enumerate(doc._.steps):
        if brought and index in brought.steps:
            continue
        promise = _promise(doc, index, step, brought.steps if brought else frozenset())
        if promise is not None:
            _add(doc, out, promise)
    doc._.promises = tuple(sorted(out, key=lambda p: p.start))
    return doc


def _promise(doc: Doc, index: int, step: Step, taken: frozenset[int]) -> Promise | None:
    if step.elsewhere or is_meeting(doc, step) or step.actor == "rival":
        return None
    due = due_of(doc, index, taken)
    return (
        requested(doc, step, due)
        or spoken(doc, step, due)
        or arrival(doc, step, due)
        or noted(doc, step, due)
        or trained(doc, step, due)
    )


def _add(doc: Doc, out: list[Promise], promise: Promise) -> None:
    """Each promise once: what is said again only lends its date."""
    if out and VAGUE.fullmatch(promise.action) and not _follows(promise, out[-1]):
        thing = deliverable_before(doc, promise.start)
        if thing is None:
            return
        promise = replace(promise, action=f"send {thing}")
    if NO_THING.fullmatch(promise.action):
        return
    last = out[-1] if out else None
    if last and _follows(promise, last) and _same_words(promise, last) and promise.due:
        out[-1] = replace(last, due=promise.due)
        return
    if last and _follows(promise, last) and promise.action.startswith("get back to") and last.due is None:
        out[-1] = replace(last, action=f"{last.action} and {promise.action}", due=promise.due)
        return
    same = next((i for i, p in enumerate(out) if _alike(promise, p)), None)
    if same is not None:
        out[same] = replace(out[same], due=out[same].due or promise.due)
    elif out and VAGUE.fullmatch(promise.action) and _follows(promise, out[-1]):
        out[-1] = replace(out[-1], due=promise.due or out[-1].due)
    else:
        out.append(_completed(doc, promise))


def _follows(promise: Promise, before: Promise) -> bool:
    return promise.owner == before.owner and 0 <= promise.start - before.end < 160


def _completed(doc: Doc, promise: Promise) -> Promise:
    """'find that out' is about what was said just before."""
    if not ASKS.fullmatch(promise.action):
        return promise
    before = [c for c in doc._.clauses if c.end <= promise.start and len(c.text.split()) > 3][-3:]
    if not before:
        return promise
    before.sort(key=lambda c: bool(WONDERS.search(c.text)))
    topic = re.sub(ASKED, "", before[-1].text.strip(" ,.?!"), flags=re.I)
    return replace(promise, action=f"{promise.action}: {' '.join(topic.split()[:12])}")


def _alike(one: Promise, other: Promise) -> bool:
    near = one.due == other.due or one.due is None or other.due is None
    return one.owner == other.owner and _same_words(one, other) and near


def _same_words(one: Promise, other: Promise) -> bool:
    left, right = set(one.action.split()), set(other.action.split())
    verbs = {one.action.split()[0], other.action.split()[0]}
    if len(verbs) > 1 and not verbs <= HANDING:
        return False
    return len(left & right) >= 0.6 * min(len(left), len(right))
