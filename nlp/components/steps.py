"""Steps: stretches with one predicate each, finer than clauses, and found without marks or capitals.

Who acts, in which mood, by which verb: what promises and meetings are read from.
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.components.predicates import CLIPPED, FINITE, Predicate, low, predicate
from nlp.components.subjects import Actor, subject
from nlp.findings import Clause, clause_at, sentences, token_from
from nlp.lexicon.clauses import HISTORY
from nlp.lexicon.steps import HEADLESS, SUBORDINATE
from nlp.lexicon.verbs import REPORTS

AHEAD = frozenset(("fut", "must", "promise"))
"""Moods that reach over an 'and': 'I will speak to him and revert by Friday'."""
NOMINATIVE = ("i", "we", "he", "she", "they", "it", "you")


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
        cuts = sorted(_cuts(doc, sentence, dated))
        spans = [(a, b) for a, b in zip(cuts, [*cuts[1:], sentence.end], strict=True) if b > a]
        before: Step | None = None
        for a, b in spans:
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


def _cuts(doc: Doc, sentence: Span, dated: frozenset[int]) -> set[int]:
    starts = {c.start for c in doc._.clauses}
    cuts = {sentence.start}
    for token in sentence:
        at = token.i
        if at in dated or at == sentence.start:
            continue
        if (
            token.idx in starts
            or _pronoun(doc, at, sentence)
            or _name(doc, at, sentence)
            or _joined(doc, at, sentence, dated)
            or _bare_need(doc, at, dated)
        ):
            cuts.add(_with_its_date(doc, at, dated, max(cuts)))
        elif token.tag_ == "MD" and (begin := _noun_before(doc, at, max(cuts), dated)) is not None:
            cuts.add(begin)
    return cuts


def _finite_follows(doc: Doc, at: int, end: int) -> bool:
    while at < end and (doc[at].tag_ == "RB" or low(doc[at]) in ("also", "then", "just", "both", "all")):
        at += 1
    return at < end and (doc[at].tag_ in FINITE or doc[at].tag_ == "VBN" or low(doc[at]) in CLIPPED)


def _pronoun(doc: Doc, at: int, sentence: Span) -> bool:
    """'… she also showed me': a pronoun that meets its verb, unless a subordinate word holds it."""
    if low(doc[at]) not in NOMINATIVE or not _finite_follows(doc, at + 1, sentence.end):
        return False
    before = low(doc[at - 1])
    after = doc[at + 1]
    if low(doc[at]) == "it" and after.tag_ == "VBN" and doc[at - 1].tag_.startswith("VB"):
        return False  # 'he'll get it paid'
    if before in ("why", "how") and low(doc[at - 2]) == "know" and low(doc[at]) == "i":
        return True
    if before == "that":
        return any(t.lemma_.lower() in REPORTS for t in doc[sentence.start : at])
    return before not in SUBORDINATE and before not in ("sure", "ensure")


def _name(doc: Doc, at: int, sentence: Span) -> bool:
    """'… pawel says': a name that meets its verb in running speech."""
    token = doc[at]
    if not any(n.start == token.idx and n.kind in ("person", "colleague", "competitor") for n in doc._.names):
        return False
    end = next(n.end for n in doc._.names if n.start == token.idx)
    after = next((t.i for t in doc[at : min(at + 6, sentence.end)] if t.idx >= end), sentence.end)
    before = doc[at - 1]
    return (
        _finite_follows(doc, after, sentence.end)
        and before.pos_ not in ("ADP", "DET", "PROPN", "AUX")
        and low(before) not in (*SUBORDINATE, "and", "to")
    )


def _joined(doc: Doc, at: int, sentence: Span, dated: frozenset[int]) -> bool:
    """'and asked for', 'and drop it in on Thursday': a second predicate of the same subject; two base
    forms are told apart only when each has a date of its own."""
    if low(doc[at]) not in ("and", "but", "then") or at + 1 >= sentence.end:
        return False
    after = doc[at + 1]
    if after.i in dated:
        return False
    if after.tag_ in ("VBZ", "VBD", "MD") or low(after) in CLIPPED:
        return True
    near = [t for t in doc[max(sentence.start, at - 14) : at] if t.i in dated]
    ahead = [t for t in doc[at + 1 : min(sentence.end, at + 14)] if t.i in dated]
    return bool(near and ahead and not _other_subject(doc, at + 1, ahead[0].i))


def _with_its_date(doc: Doc, at: int, dated: frozenset[int], least: int) -> int:
    """'… and Tuesday I'm stopping in': a date right before the subject goes with it."""
    begin = at
    while begin - 1 > least and (begin - 1 in dated or low(doc[begin - 1]) == ","):
        begin -= 1
    if begin == at or low(doc[begin - 1]) not in ("and", "so", "then", "but", ".", ";"):
        return at
    return begin


def _bare_need(doc: Doc, at: int, dated: frozenset[int]) -> bool:
    """'… tomorrow morning need it Friday': a subject left out behind a date."""
    word = low(doc[at])
    if word in ("deliver", "delivery") and at + 1 < len(doc):
        return at + 1 in dated and low(doc[at - 1]) not in (
            "to",
            "for",
            "the",
            "can",
            "'ll",
            "will",
            "we",
            "a",
        )
    return word in ("need", "needs", "wants") and at - 1 in dated


def _other_subject(doc: Doc, start: int, end: int) -> bool:
    return any(low(t) in NOMINATIVE for t in doc[start:end])


def _noun_before(doc: Doc, at: int, least: int, dated: frozenset[int]) -> int | None:
    """Where the noun phrase before a modal begins, when another verb stands before it."""
    begin = at
    while (
        begin > least
        and begin - 1 not in dated
        and doc[begin - 1].tag_
        in (
            "NN",
            "NNS",
            "NNP",
            "NNPS",
            "JJ",
            "DT",
            "CD",
            "PRP$",
            "POS",
        )
    ):
        begin -= 1
    if begin in (at, least):
        return None
    return begin if any(t.tag_ in FINITE for t in doc[least:begin]) else None


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
    found = predicate(doc, verb_at, end, dated) if verb_at is not None else None
    if inherits and before is not None and before.predicate and found is None and verb_at is not None:
        found = predicate(doc, verb_at, end, dated, before.predicate.mood & AHEAD)
    if inherits and before and before.predicate and found and found.form == "vp" and not found.mood:
        found = found.within(before.predicate.mood)
    told = before is not None and before.verb in REPORTS and not _closed(doc, before)
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
        teller=_teller(before) if told and before is not None else "none",
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
