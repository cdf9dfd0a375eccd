"""Where one step ends and the next begins: a subject that meets its verb, a second predicate, a verb whose
subject was left out."""

from spacy.tokens import Doc, Span

from nlp.components.predicates import CLIPPED, FINITE, low, predicate
from nlp.lexicon.steps import SUBORDINATE
from nlp.lexicon.verbs import GIVING, PROMISES, REPORTS, TALKING

NOMINATIVE = ("i", "we", "he", "she", "they", "it", "you")
HANDED = GIVING | TALKING
TOLD = PROMISES | {"tell", "ask", "say"}


def cuts(doc: Doc, sentence: Span, dated: frozenset[int]) -> set[int]:
    starts = {c.start for c in doc._.clauses}
    found = {sentence.start}
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
            or _trailing(doc, at, sentence, dated)
            or clipped(doc, at, sentence)
        ):
            found.add(_with_its_date(doc, at, dated, max(found)))
        elif token.tag_ == "MD" and (begin := _noun_before(doc, at, max(found), dated)) is not None:
            found.add(begin)
    return found


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


def _trailing(doc: Doc, at: int, sentence: Span, dated: frozenset[int]) -> bool:
    """'he needs the form, mailing it this afternoon': what we do, without us."""
    if doc[at].tag_ != "VBG" or doc[at - 1].text != "," or low(doc[at].nbor(-1)) in ("and", "or"):
        return False
    if predicate(doc, at, sentence.end, dated) is None or at + 1 >= sentence.end:
        return False
    ahead = any(t.i in dated for t in doc[at + 1 : min(sentence.end, at + 9)])
    return (
        ahead
        and doc[at].lemma_.lower() in HANDED
        and (doc[at + 1].tag_ in ("PRP", "DT", "PRP$", "NNP") or low(doc[at + 1]) == "that")
    )


def clipped(doc: Doc, at: int, sentence: Span) -> bool:
    """'Had tea with Imran, promised to bring it': the next thing told, without its subject."""
    after = doc[at + 1] if at + 1 < sentence.end else None
    return (
        doc[at - 1].text == ","
        and doc[at].tag_ in ("VBD", "VBN")
        and doc[at].lemma_.lower() in TOLD
        and after is not None
        and (after.tag_ in ("TO", "PRP", "NNP", "IN") or low(after) == "that")
    )


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
