"""Finding a customer from whatever a person has: half a name, a misheard one, some digits, a place.

Each way asks an index for a bounded number of terms; only those are compared in Python.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, func, select

from speech.phonetics import similarity
from storage.customers import Customers, customers, sharing
from storage.naming import digits, fold, sounds
from storage.paging import size
from storage.places import nearest
from storage.records import Hit, Page
from storage.tables.customers import CustomerRow, KeyRow, TermRow

TRIED = 60
"""Terms that one way may bring."""
MOST_GRAMS = 60
RANKED = 2_000
"""Terms that are ranked for a misspelling, and for a sound."""
LIKE_ENOUGH = 0.63
"""Score from which a name is worth suggesting: a likeness of 0.70, which ranks below any true fragment."""
SOUNDS_SAME = 0.75
"""Likeness of words that sound the same and are written otherwise ('shato', 'château')."""
SOUND_LETTERS = 4
"""Shorter words share their sound with too many others."""
SHARE = {"name": 1.0, "alias": 0.99, "person": 0.97, "phone": 1.0}
PHONE_DIGITS = 3
"""Digits from which a number is looked for."""

GRAMS = {
    "sqlite": "SELECT rowid FROM term_grams WHERE term_grams MATCH :grams LIMIT :most",
    "postgresql": "SELECT id FROM term WHERE text LIKE :like LIMIT :most",
}
TYPOS = {
    "sqlite": "SELECT rowid FROM term_grams WHERE term_grams MATCH :any ORDER BY rank LIMIT :most",
    "postgresql": "SELECT id FROM term WHERE text % :text ORDER BY similarity(text, :text) DESC LIMIT :most",
}


Term = Any
"""A row of TERMS; whole objects of TermRow take longer to make than to find."""
Terms = dict[int, Term]
TERMS: Any = select(  # type: ignore[call-overload]
    TermRow.id, TermRow.customer, TermRow.kind, TermRow.text, TermRow.shown
)


class Lookup:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.dialect = session.get_bind().dialect.name

    def everything(self, limit: int = 50, after: str | None = None) -> Page[Hit]:
        """All customers by name."""
        listed = Customers(self.session).list(limit, after)
        hits = (Hit(customer=each, matched=each.name, distance_m=None, score=1.0) for each in listed.items)
        return Page(items=tuple(hits), after=listed.after)

    def by_name(self, spoken: str, limit: int = 20) -> Page[Hit]:
        """By a fragment, a misspelling or the sound of a name, an alias or a person's name; by digits too."""
        wanted = fold(spoken)
        if len(digits(spoken)) >= PHONE_DIGITS and not any(letter.isalpha() for letter in spoken):
            return self.by_phone(spoken, limit)
        if not wanted:
            return Page(items=(), after=None)
        terms = self._beginning(wanted) | self._inside(wanted)
        if len({term.customer for term in terms.values()}) < size(limit):
            terms |= self._alike(wanted) | self._sounding(spoken)
        scored = ((term, _likeness(wanted, term)) for term in terms.values() if term.kind != "phone")
        return self._hits((pair for pair in scored if pair[1] >= LIKE_ENOUGH), limit)

    def by_phone(self, written: str, limit: int = 20) -> Page[Hit]:
        """By any run of its digits; zeros dialled before a national number do not matter."""
        wanted = digits(written)
        if len(wanted) < PHONE_DIGITS:
            return Page(items=(), after=None)
        trunk = wanted.lstrip("0")
        terms = self._inside(wanted) | (self._inside(trunk) if len(trunk) >= PHONE_DIGITS else {})
        phones = (term for term in terms.values() if term.kind == "phone")
        return self._hits(((term, _digits_likeness(trunk or wanted, term.text)) for term in phones), limit)

    def near(self, lat: float, lon: float, limit: int = 20) -> Page[Hit]:
        found = {near.id: near.distance_m for near in nearest(self.session, lat, lon, size(limit))}
        rows = self.session.exec(select(CustomerRow).where(col(CustomerRow.id).in_(found))).all()
        whole = {each.id: each for each in customers(self.session, rows)}
        hits = (
            Hit(
                customer=whole[ident],
                matched=whole[ident].address or whole[ident].name,
                distance_m=round(away_m, 1),
                score=1 / (1 + away_m / 1000),
            )
            for ident, away_m in found.items()
        )
        return Page(items=tuple(hits), after=None)

    def _beginning(self, wanted: str) -> Terms:
        """Terms that begin so, and terms in which each wanted word begins a word."""
        whole = TERMS.where(col(TermRow.text) >= wanted, col(TermRow.text) < _past(wanted))
        found = _by_id(self.session.exec(whole.order_by(col(TermRow.text)).limit(TRIED)).all())
        longest = max(wanted.split(), key=len)
        begun = select(KeyRow.term).where(
            KeyRow.kind == "word", col(KeyRow.key) >= longest, col(KeyRow.key) < _past(longest)
        )
        return found | self._terms(self.session.exec(begun.limit(TRIED)).all())

    def _inside(self, wanted: str) -> Terms:
        """Terms that have it anywhere, by trigrams."""
        if len(wanted) < 3:
            return {}
        like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return self._raw(GRAMS[self.dialect], grams=f'"{wanted}"', like=like)

    def _alike(self, wanted: str) -> Terms:
        """Terms that share most trigrams."""
        grams = tuple(dict.fromkeys(wanted[at : at + 3] for at in range(len(wanted) - 2)))
        if grams and self.dialect == "sqlite":
            grams = self._telling(grams)
        if not grams:
            return {}
        return self._raw(TYPOS[self.dialect], any=" OR ".join(f'"{gram}"' for gram in grams), text=wanted)

    def _telling(self, grams: Sequence[str]) -> tuple[str, ...]:
        """The rarest of these trigrams: ranking all terms that have a common one would take long."""
        query = text("SELECT term, doc FROM term_vocabulary WHERE term IN :grams ORDER BY doc")
        query = query.bindparams(bindparam("grams", expanding=True))
        counted = self.session.connection().execute(query, {"grams": grams[:MOST_GRAMS]}).all()
        return _rarest((gram, terms) for gram, terms in counted)

    def _sounding(self, spoken: str) -> Terms:
        """Terms of which most words sound so."""
        shared = sharing(self.session, "sound", sounds(spoken))
        rare = _rarest(sorted(shared.items(), key=lambda pair: pair[1]))
        heard = select(KeyRow.term).where(KeyRow.kind == "sound", col(KeyRow.key).in_(rare))
        most = heard.group_by(col(KeyRow.term)).order_by(func.count().desc()).limit(TRIED)
        return self._terms(self.session.exec(most).all())

    def _raw(self, statement: str, **values: str) -> Terms:
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        rows = self.session.connection().execute(text(statement), {**named, "most": TRIED})
        return self._terms([row[0] for row in rows])

    def _terms(self, ids: Sequence[int]) -> Terms:
        return _by_id(self.session.exec(TERMS.where(col(TermRow.id).in_(ids))).all()) if ids else {}

    def _hits(self, scored: Iterable[tuple[Term, float]], limit: int) -> Page[Hit]:
        """The best term of each customer, best customers first."""
        best: dict[str, tuple[float, str]] = {}
        for term, likeness in scored:
            score = likeness * SHARE[term.kind]
            if score > best.get(term.customer, (0.0, ""))[0]:
                best[term.customer] = (score, term.shown)
        first = sorted(best, key=lambda customer: (-best[customer][0], best[customer][1], customer))[
            : size(limit)
        ]
        rows = self.session.exec(select(CustomerRow).where(col(CustomerRow.id).in_(first))).all()
        whole = {each.id: each for each in customers(self.session, rows)}
        hits = (
            Hit(customer=whole[each], matched=best[each][1], distance_m=None, score=round(best[each][0], 3))
            for each in first
        )
        return Page(items=tuple(hits), after=None)


def _rarest(counted: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Of keys in rising order of how many terms have them: those that are in few, the first in any case."""
    rarest: list[str] = []
    read = 0
    for key, terms in counted:
        read += terms
        if rarest and read > RANKED:
            break
        rarest.append(key)
    return tuple(rarest)


def _by_id(terms: Iterable[Term]) -> Terms:
    return {term.id: term for term in terms if term.id is not None}


def _past(prefix: str) -> str:
    """The first text behind all that begin so."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _likeness(wanted: str, term: Term) -> float:
    if term.text == wanted:
        return 1.0
    if term.text.startswith(wanted):
        return 0.98
    words = term.text.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 0.96
    if wanted in term.text:
        return 0.92
    parts = len(wanted.split())
    windows = {" ".join(words[at : at + parts]) for at in range(max(1, len(words) - parts + 1))}
    alike = max(similarity(wanted, window) for window in {*windows, term.text})
    return 0.9 * max(alike, SOUNDS_SAME if _sounds_same(wanted, term.text) else 0.0)


def _sounds_same(wanted: str, name: str) -> bool:
    """Every wanted word sounds like one of the name's."""
    heard = set(sounds(name))
    return len(wanted) >= SOUND_LETTERS and all(heard.intersection(sounds(part)) for part in wanted.split())


def _digits_likeness(wanted: str, number: str) -> float:
    if number == wanted:
        return 1.0
    return 0.98 if number.endswith(wanted) else 0.92
