"""Competitors that the customer buys from, is offered, or compares with; unknown ones by what is said of
them."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Remark, sentences
from nlp.lexicon.rivals import DOES, FROM, NOT_A_FIRM, RIVALRY


@Language.component(
    "rounds_rivals",
    requires=["doc._.names", "doc._.new_place", "doc.ents"],
    assigns=["doc._.rivals"],
)
def find_rivals(doc: Doc) -> Doc:
    out: dict[str, Remark] = {}
    for name in doc._.names:
        if name.kind == "competitor" and name.ids[0] not in out:
            out[name.ids[0]] = Remark("known", name.ids[0], None, name.start, name.end, 0.95 * name.score)
    for start, end in _unknown(doc):
        text = doc._.story.text[start:end]
        out.setdefault(text, Remark("unknown", text, None, start, end, 0.7))
    doc._.rivals = tuple(out.values())
    return doc


def _unknown(doc: Doc) -> list[tuple[int, int]]:
    """Capitalised names in a competitor's place that nothing else claims."""
    found = []
    for pattern in (FROM, DOES):
        for match in pattern.finditer(doc._.story.text):
            start, end = match.span(1)
            if _free(doc, start, end) and _firm(doc, start, end):
                found.append((start, end))
    return found


def _free(doc: Doc, start: int, end: int) -> bool:
    names = [n for n in doc._.names if n.full or n.kind == "person"]
    taken = [(n.start, n.end) for n in (*names, *doc._.dates, *doc._.money)]
    if doc._.new_place is not None:
        taken.append((doc._.new_place.start, doc._.new_place.end))
    return not any(start < e and s < end for s, e in taken)


def _firm(doc: Doc, start: int, end: int) -> bool:
    """Not a town, a person or a sentence's first word; the sentence speaks of buying."""
    span = doc.char_span(start, end, alignment_mode="expand")
    text = doc._.story.text[start:end]
    if span is None or NOT_A_FIRM.match(text) or NOT_A_FIRM.match(text.split()[0]):
        return False
    labels = {e.label_ for e in span.ents}
    if labels & {"DATE", "TIME", "EVENT"} or (
        len(span) == 1 and labels & {"GPE", "LOC", "NORP", "LANGUAGE", "PERSON"}
    ):
        return False
    sentence = next(s for s in sentences(doc) if s.start_char <= start < s.end_char)
    return (
        bool(RIVALRY.search(sentence.text))
        and any(t.pos_ == "PROPN" for t in span)
        and not re.search(r"\b(?:our|we)\b[^.]{0,12}$", doc._.story.text[max(0, start - 15) : start])
    )
