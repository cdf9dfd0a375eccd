"""Whether a line is an order of today: the last cue before it decides, then what is said behind it.

The idea is ConText's (a cue, its scope, its end); a line with no cue at all is an order, as lists have none.
"""

import re

from spacy.tokens import Doc

from nlp.components.pairing import Hit
from nlp.findings import Clause, clause_at, sentences, token_from
from nlp.lexicon.clauses import MENDING
from nlp.lexicon.standing import (
    ASIDE,
    BEHIND,
    CLOSE,
    CONFIRMED,
    DEFINITE,
    FROM_TO,
    LAST,
    LISTING,
    NOT_BOOKED,
    PARTITIVE,
    POINTED,
    PRESENT,
    RIVAL_DID,
    SAME_AS,
    SETTLED,
    SOME,
)

BACK = 170
"""Characters before a line in which its verb stands."""
NEXT = 110
"""Characters behind a line in which it is taken back."""
LONG = 200
"""Characters from which a clause is no clause but speech without marks."""
ASKED, LISTED, BARE = 0.92, 0.88, 0.75
"""How sure a line is: with a verb of ordering, in a list without verbs, otherwise."""


def standing(doc: Doc, hit: Hit, before: int, following: int) -> float:
    """How sure it is that the line is ordered now; 0 when it is not. It stands between the lines that end and
    begin there."""
    clause = clause_at(doc, hit.start)
    if _some_of(doc, hit):
        return 0.0
    if clause is None or (clause.elsewhere and len(clause.text) < LONG and "for" not in clause.text):
        return 0.0
    head = _head(doc, hit)
    cue, said, gap = _last(head)
    if (hit.again and FROM_TO.search(head)) or (cue == "" and SAME_AS.match(_sentence(doc, hit))):
        cue, said = "wanted", "make"
    if cue in ("past", "") and not hit.single and CONFIRMED.match(doc._.story.text[hit.end :]):
        return BARE
    if hit.single and not _follows(doc, hit, before) and (cue != "wanted" or not CLOSE.fullmatch(gap)):
        return 0.0
    if POINTED.search(head) or _behind(doc, hit, following, cue, said):
        return 0.0
    if _rivals_own(doc, clause, hit):
        return 0.0
    if (cue == "denied" and not _reaches(gap)) or (cue == "asked" and SETTLED.search(gap)):
        cue = ""
    if cue in ("denied", "asked", "maybe", "past"):
        return 0.0
    if cue == "" and (clause.history or clause.conditional) and len(clause.text) < LONG:
        return 0.0
    if cue == "wanted":
        if (clause.history and len(clause.text) < LONG and not PRESENT.match(said)) or _iffy(
            clause, hit, said
        ):
            return 0.0
        if DEFINITE.search(gap) and not PRESENT.match(said):
            return 0.0
    if _taken_back(doc, hit, clause):
        return 0.0
    return ASKED if cue == "wanted" else LISTED if clause.subject == "none" else BARE


def _sentence(doc: Doc, hit: Hit) -> str:
    return next(s.text for s in sentences(doc) if s.start_char <= hit.start < s.end_char)


def _rivals_own(doc: Doc, clause: Clause, hit: Hit) -> bool:
    """'OfficeMart sold them fifty reams'."""
    names = [n for n in doc._.names if n.kind == "competitor" and clause.start <= n.start < hit.start]
    return bool(names) and bool(RIVAL_DID.match(doc._.story.text[names[-1].end : hit.start]))


def _some_of(doc: Doc, hit: Hit) -> bool:
    """'Two of the pumps have failed', 'four of them hand theirs back': of what they have, with its verb."""
    said = doc._.story.text[hit.start : hit.end]
    after = SOME.match(doc._.story.text[hit.end :])
    if after is None and not PARTITIVE.search(said):
        return False
    at = token_from(doc, hit.end + (after.end() if after else 0))
    while at < len(doc) and doc[at].tag_ == "RB":
        at += 1
    return at < len(doc) and doc[at].tag_ in ("VBD", "VBZ", "VBP", "VB") and doc[at].lower_ != "please"


def _head(doc: Doc, hit: Hit) -> str:
    """The sentence up to the line, without the 'no' of a correction."""
    sentence = next(s for s in sentences(doc) if s.start_char <= hit.start < s.end_char)
    start = max(sentence.start_char, hit.start - BACK)
    text = doc._.story.text[start : sentence.end_char]
    for name in doc._.names:
        if name.kind != "product" and start <= name.start < hit.start:
            at = name.start - start
            text = text[:at] + "#" * (name.end - name.start) + text[at + name.end - name.start :]
    mended = MENDING.sub(lambda m: " " * len(m.group()), text)
    return ASIDE.sub(lambda m: " " * len(m.group()), mended[: hit.start - start])


def _follows(doc: Doc, hit: Hit, before: int) -> bool:
    """The line goes on with a list."""
    return bool(before) and bool(LISTING.fullmatch(doc._.story.text[before : hit.start]))


def _last(head: str) -> tuple[str, str, str]:
    """The kind of the last cue, its words, and what stands between it and the line."""
    last = None
    for match in LAST.finditer(head):
        last = match
    if last is None:
        return "", "", head
    return last.lastgroup or "", last.group().lower(), head[last.end() :]


def _reaches(gap: str) -> bool:
    """A plain no covers what follows it up to a comma or a turn of the sentence."""
    return not re.search(r"[,:–—]|\b(?:but|just|only|so)\b", gap)


def _behind(doc: Doc, hit: Hit, following: int, cue: str, said: str) -> bool:
    tail = doc._.story.text[hit.end : min(following, hit.end + 60)]
    for kind, pattern in BEHIND:
        if not re.search(pattern, tail, 0 if kind == "rival" else re.I):
            continue
        if kind in ("rate", "past") and cue == "wanted" and PRESENT.match(said) and "again" not in said:
            continue
        return True
    return False


def _iffy(clause: Clause, hit: Hit, said: str) -> bool:
    """'If they sign we ship forty': the clause hangs on an if that stands before its verb."""
    before = clause.text[: max(0, hit.start - clause.start)].lower()[-LONG:]
    before = ASIDE.sub(" ", before)
    return (
        clause.conditional
        and bool(re.search(r"\b(?:if|unless|provided|assuming)\b", before))
        and (said not in ("meantime", "for now", "today", "now", "so"))
    )


def _taken_back(doc: Doc, hit: Hit, clause: Clause) -> bool:
    """'ten tins of olive oil. That's not an order': one of the next two clauses says so."""
    after = [c for c in doc._.clauses if clause.end <= c.start < hit.end + NEXT and not c.elsewhere][:2]
    named = [n.start for n in doc._.names if n.kind == "product" and not set(n.ids) & set(hit.name.ids)]
    other = [c for c in after if any(c.start <= at < c.end for at in named)]
    return any(NOT_BOOKED.search(c.text) for c in after if c not in other)
