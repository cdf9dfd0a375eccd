"""Orders that change while they are told: 'eighteen, scratch that, twenty-four', 'another five', 'take off
the gloves'."""

import re
from dataclasses import replace

from spacy.tokens import Doc

from nlp.components.pairing import Hit, unit_of
from nlp.findings import Line, Quantity
from nlp.lexicon.orders import CORRECTION, MENDS, MORE, UNITS, WITHDRAWN


def corrected(doc: Doc, line: Line, end: int, following: int) -> Line:
    """The number behind a word of correction, before the next product."""
    tail = doc._.story.text[end:following]
    cue = CORRECTION.search(tail)
    if cue is None or len(tail[: cue.start()].split()) > 8:
        return line
    start = end + cue.end()
    near = [
        q for q in doc._.quantities if start <= q.start < start + 60 and q.end <= following and not q.vague
    ]
    for index, quantity in enumerate(near):
        if _digit(near, index):
            continue
        behind = doc._.story.text[quantity.end : quantity.end + 20]
        another = re.match(rf"\s+(?:{UNITS})\s+of\s", behind, re.I)
        unit = re.match(rf"\s+({UNITS})\b", behind, re.I)
        plain = re.match(r"\s*(?:[,.;!?]|$|of (?:them|those|the)|instead|please|she|he|they|not)", behind)
        if another or not (unit or plain):
            continue
        if unit and line.unit and unit_of(unit.group(1)) != line.unit and line.unit != "each":
            continue
        line = replace(line, quantity=quantity.value, end=quantity.end)
    return line


def _digit(near: list[Quantity], index: int) -> bool:
    """One of several figures that spell a number: 'fourteen, one four'."""
    value, around = near[index].value, near[max(0, index - 1) : index + 2]
    return value < 10 and any(
        (q is not near[index] and q.value < 10 and abs(q.start - near[index].end) < 3)
        or (q is not near[index] and q.value < 10 and abs(near[index].start - q.end) < 3)
        for q in around
    )


def placed(doc: Doc, lines: list[Line], line: Line, hit: Hit) -> list[Line]:
    """A second line of one product replaces the first, unless it is said to be on top."""
    text = doc._.story.text
    for index, old in enumerate(lines):
        if not (old.product == line.product and (line.product or old.name == line.name)):
            continue
        if hit.single and not CORRECTION.search(text[old.end : line.start]):
            return lines
        more = MORE.search(text[max(0, line.start - 12) : line.start + 20])
        if more and not CORRECTION.search(text[old.end : line.start]):
            merged = replace(old, quantity=(old.quantity or 0) + (line.quantity or 0), end=line.end)
        elif hit.again and not _mends(text[old.end : line.start]):
            continue
        else:
            price = line.unit_price if line.unit_price is not None else old.unit_price
            merged = replace(line, unit_price=price, start=min(old.start, line.start))
        return [*lines[:index], merged, *lines[index + 1 :]]
    return lines if hit.again and any(x.product == line.product for x in lines) else [*lines, line]


def _mends(between: str) -> bool:
    """What stands between a line and 'forty' makes it the new number of that line."""
    return bool(CORRECTION.search(between) or MENDS.search(between))


def withdrawn(doc: Doc, lines: list[Line]) -> list[Line]:
    """'dropped it, so no Skagit', 'cancel the gloves': products named behind with a plain no."""
    names = [n for n in doc._.names if n.kind == "product"]
    text = doc._.story.text
    return [
        x
        for x in lines
        if not any(
            x.product in n.ids and n.start > x.end and WITHDRAWN.search(text[max(0, n.start - 28) : n.start])
            for n in names
        )
    ]
