"""A visit as callers see it, put together from its rows."""

import msgspec
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from speech.types import Transcript
from storage.finding.places import position_of
from storage.records import Approval, Correction, Memo, Visit
from storage.tables.customers import CustomerRow
from storage.tables.people import EmployeeRow
from storage.tables.visits import CorrectionRow, MemoRow, ReportRow, VisitRow
from storage.visits.summaries import names


def visit_record(session: Session, row: VisitRow) -> Visit:
    session.flush()
    memos = [memo_record(memo) for memo in session.exec(alive(row.id))]
    report = session.get(ReportRow, row.id)
    people = names(session, EmployeeRow, {row.rep} | ({row.approved_by} if row.approved_by else set()))
    places = names(session, CustomerRow, {row.customer} if row.customer else set())
    approval = None
    if row.approved_by is not None and row.approved_at is not None:
        approval = Approval(by=row.approved_by, by_name=people[row.approved_by], at=row.approved_at)
    return Visit(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]
        state=row.state,  # type: ignore[arg-type]
        at=row.at,
        updated_at=row.updated_at,
        rep=row.rep,
        rep_name=people[row.rep],
        customer=row.customer,
        customer_name=places[row.customer] if row.customer else row.new_customer,
        customer_chosen=row.customer_chosen,
        position=position_of(row),
        candidates=tuple(row.candidates),
        memos=tuple(memos),
        transcript=whole([memo.transcript for memo in memos if memo.transcript]),
        report=report.filed if report else None,
        corrections=correction_records(session, row.id),
        approval=approval,
        problem=row.problem,
    )


def alive(visit_id: str) -> SelectOfScalar[MemoRow]:
    """A visit's memos in the order in which they were spoken."""
    query = select(MemoRow).where(MemoRow.visit == visit_id, col(MemoRow.deleted_at).is_(None))
    return query.order_by(col(MemoRow.at), col(MemoRow.received_at), col(MemoRow.id))


def memo_record(row: MemoRow) -> Memo:
    return Memo(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]
        state=row.state,  # type: ignore[arg-type]
        at=row.at,
        received_at=row.received_at,
        content_type=row.content_type,
        bytes=row.bytes,
        sha256=row.sha256,
        length_s=row.length_s,
        transcript=row.transcript,
        problem=row.problem,
    )


def correction_records(session: Session, visit_id: str) -> tuple[Correction, ...]:
    rows = session.exec(
        select(CorrectionRow).where(CorrectionRow.visit == visit_id).order_by(col(CorrectionRow.number))
    ).all()
    who = names(session, EmployeeRow, {row.by for row in rows})
    return tuple(
        Correction(
            id=str(row.number),
            field=row.field,
            before=msgspec.Raw(row.before.encode()),
            after=msgspec.Raw(row.after.encode()),
            by=row.by,
            by_name=who[row.by],
            at=row.at,
        )
        for row in rows
    )


def whole(transcripts: list[Transcript]) -> Transcript | None:
    """Of the only memo; of several one text, with each memo's segments at its own times."""
    if len(transcripts) < 2:
        return transcripts[0] if transcripts else None
    return Transcript(
        text=" ".join(each.text for each in transcripts),
        language=transcripts[0].language,
        segments=tuple(segment for each in transcripts for segment in each.segments),
        removed=tuple(removal for each in transcripts for removal in each.removed),
        length_s=sum(each.length_s for each in transcripts),
    )
