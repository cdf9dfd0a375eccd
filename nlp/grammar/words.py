"""Words as the grammars read them: lower case, hyphens and digits apart, each with its place in the text."""

import re
from typing import NamedTuple

_WORD = re.compile(
    r"\b[ap]\.\s?m\.?(?=\W|$)|\d+(?:st|nd|rd|th)\b|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[:.]\d+)+|\d+"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|[^\s\w]|_",
    re.IGNORECASE,
)


class Word(NamedTuple):
    text: str
    """Lower case, straight apostrophes."""
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Every word and mark of the text; `1,200`, `7:30` and `p.m.` stay whole, `twenty-five` is three."""
    return [
        Word(m.group().lower().replace("’", "'").rstrip("'") or "'", m.start(), m.end())
        for m in _WORD.finditer(text)
    ]


def skip(found: list[Word], at: int, *marks: str) -> int:
    """The first place from `at` on that holds none of `marks`."""
    while at < len(found) and found[at].text in marks:
        at += 1
    return at


def is_word(found: list[Word], at: int, *texts: str) -> bool:
    return 0 <= at < len(found) and found[at].text in texts


def phrase_at(found: list[Word], at: int, phrase: str) -> int | None:
    """Where the phrase ends when it stands at `at`, else nothing."""
    for part in phrase.split():
        if at >= len(found) or found[at].text != part:
            return None
        at += 1
    return at
