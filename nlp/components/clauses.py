"""Clauses, and whether each is a fact of today: not denied, not 'if', not last month, not another customer's.

The idea (a cue, its scope, its end) is ConText's; the cues are those of dictated visits.
"""

import itertools
import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from nlp.findings import Clause, Subject, sentences
from nlp.lexicon.clauses import (
    CONDITION,
    FINITE,
    HISTORY,
    JOINERS,
    MENDING,
    MODAL,
    NEGATION,
    OURS,
    THEM,
    US,
    WHETHER,
)
from nlp.lexicon.verbs import REPORTS

RUN = 9
"""Words of a clause after which a pronoun with its verb may begin another without any mark."""
STARTERS = ("i", "we", "he", "she", "they", "it")
HOLDING = ("IN", "WRB", "WP", "WDT", "MD", "TO", "DT", "VB", "VBP", "VBZ", "VBD", "VBG", "CC")
"""Tags behind which a pronoun goes on with what was begun."""


@Language.component(
    "rounds_clauses",
    requires=["token.tag", "token.is_sent_start", "doc._.names", "doc._.places"],
    assigns=["doc._.clauses"],
)
def find_clauses(doc: Doc) -> Doc:
    out: list[Clause] = []
    for number, sentence in enumerate(sentences(doc)):
        spans = [s for s in _split(sentence) if s.text.strip()]
        doubtful = [_condition(s.text) for s in spans]
        for index, span in enumerate(spans):
            near = doubtful[index] or any(doubtful[index + 1 : index + 2])
            follows = any(doubtful[:index]) and bool(MODAL.search(span.text))
            clause = _clause(doc, span, number, near or follows)
            before = out[-1] if out and index else None
            if before and before.history and before.subject == "none":
                clause = replace(clause, history=True)  # 'last spring, they took twelve'
            out.append(clause)
    doc._.clauses = tuple(out)
    return doc


def _condition(text: str) -> bool:
    lower = WHETHER.sub(" ", text.lower())
    return bool(re.search(r"\b(?:if|unless|provided|assuming)\b", lower))


def _split(sentence: Span) -> list[Span]:
    """At marks, and at commas and joiners behind which a new subject meets its verb."""
    doc, cuts = sentence.doc, [sentence.start]
    for token in sentence:
        if token.i <= cuts[-1]:
            continue
        if token.text in (";", "–", "—", ":", "...") and token.i + 1 < sentence.end:
            cuts.append(token.i + 1)
        elif (token.text == "," or token.lower_ in JOINERS) and _subject_follows(
            doc, token.i + 1, sentence.end
        ):
            cuts.append(token.i + 1 if token.text == "," else token.i)
        elif _runs_on(doc, cuts[-1], token.i) and _subject_follows(doc, token.i, sentence.end):
            cuts.append(token.i)
    cuts.append(sentence.end)
    return [doc[a:b] for a, b in itertools.pairwise(cuts) if b > a]


def _runs_on(doc: Doc, start: int, at: int) -> bool:
    """In speech without marks: a pronoun begins anew after so many words with a verb of their own."""
    if at - start < RUN or doc[at].lower_ not in STARTERS or doc[at - 1].tag_ in HOLDING:
        return False
    words = doc[start:at]
    told = doc[at - 1].lemma_.lower() in REPORTS or doc[at - 1].lower_ in JOINERS
    return not told and not any(t.text == "," for t in words) and any(t.tag_ in FINITE for t in words)


def _subject_follows(doc: Doc, at: int, end: int) -> bool:
    """A subject and, within six words, its finite verb."""
    while at < end and (doc[at].lower_ in JOINERS or doc[at].text == "," or doc[at].tag_ in ("RB", "UH")):
        at += 1
    if at >= end:
        return False
    first = doc[at]
    if first.tag_ == "PRP" and first.lower_ in ("me", "him", "her", "us", "them"):
        return False
    if not (
        first.tag_ in ("PRP", "DT", "PRP$", "EX", "NNP", "NN", "NNS", "CD", "WP", "NNPS")
        or first.lower_ in ("that", "it", "i")
    ):
        return False
    for token in doc[at + 1 : min(at + 7, end)]:
        if token.tag_ in FINITE:
            return True
        if token.text == "," or (token.tag_ in ("VBG", "IN", "TO", "CC") and first.tag_ != "DT"):
            return False
    return False


def _clause(doc: Doc, span: Span, number: int, conditional: bool) -> Clause:
    text = span.text
    start, end = span.start_char, span.end_char
    return Clause(
        start=start,
        end=end,
        text=text,
        sentence=number,
        subject=_subject(span),
        negated=bool(NEGATION.search(MENDING.sub(" ", text))),
        conditional=conditional or bool(CONDITION.search(text)),
        history=bool(HISTORY.search(text)),
        elsewhere=_elsewhere(doc, start, end, text),
    )


def _subject(span: Span) -> Subject:
    """Whose verb it is: the first nominal before the first finite verb."""
    verb = next((t for t in span if t.tag_ in FINITE), None)
    head: list[Token] = []
    for token in span:
        if verb is not None and token.i >= verb.i:
            break
        head.append(token)
    if verb is None:
        return "none"
    for token in reversed(head):
        lower = token.lower_
        if lower in US:
            return "us"
        if lower in THEM:
            return "them"
        if token.pos_ in ("NOUN", "PROPN") or lower in ("it", "that", "this", "there", "somebody", "someone"):
            before = span.doc[span.start : verb.i].text
            if OURS.search(before) and token.ent_type_ != "PERSON":
                return "us"
            return "them" if token.pos_ == "PROPN" else "other"
    return "other"


def _elsewhere(doc: Doc, start: int, end: int, text: str) -> bool:
    """Another customer's name, or words that say that it is none of today's business."""
    if re.search(r"\b(?:not today's visit|don't log|wasn't in with|haven't been to)\b", text, re.IGNORECASE):
        return True
    best = doc._.places[0].customer if doc._.places else None
    for name in doc._.names:
        if name.kind == "customer" and start <= name.start < end and best and best not in name.ids:
            return True
    return False
