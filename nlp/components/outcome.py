"""The one outcome a manager would file the visit under; an order outranks the rest, then lost, complaint,
interested, follow_up."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Clause, Verdict, chance
from nlp.lexicon.outcome import INTEREST, LOST, NOBODY


@Language.component(
    "rounds_outcome",
    requires=[
        "doc._.lines",
        "doc._.feedback",
        "doc._.promises",
        "doc._.meeting",
        "doc._.people",
        "doc._.rivals",
        "doc._.sums",
    ],
    assigns=["doc._.outcome"],
)
def find_outcome(doc: Doc) -> Doc:
    doc._.outcome = _verdict(doc)
    return doc


def _verdict(doc: Doc) -> Verdict:
    """From the fields found, with the words that speak for them."""
    if doc._.lines:
        sure = max(line.confidence for line in doc._.lines)
        return Verdict("order", min(sure + 0.03, 0.97), tuple((x.start, x.end) for x in doc._.lines))
    nobody, lost = NOBODY.search(doc._.story.text), _lost(doc)
    met = [p for p in doc._.people if p.met >= 0.5]
    if nobody and not (doc._.promises and met) and not doc._.feedback:
        return Verdict("no_contact", 0.9, (nobody.span(),))
    if lost:
        return Verdict("lost", 0.85, (lost,))
    complaints = [r for r in doc._.feedback if r.kind == "complaint"]
    if complaints:
        return Verdict("complaint", 0.85, tuple((r.start, r.end) for r in complaints))
    interest = _interest(doc)
    new = doc._.new_place
    if new is not None and (doc._.promises or doc._.meeting.value):
        interest = interest or (new.start, new.end)
    if interest:
        return Verdict("interested", 0.75, (interest,))
    if doc._.promises or doc._.meeting.value:
        spans = tuple((p.start, p.end) for p in doc._.promises) or doc._.meeting.spans
        return Verdict("follow_up", 0.8, spans)
    return Verdict("routine", 0.75, ())


def _lost(doc: Doc) -> tuple[int, int] | None:
    for clause in doc._.clauses:
        match = LOST.search(clause.text)
        trained = chance(doc, clause, "lost")
        if match is None and trained > 0.75 and not clause.conditional and not clause.elsewhere:
            return clause.start, clause.end
        if match and doc._.kinds and trained < 0.12:
            continue
        if match and not clause.conditional and not clause.elsewhere:
            rival = bool(doc._.rivals)
            weak = re.match(
                r"(?:gone|going|went|moved|moving|switched|switching|picked|chose|chosen|decided|signed"
                r"|dropp|is|are|'s|'re)",
                match.group(),
                re.I,
            )
            named = any(clause.start <= r.start < clause.end for r in doc._.rivals)
            if weak and not (rival and named):
                continue
            return clause.start + match.start(), clause.start + match.end()
    return None


def _dull(doc: Doc, clause: Clause) -> bool:
    """The trained layer takes the words for something else."""
    return chance(doc, clause, "interest") < 0.05


def _interest(doc: Doc) -> tuple[int, int] | None:
    for clause in doc._.clauses:
        match = INTEREST.search(clause.text)
        if (
            match is None
            and chance(doc, clause, "interest") > 0.6
            and not clause.elsewhere
            and not clause.negated
        ):
            return clause.start, clause.end
        if match and doc._.kinds and _dull(doc, clause):
            continue
        if (
            match
            and not clause.elsewhere
            and not re.search(
                r"\b(?:not|no|isn't|wasn't|didn't|never)\b[^,]{0,25}$", clause.text[: match.start()], re.I
            )
        ):
            return clause.start + match.start(), clause.start + match.end()
    return None
