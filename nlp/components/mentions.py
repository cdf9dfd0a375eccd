"""Where people are named: the context's people, joined with the family name behind; then what the model or
the words before take for a person."""

from spacy.tokens import Doc

from nlp.dates.days import MONTHS, WEEKDAYS
from nlp.findings import Name, context_of
from nlp.lexicon.people import BELONGS, LOWER_NAMED, MET_BEFORE, NAMED, NEAR, ROLE_BEFORE, TITLED
from nlp.ranking import person_fit
from nlp.types import Context


def mentions(doc: Doc) -> list[tuple[str, int, int, bool]]:
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
    for match in TITLED.finditer(doc._.story.text):
        name, (start, end) = f"{match[2]} {match[1]}", match.span()
        if not any(o[3] and start <= o[1] < end for o in out):
            out = [o for o in out if not start <= o[1] < end]
            taken.append((start, end))
            out.append((name, start, end, False))
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
    out += _couples(doc, out) + _lower(doc, taken)
    return sorted(out, key=lambda m: m[1])


def _couples(doc: Doc, found: list[tuple[str, int, int, bool]]) -> list[tuple[str, int, int, bool]]:
    """'Conall and Ingeborg Staunton': two of one name."""
    text, out = doc._.story.text, []
    for one, start, end, known in list(found):
        other = next((m for m in found if text[end : m[1]] == " and " and " " in m[0]), None)
        if other is not None and " " not in one and not known and not other[3]:
            found.remove((one, start, end, known))
            out.append((f"{one} {other[0].split()[-1]}", start, end, False))
    return out


def _lower(doc: Doc, taken: list[tuple[int, int]]) -> list[tuple[str, int, int, bool]]:
    """New people in text without capitals."""
    text = doc._.story.text
    if any(c.isupper() for c in text[1:]):
        return []
    found = [(m["name"].title(), *m.span("name")) for m in LOWER_NAMED.finditer(text)]
    return [(n, a, b, False) for n, a, b in found if not any(a < e and s < b for s, e in taken)]


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
    return bool(MET_BEFORE.search(before) or ROLE_BEFORE.search(before) or BELONGS.search(before))


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
