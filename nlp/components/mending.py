"""What the recogniser wrote by ear, set right by what is certain: a name by its letters, an address by the
names of its owner and of the place."""

import re
from dataclasses import replace

from spacy.tokens import Doc

from nlp.findings import Person, context_of
from nlp.grammar.emails import Email
from nlp.grammar.spelling import spelled
from nlp.ranking import LEADS, plain
from nlp.types import KnownCustomer
from speech.phonetics import keys, similarity, tokens

BEHIND = 120
"""Characters behind a name in which it is spelled."""
SPELLED = 0.7
"""Likeness from which letters mend a word; 'Demersai' and 'Demirci' have 0.81, strangers below 0.6."""
SAME = 0.8
"""Likeness from which two words that sound alike are one ('saltletter', 'saltladder' have 0.83)."""
LIKELY = 0.5
"""Share from which the place's names may mend an address."""


def mended_people(doc: Doc, people: list[Person]) -> list[Person]:
    """Each spelled word replaces the one word before it, in the names, that is most like it."""
    for letters in spelled(doc._.story.text):
        fits = [
            (similarity(word, letters.word), index, word)
            for index, person in enumerate(people)
            for word in person.name.split()
            if _last_said(doc, word, letters.start) is not None
        ]
        best = max(fits, default=None)
        if best is not None and best[0] >= SPELLED:
            _, index, word = best
            people[index] = replace(people[index], name=people[index].name.replace(word, letters.word))
    return people


def _last_said(doc: Doc, word: str, before: int) -> int | None:
    at = doc._.story.text.rfind(word, max(0, before - BEHIND), before)
    return at if at >= 0 else None


def mended_email(doc: Doc, email: Email, names: list[str]) -> Email:
    """An address that was heard, in the spelling of those names; what was typed stays."""
    text = doc._.story.text
    if not doc._.story.spoken(email.start, email.end):
        return email
    local, domain = email.address.split("@")
    before = re.search(r"([A-Z]\w+)\. $", text[: email.start])
    if before and any(re.fullmatch(rf"{before[1]} {local}", n, re.I) for n in names):
        local = f"{before[1].lower()}.{local}"
    known = [token for name in names for token in tokens(name) if token not in LEADS]
    local = "".join(_alike(part, known) for part in re.split(r"([._+-])", local))
    return email._replace(address=f"{local}@{_domain(doc, domain)}")


def _alike(word: str, known: list[str]) -> str:
    """The one known word that sounds the same and is spelled nearly so; else the word itself."""
    if word in known or len(word) < 3:
        return word
    fits = {k for k in known if set(keys(k)) & set(keys(word)) and similarity(k, word) >= SAME}
    return fits.pop() if len(fits) == 1 else word


def _domain(doc: Doc, domain: str) -> str:
    """The domain that people of the place have, but for hyphens or a letter; else its name's spelling."""
    label, _, ending = domain.partition(".")
    place = _place(doc)
    used = {p.email.split("@")[1].lower() for p in place.contacts if p.email} if place else set()
    for other in sorted(used):
        theirs, _, last = other.partition(".")
        plainly = theirs.replace("-", "")
        if last == ending and _alike(label.replace("-", ""), [plainly]) == plainly:
            return other
    names = [place.name, *place.aliases] if place else []
    if doc._.new_place is not None:
        names.append(doc._.new_place.text)
    mended = _alike(label.replace("-", ""), [plain(n).replace(" ", "") for n in names])
    return f"{mended}.{ending}" if mended != label.replace("-", "") else domain


def _place(doc: Doc) -> KnownCustomer | None:
    if doc._.new_place is not None or not doc._.places or doc._.places[0].probability < LIKELY:
        return None
    top = doc._.places[0].customer
    return next((c for c in context_of(doc).customers if c.id == top), None)
