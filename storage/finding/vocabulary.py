"""Every word of whatever finds a customer, under the keys that a slip or a mishearing of it shares.

Two words that are one edit apart have a key in common: themselves without a letter (SymSpell, Garbe 2012).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz
from sqlalchemy import insert
from sqlmodel import Session, col, select

from storage.finding.naming import sounds
from storage.finding.nicknames import other_names
from storage.rows import insert_new
from storage.tables.customers import NearRow

SHORTEST = 4
"""Letters from which a word may have lost one."""
LONGEST = 24
COMPARED = 1_500
"""Words that share a key and are compared."""
MEANT = 8
ALIKE = 62.0
"""Likeness, of 100, of the letters of a word that may have been meant."""
HEARD = 40.0
"""The same of a word that sounds the same: 'shato' and 'chateau' are this far apart."""


def near_keys(word: str) -> tuple[str, ...]:
    """The word itself, it without each of its letters, and its sounds behind a '~'."""
    keys = [word, *(f"~{sound}" for sound in sounds(word))]
    if SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word):
        keys += [word[:at] + word[at + 1 :] for at in range(len(word))]
    return tuple(dict.fromkeys(keys))


def keep_words(session: Session, words: Iterable[str]) -> None:
    """Those that are new; none is ever forgotten, since it finds nobody by itself."""
    asked = sorted(set(words))
    known = select(NearRow.word).where(col(NearRow.key).in_(asked), NearRow.key == NearRow.word)
    for word in sorted(set(asked).difference(session.exec(known).all())):
        if insert_new(session, NearRow(key=word, word=word)):
            others = [{"key": key, "word": word} for key in near_keys(word)[1:]]
            if others:
                session.connection().execute(insert(NearRow), others)


def meant(session: Session, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each word those known here that may have been meant, the likeliest first, nicknames last."""
    keys = {word: set(near_keys(word)) for word in words}
    every = sorted(set().union(*keys.values()))
    shared = select(NearRow.key, NearRow.word).where(col(NearRow.key).in_(every)).limit(COMPARED)
    known: dict[str, set[str]] = defaultdict(set)
    for key, other in session.exec(shared):
        known[key].add(other)
    return {word: _likeliest(word, keys[word], known) for word in words}


def _likeliest(word: str, keys: set[str], known: Mapping[str, set[str]]) -> tuple[str, ...]:
    likeness: dict[str, float] = {}
    for key in keys & known.keys():
        least = HEARD if key.startswith("~") else ALIKE
        for other in known[key]:
            score = fuzz.ratio(word, other)
            if score >= least:
                likeness[other] = score
    likeliest = sorted(likeness, key=lambda other: (-likeness[other], other))[:MEANT]
    return tuple(dict.fromkeys([*likeliest, *sorted(other_names(word))]))
