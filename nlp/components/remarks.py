"""Feedback (complaint, compliment, idea) and personal facts: the clause as spoken, and whose it is."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Clause, Remark, chance
from nlp.lexicon.remarks import (
    ABSENCE,
    BUSINESS,
    CUES,
    FLOOR,
    KIN,
    LIFE,
    NOT_PRODUCT,
    OUR_FAULT,
    SPEAKS,
    UNCUED,
)


@Language.component(
    "rounds_feedback",
    requires=["doc._.clauses", "doc._.promises", "doc._.names", "doc._.kinds"],
    assigns=["doc._.feedback"],
)
def find_feedback(doc: Doc) -> Doc:
    """One remark a clause at most; neighbours of one kind in a sentence are one remark."""
    found = [r for c in doc._.clauses if (r := _feedback(doc, c)) is not None]
    doc._.feedback = tuple(_joined(doc, found))
    return doc


def _feedback(doc: Doc, clause: Clause) -> Remark | None:
    if clause.elsewhere or any(p.start == clause.start for p in doc._.promises):
        return None
    if len(clause.text.split()) < 4:
        return None
    scores = {kind: _score(doc, clause, kind) for kind in CUES}
    kind = max(scores, key=lambda k: scores[k])
    floor = FLOOR[kind] if CUES[kind].search(clause.text) else UNCUED
    line = any(clause.start <= x.start < clause.end for x in doc._.lines)
    if scores[kind] < floor + 0.2 * line or _not_ours(doc, clause, kind):
        return None
    return _remark(doc, clause, kind, min(0.5 + scores[kind] / 2, 0.95))


def _score(doc: Doc, clause: Clause, kind: str) -> float:
    """The trained chance, with a little on top for a cue word; cues alone where nothing is trained."""
    cue = bool(CUES[kind].search(clause.text))
    if not doc._.kinds:
        return 0.6 * cue
    return chance(doc, clause, kind) + 0.2 * cue


def _not_ours(doc: Doc, clause: Clause, kind: str) -> bool:
    """What we will do about it, what a rep says of the day, and what their own things suffer is no
    feedback."""
    if kind == "complaint":
        if clause.subject == "us" and not OUR_FAULT.search(clause.text):
            return True
        return _ours_to_fix(clause.text) or bool(NOT_PRODUCT.search(clause.text))
    if kind == "compliment":
        return bool(
            re.search(r"\bnot\b|\bcroissant|\bday\b.*\bfor it\b|\bgood one\b", clause.text, re.I)
        ) or (clause.subject == "us" and not re.search(r"\bdeal with|\bbest\b|\bonly\b", clause.text))
    return bool(re.search(r"\bidea\b", clause.text, re.I) and len(clause.text.split()) < 7)


def _about_us(doc: Doc, clause: Clause) -> bool:
    text = clause.text
    return bool(
        re.search(
            r"\b(?:we|us|our|ours|driver|service|delivery|product|quality|deal with|ever|range|stuff|it"
            r"|he's|she's|them)\b",
            text,
            re.I,
        )
    ) or _product(doc, clause)


def _product(doc: Doc, clause: Clause) -> bool:
    return any(n.kind == "product" and clause.start <= n.start < clause.end for n in doc._.names)


def _ours_to_fix(text: str) -> bool:
    return bool(re.search(r"\b(?:i|we)(?:'ll|'m going to| will| apologi[sz]ed)\b", text, re.I))


def _remark(doc: Doc, clause: Clause, kind: str, sure: float) -> Remark:
    """Without who says so in front."""
    start, end = clause.start, clause.end
    lead = SPEAKS.match(doc._.story.text[start:end])
    if lead and lead.end() < end - start - 10:
        start += lead.end()
    lead = re.match(
        r"(?:and|but|so|because|that|who|which|then|also|,|honestly|apparently)\s+",
        doc._.story.text[start:end],
        re.I,
    )
    if lead:
        start += lead.end()
    text = doc._.story.text[start:end].strip(" ,.;:-–—!?\n")
    return Remark(kind, text, None, start, start + len(text), sure)


def _joined(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Remarks of one kind that follow each other without a full stop between are one."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        if (
            last
            and last.kind == remark.kind
            and not re.search(r"[.?!]", doc._.story.text[last.end : remark.start])
            and remark.start - last.end < 25
            and not re.match(r"\s*,? and we\b", doc._.story.text[last.end :])
        ):
            text = doc._.story.text[last.start : remark.end]
            out[-1] = Remark(
                last.kind, text, None, last.start, remark.end, max(last.confidence, remark.confidence)
            )
        else:
            out.append(remark)
    return out


@Language.component(
    "rounds_personal",
    requires=["doc._.clauses", "doc._.promises", "doc._.feedback", "doc._.people"],
    assigns=["doc._.personal"],
)
def find_personal(doc: Doc) -> Doc:
    found = []
    for clause in doc._.clauses:
        if clause.subject == "us" or any(clause.start <= r.start < clause.end for r in doc._.feedback):
            continue
        if any(p.start == clause.start for p in doc._.promises):
            continue
        sure = _life(doc, clause)
        if sure:
            person = whose(doc, clause)
            if person:
                remark = _remark(doc, clause, "personal", sure)
                found.append(Remark("personal", remark.text, person, remark.start, remark.end, sure))
    doc._.personal = tuple(_joined_personal(doc, found))
    return doc


def _life(doc: Doc, clause: Clause) -> float:
    """How sure it is that this is about somebody's life; business is what has our things in it."""
    text = clause.text
    kin = re.search(rf"\b(?:his|her|their|'s|the) (?:\w+ )?(?:{KIN})\b", text, re.I)
    life = LIFE.search(text)
    if re.search(r"\b(?:if|would)\b", text) or len(text.split()) < 4 or ABSENCE.search(text):
        return 0.0
    if not doc._.kinds:
        score = 0.85 if kin and life else 0.0
    else:
        score = chance(doc, clause, "personal") + (0.2 if kin or life else -0.25)
    if BUSINESS.search(text) and not (kin and life):
        score -= 0.3
    return min(score, 0.95) if score >= 0.55 else 0.0


def whose(doc: Doc, clause: Clause) -> str | None:
    """The person named in the clause, else the last one named before, else the only one met."""
    people = [p for p in doc._.people if p.met > 0.3]
    if not people:
        people = list(doc._.people)
    here = [p for p in people if re.search(rf"\b{re.escape(p.name.split()[0])}\b", clause.text)]
    if here:
        return str(here[0].name)
    before = [(doc._.story.text.rfind(p.name.split()[0], 0, clause.start), p.name) for p in people]
    before = [b for b in before if b[0] >= 0]
    if before:
        return str(max(before)[1])
    return str(people[0].name) if people else None


def _joined_personal(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Of one person and one sentence: one fact."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        if (
            last
            and last.person == remark.person
            and not re.search(r"[.?!]", doc._.story.text[last.end : remark.start])
            and " and " not in doc._.story.text[last.end : remark.start] + " "
        ):
            out[-1] = Remark(
                "personal",
                doc._.story.text[last.start : remark.end],
                last.person,
                last.start,
                remark.end,
                last.confidence,
            )
        else:
            out.append(remark)
    return out
