"""A word that somebody looks for, as a condition of SQL: how it begins, or another form of it.

Fixed parts and bound values alone are put together.
"""
# ruff: noqa: S608

import math
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import text
from sqlmodel import Session

from storage.crm.customers import WRITTEN

COUNTED = 10_000
"""Terms with a word are counted up to this many."""
COMMON: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
"""For each database the words that were in so many: counting them again tells nothing new."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A wanted word: what may stand for it, and in how many terms one of those is, counted up to COUNTED."""

    word: str
    forms: tuple[str, ...] = ()
    terms: int = 0

    @property
    def weight(self) -> float:
        """A word that everybody's name has says little."""
        return 1.0 + math.log((COUNTED + 1) / (self.terms + 1))


def also(typed: Sequence[Part], forms: Mapping[str, tuple[str, ...]]) -> list[Part]:
    """What was typed, or another form of it."""
    return [msgspec.structs.replace(part, forms=forms[part.word]) for part in typed]


def counted(session: Session, parts: Sequence[Part]) -> list[Part]:
    """With how many terms have each, the rarest first. A part with forms was counted without them."""
    common = COMMON.setdefault(session.get_bind(), set())
    values: dict[str, Any] = {"most": COUNTED}
    counts = []
    for number, part in enumerate(parts):
        if part.word not in common and (part.forms or not part.terms):
            asked = (was_meant if part.forms else begun_or_meant)(number, part, values)
            terms = f"SELECT term FROM ({' UNION ALL '.join(asked)}) AS k LIMIT :most"
            counts.append(f"SELECT {number}, count(*) FROM ({terms}) AS c")
    more: dict[int, int] = {}
    if counts:
        found = session.connection().execute(text(" UNION ALL ".join(counts)), values)
        more = {row[0]: row[1] for row in found}
    alone = ((parts[number], terms) for number, terms in more.items() if not parts[number].forms)
    common |= {part.word for part, terms in alone if terms >= COUNTED}
    known = (
        COUNTED if part.word in common else min(COUNTED, part.terms + more.get(number, 0))
        for number, part in enumerate(parts)
    )
    told = [msgspec.structs.replace(part, terms=terms) for part, terms in zip(parts, known, strict=True)]
    return sorted(told, key=lambda part: part.terms)


def begun_or_meant(number: int, part: Part, values: dict[str, Any]) -> list[str]:
    """Questions for the terms in which a word begins so, and for those with one of its other forms."""
    values |= {f"first{number}": part.word, f"past{number}": past(part.word)}
    begun = _written(f"key >= :first{number} AND key < :past{number}")
    return begun + was_meant(number, part, values) if part.forms else begun


def was_meant(number: int, part: Part, values: dict[str, Any]) -> list[str]:
    """Questions for the terms that have one of its other forms."""
    return _written(f"key IN ({_listed(number, part, values)})")


def _written(condition: str) -> list[str]:
    return [f"SELECT term FROM term_key WHERE kind = '{kind}' AND {condition}" for kind in WRITTEN]


def among(number: int, part: Part, values: dict[str, Any]) -> str:
    """A condition on a term's key."""
    values |= {f"first{number}": part.word, f"past{number}": past(part.word)}
    begun = f"o.key >= :first{number} AND o.key < :past{number}"
    return f"{begun} OR o.key IN ({_listed(number, part, values)})" if part.forms else begun


def _listed(number: int, part: Part, values: dict[str, Any]) -> str:
    names = [f"form{number}_{at}" for at in range(len(part.forms))]
    values |= dict(zip(names, part.forms, strict=True))
    return ", ".join(f":{name}" for name in names)


def past(prefix: str) -> str:
    """The first text behind all that begin so."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
