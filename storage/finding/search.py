"""Everything that was ever said, by words: endings, misspellings and words that sound alike are found too.

A word that nobody said is replaced by those nearest to it; each database's own index finds the passages.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process
from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from nlp.types import Evidence, Report
from storage.columns import Moment
from storage.finding.naming import fold
from storage.finding.said import SHORTEST, sound_of
from storage.paging import size
from storage.records import Record
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.said import SaidRow, WordRow
from storage.tables.visits import ReportRow, VisitRow
from storage.visits.summaries import names

Kind: TypeAlias = Literal["complaint", "compliment", "idea", "order", "promise", "personal", "competitor"]

READ = 400
"""Passages that the index brings, the best first; filters choose among them."""
ALIKE = 72.0
"""Likeness, of 100, from which another word may have been meant ('tonik', 'tonic': 80)."""
SOUNDS_SO = 50.0
"""The same of a word that sounds the same: 'doing' and 'tonic' do, by their consonants."""
MEANT = 6
NEIGHBOURS = 4_000
"""Words with the same beginning that are compared."""
GOES_ON = 4
"""Letters from which a word finds longer ones ('small', 'smaller')."""
WANTED = re.compile(r'"([^"]+)"|(\S+)')

MATCHES = {
    "sqlite": (
        "SELECT said.id FROM said_words JOIN said ON said.id = said_words.rowid "
        "JOIN visit ON visit.id = said.visit WHERE said_words MATCH :wanted {filters} "
        "ORDER BY said_words.rank, visit.at DESC LIMIT :most"
    ),
    "postgresql": (
        "SELECT said.id FROM said JOIN visit ON visit.id = said.visit "
        "WHERE to_tsvector('english', said.words) @@ to_tsquery('english', :wanted) {filters} "
        "ORDER BY ts_rank(to_tsvector('english', said.words), to_tsquery('english', :wanted)) DESC, "
        "visit.at DESC LIMIT :most"
    ),
}
FILTERS = {
    "customer": "AND visit.customer = :customer",
    "rep": "AND visit.rep = :rep",
    "since": "AND visit.at >= :since",
    "until": "AND visit.at < :until",
}


class Passage(Record, frozen=True, kw_only=True):
    """Something that was said, where it was found and where it can be heard."""

    visit: str
    memo: str
    at: datetime
    rep: str
    rep_name: str
    customer: str | None
    customer_name: str | None
    text: str
    marks: tuple[tuple[int, int], ...]
    """Characters of `text` that matched."""
    start_s: float | None
    end_s: float | None
    """In the recording; null for a typed note."""


class Filters(Record, frozen=True, kw_only=True):
    """What narrows a search; null is everything."""

    customer: str | None = None
    rep: str | None = None
    product: str | None = None
    kind: Kind | None = None
    since: datetime | None = None
    until: datetime | None = None


def search(session: Session, query: str, filters: Filters, limit: int = 30) -> tuple[Passage, ...]:
    """The best first, the newest of equals first."""
    wanted = [word for word in wanted_words(session, query) if word]
    if not wanted:
        return ()
    rows = [row for row in found(session, wanted, filters) if fits(row, filters)]
    return tuple(passages(session, rows[: size(limit)], {each for group in wanted for each in group}))


def wanted_words(session: Session, query: str) -> list[tuple[str, ...]]:
    """For each word or quoted phrase what may stand for it; a word that was never said brings others."""
    groups: list[tuple[str, ...]] = []
    for phrase, word in WANTED.findall(query):
        folded = fold(phrase or word)
        if phrase or " " in folded:
            groups.append((folded,))
        elif folded:
            groups.append(meant(session, folded))
    return groups


def meant(session: Session, word: str) -> tuple[str, ...]:
    """The word itself when somebody said it or one that begins so, else the nearest by letters or sound."""
    begun = select(WordRow.word).where(col(WordRow.word) >= word, col(WordRow.word) < word + "\U0010ffff")
    if len(word) < SHORTEST or session.exec(begun.limit(1)).first() is not None:
        return (word,)
    start = word[:2]
    near = select(WordRow.word).where(col(WordRow.word) >= start, col(WordRow.word) < start + "\U0010ffff")
    alike = process.extract(
        word, session.exec(near.limit(NEIGHBOURS)).all(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MEANT
    )
    sound = sound_of(word)
    same = select(WordRow.word).where(col(WordRow.sound) == sound).limit(MEANT)
    heard = [each for each in session.exec(same) if fuzz.ratio(word, each) >= SOUNDS_SO] if sound else []
    return tuple(dict.fromkeys([*(each for each, _, _ in alike), *heard])) or (word,)


def found(
    session: Session, wanted: Sequence[Sequence[str]], filters: Filters
) -> list[tuple[SaidRow, VisitRow, Report | None]]:
    dialect = session.get_bind().dialect.name
    given = {name: value for name in FILTERS if (value := getattr(filters, name)) is not None}
    chosen = " ".join(FILTERS[name] for name in given)
    statement = text(MATCHES[dialect].format(filters=chosen))
    moments = [bindparam(name, type_=Moment()) for name in ("since", "until") if name in given]
    values = {**given, "wanted": expression(wanted, dialect), "most": READ}
    ids = [row[0] for row in session.connection().execute(statement.bindparams(*moments), values)]
    query = (
        select(SaidRow, VisitRow, ReportRow)
        .join(VisitRow, col(VisitRow.id) == col(SaidRow.visit))
        .join(ReportRow, col(ReportRow.visit) == col(VisitRow.id), isouter=True)
        .where(col(SaidRow.id).in_(ids))
    )
    place = {ident: number for number, ident in enumerate(ids)}
    rows = sorted(session.exec(query), key=lambda row: place[row[0].id])
    return [(said, visit, report.filed if report else None) for said, visit, report in rows]


def expression(wanted: Sequence[Sequence[str]], dialect: str) -> str:
    """All of the groups, any of a group's words; one that is long enough, or the last, may go on."""
    groups = []
    for number, group in enumerate(wanted):
        typing = number == len(wanted) - 1
        terms = [term(each, typing or len(each) >= GOES_ON, dialect) for each in group]
        groups.append(f"({(' OR ' if dialect == 'sqlite' else ' | ').join(terms)})")
    return (" AND " if dialect == "sqlite" else " & ").join(groups)


def term(word: str, begins: bool, dialect: str) -> str:
    """A word, or a phrase where it holds blanks."""
    begins = begins and " " not in word
    if dialect == "sqlite":
        return f'"{word}"' + (" *" if begins else "")
    return f"({' <-> '.join(word.split())})" if " " in word else word + (":*" if begins else "")


def fits(row: tuple[SaidRow, VisitRow, Report | None], filters: Filters) -> bool:
    """It was said as such a thing, or about such a product, by the filed report's own evidence."""
    said, _, report = row
    if filters.kind is None and filters.product is None:
        return True
    if report is None:
        return False
    if filters.kind and not any(overlaps(said, each) for each in evidence(report, filters.kind)):
        return False
    ordered = {order.product for order in report.orders}
    return filters.product is None or filters.product in ordered


def evidence(report: Report, kind: Kind) -> list[Evidence]:
    items = {
        "order": report.orders,
        "promise": report.commitments,
        "personal": report.personal,
        "competitor": report.competitors,
    }.get(kind) or [each for each in report.feedback if each.kind == kind]
    return [each for item in items for each in item.evidence]


def overlaps(said: SaidRow, where: Evidence) -> bool:
    return where.memo == said.memo and where.start < said.end and said.start < where.end


def passages(
    session: Session, rows: Sequence[tuple[SaidRow, VisitRow, Report | None]], words: set[str]
) -> list[Passage]:
    reps = names(session, EmployeeRow, {visit.rep for _, visit, _ in rows})
    places = names(session, CustomerRow, {visit.customer for _, visit, _ in rows if visit.customer})
    return [
        Passage(
            visit=visit.id,
            memo=said.memo,
            at=visit.at,
            rep=visit.rep,
            rep_name=reps[visit.rep],
            customer=visit.customer,
            customer_name=places[visit.customer] if visit.customer else visit.new_customer,
            text=said.text,
            marks=marks(said.text, words),
            start_s=said.start_s,
            end_s=said.end_s,
        )
        for said, visit, _ in rows
    ]


def marks(said: str, words: set[str]) -> tuple[tuple[int, int], ...]:
    """Words of the text that share their beginning with a wanted one; endings are the index's business."""
    single = {each for word in words for each in word.split()}
    return tuple(
        (at.start(), at.end())
        for at in re.finditer(r"[^\s]*\w", said)
        if any(same_stem(fold(at.group()), word) for word in single)
    )


def same_stem(spoken: str, wanted: str) -> bool:
    shared = max(3, min(len(spoken), len(wanted)) - 2)
    return (
        spoken == wanted
        or spoken.startswith(wanted)
        or (len(wanted) > 3 and spoken[:shared] == wanted[:shared] and abs(len(spoken) - len(wanted)) <= 3)
    )
