"""Words for an action: who is to get it, and what is paid."""

import re
from typing import Literal

from spacy.tokens import Doc

from nlp.components.steps import Step
from nlp.dates.days import MONTHS
from nlp.findings import context_of
from nlp.lexicon.actions import CAUSED

Owner = Literal["us", "customer"]


def debt(doc: Doc, step: Step) -> str:
    """What is paid, by what was said of it: an invoice, the account, or what is left."""
    near = doc._.story.text[max(0, step.start - 160) : step.end]
    month = re.search(rf"\b({'|'.join(m for m in MONTHS if len(m) > 4)})\b", near, re.I)
    said = f" {month[1].capitalize()}" if month and month[1].lower() not in ("march",) else ""
    if re.search(r"\binvoices?\b|\bbills?\b", near, re.I):
        return f"pay the{said} invoice"
    if re.search(r"\baccount\b", near, re.I):
        return "settle the account, pay the outstanding balance"
    named = re.search(
        r"\b((?:pending|remaining|final|last|late|overdue) )?(payment|dues|bill|arrears|deposit)\b",
        near,
        re.I,
    )
    if named:
        return f"pay the {(named[1] or 'outstanding ').lower()}{named[2].lower()}"
    return f"pay the outstanding{said} balance"


def asker(doc: Doc, step: Step) -> str:
    """The given name of who asked: the subject, or the one last spoken of."""
    people = [p for p in doc._.people if p.start < step.end and p.met > 0.3]
    here = [p for p in people if step.start <= p.start]
    if here and step.named[:1].isupper() and step.named.lower() not in ("he", "she", "they"):
        return str(here[0].name.split()[0])
    said = [(doc._.story.text.rfind(p.name.split()[0], 0, step.start), p.name.split()[0]) for p in people]
    return str(max(said)[1]) if said and max(said)[0] >= 0 else ""


def colleague(doc: Doc, named: str) -> str | None:
    """The given name of one of ours in these words."""
    names = {n.split()[0] for n in context_of(doc).colleagues}
    return next((w for w in re.findall(r"\w+", named) if w.capitalize() in names), None)


def turned(doc: Doc, step: Step, owner: Owner, text: str) -> tuple[Owner, str]:
    """Who has to act: 'they'd have it by Friday' is ours to do, 'I should have it by Friday' is theirs."""
    if step.verb == "hear":
        return "us", f"get back to {asker(doc, step)}".strip()
    if owner == "customer" and "now" in step.mood:
        return owner, text
    taken = step.verb in ("have", "get", "receive")
    if not (taken or re.match(r"(?:have|get|receive)\b", text)) or re.match(
        r"(?:send|get) (?:me|us)\b", text
    ):
        return owner, text
    tail = step.text[doc[step.predicate.at].idx - step.start :] if step.predicate else step.text
    if owner == "customer" and CAUSED.match(tail.strip()):
        return owner, text
    given = re.search(
        r"\b(?:with|to|over to) (?:him|her|them|[A-Z]\w+)\b|\bin (?:his|her|their) (?:hands|inbox)\b", tail
    )
    back = re.search(r"\b(?:to|with|for) (?:me|us)\b", tail)
    thing = re.sub(r"^(?:have|get|receive|send)\s+", "", text)
    if given or back:
        thing = re.sub(r"\s+(?:with|over to|in|to) (?:\w+)(?: \w+)?$", "", thing)
    if owner == "us" and not given and re.match(r"(?:have|receive)\b", text):
        theirs = re.match(
            r"(?:have|receive|get) (?:it|that|those|them|the|his|her|their)\b", tail.strip(), re.I
        )
        told = step.teller == "us" or re.search(r"\bfor (?:him|her|them|[A-Z]\w+)\b", tail)
        if theirs and not told:
            return "customer", f"send {thing}"
        return owner, f"send {asker(doc, step)} {thing}".replace("  ", " ")
    if owner == "customer" and not back:
        return "us", f"send {asker(doc, step)} {thing}".replace("  ", " ")
    if owner == "us" and given and text.startswith("have "):
        return "us", f"send {thing}"
    return owner, text


def helper(step: Step) -> str:
    """Which of ours: 'our technical man', a name, or somebody."""
    assert step.predicate is not None
    said = step.predicate.listener or step.named
    return said if 0 < len(said.split()) <= 3 else "somebody"


def booked(step: Step) -> str | None:
    """'I've booked a tech for Friday' sends one."""
    match = re.search(
        r"\b(?:a|an|our|the) (?:\w+ )?(?:tech|technician|engineer|fitter|trainer|driver|electrician|plumber"
        r"|courier|collection|pickup|pick-up|service|install(?:ation)?|repair|swap|replacement)\b",
        step.text,
        re.I,
    )
    return f"send {match.group().lower()}" if match else None
