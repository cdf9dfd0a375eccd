"""The people of the visit: met or newly named, with the role, telephone number and e-mail address that
were said."""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.mending import mended_email, mended_people
from nlp.components.mentions import mentions
from nlp.components.presence import NAMED_ONLY, STRANGER, presence
from nlp.findings import Person, context_of
from nlp.lexicon.people import REACH, STRAY_MET
from nlp.ranking import LEADS, person_fit, plain


@Language.component(
    "rounds_people",
    requires=["doc._.names", "doc._.phones", "doc._.emails", "doc._.places", "doc._.rivals", "doc.ents"],
    assigns=["doc._.people"],
)
def find_people(doc: Doc) -> Doc:
    """One entry a person, under the longest form of the name that was said."""
    found: dict[str, Person] = {}
    for name, start, end, known in mentions(doc):
        person = presence(doc, name, start, end, known)
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


def _same(a: str, b: str) -> bool:
    left, right = plain(a).split(), plain(b).split()
    return left == right or (len(left) == 1 and left[0] in right) or (len(right) == 1 and right[0] in left)


def _merged(one: Person, other: Person) -> Person:
    """Once absent stays absent; otherwise the best that was said, under the longer name."""
    longer = other if len(other.name) > len(one.name) else one
    least = min(one.met, other.met)
    met = least if STRANGER < least < NAMED_ONLY else max(one.met, other.met)
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
