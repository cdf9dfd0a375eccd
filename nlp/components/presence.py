"""Whether a named person was met or is newly named to deal with, and in which role: the words around the
name, and what the name does in its sentence."""

import re

from spacy.tokens import Doc

from nlp.findings import Person, sentence_at, sentences, token_from
from nlp.grammar.spelling import spelled
from nlp.lexicon.people import (
    ABSENT_AFTER,
    ABSENT_BEFORE,
    ACTED,
    BROUGHT,
    ELSEWHERE,
    HABIT,
    INTRODUCED,
    IS_IN,
    LATER,
    MET_BEFORE,
    NEAR,
    NOT_OF_HERE,
    NOT_THEIRS,
    OF_THEIRS,
    OUR_PERSON,
    PLACED,
    ROLE_AFTER,
    ROLE_BEFORE,
    ROLE_NEXT,
    RUNS_IT,
    STRAY,
    STRAY_MET,
    TITLE,
)

ACTS, NAMED_ONLY, ABSENT, STRANGER = 0.85, 0.3, 0.15, 0.05
"""How sure it is that a known person was met who does something here, is only spoken of, is not in; that
somebody of another place was."""
CERTAIN = 0.95
"""'I met', 'I spoke to'."""
SURE = 0.9
"""Chance from which the trained layer decides; chosen on the development worlds."""
MOMENTS = ("office", "desk", "place", "shop", "house", "number", "email", "mobile", "cell", "phone")
"""Whose they are was met there, or is newly reached by them."""
OPENING = 2
"""Sentences at the beginning in which a rep says whom it was with."""


def presence(doc: Doc, name: str, start: int, end: int, known: bool) -> Person:
    """One mention of a person as far as its sentence tells."""
    text = doc._.story.text
    before, after = text[max(0, start - NEAR) : start], _unspelled(text[end : end + 2 * NEAR])
    before = re.split(r"[.?!;]\s", TITLE.sub(" ", before))[-1]
    within = sentence_at(doc, start)
    sentence = within.text if within else ""
    role = _role(before, after)
    new = bool(role and re.search(r"\bnew\b", before + after.split(".")[0], re.I)) or (
        not known and bool(INTRODUCED.search(sentence))
    )
    met = _met(doc, (start, end), before, after, role, known, new)
    met = _trained(doc._.there.get(start, {}), met, known)
    return Person(name, start, end, role, met, new, full=" " in name)


def _unspelled(after: str) -> str:
    """The words behind a name without the letters in which it is spelled."""
    for letters in reversed(spelled(after)):
        head = re.sub(
            r",? ?(?:that's|that is|spelled|spelt|spell(?:ing)?|I spell)?,? ?$", "", after[: letters.start]
        )
        after = head + re.sub(r"^[.,]? ?(?=[a-z])", ", ", after[letters.end :].lstrip(".,"))
    return after[:NEAR]


def _role(before: str, after: str) -> str | None:
    match = ROLE_AFTER.search(after) or ROLE_NEXT.search(after) or ROLE_BEFORE.search(before)
    if match is None:
        return "owner" if RUNS_IT.search(before) else None
    role = re.sub(r"^(?:the|their|a|an|our|his|her|new|young|old)\s+", "", match.group(1).strip().lower())
    role = re.sub(
        r"^.*\b(?:with|met|by|to|for|from|is|and their|saw|also)\s+(?:the |a |their )?(?:new )?", "", role
    )
    if match.re is ROLE_BEFORE and role in ("head", "lead", "rep", "partner's"):
        return None
    return role.upper() if role in ("gm", "md", "ceo", "cfo", "coo") else role


def _met(
    doc: Doc, span: tuple[int, int], before: str, after: str, role: str | None, known: bool, new: bool
) -> float:
    """Absent, ours or kin: not met. Else the better the words around say it."""
    if (NOT_OF_HERE.search(before) and not role) or OUR_PERSON.match(after) or ELSEWHERE.search(before):
        return STRANGER
    if IS_IN.match(after):
        return CERTAIN
    if ABSENT_AFTER.match(after) or ABSENT_BEFORE.search(before):
        return ABSENT
    if NOT_THEIRS.search(before) and re.search(r"\b(?:called|named),?\s*$", before) and not (role or known):
        return STRANGER
    if OF_THEIRS.match(after) or (_owns(doc, span) and not _opening(doc, span)):
        return NAMED_ONLY
    if MET_BEFORE.search(before) or BROUGHT.search(before):
        return CERTAIN
    if NOT_THEIRS.search(before) and not role and not known:
        return STRANGER
    if LATER.match(after) or (HABIT.match(after) and not _opening(doc, span)):
        return NAMED_ONLY
    if role:
        return 0.9
    if known:
        return ACTS if _acts(doc, span, before, after) else NAMED_ONLY
    if (new or ACTED.match(after)) and not STRAY.search(before):
        return 0.7
    return STRAY_MET if STRAY.search(before) or not before.strip() else 0.45


def _trained(there: dict[str, float], met: float, known: bool) -> float:
    """What the trained layer says of a known person for whom no word around the name decides."""
    if not there or not known or met in (STRANGER, ABSENT, CERTAIN):
        return met
    if there["absent"] > SURE:
        return ABSENT
    if there["named"] > SURE:
        return NAMED_ONLY
    return max(met, ACTS) if there["met"] > SURE else met


def _opening(doc: Doc, span: tuple[int, int]) -> bool:
    bounds = [s.end_char for s in sentences(doc)[:OPENING]]
    return bool(bounds) and span[0] < bounds[-1]


def _owns(doc: Doc, span: tuple[int, int]) -> bool:
    """'Pete's crew had to …': somebody of his, or a thing."""
    at = token_from(doc, span[1])
    if at + 1 >= len(doc) or doc[at].tag_ != "POS":
        return False
    return doc[at + 1].tag_ in ("NN", "NNS", "JJ") and doc[at + 1].lower_ not in MOMENTS


def _acts(doc: Doc, span: tuple[int, int], before: str, after: str) -> bool:
    """The name is a subject, an address or a heading; not the object of somebody else's doing."""
    if ACTED.match(after) or PLACED.match(after) or _opening(doc, span):
        return True
    found = doc.char_span(*span, alignment_mode="expand")
    if found is None:
        return True
    head = found.root
    while head.dep_ in ("conj", "compound", "appos", "flat") and head.head is not head:
        head = head.head
    return head.dep_ not in ("dobj", "pobj", "dative", "iobj") or not before.strip()
