"""The one outcome a manager would file the visit under; an order outranks the rest, then lost, complaint,
interested, follow_up."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.presence import ACTS
from nlp.findings import Clause, Verdict, chance
from nlp.lexicon.outcome import (
    ANGER,
    GONE,
    INTEREST,
    LEAVING,
    LOST,
    MENDED,
    NOBODY,
    OFFERS,
    RIVAL_GOT,
    SAMPLES,
    SHUT,
    WARM,
    WOULD,
)

SURE = 0.6
"""Chance from which the trained layer alone says that nobody was there."""
WEIGHTY = 0.85
"""Confidence from which a complaint gives the visit its name."""
PLAIN = 0.7
"""Chance from which one clause of interest is enough."""
ENOUGH = 1.0
"""Weight from which a sale may come."""


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
    text = doc._.story.text
    nobody, lost = NOBODY.search(text) or SHUT.search(text), _lost(doc)
    away = (nobody.span(),) if nobody else _nobody(doc)
    met = [p for p in doc._.people if p.met >= 0.5]
    if away and not (met and (doc._.promises or doc._.rivals or doc._.sums)) and not doc._.feedback:
        return Verdict("no_contact", 0.9, away)
    if lost:
        return Verdict("lost", 0.85, (lost,))
    complaints = [
        (r.start, r.end, r.confidence)
        for r in doc._.feedback
        if r.kind == "complaint" and r.confidence >= WEIGHTY
    ]
    complaints = complaints or _angry(doc)
    if complaints:
        sure = min(0.6 + 0.35 * max(c[2] for c in complaints), 0.95)
        return Verdict("complaint", sure, tuple(c[:2] for c in complaints))
    points = _interest(doc)
    weight = sum(p[0] for p in points)
    if weight >= ENOUGH:
        return Verdict("interested", min(0.5 + 0.15 * weight, 0.95), tuple(p[1:] for p in points))
    if doc._.promises or doc._.meeting.value:
        spans = tuple((p.start, p.end) for p in doc._.promises) or doc._.meeting.spans
        return Verdict("follow_up", 0.8, spans)
    return Verdict("routine", 0.75, ())


def _nobody(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Clauses that the trained layer takes for 'there was nobody', where nobody was met."""
    if any(person.met >= ACTS for person in doc._.people):
        return ()
    return tuple((c.start, c.end) for c in doc._.clauses if chance(doc, c, "nobody") > SURE)


def _lost(doc: Doc) -> tuple[int, int] | None:
    for clause in doc._.clauses:
        gone = LEAVING.search(clause.text) or GONE.search(clause.text) or _taken(doc, clause)
        if gone and not clause.conditional and not clause.elsewhere:
            return clause.start + gone.start(), clause.start + gone.end()
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


def _taken(doc: Doc, clause: Clause) -> re.Match[str] | None:
    """'Navneet got the tender'."""
    rivals = [r for r in doc._.rivals if clause.start <= r.start < clause.end]
    return RIVAL_GOT.match(clause.text, rivals[0].end - clause.start) if rivals else None


def _angry(doc: Doc) -> list[tuple[int, int, float]]:
    """Words of anger about us, or something that we make good, where no clause was taken for a complaint."""
    out = []
    for clause in doc._.clauses:
        match = ANGER.search(clause.text)
        calm = re.search(r"\b(?:never|no|nothing to|not)\b", clause.text[: match.start()]) if match else None
        named = any(clause.start <= r.start < clause.end for r in doc._.rivals)
        if (
            match
            and not calm
            and not named
            and not clause.elsewhere
            and not clause.history
            and clause.subject != "us"
        ):
            out.append((clause.start, clause.end, 0.5))
    if not out:
        out = [(p.start, p.end, 0.4) for p in doc._.promises if p.owner == "us" and MENDED.search(p.action)]
    return out


def _dull(doc: Doc, clause: Clause) -> bool:
    """The trained layer takes the words for something else."""
    return chance(doc, clause, "interest") < 0.05


def _interest(doc: Doc) -> list[tuple[float, int, int]]:
    """What speaks for a sale to come, each with its weight: a quote that is owed, a rival at the table, a
    budget, a new place, words of interest."""
    out = [(1.0, p.start, p.end) for p in doc._.promises if p.owner == "us" and OFFERS.search(p.action)]
    out += [(0.6, p.start, p.end) for p in doc._.promises if p.owner == "us" and SAMPLES.search(p.action)]
    out += [(1.0, s.money.start, s.money.end) for s in doc._.sums if s.what in ("budget", "deal")]
    out += [(0.6, r.start, r.end) for r in doc._.rivals[:2]]
    new = doc._.new_place
    if new is not None:
        out.append((1.0 if doc._.promises or doc._.meeting.value else 0.5, new.start, new.end))
    for clause in doc._.clauses:
        if clause.elsewhere:
            continue
        match = INTEREST.search(clause.text)
        warm = WARM.search(clause.text)
        if warm and not clause.history and not _denied(clause, warm.start()):
            out.append((ENOUGH, clause.start + warm.start(), clause.start + warm.end()))
            continue
        likely = chance(doc, clause, "interest")
        if match and not (doc._.kinds and _dull(doc, clause)) and not _denied(clause, match.start()):
            out.append(
                (0.7 if doc._.kinds else 1.0, clause.start + match.start(), clause.start + match.end())
            )
        if WOULD.search(clause.text) and not clause.history:
            out.append((0.6, clause.start, clause.end))
        elif likely > 0.4 and not clause.negated:
            out.append((ENOUGH if likely > PLAIN else likely, clause.start, clause.end))
    return out


def _denied(clause: Clause, at: int) -> bool:
    return bool(re.search(r"\b(?:not|no|isn't|wasn't|didn't|never)\b[^,]{0,25}$", clause.text[:at], re.I))
