"""Clauses, and whether each is a fact of today: not denied, not 'if', not last month, not another customer's.

The idea (a cue, its scope, its end) is ConText's; the cues are those of dictated visits.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from nlp.findings import Clause, Subject

JOINERS = {"and", "but", "so", "because", "since", "while", "though", "although", "then", "which", "who", "when", "where",
           "if", "whereas", "plus", "unless", "until", "except", "cos", "as"}  # fmt: skip
FINITE = {"VBZ", "VBP", "VBD", "MD"}
US = {"i", "we", "i'm", "we're", "i've", "we've", "i'll", "we'll", "i'd", "we'd", "us", "me"}
THEM = {"he", "she", "they", "who"}
NEGATION = re.compile(
    r"\b(?:not|never|no|nothing|nobody|none|without|neither|nor|cannot|hardly|isn't|aren't|wasn't|weren't|don't|doesn't"
    r"|didn't|won't|wouldn't|can't|couldn't|hasn't|haven't|hadn't|shouldn't|mightn't|refused|declined|dropped it"
    r"|cancel(?:l?ed)?|passed on|turned down|instead of|rather than|skip(?:ped|ping)?)\b",
    re.IGNORECASE,
)
WHETHER = re.compile(
    r"\b(?:see|ask(?:ed|ing|s)?|wonder(?:ed|ing|s)?|check(?:ed|ing)?|know|find out|sure|even|as|look) if\b"
)
CONDITION = re.compile(
    r"\b(?:if|unless|might|mightn't|maybe|perhaps|possibly|depending on|provided|assuming|in case|could be|may want|thinking (?:about|of)"
    r"|consider(?:ing)?|toying|down the (?:line|road)|some ?day|eventually|would (?:order|take|want|need|be wanting|buy|go for)"
    r"|they'd (?:order|take|want|need|buy|go for|be wanting)|s?he'd (?:order|take|want|need|buy|go for|open with|be wanting)"
    r"|later (?:on|this year|in the year)|come (?:spring|summer|autumn|winter|fall)|for now they|potentially|hoping to|hypothetically)\b",
    re.IGNORECASE,
)
HISTORY = re.compile(
    r"\b(?:last (?:week|month|year|time|spring|summer|autumn|fall|winter|order|quarter|season|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)|the year before|used to|(?:weeks?|months?|years?|days?) ago|back in|previously|usually|normally|typically"
    r"|on average|goes? through|going through|gets? through|were (?:moving|taking|buying|ordering)|was (?:moving|taking|buying|ordering)|had been|a while back|(?<!in )a month|per month"
    r"|(?:had|took|bought|ordered|got|taking|buying) [^.,]{0,40}\bin (?:january|february|march|april|may|june|july|august|september|october|november|december|the (?:spring|summer|autumn|fall|winter))"
    r"|every (?:week|month|year|quarter)|in the past|historically|already (?:has|have|had|got)|still (?:has|have|got|sitting)|left over|in stock|their usage|yesterday)\b",
    re.IGNORECASE,
)
MODAL = re.compile(r"\b(?:would|could|might|may|will)\b|'d\b|'ll\b", re.IGNORECASE)
MENDING = re.compile(
    r"\bno,? (?=sorry|wait|hold on|actually|make|scratch|he said|she said|they said|(?:two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|a)\b)|\bnot \w+\.$",
    re.IGNORECASE,
)
"""A 'no' that mends what was just said denies nothing."""
OURS = re.compile(
    r"\b(?:our|my) (?!customers?\b)\w+|\b(?:dispatch|accounting|the office|head office|the warehouse|the van|the truck|the driver)\b",
    re.I,
)


@Language.component(
    "rounds_clauses",
    requires=["token.tag", "token.is_sent_start", "doc._.names", "doc._.places"],
    assigns=["doc._.clauses"],
)
def find_clauses(doc: Doc) -> Doc:
    out = []
    for number, sentence in enumerate(doc.sents):
        spans = [s for s in _split(sentence) if s.text.strip()]
        doubtful = [_condition(s.text) for s in spans]
        for index, span in enumerate(spans):
            near = doubtful[index] or any(doubtful[index + 1 : index + 2])
            follows = any(doubtful[:index]) and bool(MODAL.search(span.text))
            out.append(_clause(doc, span, number, near or follows))
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
    cuts.append(sentence.end)
    return [doc[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if b > a]


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
        if token.text == "," or (token.tag_ in ("VBG", "IN", "TO") and first.tag_ != "DT"):
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
