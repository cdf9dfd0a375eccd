"""Promises without a promising word: what is asked for by a day, what arrives, notes without a verb, and
what the trained layer hears."""

import re

from spacy.tokens import Doc

from nlp.components.actions import action, deliverable
from nlp.components.predicates import KNOWN
from nlp.components.steps import Step
from nlp.components.wording import Owner, asker, debt
from nlp.dates.when import When
from nlp.findings import Promise, chance
from nlp.lexicon.actions import THING
from nlp.lexicon.promises import (
    ARRIVES,
    CALLS,
    DECIDED,
    DONE,
    DUE_FOR,
    GIVES,
    IDLE,
    NOTES,
    OURS_ONLY,
    PAYMENT,
    SENDABLE,
    VERB,
    WAITING,
)
from nlp.lexicon.verbs import ARRIVING, GIVING, PAYING, PROMISES

WANTING = ("want", "need", "like", "ask", "expect", "request", "require", "prefer", "love")
WHAT = re.compile(r"\W*(?:and |so |but )?(?:what|all|the (?:only |one |main )?thing)\b", re.I)
CLEFT = re.compile(r"[^,.;]{0,24}?\b(?:is|are|was)\s+", re.I)
"""'What he needs from us is …'."""
GIVEN_TO = re.compile(r"\b(?:with|to) (him|her|them|(?-i:[A-Z])[a-z'-]+)\b(?! \w+'s)", re.I)
SEEING = ("see", "have", "get", "receive", "look")


def requested(doc: Doc, step: Step, due: When | None) -> Promise | None:
    """'He wants a quote by Thursday', 'needs it by noon': asked for with a date, so it is ours."""
    found = step.predicate
    if found is None or due is None or step.actor not in ("them", "none") or found.actor == "us":
        return None
    asks = found.lemma in WANTING or ("want" in found.mood and found.lemma in SEEING)
    if not asks or "not" in found.mood or step.history or step.supposed:
        return None
    start = doc[found.at].idx + len(doc[found.at])
    cleft = CLEFT.match(doc._.story.text[start : step.end])
    if cleft and WHAT.match(step.text):
        start += cleft.end()
    if re.match(r"\s*(?:for )?(?:it|that|this|them|those)\b", doc._.story.text[start : step.end]):
        return Promise("send it", "us", due.value, step.start, step.end, 0.7)
    thing = deliverable(doc, start, step.end)
    if thing is None:
        return None
    said = (action(doc, start, step.end, "send") or "").removeprefix("send ")
    said = re.sub(r"^(?:for|to see|to have|me for|us for|from (?:me|us))\s+", "", said)
    if THING.search(said) and len(said.split()) <= 12:
        thing = said
    verb = "give" if re.match(r"(?:an |the )?(?:answer|decision|yes or no)", thing) else "send"
    text = " ".join(f"{verb} {asker(doc, step)} {thing}".split())
    return Promise(text, "us", due.value, step.start, step.end, 0.75)


def arrival(doc: Doc, step: Step, due: When | None) -> Promise | None:
    """'a credit note will be in her inbox by Friday', 'a sample goes out to him tomorrow': a thing that
    somebody gets."""
    if step.history or "not" in step.mood or DONE.search(step.text) or step.mood & {"past", "habit"}:
        return None
    if DUE_FOR.search(step.text) or (step.teller != "us" and DECIDED.match(step.text)):
        return None
    payment = PAYMENT.search(step.text)
    if payment and (due or "fut" in step.mood):
        value, what = due.value if due else None, payment.group(1).lower()
        text = f"pay by {what}" if "transfer" in what else _paid(what, step)
        return Promise(text, "customer", value, step.start, step.end, 0.8)
    if due is not None and re.search(r"\bin our account\b", step.text, re.I):
        return Promise(debt(doc, step), "customer", due.value, step.start, step.end, 0.8)
    if due is None or step.actor not in ("thing", "none"):
        return None
    found = step.predicate
    paid = re.search(r"\b(?:gets?|getting|be|being) (?:paid|settled|cleared)\b", step.text, re.I)
    if found is not None and (paid or (found.lemma in PAYING and found.form == "passive")):
        return Promise(debt(doc, step), "customer", due.value, step.start, step.end, 0.75)
    match = ARRIVES.search(step.text)
    moves = (
        found is not None
        and found.lemma in ARRIVING
        and (found.lemma != "be" or "fut" in found.mood or "must" in found.mood)
    )
    if match is None and not moves:
        return None
    at = doc[found.at].idx - step.start if found and step.named else match.start() if match else 0
    thing = _subject_thing(step, step.text.find(step.named) + len(step.named) if step.named else at)
    thing = thing or deliverable(doc, step.start, step.end)
    if thing is None:
        return None
    if given := GIVEN_TO.search(step.text):
        thing = f"{given[1] if given[1][0].isupper() else asker(doc, step)} {thing}".strip()
    return Promise(f"send {thing}", "us", due.value, step.start, step.end, 0.75)


def _paid(what: str, step: Step) -> str:
    if "invoice" in what and re.search(r"\b(?:paid|settled|cleared)\b", step.text, re.I):
        return f"pay the {what}"
    return "pay" if what == "payment" else f"send the {what}"


def _subject_thing(step: Step, end: int) -> str | None:
    """What arrives, when it is named before the verb: 'a loan unit will be with him'."""
    head = re.split(r"\b(?:told (?:him|her|them)|said|promised|that)\b|,", step.text[:end])[-1]
    head = re.sub(r"^\W*(?:(?:and|so|but|then|because|next step)\b\W*)*", "", head, flags=re.I).strip(" ,.")
    named = SENDABLE.search(head)
    fits = re.match(r"(?:a|an|the|our|some|two|three|\w+s|new|missing|right)\b.*\w", head, re.I)
    if not (named or fits) or len(head.split()) > 9 or not head:
        return None
    if re.match(
        r"the (?:meeting|place|shop|office|van|truck|inspector|board)|(?:it|that|this)\b", head, re.I
    ):
        return None
    return head


def noted(doc: Doc, step: Step, due: When | None) -> Promise | None:
    """A note without a verb: 'Quote due Friday', 'follow-up call Tuesday at ten', 'to do: …'."""
    text = step.text
    owed = WAITING.search(text)
    if owed and step.actor in ("us", "none") and "not" not in step.mood:
        awaited = action(doc, step.start + owed.end(), step.end, "send") or ""
        if len(awaited.split()) > 1:
            return Promise(awaited, "customer", due.value if due else None, step.start, step.end, 0.7)
    joined = _joined(doc, step) if due is not None else None
    if joined and due:
        return Promise(joined, "us", due.value, step.start, step.end, 0.75)
    marked = NOTES.search(text)
    heading = next((s for s in reversed(doc._.steps) if s.end <= step.start), None)
    if heading and re.fullmatch(rf"\W*{NOTES.pattern}\W*", heading.text, re.I) and step.actor == "none":
        marked = re.match("", text)
    if marked:
        told = action(doc, step.start + marked.end(), step.end, "vp")
        if told is None:
            told = action(doc, step.start + marked.end(), step.end, "send")
        if told is not None and not IDLE.match(told):
            return Promise(told, "us", due.value if due else None, step.start, step.end, 0.8)
    if due is None or step.history or (step.predicate is not None and step.mood & {"past", "not", "done"}):
        return None
    if DUE_FOR.search(text):
        return None
    called = CALLS.search(text)
    idle = step.actor in ("none", "thing") and not (step.mood & {"past", "done", "not"})
    if called and idle and not re.search(r"\b(?:close|cold|last|sales|good) call\b", text, re.I):
        return _call(doc, step, due, called)
    if step.predicate is not None and step.verb not in (
        "call",
        "be",
        "schedule",
        "quote",
        "due",
        "book",
        "plan",
    ):
        return None
    if step.actor in ("them", "rival") and step.predicate is not None:
        return None
    thing = deliverable(doc, step.start, step.end)
    if thing is None or not (due.due or re.search(r"\b(?:due|to|for|out|over)\b", text, re.I)):
        return None
    return Promise(f"send {thing}", "us", due.value, step.start, step.end, 0.65)


def _call(doc: Doc, step: Step, due: When, called: re.Match[str]) -> Promise:
    """'Follow-up call Tuesday at ten', with whom and about what."""
    after = re.match(r"\s+(?:with|to|about|re|back)\b.*", step.text[called.end() :], re.I)
    rest = action(doc, step.start + called.end(), step.end, "send") if after else None
    text = f"call {(rest or '').removeprefix('send ') or asker(doc, step)}".strip()
    return Promise(text, "us", due.value, step.start, step.end, 0.7)


def _joined(doc: Doc, step: Step) -> str | None:
    """'… the list tonight and two samples on Wednesday': a second thing of the same promise."""
    before = next((s for s in reversed(doc._.steps) if s.end <= step.start), None)
    if (
        step.predicate is not None
        or before is None
        or before.sentence != step.sentence
        or before.actor != "us"
    ):
        return None
    if (
        not re.match(r"\W*and\b", step.text)
        or before.verb not in GIVING | PROMISES
        or CALLS.search(step.text)
    ):
        return None
    return action(doc, step.start + re.match(r"\W*and\b", step.text).end(), step.end, "send")  # type: ignore[union-attr]


def trained(doc: Doc, step: Step, due: When | None) -> Promise | None:
    """No words of promising, but the trained layer takes it for one: the step from its verb on."""
    clause = step.clause
    ours, theirs = chance(doc, clause, "promise_us"), chance(doc, clause, "promise_them")
    if max(ours, theirs) < (0.6 if due else 0.85) or "not" in step.mood or step.history or step.supposed:
        return None
    match = VERB.match(step.text)
    if match is None or step.predicate is None or step.mood & {"past", "done", "not", "would", "can", "want"}:
        return None
    if step.teller == "them" or step.verb not in KNOWN:
        return None
    form = "ing" if match.group().rstrip().endswith(("'m", "'re", "am", "are", "is", "'s")) else "vp"
    text = action(doc, step.start + match.end(), step.end, form) or ""
    if IDLE.match(text) or len(text.split()) < 2:
        return None
    owner: Owner = "customer" if step.actor == "them" else "us"
    if step.actor not in ("us", "them", "none", "ours") or (theirs > ours and owner == "us"):
        return None
    if owner == "customer" and (OURS_ONLY.match(text) or not GIVES.match(text) or text.startswith("ask ")):
        return None
    value = due.value if due else None
    return Promise(text, owner, value, step.start, step.end, max(ours, theirs) * 0.9)
