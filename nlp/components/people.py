"""The people of the visit: met or newly named, with the role, telephone number and e-mail address that
were said."""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.mending import mended_email, mended_people
from nlp.dates.days import MONTHS, WEEKDAYS
from nlp.findings import Name, Person, context_of
from nlp.lexicon.people import (
    ABSENT_AFTER,
    ABSENT_BEFORE,
    INTRODUCED,
    MET_BEFORE,
    NAMED,
    NEAR,
    NOT_THEIRS,
    OUR_PERSON,
    REACH,
    ROLE_AFTER,
    ROLE_BEFORE,
    STRAY,
    STRAY_MET,
)
from nlp.ranking import LEADS, person_fit, plain
from nlp.types import Context


@Language.component(
    "rounds_people",
    requires=["doc._.names", "doc._.phones", "doc._.emails", "doc._.places", "doc._.rivals", "doc.ents"],
    assigns=["doc._.people"],
)
def find_people(doc: Doc) -> Doc:
    """One entry a person, under the longest form of the name that was said."""
    found: dict[str, Person] = {}
    for name, start, end, known in _mentions(doc):
        person = _read(doc, name, start, end, known)
        key = next((k for k in found if _same(k, name)), None)
        if key is None:
            found[name] = person
        else:
            merged = _merged(found.pop(key), person)
            found[merged.name] = merged
    people = mended_people(doc, [p for p in found.values() if p.met != STRAY_MET])
    people = _attached(doc, people)
    doc._.people = tuple(sorted(people, key=lambda p: p.start))
    return doc


def _mentions(doc: Doc) -> list[tuple[str, int, int, bool]]:
    """Names of the context's people, joined with the family name behind; then what the model takes for a
    person."""
    out, taken = [], []
    taken += [(r.start, r.end) for r in doc._.rivals]
    for name in doc._.names:
        taken.append((name.start, name.end))
        if name.kind == "person":
            out.append((name.text, name.start, name.end, True))
    context = context_of(doc)
    strangers = [n for n in doc._.names if n.kind == "person" and _within_stranger(doc, n)]
    spans = {(n.start, n.end) for n in strangers}
    taken = [t for t in taken if t not in spans]
    out = [o for o in out if (o[1], o[2]) not in spans]
    for entity in doc.ents:
        if entity.label_ != "PERSON" and not (
            entity.label_ in ("GPE", "ORG", "NORP") and _introduces(doc, entity.start_char)
        ):
            continue
        start, end = _tidy(doc, entity.start_char, entity.end_char)
        if (
            start >= end
            or any(start < e and s < end for s, e in taken)
            or not _nameish(doc, start, end, context)
        ):
            continue
        taken.append((start, end))
        out.append((doc._.story.text[start:end], start, end, False))
    for match in NAMED.finditer(doc._.story.text):
        group = 1 if match.group(1) else 2
        start, end = _tidy(doc, *match.span(group))
        if any(start < e and s < end for s, e in taken) or not _nameish(doc, start, end, context):
            continue
        before = doc._.story.text[max(0, start - NEAR) : start]
        if (
            group == 2
            or ROLE_BEFORE.search(before)
            or "name" in match.group().lower()
            or "called" in match.group()
        ):
            taken.append((start, end))
            out.append((doc._.story.text[start:end], start, end, False))
    return sorted(out, key=lambda m: m[1])


def _within_stranger(doc: Doc, name: Name) -> bool:
    """A known family name that is the middle or end of another person's whole name."""
    if name.full:
        return False
    whole = next((e for e in doc.ents if e.start_char < name.start and e.end_char >= name.end), None)
    if whole is None or whole.label_ != "PERSON" or not whole.text.replace(" ", "").isalpha():
        return False
    known = (p.name for c in context_of(doc).customers for p in c.contacts if p.id in name.ids)
    return whole.text.istitle() and not any(person_fit(k, whole.text) for k in known)


def _introduces(doc: Doc, start: int) -> bool:
    """The text before says that a person's name follows."""
    before = doc._.story.text[max(0, start - NEAR) : start]
    return bool(MET_BEFORE.search(before) or ROLE_BEFORE.search(before))


def _tidy(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without a possessive, marks and words in lower case around."""
    text = doc._.story.text[start:end]
    for tail in ("'s", "’s", ",", ".", " -"):
        if text.endswith(tail):
            end -= len(tail)
            text = doc._.story.text[start:end]
    words = text.split(" ")
    while words and not words[0][:1].isupper():
        start += len(words.pop(0)) + 1
    while words and not words[-1][:1].isupper():
        end -= len(words.pop()) + 1
    return start, end


def _nameish(doc: Doc, start: int, end: int, context: Context) -> bool:
    """Capitals, letters only, no common word; not the company's own people or anybody's prospect."""
    text = doc._.story.text[start:end]
    new = doc._.new_place
    if new is not None and new.start < end and start < new.end:
        return False
    words = text.split()
    if not 0 < len(words) <= 3 or any(not w[:1].isupper() or any(c.isdigit() for c in w) for w in words):
        return False
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not any(t.pos_ == "PROPN" for t in span):
        return False
    if words[0].lower() in MONTHS or words[0].lower() in WEEKDAYS:
        return False
    spelled = all(len(w) == 1 for w in words)
    ours = {n for full in (*context.colleagues, context.rep) for n in (full.lower(), full.split()[0].lower())}
    return (
        not spelled and text.lower() not in ours and text.lower() not in ("god", "christmas", "gps", "easter")
    )


def _read(doc: Doc, name: str, start: int, end: int, known: bool) -> Person:
    before, after = doc._.story.text[max(0, start - NEAR) : start], doc._.story.text[end : end + NEAR]
    before = re.split(r"[.?!;]\s", before)[-1]
    sentence = next(s.text for s in doc.sents if s.start_char <= start < s.end_char)
    role = _role(before, after)
    new = bool(role and re.search(r"\bnew\b", before + after.split(".")[0], re.I)) or (
        not known and bool(INTRODUCED.search(sentence))
    )
    return Person(name, start, end, role, _met(before, after, known, role), new, full=" " in name)


def _role(before: str, after: str) -> str | None:
    match = ROLE_AFTER.search(after) or ROLE_BEFORE.search(before)
    if match is None:
        return None
    role = re.sub(r"^(?:the|their|a|an|our|his|her|new|young|old)\s+", "", match.group(1).strip().lower())
    role = re.sub(
        r"^.*\b(?:with|met|by|to|for|from|is|and their|saw|also)\s+(?:the |a |their )?(?:new )?", "", role
    )
    return (
        None
        if role in ("head", "lead", "rep", "boss", "partner's") and match.re is ROLE_BEFORE and role != "boss"
        else role
    )


def _met(before: str, after: str, known: bool, role: str | None) -> float:
    """Absent, ours or kin: not met. Else the better the words around say it."""
    if (NOT_THEIRS.search(before) and not role) or OUR_PERSON.match(after):
        return 0.1
    if ABSENT_AFTER.match(after) or ABSENT_BEFORE.search(before):
        return 0.15
    if MET_BEFORE.search(before):
        return 0.95
    if role:
        return 0.9
    if known:
        return 0.85
    return STRAY_MET if STRAY.search(before) or not before.strip() else 0.6


def _same(a: str, b: str) -> bool:
    left, right = plain(a).split(), plain(b).split()
    return left == right or (len(left) == 1 and left[0] in right) or (len(right) == 1 and right[0] in left)


def _merged(one: Person, other: Person) -> Person:
    """Once absent stays absent; otherwise the best that was said, under the longer name."""
    longer = other if len(other.name) > len(one.name) else one
    met = min(one.met, other.met) if min(one.met, other.met) < 0.3 else max(one.met, other.met)
    return replace(
        longer, role=one.role or other.role, met=met, new=one.new or other.new, full=one.full or other.full
    )


def _attached(doc: Doc, people: list[Person]) -> list[Person]:
    """Give each number and address to the person it was said for."""
    records = [p.name for c in context_of(doc).customers for p in c.contacts]
    for field, found in (("phone", doc._.phones), ("email", doc._.emails)):
        for value in found:
            owner = _owner(doc, people, value.start, value.address if field == "email" else "")
            if field == "email" and owner is not None:
                name = people[owner].name
                value = mended_email(doc, value, [name, *(r for r in records if person_fit(r, name) >= 0.45)])
            if owner is not None and getattr(people[owner], field) is None:
                changes = {field: value, "met": max(people[owner].met, 0.9)}
                people[owner] = replace(people[owner], **changes)
    return people


def _given(name: str) -> str:
    """The first word that is no title, as it is written, in lower case."""
    words = [w for w in name.lower().split() if w.rstrip(".") not in LEADS]
    return words[0] if words else name.lower()


def _owner(doc: Doc, people: list[Person], at: int, address: str) -> int | None:
    """By the name in the address, else the last one named before."""
    local = address.split("@")[0]
    for index, person in enumerate(people):
        first = plain(person.name).split()[0]
        if local and len(first) > 2 and first in local:
            return index
    last: tuple[int, int] | None = None
    for index, person in enumerate(people):
        said = re.finditer(re.escape(_given(person.name)), doc._.story.text[:at].lower())
        for start in (person.start, *(match.start() for match in said)):
            if 0 < at - start < REACH and (last is None or start > last[0]):
                last = start, index
    return last[1] if last else None
