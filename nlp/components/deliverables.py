"""Promises without a promising word: what arrives or is asked for, and what the trained layer hears."""

import re
from typing import Literal

from spacy.tokens import Doc

from nlp.components.actions import action, deliverable
from nlp.dates.when import When
from nlp.findings import Clause, Promise, chance
from nlp.lexicon.promises import (
    ARRIVES,
    DONE,
    GIVES,
    IDLE,
    OURS_ONLY,
    PAYMENT,
    REQUESTED,
    VERB,
)


def _requested(doc: Doc, clause: Clause, when: When | None) -> Promise | None:
    """'He wants a quote by Thursday', 'needs it by noon': asked for with a date, so it is ours."""
    match = REQUESTED.search(clause.text)
    if match is None or when is None or clause.negated or clause.history or not when.due:
        return None
    thing = deliverable(doc, clause.start + match.end(), clause.end) or deliverable(
        doc, clause.start, clause.end
    )
    if thing is None:
        return None
    return Promise(f"send {thing}", "us", when.value, clause.start, clause.end, 0.75)


def _trained(doc: Doc, clause: Clause, when: When | None) -> Promise | None:
    """No words of promising, but the trained layer takes it for one: the clause from its verb on."""
    ours, theirs = chance(doc, clause, "promise_us"), chance(doc, clause, "promise_them")
    if max(ours, theirs) < (0.55 if when else 0.8) or clause.negated or clause.history or clause.conditional:
        return None
    match = VERB.match(clause.text)
    if match is None:
        return None
    text = action(
        doc,
        clause.start + match.end(),
        clause.end,
        "ing" if match.group().rstrip().endswith(("'m", "'re", "am", "are", "is", "'s")) else "vp",
    )
    text = re.sub(r"^promised? (?=(?:a|an|the|his|her|their)\b)", "make ", text or "")
    if IDLE.match(text) or len(text.split()) < 2:
        return None
    owner: Literal["us", "customer"] = "us" if ours >= theirs else "customer"
    if owner == "customer" and (OURS_ONLY.match(text) or not GIVES.match(text) or text.startswith("ask ")):
        return None
    return Promise(
        text, owner, when.value if when else None, clause.start, clause.end, max(ours, theirs) * 0.9
    )


def _arrival(doc: Doc, clause: Clause, when: When | None) -> Promise | None:
    """'a credit note will be in her inbox by Friday', 'a sample goes out to him tomorrow': a thing that
    somebody gets."""
    if clause.negated or clause.history or (clause.conditional and not when) or DONE.search(clause.text):
        return None
    payment = PAYMENT.search(clause.text)
    if payment:
        due, what = when.value if when else None, payment.group(1).lower()
        text = f"pay by {what}" if "transfer" in what else f"send the {what}"
        return Promise(text, "customer", due, clause.start, clause.end, 0.8)
    match = ARRIVES.search(clause.text)
    if match is None or when is None or chance(doc, clause, "promise_us") < (0.2 if doc._.kinds else 0.0):
        return None
    thing = _subject_thing(doc, clause, match.start()) or deliverable(doc, clause.start, clause.end)
    if thing is None:
        return None
    return Promise(f"send {thing}", "us", when.value, clause.start, clause.end, 0.75)


def _subject_thing(doc: Doc, clause: Clause, end: int) -> str | None:
    """What arrives, when it is named before the verb: 'a loan unit will be with him'."""
    head = re.split(r"\b(?:told (?:him|her|them)|said|promised|that)\b|,", clause.text[:end])[-1]
    head = re.sub(r"^\W*(?:(?:and|so|but|then|because|next step)\b\W*)*", "", head, flags=re.I).strip(" ,.")
    named = re.match(r"(?:a|an|the|our|some|two|three|\w+ing)\b.*\w", head, re.I)
    return (
        head
        if named
        and len(head.split()) <= 9
        and not re.match(r"the (?:meeting|place|shop|office|van|truck)", head, re.I)
        else None
    )
