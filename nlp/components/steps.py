"""Steps: stretches with one predicate each, finer than clauses, and found without marks or capitals.

Who acts, in which mood, by which verb: what promises and meetings are read from.
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.cuts import clipped, cuts
from nlp.components.predicates import Predicate, low, predicate
from nlp.components.subjects import Actor, subject
from nlp.findings import Clause, clause_at, sentences, token_from
from nlp.lexicon.clauses import HISTORY
from nlp.lexicon.steps import HEADLESS
from nlp.lexicon.verbs import REPORTS

AHEAD = frozenset(("fut", "must", "promise"))
"""Moods that reach over an 'and': 'I will speak to him and revert by Friday'."""
LEFT_IT = re.compile(
    r"\bleft it (?:that|at|so)?\W*$|\b(?:plan|deal|idea|arrangement|upshot)(?:'s| is)\W*(?:that)?\W*$", re.I
)
"""'We left it that I'd swing by': settled."""
AND_THAT = re.compile(r"\W*(?:and|but|or)(?: also)? that\W*", re.I)
"""'I said A would come and that B': both were said."""


@dataclass(frozen=True, slots=True)
class Step:
    start: int
    """Characters of the Doc."""
    end: int
    text: str
    actor: Actor
    named: str
    """The subject as it was said, '' when there is none."""
    predicate: Predicate | None
    clause: Clause
    sentence: int
    reported: str
    """The verb of the step before that says this one ('promise' in 'I promised I'd ring'), or ''."""
    teller: Actor
    question: bool
    supposed: bool
    """Behind an 'if'."""
    history: bool
    elsewhere: bool
    """As of clauses, but of this step alone: a clause of running speech holds many."""

    @property
    def mood(self) -> frozenset[str]:
        return self.predicate.mood if self.predicate else frozenset()

    @property
    def verb(self) -> str:
        return self.predicate.lemma if self.predicate else ""


@Language.component(
    "rounds_steps", requires=["doc._.clauses", "doc._.dates", "doc._.people"], assigns=["doc._.steps"]
)
def find_steps(doc: Doc) -> Doc:
    dated = _dated(doc)
    out: list[Step] = []
    for number, sentence in enumerate(sentences(doc)):
        starts = sorted(cuts(doc, sentence, dated))
        spans = [(a, b) for a, b in zip(starts, [*starts[1:], sentence.end], strict=True) if b > a]
        before: Step | None = None
        for a, b in spans:
            if before is not None and AND_THAT.fullmatch(doc[a:b].text):
                before = next((s for s in out[::-1] if s.verb in REPORTS and s.sentence == number), before)
                continue
            step = _step(doc, a, b, number, dated, before)
            if step is not None:
                out.append(step)
                before = step
    doc._.steps = tuple(out)
    return doc


def _dated(doc: Doc) -> frozenset[int]:
    """Tokens of dates: they have no subject and no verb ('second', 'March', 'half')."""
    return frozenset(
        t.i
        for w in doc._.dates
        for t in doc[token_from(doc, w.start) : token_from(doc, w.end)]
        if low(t) not in ("i", "we")
    )


def _step(
    doc: Doc, start: int, end: int, number: int, dated: frozenset[int], before: Step | None
) -> Step | None:
    clause = clause_at(doc, doc[start].idx)
    if clause is None or all(low(t) in HEADLESS or t.is_punct for t in doc[start:end]):
        return None
    actor, named, verb_at, question = subject(doc, start, end, dated)
    inherits = before is not None and actor == "none" and low(doc[start]) in ("and", "but", "then")
    if inherits and before is not None:
        actor, named = before.actor, before.named
        verb_at = start + 1
    elif (
        before is not None
        and actor == "none"
        and before.sentence == number
        and clipped(doc, start, doc[start:end])
    ):
        actor, named = before.actor, before.named
    found = predicate(doc, verb_at, end, dated) if verb_at is not None else None
    if inherits and before is not None and before.predicate and found is None and verb_at is not None:
        found = predicate(doc, verb_at, end, dated, before.predicate.mood & AHEAD)
    if inherits and before and before.predicate and found and found.form == "vp" and not found.mood:
        found = found.within(before.predicate.mood)
    left = before is not None and bool(LEFT_IT.search(before.text))
    told = before is not None and (left or (before.verb in REPORTS and not _closed(doc, before)))
    text = doc._.story.text[doc[start].idx : doc[end - 1].idx + len(doc[end - 1])]
    ahead = bool(found and found.mood & {"fut", "must", "promise", "asked", "now"} - {"past"})
    dated_ahead = any(
        w.start >= doc[start].idx and w.end <= doc[end - 1].idx + 20 and not w.past for w in doc._.dates
    )
    past = bool(HISTORY.search(text)) and not (ahead or (dated_ahead and found and found.lemma == "be"))
    led = before is not None and before.history and before.sentence == number
    past = past or (led and before is not None and (before.predicate is None or told) and not ahead)
    return Step(
        history=past,
        elsewhere=clause.elsewhere and _other_place(doc, clause, start, end),
        start=doc[start].idx,
        end=doc[end - 1].idx + len(doc[end - 1]),
        text=text,
        actor=actor,
        named=named,
        predicate=found,
        clause=clause,
        sentence=number,
        reported=before.verb if told and before is not None else "",
        teller="us" if left else _teller(before) if told and before is not None else "none",
        question=question,
        supposed=_if(text) or bool(before and before.sentence == number and _if(before.text)),
    )


def _if(text: str) -> bool:
    return bool(re.match(r"\W*(?:(?:and|but|so|cos|because)\s+)*(?:if|unless)\b", text, re.I))


def _teller(before: Step) -> Actor:
    """'Told Lena …' without a subject is ours."""
    return "us" if before.actor == "none" and "past" in before.mood else before.actor


def _other_place(doc: Doc, clause: Clause, start: int, end: int) -> bool:
    """The other customer's name stands in this step, or the step is most of the clause."""
    first, last = doc[start].idx, doc[end - 1].idx
    named = any(n.kind == "customer" and first <= n.start <= last for n in doc._.names)
    return named or last - first > 0.6 * len(clause.text)


def _closed(doc: Doc, before: Step) -> bool:
    """The telling step holds more than its teller and listener."""
    return len(before.text.split()) > 7
