"""Sentence bounds before the parser: marks first, then pauses, then the words people begin a thought with.

spaCy's parser finds no bounds in unpunctuated speech (recall 0 to 3 % measured), so it is told.
"""

from spacy.language import Language
from spacy.tokens import Doc, Token

ENDS = {".", "?", "!", "...", "…", ".."}
CLOSERS = {'"', "'", "”", "’", ")"}
OPENERS = {"anyway", "okay", "ok", "also", "oh", "so", "now", "then", "right", "but"}
SUBJECTS = {"i", "we", "he", "she", "they", "it", "you"}
"""An opener behind them goes on: 'she also'."""
LONG = 40
"""Words without a mark after which pauses and openers count as bounds."""


@Language.component("rounds_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Set every token's start flag, so that nothing is left to guess."""
    if not len(doc):
        return doc
    pauses, since, marked = set(doc._.story.pauses), 0, _mark_density(doc)
    for token in doc:
        start = token.i == 0 or _after_end(doc, token) or "\n" in doc[token.i - 1].text
        if not start and not marked and since > 3:
            start = token.idx in pauses or (
                since > LONG // 4 and token.lower_ in OPENERS and doc[token.i - 1].lower_ not in SUBJECTS
            )
        elif not start and since > LONG and token.idx in pauses:
            start = True
        token.is_sent_start = start
        since = 0 if start else since + 1
    return doc


def _after_end(doc: Doc, token: Token) -> bool:
    before = doc[token.i - 1]
    if before.text in CLOSERS and token.i > 1 and before.whitespace_ != "":
        before = doc[token.i - 2]
    return before.text in ENDS and (token.text not in ENDS and token.text not in CLOSERS)


def _mark_density(doc: Doc) -> bool:
    """Whether the text carries sentence marks at all."""
    return sum(t.text in ENDS for t in doc) * LONG >= len(doc)
