"""Which customer the words are about: names said as this visit's place, and a place that is said to be
new."""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.findings import Name, Remark, context_of, sentences
from nlp.lexicon.people import ELSEWHERE as NOT_THEM
from nlp.lexicon.places import (
    AT,
    BACKWARDS,
    CALLED,
    CAPITALS,
    EARLY,
    ELSEWHERE,
    LOWER,
    NEW,
    NOT_HERE,
    STREET,
    SUCH,
)
from nlp.ranking import plain, rank
from speech.phonetics import similarity

AT_DOOR = 0.2
"""Share of a place from which the phone may have been at that customer's."""


@Language.component("rounds_places", requires=["doc._.names"], assigns=["doc._.places", "doc._.new_place"])
def find_places(doc: Doc) -> Doc:
    """`doc._.places` is the ranking of the context's customers; `doc._.new_place` a prospect's name."""
    spoken = spoken_places(doc)
    text = doc._.story.text
    people = [
        (n.text, n.score)
        for n in doc._.names
        if n.kind == "person" and not NOT_THEM.search(text[max(0, n.start - 40) : n.start])
    ]
    doc._.places = tuple(rank(context_of(doc), [(n.text, w) for n, w in spoken], people))
    doc._.new_place = _new_place(doc, [n for n, w in spoken if w > 0.5 and n.score > 0.9])
    return doc


def spoken_places(doc: Doc) -> list[tuple[Name, float]]:
    """Customers' names with their weight as the place of this visit, the strongest first; dismissed ones
    left out."""
    bounds = [s.end_char for s in sentences(doc)]
    early = bounds[min(EARLY, len(bounds)) - 1] if bounds else 0
    found = []
    for name in doc._.names:
        if name.kind != "customer":
            continue
        before = doc._.story.text[max(0, name.start - 40) : name.start]
        sentence = next(s for s in sentences(doc) if s.start_char <= name.start < s.end_char)
        if NOT_HERE.search(before) or ELSEWHERE.search(sentence.text):
            continue
        weight = (1.0 if name.start < early else 0.6) * name.score
        found.append((name, weight))
    return sorted(found, key=lambda f: -f[1])


def _new_place(doc: Doc, known: list[Name]) -> Remark | None:
    """The name that is said of a place that is said to be new; a known customer's name overrules it."""
    for number, sentence in enumerate(sentences(doc)):
        cue = NEW.search(sentence.text) or SUCH.search(sentence.text)
        if cue is None or (number > 4 and not known):
            continue
        if any(n.start < sentence.end_char and n.full for n in known):
            return None
        such = SUCH.search(sentence.text)
        named = CAPITALS.match(sentence.text, such.end()) if such else None
        offset = sentence.start_char
        name = (named.start(1) + offset, named.end(1) + offset) if named else None
        name = name or _name_near(doc, sentence, number)
        if name:
            start, end = name
            return Remark("new", doc._.story.text[start:end], None, start, end, 0.85)
    return _lower(doc, known) or _nowhere_known(doc, known)


def _lower(doc: Doc, known: list[Name]) -> Remark | None:
    """A prospect in text without capitals."""
    text = doc._.story.text
    found = LOWER.search(text)
    if found is None or any(c.isupper() for c in text[1:]) or any(n.start < found.end() for n in known):
        return None
    return Remark("new", found["name"].title(), None, *found.span("name"), 0.7)


def _nowhere_known(doc: Doc, known: list[Name]) -> Remark | None:
    """The phone was at no known door, and no customer was named: the firm named first is one to add."""
    context = context_of(doc)
    placed = any(c.distance_m is not None for c in context.customers) and not context.weak_position
    at_a_door = any(c.place_probability > AT_DOOR or c.chosen for c in context.customers)
    if not placed or at_a_door or known or any(n.kind == "customer" for n in doc._.names):
        return None
    for sentence in sentences(doc)[:EARLY]:
        for match in CAPITALS.finditer(sentence.text):
            offset = sentence.start_char
            start, end = _trimmed(doc, match.start(1) + offset, match.end(1) + offset)
            firm = start < end and _is_place(doc, start, end, offset) and _firm(doc, start, end)
            if firm and AT.search(doc._.story.text[offset:start]):
                return Remark("new", doc._.story.text[start:end], None, start, end, 0.6)
    return None


def _firm(doc: Doc, start: int, end: int) -> bool:
    """Several words, taken for no person or town."""
    span = doc.char_span(start, end, alignment_mode="expand")
    labels = {e.label_ for e in span.ents} if span is not None else {"PERSON"}
    return " " in doc._.story.text[start:end] and not labels & {"PERSON", "GPE", "LOC", "NORP"}


def _name_near(doc: Doc, sentence: Span, number: int) -> tuple[int, int] | None:
    """The best name in the sentence of the cue, the one after it, or the one before it."""
    found = sentences(doc)
    order = [number, *(n for n in (number + 1, number - 1, number + 2) if 0 <= n < len(found))]
    for pattern in (CALLED, BACKWARDS, CAPITALS):
        for index in order:
            offset = found[index].start_char
            for match in pattern.finditer(found[index].text):
                start, end = _trimmed(doc, match.start(1) + offset, match.end(1) + offset)
                if start < end and _is_place(doc, start, end, offset):
                    return start, end
    return None


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without sentence openers and possessives around the name."""
    text = doc._.story.text
    while True:
        first = text[start:end].split(" ", 1)
        if len(first) == 2 and first[0].lower() in (
            "found",
            "new",
            "met",
            "in",
            "at",
            "so",
            "today",
            "well",
            "okay",
            "called",
            "visited",
            "stopped",
            "brand",
        ):
            start += len(first[0]) + 1
            continue
        break
    for tail in ("'s", "’s"):
        if text[start:end].endswith(tail) and " " not in text[start:end]:
            end -= 2
    return start, end


def _is_place(doc: Doc, start: int, end: int, sentence_start: int) -> bool:
    """Not a person, a product, a competitor, a town, a day; one word at a sentence's start must be a name."""
    if any(_claims(n, start, end) for n in doc._.names):
        return False
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    labels = {e.label_ for e in span.ents if e.start_char <= start and e.end_char >= end}
    if labels & {"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL"} or (labels == {"GPE"} and len(span) < 2):
        return False
    if labels == {"PERSON"} and not re.search(r"'|’s|and|&", span.text) and _introduced(doc, start, end):
        return False
    before = doc._.story.text[max(0, start - 24) : start].lower()
    if re.search(r"\b(?:(?:owner|manager|buyer|boss|guy|man|woman|lady)'s|his|her) name(?: is|'s) $", before):
        return False
    visited = re.search(
        r"\b(?:visit|call|meeting|appointment|trip|referred \w+|sitting outside) (?:to )?$", before
    )
    aside = re.search(r"\b(?:in|near|off|from|past|outside|towards?|to) (?:the )?$", before)
    if aside and len(span) < 4 and not visited:
        return False
    lower = span.text.lower()
    if STREET.search(lower):
        return False
    if len(span) == 1 and (start == sentence_start or span[0].pos_ not in ("PROPN",)):
        return span[0].pos_ == "PROPN" and span[0].ent_type_ in ("ORG", "FAC")
    return lower not in ("i", "i'm", "gps", "crm", "ok") and any(
        t.pos_ in ("PROPN", "NOUN", "ADJ", "NUM") for t in span
    )


def _claims(name: Name, start: int, end: int) -> bool:
    """A record's name that is most of these words; a part of a product's name is none."""
    common = min(end, name.end) - max(start, name.start)
    return common > 0 and name.full and name.score > 0.8 and common >= 0.6 * (end - start)


def _introduced(doc: Doc, start: int, end: int) -> bool:
    """'Owner is Yusuf Demirci', 'I met Beverley Whitlock': a person."""
    before = doc._.story.text[max(0, start - 30) : start].lower()
    after = doc._.story.text[end : end + 20].lower()
    return bool(
        re.search(
            r"\b(?:is|met|with|to|owner|manager|buyer|by|saw|named|mr|mrs|ms|dr|name's|name is),?\s*$", before
        )
        or re.match(r",? (?:the|our|their) (?:owner|manager)", after)
    )


def same_place(a: str, b: str) -> bool:
    return plain(a) == plain(b) or similarity(plain(a), plain(b)) >= 0.88
