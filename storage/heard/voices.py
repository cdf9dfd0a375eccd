"""The voices in a filed report: what was said of a competitor, what was asked for and complained of.

A competitor's subject is its record; what a remark is about the worker finds out, which has the vectors.
"""

import re
from collections import Counter
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session, col, select

from nlp.document import story
from nlp.types import Competitor, Evidence, Report, Source
from speech.types import Transcript
from storage.events import Events
from storage.finding.naming import fold
from storage.heard.counting import count_in, count_out
from storage.rows import insert_new
from storage.tables.heard import SubjectRow, VoiceRow
from storage.tables.visits import MemoRow, VisitRow

HEARD_KINDS = ("idea", "complaint")
"""Of the feedback; compliments are thanked for, not collected."""
END = re.compile(r"[.!?…]+(?=\s)|\n")
REACH = 160
"""Characters on either side in which a sentence's ends are looked for."""


def keep_voices(session: Session, visit: VisitRow, report: Report) -> None:
    """The voices of a visit are its report's; one that is filed again stays where it was put."""
    session.flush()
    known = {row.id: row for row in session.exec(select(VoiceRow).where(VoiceRow.visit == visit.id))}
    fresh = {row.id: row for row in _voices(session, visit, report)}
    for ident in sorted(known.keys() - fresh.keys()):
        _forget(session, known[ident])
    for ident, row in sorted(fresh.items(), key=lambda each: (each[1].subject or "", each[0])):
        if ident in known:
            _again(session, known[ident], row)
        else:
            session.add(row)
            count_in(session, row)
            Events(session).append("heard", row.subject or "")


def forget_voices(session: Session, visit: str) -> None:
    rows = session.exec(select(VoiceRow).where(VoiceRow.visit == visit))
    for row in sorted(rows, key=lambda each: (each.subject or "", each.id)):
        _forget(session, row)


def _forget(session: Session, row: VoiceRow) -> None:
    count_out(session, row)
    Events(session).append("heard", row.subject or "")
    session.delete(row)


def _again(session: Session, row: VoiceRow, fresh: VoiceRow) -> None:
    moved = (row.customer, row.at) != (fresh.customer, fresh.at)
    if moved:
        count_out(session, row)
    row.customer, row.at, row.text, row.evidence = fresh.customer, fresh.at, fresh.text, fresh.evidence
    session.add(row)
    if moved:
        count_in(session, row)
        Events(session).append("heard", row.subject or "")


def _voices(session: Session, visit: VisitRow, report: Report) -> Iterator[VoiceRow]:
    heard = {name for item in report.competitors if (name := fold(item.name))}
    if heard:
        memos = _transcripts(session, report.competitors)
    for item in report.competitors:
        name = fold(item.name)
        if name in heard:
            heard.remove(name)
            text, evidence = _sentence(item, memos)
            subject = competitor_subject(session, item.name)
            yield _voice(visit, f"competitor/{name}", "competitor", text, evidence, subject)
    seen: Counter[str] = Counter()
    for said in report.feedback:
        if said.kind in HEARD_KINDS and said.text.strip():
            key = f"{said.kind}/{fold(said.text)}"
            seen[key] += 1
            yield _voice(visit, f"{key}/{seen[key]}", said.kind, said.text, said.evidence, None)


def _voice(
    visit: VisitRow, key: str, kind: str, text: str, evidence: tuple[Evidence, ...], subject: str | None
) -> VoiceRow:
    return VoiceRow(
        id=str(uuid5(NAMESPACE_URL, f"{visit.id}/{key}")),
        visit=visit.id,
        rep=visit.rep,
        customer=visit.customer,
        at=visit.at,
        kind=kind,
        text=text,
        evidence=evidence,
        subject=subject,
    )


def competitor_subject(session: Session, name: str) -> str:
    ident = str(uuid5(NAMESPACE_URL, f"competitor/{fold(name)}"))
    insert_new(
        session, SubjectRow(id=ident, kind="competitor", name=name, customers=0, voices=0, stale=False)
    )
    return ident


def _transcripts(session: Session, items: tuple[Competitor, ...]) -> dict[str, Transcript]:
    ids = {where.memo for item in items for where in item.evidence}
    rows = session.exec(select(MemoRow.id, col(MemoRow.transcript)).where(col(MemoRow.id).in_(ids)))
    return {ident: transcript for ident, transcript in rows if transcript is not None}


def _sentence(item: Competitor, memos: dict[str, Transcript]) -> tuple[str, tuple[Evidence, ...]]:
    """The sentence in which a competitor was named, and where it can be heard; of one that a person typed the
    name alone."""
    where = next((each for each in item.evidence if each.memo in memos), None)
    if where is None:
        return item.name, item.evidence
    transcript = memos[where.memo]
    start, end = around(transcript.text, where.start, where.end)
    told = story((Source(memo=where.memo, transcript=transcript),), len(transcript.text))
    return transcript.text[start:end], told.evidence(start, end)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds these characters, or some words on either side where nothing ends one."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    before = [found.end() for found in END.finditer(text, first, start)]
    after = END.search(text, end, last)
    left = before[-1] if before else text.find(" ", first, start) + 1 if first else 0
    right = after.end() if after else text.rfind(" ", end, last) if last < len(text) else last
    right = max(right, end)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right
