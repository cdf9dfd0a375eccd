"""Finding a customer from whatever a person has: half a name, a misheard one, some digits, a place.

Each way asks an index for a bounded number of terms; only those are compared in Python. What was typed is
looked for first, then what may have been meant, then all but one of its words, then shared trigrams.
SQL is written out, of fixed parts and bound values alone: building it anew takes longer than answering it.
"""
# ruff: noqa: S608

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from storage.crm.companies import Companies
from storage.crm.customers import Customers, customers
from storage.finding.likeness import name_likeness
from storage.finding.naming import dialled, digits, fold
from storage.finding.nicknames import other_names
from storage.finding.places import nearest
from storage.finding.vocabulary import meant
from storage.finding.wanted import COUNTED, Part, also, among, begun_or_meant, counted, past
from storage.paging import size
from storage.records import Hit, Page
from storage.tables.customers import CustomerRow

TRIED = 60
"""Terms that one way may bring."""
IN_PART = 300
"""Terms that have all but one of the words."""
READ, COMMON_READ = 6_000, 1_500
"""Terms with its rarest word that are read; fewer when its other words are in so many that each has to be
looked up: a question of nothing but common words is answered from some."""
FEW = 60
"""Terms that are looked up one by one for the other words; of more, whole lists are intersected."""
LOOKED_AT = 40
"""Of those, the ones that are compared word by word."""
MOST_GRAMS = 60
RANKED = 2_000
"""Terms that are ranked for a misspelling."""
LONGEST = 200
"""Letters of a question that are looked for."""
MOST_WORDS = 8
LIKE_ENOUGH = 0.63
"""Score from which a name is worth suggesting: a likeness of 0.70, which ranks below any true fragment."""
SURE = 0.85
"""Score of the best from which nothing less exact is looked for."""
SHARE = {
    "name": 1.0,
    "alias": 0.99,
    "heard": 0.98,
    "person": 0.97,
    "email": 0.97,
    "place": 0.95,
    "phone": 1.0,
}
PHONE_DIGITS = 3
"""Digits from which a number is looked for."""

TERM = "term.id, term.customer, term.kind, term.text, term.shown"
BEGINNING = f"SELECT {TERM} FROM term WHERE text >= :first AND text < :past ORDER BY text, id LIMIT :most"
GRAMS = {
    "sqlite": (
        f"SELECT {TERM} FROM term_grams JOIN term ON term.id = term_grams.rowid "
        "WHERE term_grams MATCH :grams AND (term.kind = 'phone') = :phones LIMIT :most"
    ),
    "postgresql": (
        f"SELECT {TERM} FROM term WHERE text LIKE :like AND (kind = 'phone') = :phones LIMIT :most"
    ),
}
TYPOS = {
    "sqlite": (
        f"SELECT {TERM} FROM (SELECT rowid FROM term_grams WHERE term_grams MATCH :any "
        "ORDER BY rank LIMIT :most) AS alike JOIN term ON term.id = alike.rowid"
    ),
    "postgresql": (
        f"SELECT {TERM} FROM term WHERE text % :text ORDER BY similarity(text, :text) DESC LIMIT :most"
    ),
}

Term = Any
"""A row of TERM; whole objects of TermRow take longer to make than to find."""
Terms = dict[int, Term]
Best = dict[str, tuple[float, str]]
"""The score of each customer and what of it was found."""


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
        """By a fragment, a misspelling or the sound of a name, an alias, a person, an e-mail or an address;
        by digits too."""
        if len(digits(spoken)) >= PHONE_DIGITS and not any(letter.isalpha() for letter in spoken):
            called = self.by_phone(spoken, limit)
            if called.items:
                return called
        wanted = fold(spoken[:LONGEST])
        if not wanted:
            return Page(items=(), after=None)
        best: Best = {}
        for terms, weights in self._ways(wanted):
            _score(best, wanted, terms, weights)
            if len(best) >= size(limit) or (weights and best and max(best.values())[0] >= SURE):
                break
        if not best:
            _score(best, wanted, self._alike(wanted), {})
        return self._hits(best, limit)

    def by_phone(self, written: str, limit: int = 20) -> Page[Hit]:
        """By any run of its digits, dialled from anywhere or written in any form."""
        best: Best = {}
        for wanted in dialled(written, Companies(self.session).get().region):
            if len(wanted) < PHONE_DIGITS:
                continue
            for term in self._inside(wanted, phones=True).values():
                score = _digits_likeness(wanted, term.text)
                best[term.customer] = max(best.get(term.customer, (0.0, "")), (score, term.shown))
            if best:
                break
        return self._hits(best, limit)

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

    def _ways(self, wanted: str) -> Iterator[tuple[Terms, dict[str, float]]]:
        """Terms, each way less exact than the one before, and how much each wanted word says."""
        words = list(dict.fromkeys(wanted.split()))[:MOST_WORDS]
        typed = counted(self.session, [Part(word=word) for word in words])
        begun = self._raw(BEGINNING, first=wanted, past=past(wanted))
        yield begun | self._having(typed, TRIED), {}
        if len(words) == 1:
            yield self._inside(wanted), {}
        called = {word: tuple(sorted(other_names(word))) for word in words}
        if any(called.values()):
            parts = counted(self.session, also(typed, called))
            yield self._having(parts, TRIED), {part.word: part.weight for part in parts}
        parts = counted(self.session, also(typed, meant(self.session, words)))
        weights = {part.word: part.weight for part in parts}
        yield self._having(parts, TRIED), weights
        unknown = [part for part in parts if not part.terms]
        for left_out in (unknown[:1] or parts[::-1]) if len(parts) > 1 else ():
            others = self._having([part for part in parts if part is not left_out], IN_PART)
            yield _likeliest(wanted, others), weights
        if len(words) > 1:
            yield self._inside(wanted), weights

    def _having(self, parts: Sequence[Part], most: int) -> Terms:
        """Terms that have each of these words; `parts` in rising order of how many have them."""
        if not parts or not parts[0].terms:
            return {}
        values: dict[str, Any] = {}
        tested = [part for part in parts[1:] if parts[0].terms <= FEW or part.terms >= COUNTED]
        whole = [part for part in parts if part not in tested]
        lists, tests = [], []
        for number, part in enumerate(whole):
            most_read = COUNTED if number else READ if len(whole) > 1 else COMMON_READ
            begun = " UNION ALL ".join(begun_or_meant(number, part, values))
            lists.append(
                f"SELECT term FROM (SELECT term FROM ({begun}) AS b{number} LIMIT {most_read}) AS l{number}"
            )
        for number, part in enumerate(tested, len(whole)):  # OFFSET keeps PostgreSQL from joining them all
            tests.append(
                "EXISTS (SELECT 1 FROM term_key AS o WHERE o.term = k.term "
                f"AND ({among(number, part, values)}) LIMIT 1 OFFSET 0)"
            )
        found = f"SELECT term FROM ({' INTERSECT '.join(lists)}) AS k"
        if tests:
            found += " WHERE " + " AND ".join(tests)
        return self._raw(
            f"SELECT {TERM} FROM (SELECT term FROM ({found}) AS f LIMIT :most) AS found "
            "JOIN term ON term.id = found.term",
            most=most,
            **values,
        )

    def _inside(self, wanted: str, *, phones: bool = False) -> Terms:
        """Terms that have it anywhere, by trigrams."""
        if len(wanted) < 3:
            return {}
        like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return self._raw(GRAMS[self.dialect], grams=f'"{wanted}"', like=like, phones=phones)

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

    def _raw(self, statement: str, most: int = TRIED, **values: Any) -> Terms:
        """`values` may hold more than this database's own statement asks for."""
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        rows = self.session.connection().execute(text(statement), {**named, "most": most})
        return {row.id: row for row in rows}

    def _hits(self, best: Best, limit: int) -> Page[Hit]:
        """By score: the best term of each customer."""
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


def _score(best: Best, wanted: str, terms: Terms, weights: dict[str, float]) -> None:
    for term in terms.values():
        score = name_likeness(wanted, term.text, weights) * SHARE[term.kind]
        if score >= LIKE_ENOUGH:
            best[term.customer] = max(best.get(term.customer, (0.0, "")), (score, term.shown))


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


def _likeliest(wanted: str, terms: Terms) -> Terms:
    """The few that are spelled most like it; the rest are not worth a closer look."""
    texts = {ident: term.text for ident, term in terms.items()}
    found = process.extract(wanted, texts, scorer=fuzz.ratio, limit=LOOKED_AT)
    return {ident: terms[ident] for _, _, ident in found}


def _digits_likeness(wanted: str, number: str) -> float:
    if number == wanted:
        return 1.0
    return 0.98 if number.endswith(wanted) else 0.92
