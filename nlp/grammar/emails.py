"""E-mail addresses, written or dictated: 'emeka dot nwosu at ardenbroadway dot com', 'jane underscore doe
at ...'."""

import re
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from nlp.grammar.numbers import UNITS
from nlp.grammar.words import Word, is_word, words

JOINS = {"dot": ".", "point": ".", "period": ".", ".": ".", "underscore": "_", "_": "_", "dash": "-",
"hyphen": "-",
         "minus": "-", "-": "-"}  # fmt: skip
_ENDINGS = (
    "com|net|org|ie|uk|eu|de|fr|ca|au|nz|us|io|co|biz|info|edu|gov|shop|vet|example|coop|es|it|nl|se|no"
    "|dk|ch|at|be|pt|za|in|farm|coffee|bar|pet|beer|wine|clinic|dental|health|care|food|cafe|restaurant"
    "|garden"
)
ENDINGS = frozenset(_ENDINGS.split("|"))
STOPS = {
    "is", "it's", "its", "email", "e-mail", "mail", "address", "to", "on", "at", "and", "one", "me",
    "that's", "here's",
    "new", "own", "her", "his", "their", "the", "an", "a", "as", "by", "use", "with", "for", "via",
    "through", "under",
    "be", "was", "him", "them", "it", "finally", "now", "so", "just", "also", "or", "reach", "contact",
}  # fmt: skip
_WRITTEN = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LETTERED = {a + b for a, b in ("ie", "uk", "eu", "us", "nz", "au", "ca", "io", "co", "de", "fr", "it", "nl")}
"""Endings that are said letter by letter ('dot I E')."""
LONGEST_LOCAL, LONGEST_DOMAIN = 3, 4


class Email(NamedTuple):
    address: str
    start: int
    end: int


def _domain(found: list[Word], at: int) -> tuple[str, int] | None:
    """'salt ladder dot com' from here on: words run together up to the first dot, then known endings."""
    name, after, plain = "", at, 0
    while after < len(found):
        text = found[after].text
        if text in JOINS and name:
            join = JOINS[text]
            nxt = found[after + 1].text if after + 1 < len(found) else ""
            if join == "." and nxt in ENDINGS and _ends(found, after + 1):
                return _tail(found, after, name)
            if not nxt.isalnum():
                return None
            name, after, plain = name + join, after + 1, 0
        elif text.isalnum() and plain < LONGEST_DOMAIN and text not in ("is", "and"):
            name, after, plain = name + text, after + 1, plain + 1
        else:
            return None
    return None


def _ends(found: list[Word], at: int) -> bool:
    """An ending that is a common word as well ('in', 'it', 'at') counts only where nothing follows it."""
    return found[at].text not in ("in", "it", "at", "no", "be", "bar", "us", "is") or not (
        at + 1 < len(found) and found[at + 1].text.isalnum()
    )


def _tail(found: list[Word], at: int, name: str) -> tuple[str, int]:
    """Collect '.co.uk' from the first dot on."""
    while is_word(found, at, "dot", "point", ".", "period") and at + 1 < len(found):
        ending = found[at + 1].text
        if ending not in ENDINGS or not _ends(found, at + 1):
            break
        name, at = f"{name}.{ending}", at + 2
    return name, at


def _local(found: list[Word], at: int) -> tuple[str, int] | None:
    """The name before 'at', read backwards; words without 'dot' between them run together."""
    name, start, plain = "", at, 0
    while start > 0:
        text = found[start - 1].text
        joins = text in JOINS and start >= 2 and found[start - 2].text.isalnum() and name
        if joins and not (text == "." and found[start - 2].end < found[start - 1].start):
            if text in (".", "-") and found[start - 1].end != found[start].start:
                break
            name, start, plain = JOINS[text] + name, start - 1, 0
        elif text.isalnum() and not (name and plain and text in STOPS) and plain < LONGEST_LOCAL:
            if text in STOPS and not (name and name[0] in "._-"):
                break
            piece = str(UNITS[text]) if UNITS.get(text, 10) < 10 else text
            name, start, plain = piece + name, start - 1, plain + 1
        else:
            break
    return (name, start) if name else None


def _checked(address: str) -> str | None:
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def _words(text: str) -> list[Word]:
    """'dotcom' and 'dot-com' are two words, and the letters of 'dot I.E.' one."""
    found: list[Word] = []
    for word in words(text):
        last = found[-1] if found else None
        if word.text == "dotcom":
            found += [Word("dot", word.start, word.start + 3), Word("com", word.start + 3, word.end)]
        elif word.text == "-" and last and last.text == "dot":
            continue
        elif last and len(found) > 1 and last.text + word.text in LETTERED and found[-2].text in ("dot", "."):
            found[-1] = Word(last.text + word.text, last.start, word.end)
        else:
            found.append(word)
    return found


def emails(text: str) -> list[Email]:
    """Addresses in the text, in order; one that does not stand the check is left out."""
    out = []
    for m in _WRITTEN.finditer(text):
        address = m.group().rstrip(".").lower()
        checked = _checked(address)
        if checked:
            out.append(Email(checked, m.start(), m.start() + len(address)))
    found = _words(text)
    for at, word in enumerate(found):
        if word.text not in ("at", "@") or any(e.start <= word.start < e.end for e in out):
            continue
        domain = _domain(found, at + 1)
        local = _local(found, at) if domain else None
        if domain and local:
            checked = _checked(f"{local[0]}@{domain[0]}")
            if checked:
                out.append(Email(checked.lower(), found[local[1]].start, found[domain[1] - 1].end))
    return sorted(out, key=lambda e: e.start)
