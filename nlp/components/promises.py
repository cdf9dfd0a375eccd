"""Who owes what by when: promises of ours and of the customer's, each as an action in few words."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.actions import action
from nlp.components.deliverables import _arrival, _requested, _trained
from nlp.components.meetings import is_meeting
from nlp.dates.when import When
from nlp.findings import Clause, Promise, chance, context_of, inside, whens
from nlp.lexicon.meetings import DELIVERY
from nlp.lexicon.promises import (
    ASKS,
    DONE,
    GIVES,
    IDLE,
    OURS_ONLY,
    THEM,
    TO_US,
    US,
    VAGUE,
    WONDERS,
)


@dataclass(frozen=True, slots=True)
class _Head:
    owner: str
    form: str
    start: int
    """Characters of the Doc at which the action begins."""
    sure: float


@Language.component(
    "rounds_promises",
    requires=["doc._.clauses", "doc._.dates", "doc._.people", "doc._.lines", "doc._.meeting", "doc._.kinds"],
    assigns=["doc._.promises"],
)
def find_promises(doc: Doc) -> Doc:
    """At most one a clause; a delivery of the order is said once."""
    out: list[Promise] = []
    for clause in doc._.clauses:
        promise = _promise(doc, clause, out)
        if promise is None:
            continue
        same = next((i for i, p in enumerate(out) if _alike(promise, p)), None)
        if same is not None:
            out[same] = replace(out[same], due=out[same].due or promise.due)
            continue
        if (
            out
            and VAGUE.fullmatch(promise.action)
            and promise.owner == out[-1].owner
            and promise.start - out[-1].end < 160
        ):
            out[-1] = replace(out[-1], due=promise.due or out[-1].due)
        else:
            out.append(_completed(doc, promise))
    doc._.promises = tuple(out)
    return doc


def _promise(doc: Doc, clause: Clause, before: list[Promise]) -> Promise | None:
    if clause.elsewhere or is_meeting(doc, clause) or re.search(r"\b(?:was|were) going to\b", clause.text):
        return None
    when = _when(doc, clause)
    if doc._.lines and _delivers(clause, when) and _specific(doc, clause) is None:
        return Promise(
            "deliver the order", "us", when.value if when else None, clause.start, clause.end, 0.85
        )
    return (
        _requested(doc, clause, when)
        or _said(doc, clause, when)
        or _arrival(doc, clause, when)
        or _trained(doc, clause, when)
    )


def _said(doc: Doc, clause: Clause, when: When | None) -> Promise | None:
    """A promise with its words: 'I'll ring him', 'she promised to pay'."""
    head = _head(clause)
    if head is None or _unlikely(doc, clause, head):
        return None
    text = action(doc, head.start, clause.end, head.form)
    if text is None or not _meant(head, text, clause, when):
        return None
    owner, text = _turned(doc, clause, head, text)
    if text is None:
        return None
    trained = chance(doc, clause, "promise_us") + chance(doc, clause, "promise_them")
    sure = head.sure * (0.75 + 0.25 * trained) if doc._.kinds else head.sure
    return Promise(text, owner, when.value if when else None, clause.start, clause.end, sure)


def _unlikely(doc: Doc, clause: Clause, head: _Head) -> bool:
    """The trained layer is sure that it is something else."""
    if not doc._.kinds:
        return False
    kinds = {
        k: chance(doc, clause, k)
        for k in (
            "promise_us",
            "promise_them",
            "idea",
            "personal",
            "complaint",
            "compliment",
            "lost",
            "other",
            "meeting",
        )
    }
    promised = kinds["promise_us"] + kinds["promise_them"] + 0.5 * kinds["meeting"]
    other = max(kinds["idea"], kinds["personal"], kinds["complaint"], kinds["compliment"], kinds["lost"])
    if other > 0.4 and other > promised:
        return True
    return promised < (0.06 if head.sure >= 0.85 else 0.15)


def _turned(doc: Doc, clause: Clause, head: _Head, text: str) -> tuple[Literal["us", "customer"], str | None]:
    """Who has to act: 'they'd have it by Friday' is ours to do, 'I should have it by Friday' is theirs."""
    owner: Literal["us", "customer"] = (
        "us" if head.owner == "us" or _colleague(doc, clause, head) else "customer"
    )
    if not re.match(r"(?:have|get|receive|send)\b", text) or re.match(r"(?:send|get) (?:me|us)\b", text):
        return owner, text
    tail = clause.text[head.start - clause.start :]
    given = re.search(
        r"\b(?:with|to|over to) (?:him|her|them|[A-Z]\w+)\b|\bin (?:his|her|their) (?:hands|inbox)\b", tail
    )
    back = re.search(r"\b(?:to|with|for) (?:me|us)\b", tail)
    if re.match(r"(?:have|get|receive)\b", tail.strip(), re.I):
        thing = re.sub(r"^(?:have|get|receive|send)\s+", "", text)
        thing = re.sub(r"\s+(?:with|over to|in|to) (?:\w+)(?: \w+)?$", "", thing) if given or back else thing
        if (
            head.owner == "us"
            and not given
            and not re.match(r"have somebody|get (?:him|her|them|[A-Z])", text)
        ):
            return (
                ("customer", f"send {thing}")
                if re.match(
                    r"(?:have|receive) (?:it|that|those|them|the|his|her|their)\b", tail.strip(), re.I
                )
                else (owner, text)
            )
        if head.owner != "us" and not back:
            return "us", f"send {thing}"
        if head.owner == "us" and given and re.match(r"(?:have)\b", text):
            return "us", f"send {thing}"
    return owner, text


def _colleague(doc: Doc, clause: Clause, head: _Head) -> bool:
    """The one who will do it is one of ours."""
    said = re.findall(r"[A-Z][\w\u00c0-\u017f-]+", clause.text[: head.start - clause.start])
    return bool(said) and said[-1] in {n.split()[0] for n in context_of(doc).colleagues}


def _completed(doc: Doc, promise: Promise) -> Promise:
    """'find that out' is about what was said just before."""
    if not ASKS.fullmatch(promise.action):
        return promise
    before = [c for c in doc._.clauses if c.end <= promise.start and len(c.text.split()) > 3][-3:]
    if not before:
        return promise
    before.sort(key=lambda c: bool(WONDERS.search(c.text)))
    topic = re.sub(
        r"^(?:and|so|but|she asked|he asked|they asked)\s+", "", before[-1].text.strip(" ,.?!"), flags=re.I
    )
    return replace(promise, action=f"{promise.action}: {' '.join(topic.split()[:12])}")


def _when(doc: Doc, clause: Clause) -> When | None:
    """The date of the clause, the last when corrected; else one in the next clause of the same sentence
    that has no verb of its own."""
    found = [w for w in inside(whens(doc), clause.start, clause.end) if not w.past]
    if not found:
        following = next((c for c in doc._.clauses if c.start >= clause.end), None)
        if (
            following
            and following.sentence == clause.sentence
            and len(following.text.split()) < 8
            and (following.subject == "none" or (following.subject == "us" and _head(following) is None))
        ):
            found = [w for w in inside(whens(doc), following.start, following.end) if not w.past]
    return _one(doc, found)


def _one(doc: Doc, found: list[When]) -> When | None:
    """The last of corrected dates, else the one said with 'by', else the first."""
    if len(found) > 1:
        due = [w for w in found if w.due]
        gap = doc._.story.text[found[-2].end : found[-1].start]
        corrected = re.search(r"\b(?:no|sorry|actually|make that|i mean|rather|scratch)\b", gap, re.I)
        return found[-1] if corrected else (due or found)[0]
    return found[0] if found else None


def _head(clause: Clause) -> _Head | None:
    """The rightmost promise in the clause: 'I told her I'd ring' is about the ringing."""
    best: _Head | None = None
    for owner, patterns in (("us", US), ("them", THEM)):
        for pattern, form, sure in patterns:
            for match in re.finditer(pattern, clause.text, re.I):
                head = _Head(owner, form, clause.start + match.end(), sure)
                if best is None or head.start > best.start or (head.start == best.start and sure > best.sure):
                    best = head
    return best


def _meant(head: _Head, text: str, clause: Clause, when: When | None) -> bool:
    """Not a denial, a wish or small talk; the customer's promises are towards us."""
    before = clause.text[: head.start - clause.start]
    if re.search(r"\b(?:not|never|n't|wouldn't|didn't)\b", before[-25:], re.I) or re.match(
        r"(?:not|never)\b", text
    ):
        return False
    if head.owner == "us":
        if head.form == "ing" and not (when or GIVES.match(text)):
            return False
        return not IDLE.match(text)
    if clause.conditional and not re.search(r"\b(?:once|when|as soon as)\b", clause.text, re.I):
        return False
    if clause.history or (clause.subject == "us" and head.form != "vp"):
        return False
    if OURS_ONLY.match(text) or re.match(r"ask (?:whether|if|how|why|when|what|about)\b", text):
        return False
    if head.form == "ing" and not re.match(
        r"(?:send|pay|mail|e-?mail|text|transfer|wire|forward|get|put|dig|talk|check|ask|confirm|sign"
        r"|settle|drop|bring)",
        text,
    ):
        return False
    tail = clause.text[head.start - clause.start :]
    return bool(
        GIVES.match(text)
        and (
            TO_US.search(tail)
            or when
            or re.match(r"(?:pay|settle|transfer|confirm|sign|count|check|decide|see that)", text)
        )
    )


def _delivers(clause: Clause, when: When | None) -> bool:
    """A dated delivery that lies ahead."""
    return bool(
        when
        and DELIVERY.search(clause.text)
        and not clause.history
        and not clause.negated
        and not clause.conditional
        and not DONE.search(clause.text)
    )


def _specific(doc: Doc, clause: Clause) -> str | None:
    """A delivery that names what is brought, by us in person, stays in its own words."""
    product = any(n.kind == "product" and clause.start <= n.start < clause.end for n in doc._.names)
    return "own" if product and clause.subject == "us" else None


def _alike(one: Promise, other: Promise) -> bool:
    left, right = set(one.action.split()), set(other.action.split())
    return (
        one.owner == other.owner
        and len(left & right) >= 0.6 * min(len(left), len(right))
        and (one.due == other.due or one.due is None or other.due is None)
    )
