"""Promises said as such: 'I'll ring him', 'I've to get him a price', 'she promised to pay', 'he asked me to
send it by Monday'."""

import re

from spacy.tokens import Doc

from nlp.components.actions import action
from nlp.components.steps import Step
from nlp.components.wording import Owner, booked, colleague, debt, helper, turned
from nlp.dates.when import When
from nlp.findings import Promise, chance
from nlp.lexicon.actions import CAUSED
from nlp.lexicon.promises import (
    ANSWERS,
    BOOKED,
    CALLS,
    FIRM,
    FROM_OTHERS,
    GIVES,
    HEARD,
    IDLE,
    MONEY,
    OURS_ONLY,
    REFUSED,
    SETTLES,
    TO_US,
)
from nlp.lexicon.verbs import DOING, GIVING, OPINIONS, PAYING, PROMISES, TALKING, words

SENDING = words("send email mail forward transfer wire post text shoot fire ping pop bang share message fax")
NEXT = 50
"""Characters behind a question in which it is refused."""
ACTIVE = GIVING | TALKING | PAYING | DOING


def spoken(doc: Doc, step: Step, due: When | None) -> Promise | None:
    """The step as a promise, when its mood makes it one."""
    found = step.predicate
    if found is None or found.mood & {"not", "habit"} or step.history:
        return None
    if step.question and not _asked_of_us(doc, step, due):
        return None
    actor = found.actor or step.actor
    if step.actor == "us" and found.actor == "them" and not _of_customer(doc, step):
        actor = "ours"
    sure, form = 0.0, found.form
    if actor == "us" or (actor == "none" and step.actor == "none"):
        sure = _ours(step, due) if actor == "us" else _noted(doc, step, due)
    elif actor == "ours":
        sure, form = _sure_of_ours(step, due), "have"
    elif actor in ("them", "you") and _told_to_get(step):
        actor, sure = "us", 0.88
    elif actor == "them":
        sure = _theirs(step, due)
    if sure <= 0:
        return None
    return _worded(doc, step, due, actor, form, sure)


def _asked_of_us(doc: Doc, step: Step, due: When | None) -> bool:
    """'She asked would I put a price together by Monday', and nobody said no."""
    refused = REFUSED.search(doc._.story.text[step.end : step.end + NEXT])
    asked = step.reported in ("ask", "request", "wonder") or due is not None
    return step.actor == "us" and asked and not refused and step.verb in ACTIVE


def _of_customer(doc: Doc, step: Step) -> bool:
    """Whom we asked is one of theirs."""
    assert step.predicate is not None
    said = step.predicate.listener
    if colleague(doc, said) or re.match(r"our\b", said, re.I):
        return False
    known = {n.text.lower() for n in doc._.names if n.kind == "person"} | {
        p.name.lower() for p in doc._.people
    }
    words = {w for name in known for w in name.split()}
    return said.lower() in ("him", "her", "them") or bool(words & set(said.lower().split()))


def _ours(step: Step, due: When | None) -> float:
    """How sure a first person's step is a promise."""
    found = step.predicate
    assert found is not None
    mood, lemma = found.mood, found.lemma
    told = step.teller == "us"
    opinion = step.teller in ("them", "thing") and step.reported in OPINIONS | {"say"} and "must" in mood
    if lemma == "be" or opinion or (step.supposed and "fut" not in mood):
        return 0.0
    if step.question:
        return 0.75
    if "asked" in mood:
        return 0.85 if due or step.actor == "none" else 0.0
    if "promise" in mood:
        return 0.9
    if lemma in PROMISES and found.form in ("past", "perf", "s"):
        return 0.85
    if lemma == "owe":
        return 0.9
    if lemma in BOOKED and mood & {"done", "past"}:
        return 0.75 if due else 0.0
    if mood & {"done", "past", "passive"}:
        return 0.0
    if "must" in mood and "would" in mood:
        return 0.7
    if "would" in mood or mood & {"can", "may"}:
        return (
            (0.93 if "would" in mood else 0.75) if told and step.reported not in OPINIONS - {"guess"} else 0.0
        )
    if "must" in mood or "fut" in mood:
        return 0.94 if lemma in ACTIVE and step.teller in ("us", "none") else 0.9
    if "plan" in mood:
        return 0.7
    if "now" in mood:
        return 0.8 if (due or _handed(step)) and step.teller != "them" else 0.0
    if "want" in mood or "emphatic" in mood:
        return 0.0
    return 0.7 if due and lemma in ACTIVE and found.form in ("s", "vp") else 0.0


def _handed(step: Step) -> bool:
    """'I'm sending him one', not 'we're giving only thirty'."""
    limited = re.search(r"\b(?:only|just|always|already|normally|currently)\b", step.text, re.I)
    return step.verb in GIVING and not limited


def _noted(doc: Doc, step: Step, due: When | None) -> float:
    """A note to oneself: 'need to ring the depot', 'send Marco the list'."""
    found = step.predicate
    assert found is not None
    if "promise" in found.mood or (found.lemma in PROMISES and found.form in ("past", "perf") and due):
        return 0.8  # 'Promised a call tomorrow'
    if found.form not in ("vp", "ing") or found.mood & {"past", "done", "passive", "want"}:
        return 0.0
    first = re.sub(r"^\W*(?:(?:and|so|then|but|also|ok|okay|oh|right|well|now|anyway)\b\W*)*", "", step.text)
    if found.form == "ing" and due and found.lemma in GIVING | TALKING and not step.reported:
        return 0.75  # 'sending him the list tonight'
    if found.mood & {"must", "fut", "asked"}:
        return 0.0 if re.match(r"(?:needs|has)\b", first, re.I) else 0.75
    if HEARD.match(doc._.story.text[step.end : step.end + 30]):
        return 0.0
    if (
        step.reported
        or not FIRM.match(first)
        or re.search(r"\b(?:he|she|they) (?:said|says)\b", step.text, re.I)
    ):
        return 0.0
    return 0.75


def _sure_of_ours(step: Step, due: When | None) -> float:
    """A colleague of ours who will do it."""
    mood = step.mood
    if mood & {"past", "done", "passive", "want"} or (
        step.verb == "be" and not (due and "there" in step.text)
    ):
        return 0.0
    if mood & {"fut", "must", "asked", "promise"} or ("would" in mood and step.teller == "us"):
        return 0.82
    return 0.7 if due and (mood & {"now"} or step.verb in ACTIVE) else 0.0


def _told_to_get(step: Step) -> bool:
    """'I said she'd have them by Tuesday': ours to send."""
    getting = step.verb in ("have", "get", "receive", "hear") and bool(step.mood & {"would", "fut"})
    return getting and step.teller == "us" and step.reported not in OPINIONS


def _theirs(step: Step, due: When | None) -> float:
    """How sure a step of the customer's is a promise to us; what it is about is looked at later."""
    found = step.predicate
    assert found is not None
    mood = found.mood
    if step.actor == "us" and "asked" in mood:
        return 0.75  # 'I asked Marco to email me'
    if step.supposed and not re.search(r"\b(?:once|when|as soon as)\b", step.text, re.I):
        return 0.0
    if "promise" in mood or (found.lemma in PROMISES and found.form in ("past", "perf")):
        return 0.85
    if found.lemma == "owe":
        return 0.8
    if mood & {"done", "past", "passive", "can", "may"}:
        return 0.0
    if "would" in mood:
        return 0.88 if step.reported and step.teller == "them" and step.reported not in OPINIONS else 0.0
    if mood & {"fut", "must"}:
        return 0.86
    if "now" in mood:
        return 0.8 if due or found.lemma in SENDING else 0.0
    return 0.75 if found.form == "s" and not mood and due else 0.0


def _worded(doc: Doc, step: Step, due: When | None, actor: str, form: str, sure: float) -> Promise | None:
    """The action in few words, and what speaks against it once it is known."""
    found = step.predicate
    assert found is not None
    start = doc[found.at].idx
    if found.lemma in PROMISES | {"owe"} and "promise" not in found.mood:
        text = _thing_promised(doc, step, actor)
    elif found.lemma in BOOKED and found.mood & {"done", "past"}:
        text = booked(step)
    elif form == "have":
        text = action(doc, start, step.end, "ing" if found.form == "ing" else "vp")
        text = text or (action(doc, start, step.end, "have") or "").partition(" somebody ")[2]
        text = f"have {helper(step)} {text}" if text else None
    else:
        text = action(doc, start, step.end, "vp" if form in ("be", "passive") else form)
    if (text is None or " " not in text) and found.lemma in GIVING:
        text = _fronted(doc, step, found.lemma) or text
    if text is not None and actor == "them" and SETTLES.match(text):
        text = debt(doc, step)
    if text is None or _unlikely(doc, step, sure):
        return None
    owner: Owner = "customer" if actor == "them" else "us"
    if owner == "customer" and step.teller != "us" and FROM_OTHERS.search(step.text):
        return None
    if owner == "us" and form != "have" and IDLE.match(text):
        return None
    if owner == "customer" and not _towards_us(step, text, form, due):
        return None
    if form != "have" and not re.match(r"(?:pay|settle)\b", text):
        owner, text = turned(doc, step, owner, text)
    trained = chance(doc, step.clause, "promise_us") + chance(doc, step.clause, "promise_them")
    sure *= 0.75 + 0.25 * trained if doc._.kinds else 1.0
    return Promise(text, owner, due.value if due else None, step.start, step.end, sure)


def _fronted(doc: Doc, step: Step, lemma: str) -> str | None:
    """'The tender papers, Graeme will email by Friday': what is sent stands in front."""
    before = next((s for s in reversed(doc._.steps) if s.end <= step.start), None)
    if before is None or before.predicate is not None or before.sentence != step.sentence:
        return None
    thing = before.text.strip(" ,.")
    return f"{lemma} {thing[0].lower()}{thing[1:]}" if 0 < len(thing.split()) <= 6 else None


def _thing_promised(doc: Doc, step: Step, actor: str) -> str | None:
    """'I promised the catalogue', 'he's promised a bank transfer', 'I owe him a call'."""
    found = step.predicate
    assert found is not None
    text = action(doc, doc[found.at].idx + len(doc[found.at]), step.end, "send")
    if text is None:
        return None
    thing = text.removeprefix("send ")
    thing = re.sub(r"^(?:(?:him|her|them|me|us)\s+)", "", thing)
    if re.match(r"(?:that|it|this|so|with|on|to|for|in|at)\b", thing) or _verb_first(doc, found.at, thing):
        return None
    if found.lemma == "owe" and MONEY.match(re.sub(r"^[A-Z]\w+ ", "", thing)):
        return None
    if actor == "them" and re.search(r"\b(?:payment|transfer|cheque|check|money)\b", thing):
        return f"pay by {thing}" if "transfer" in thing else f"send {thing}"
    called = CALLS.match(thing)
    if called:
        return f"call {thing[called.end() :]}".strip()
    return text if re.match(r"send (?:(?:him|her|them|me|us|[A-Z]\w+) )?\w", text) else None


def _verb_first(doc: Doc, at: int, thing: str) -> bool:
    """What follows is the next thing that somebody did, not what was promised."""
    first = next((t for t in doc[at + 1 :] if t.text == thing.split()[0]), None)
    return first is not None and first.tag_ in ("VBD", "VBZ", "VBG", "MD")


def _unlikely(doc: Doc, step: Step, sure: float) -> bool:
    """The trained layer is sure that it is something else."""
    if not doc._.kinds:
        return False
    likely = {k: chance(doc, step.clause, k) for k in ("idea", "personal", "complaint", "compliment", "lost")}
    promised = sum(chance(doc, step.clause, k) for k in ("promise_us", "promise_them"))
    promised += 0.5 * chance(doc, step.clause, "meeting") + 0.5 * chance(doc, step.clause, "order")
    whole = len(step.text) > 0.6 * len(step.clause.text)
    return whole and max(likely.values()) > 0.5 and max(likely.values()) > 1.5 * promised and sure < 0.93


def _towards_us(step: Step, text: str, form: str, due: When | None) -> bool:
    """The customer's promises are towards us."""
    if step.actor == "us" and "asked" in step.mood:
        return bool(TO_US.search(step.text[3:]) or due)
    if not CAUSED.match(text) and (OURS_ONLY.match(text) or ANSWERS.match(text)):
        return False
    tail = text.split(" ", 1)[-1] if " " in text else ""
    if not GIVES.match(text):
        return False
    to_us = TO_US.search(tail) or re.search(r"\b(?:to|with|for) (?:me|us)\b", step.text)
    sent = step.verb in SENDING and re.search(r"\b(?:over|back|across|through)\b", text)
    return bool(
        to_us
        or sent
        or due
        or re.match(r"(?:pay|settle|transfer|confirm|sign|count|check|see that|clear|square)", text)
    )
