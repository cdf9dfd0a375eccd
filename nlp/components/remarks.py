"""Feedback (complaint, compliment, idea) and personal facts: the clause as spoken, and whose it is."""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.presence import ABSENT
from nlp.findings import Clause, Person, Remark, chance
from nlp.lexicon.remarks import (
    ABOUT_US,
    ABSENCE,
    BUSINESS,
    CUES,
    EVENT,
    FLOOR,
    GOES_ON,
    JOINER,
    KIN,
    LIFE,
    NOT_PRODUCT,
    OUR_FAULT,
    PLAINLY,
    SPEAKS,
    STRANGE,
    THEIRS,
    UNCUED,
)

FEWEST = 4
"""Words of a remark; what is shorter says too little to be kept."""
CLOSE = 25
"""Characters between two remarks that are one."""


@Language.component(
    "rounds_feedback",
    requires=["doc._.clauses", "doc._.promises", "doc._.names", "doc._.kinds", "doc._.lines"],
    assigns=["doc._.feedback"],
)
def find_feedback(doc: Doc) -> Doc:
    """One remark a clause at most, with the clause that goes on with it; neighbours of one kind are one."""
    found: list[Remark] = []
    for clause in doc._.clauses:
        remark = _feedback(doc, clause)
        if found and _goes_on(doc, found[-1], clause, remark):
            found[-1] = _stretched(doc, found[-1], clause)
        elif remark is not None:
            found.append(remark)
    doc._.feedback = tuple(_joined(doc, found))
    return doc


def _feedback(doc: Doc, clause: Clause) -> Remark | None:
    if clause.elsewhere or any(p.start == clause.start for p in doc._.promises):
        return None
    if len(clause.text.split()) < FEWEST or _within(doc._.sums, clause):
        return None
    scores = {kind: _score(doc, clause, kind) for kind in CUES}
    kind = max(scores, key=lambda k: scores[k])
    floor = FLOOR[kind] if CUES[kind].search(clause.text) else UNCUED
    floor += STRANGE * (not _about_us(doc, clause)) + 0.2 * _within(doc._.lines, clause)
    if scores[kind] < floor or _not_ours(doc, clause, kind):
        return None
    return _remark(doc, clause, kind, min(0.5 + scores[kind] / 2, 0.95))


def _within(items: object, clause: Clause) -> bool:
    """An order's line or an amount: business, not opinion."""
    return any(clause.start <= getattr(x, "start", -1) < clause.end for x in items)  # type: ignore[attr-defined]


def _score(doc: Doc, clause: Clause, kind: str) -> float:
    """The trained chance, with a little on top for a cue word; cues alone where nothing is trained."""
    cue = bool(CUES[kind].search(clause.text))
    if not doc._.kinds:
        return 0.6 * cue
    plain = PLAINLY[kind].search(clause.text)
    other = any(PLAINLY[k].search(clause.text) for k in PLAINLY if k != kind)
    return chance(doc, clause, kind) + 0.2 * cue + 0.4 * bool(plain) - 0.4 * (other and not plain)


def _not_ours(doc: Doc, clause: Clause, kind: str) -> bool:
    """What a competitor does, what we will do about it, what a rep says of the day, and what their own
    things suffer is no feedback."""
    if kind != "idea" and _rival(doc, clause) and not re.search(r"\b(?:than|we|us|our|ours)\b", clause.text):
        return True
    if kind == "complaint":
        if clause.subject == "us" and not OUR_FAULT.search(clause.text):
            return True
        ours_to_fix = re.search(r"\b(?:i|we)(?:'ll|'m going to| will| apologi[sz]ed)\b", clause.text, re.I)
        return bool(ours_to_fix or NOT_PRODUCT.search(clause.text) or THEIRS.search(clause.text))
    if kind == "compliment":
        denied = re.search(r"\bnot\b|\bday\b.*\bfor it\b|\bgood one\b", clause.text, re.I)
        ours = re.search(r"\bdeal with|\bbest\b|\bonly\b", clause.text)
        return bool(denied) or (clause.subject == "us" and not ours)
    return bool(re.search(r"\bidea\b", clause.text, re.I) and len(clause.text.split()) < 7)


def _about_us(doc: Doc, clause: Clause) -> bool:
    """Our people, our things or one of our products are in it."""
    return bool(ABOUT_US.search(clause.text)) or _named(doc, clause, "product")


def _rival(doc: Doc, clause: Clause) -> bool:
    return _named(doc, clause, "competitor")


def _named(doc: Doc, clause: Clause, kind: str) -> bool:
    return any(n.kind == kind and clause.start <= n.start < clause.end for n in doc._.names)


def _goes_on(doc: Doc, last: Remark, clause: Clause, own: Remark | None) -> bool:
    """'... so the sizes stay apart', '... because he explains everything': the reason belongs to it."""
    between = doc._.story.text[last.end : clause.start]
    follows = clause.start - last.end < 3 and not re.search(r"[.?!\n]", between)
    if not follows or not GOES_ON.match(clause.text) or clause.subject == "us":
        return False
    promised = any(p.start == clause.start for p in doc._.promises)
    return not promised and not _within(doc._.lines, clause) and (own is None or own.kind != last.kind)


def _stretched(doc: Doc, remark: Remark, clause: Clause) -> Remark:
    text = doc._.story.text[remark.start : clause.end].rstrip(" ,.;:-–—!?\n")
    return replace(remark, text=text, end=remark.start + len(text))


def _remark(doc: Doc, clause: Clause, kind: str, sure: float) -> Remark:
    """Without who says so in front."""
    start, end = clause.start, clause.end
    for lead in (JOINER, SPEAKS, JOINER):
        said = lead.match(doc._.story.text[start:end])
        if said and said.end() < end - start - 10:
            start += said.end()
    text = doc._.story.text[start:end].strip(" ,.;:-–—!?\n")
    return Remark(kind, text, None, start, start + len(text), sure)


def _joined(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Remarks of one kind that follow each other without a full stop between are one."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        if last and last.kind == remark.kind and _one_breath(doc, last, remark):
            text = doc._.story.text[last.start : remark.end]
            sure = max(last.confidence, remark.confidence)
            out[-1] = Remark(last.kind, text, None, last.start, remark.end, sure)
        else:
            out.append(remark)
    return out


def _one_breath(doc: Doc, last: Remark, remark: Remark) -> bool:
    between = doc._.story.text[last.end : remark.start]
    apart = re.search(r"[.?!]", between) or re.match(r"\s*,? and we\b", doc._.story.text[last.end :])
    return not apart and len(between) < CLOSE


@Language.component(
    "rounds_personal",
    requires=["doc._.clauses", "doc._.promises", "doc._.feedback", "doc._.people", "doc._.lines"],
    assigns=["doc._.personal"],
)
def find_personal(doc: Doc) -> Doc:
    found = []
    for clause in doc._.clauses:
        if clause.subject == "us" or any(clause.start <= r.start < clause.end for r in doc._.feedback):
            continue
        if any(p.start == clause.start for p in doc._.promises) or _within(doc._.lines, clause):
            continue
        sure = _life(doc, clause)
        person = whose(doc, clause) if sure else None
        if person:
            remark = _remark(doc, clause, "personal", sure)
            found.append(replace(remark, person=person))
    doc._.personal = tuple(_joined_personal(doc, found))
    return doc


LEAST, ALONE = 0.45, 0.3
"""Score from which a clause is a fact, and what one loses that names nobody's family and nothing of life;
chosen on the development worlds."""


def _life(doc: Doc, clause: Clause) -> float:
    """How sure it is that this is about somebody's life; business is what has our things in it."""
    text = clause.text
    kin = re.search(rf"\b(?:his|her|their|'s|the) (?:\w+ )?(?:{KIN})\b", text, re.I)
    life = LIFE.search(text)
    if re.search(r"\b(?:if|would)\b", text) or len(text.split()) < FEWEST:
        return 0.0
    if ABSENCE.search(text) and not EVENT.search(text):
        return 0.0
    if _named(doc, clause, "product") and not life:
        return 0.0
    if not doc._.kinds:
        score = 0.85 if kin and life else 0.0
    else:
        score = chance(doc, clause, "personal") + (0.2 if kin or life else -ALONE)
    if BUSINESS.search(text) and not (kin and life):
        score -= 0.3
    return min(score, 0.95) if score >= LEAST else 0.0


def whose(doc: Doc, clause: Clause) -> str | None:
    """The person named in the clause, else the last one named before, else the only one met."""
    away = [p for p in doc._.people if p.met == ABSENT and _said_in(doc, p, clause.sentence)]
    people = [p for p in doc._.people if p.met > 0.3 or p in away] or list(doc._.people)
    here = [p for p in people if re.search(rf"\b{re.escape(p.name.split()[0])}\b", clause.text)]
    if here:
        return str(here[0].name)
    before = [(doc._.story.text.rfind(p.name.split()[0], 0, clause.start), p.name) for p in people]
    before = [b for b in before if b[0] >= 0]
    if before:
        return str(max(before)[1])
    return str(people[0].name) if people else None


def _said_in(doc: Doc, person: Person, number: int) -> bool:
    """Somebody who was not there is meant only in the sentence that says so."""
    return any(c.sentence == number and c.start <= person.start < c.end for c in doc._.clauses)


def _joined_personal(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Of one person and one sentence: one fact."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        between = doc._.story.text[last.end : remark.start] if last else ""
        if last and last.person == remark.person and not re.search(r"[.?!]|\band\b", between):
            text = doc._.story.text[last.start : remark.end]
            out[-1] = replace(last, text=text, end=remark.end)
        else:
            out.append(remark)
    return out
