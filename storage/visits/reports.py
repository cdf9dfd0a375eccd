"""The filed report: the machine's, and people's corrections over it, kept with who, when and what was."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias

import msgspec
from sqlmodel import Session, col, select

from nlp.types import Decided, Doubt, Extraction, Item, Linking, Report
from storage.crm.customers import standing
from storage.crm.promises import keep_promises
from storage.desk.stakes import weigh
from storage.errors import BadReport, NoReport, Unfinished
from storage.heard.collecting import collect
from storage.learning.lessons import Lessons
from storage.outside.webhooks import announce_visit
from storage.records import Problem, Record, Visit
from storage.rows import locked_visit
from storage.tables.visits import CorrectionRow, DraftRow, ReportRow, VisitRow
from storage.visits.states import settle
from storage.visits.view import visit_record
from storage.work.queue import Queue

Patch: TypeAlias = dict[str, Any]

LISTS = ("contacts", "orders", "amounts", "commitments", "competitors", "feedback", "personal")
PLAIN = ("new_customer", "outcome", "summary", "next_meeting")
FORETOLD = ("contacts", "outcome")
"""What may be said before there is a report: such a correction, and none else of them, has null before it."""
CORRECTABLE = (*PLAIN, *LISTS)
"""Besides `customer`, which is chosen: the people at it are then looked for anew."""


class Draft(Record, frozen=True, kw_only=True):
    extraction: Extraction
    linking: Linking | None


class Reports:
    def __init__(self, session: Session) -> None:
        self.session = session

    def draft(self, visit_id: str, revision: int) -> Draft | None:
        """What the stages of this revision have worked out so far."""
        row = self._draft(visit_id, revision)
        return Draft(extraction=row.extraction, linking=row.linking) if row else None

    def extracted(self, visit_id: str, revision: int, extraction: Extraction) -> bool:
        """Keep what was said; False when the visit has gone on since."""
        if locked_visit(self.session, visit_id).revision != revision:
            return False
        if self._draft(visit_id, revision) is None:
            self.session.merge(
                DraftRow(visit=visit_id, revision=revision, extraction=extraction, linking=None)
            )
        return True

    def linked(self, visit_id: str, revision: int, linking: Linking) -> bool:
        """Keep at whom; False when the visit has gone on since."""
        fresh = locked_visit(self.session, visit_id).revision == revision
        draft = self._draft(visit_id, revision)
        if not fresh or draft is None:
            return False
        draft.linking = draft.linking or linking
        return True

    def file(self, visit_id: str, revision: int, report: Report, linking: Linking) -> bool:
        """File it, once; False when it was worked out from something older than the visit is now."""
        visit = locked_visit(self.session, visit_id)
        if visit.revision != revision or visit.approved_at is not None:
            return False
        if visit.filed_revision >= revision:
            return True
        if visit.customer_chosen:
            report = msgspec.structs.replace(report, customer=visit.customer)
        row = self.session.get(ReportRow, visit_id) or ReportRow(visit=visit_id, revision=revision)
        row.revision, row.extracted = revision, report
        row.filed = self.over(visit_id, report)
        self.session.add(row)
        visit.filed_revision, visit.failure = revision, None
        if not visit.customer_chosen:
            visit.customer = report.customer
        visit.candidates = linking.candidates
        draft = self.session.get(DraftRow, visit_id)
        if draft is not None:
            self.session.delete(draft)
        self._show(visit, row.filed)
        announce_visit(self.session, "visit.filed", visit, row.filed)
        return True

    def over(self, visit_id: str, report: Report) -> Report:
        """The report with people's corrections, as it would be filed."""
        return corrected(report, self._corrections(visit_id))

    def propose(self, visit_id: str, revision: int, report: Report, linking: Linking, why: Doubt) -> bool:
        """File what the same words say today, for a person to look at; False when the visit has gone on
        since, or somebody has approved it."""
        visit, row = locked_visit(self.session, visit_id), self._filed(visit_id)
        if visit.revision != revision or visit.approved_at is not None:
            return False
        filed = self.over(visit_id, report)
        row.extracted, row.filed = report, msgspec.structs.replace(filed, doubts=(why, *filed.doubts))
        if not visit.customer_chosen:
            visit.customer = report.customer
        visit.candidates = linking.candidates
        self._show(visit, row.filed)
        return True

    def fail(self, visit_id: str, revision: int, problem: Problem) -> None:
        """No report could be made from what was said."""
        visit = locked_visit(self.session, visit_id)
        if visit.revision == revision and visit.filed_revision < revision:
            visit.filed_revision, visit.failure = revision, problem
            settle(self.session, visit)

    def correct(self, visit_id: str, patch: Patch, *, by: str, jobs: Queue) -> Visit:
        """An RFC 7396 merge patch: fields that are named are replaced, null empties them."""
        visit = locked_visit(self.session, visit_id)
        row = self._filed(visit_id)
        strange = sorted(set(patch) - {"customer", *CORRECTABLE})
        if strange:
            raise BadReport(f"'{strange[0]}' cannot be corrected.")
        patch = dict(patch)
        if "customer" in patch:
            self._choose_any(visit, patch.pop("customer"), by=by, jobs=jobs)
        for field, value in patch.items():
            before = getattr(row.filed, field)
            after = _typed(row.filed, field, value)
            if after != before:
                self._keep(visit_id, field, before, after, by)
                Lessons(self.session, visit, by).corrected(field, before, after)
                row.filed = _with(row.filed, field, after)
        self._show(visit, row.filed)
        announce_visit(self.session, "visit.corrected", visit, row.filed)
        return visit_record(self.session, visit)

    def tell(self, visit_id: str, fields: dict[str, object], *, by: str) -> None:
        """What a person says of a visit (FORETOLD) before anything is understood; it stands over that."""
        for field, value in fields.items():
            self._keep(visit_id, field, None, value, by)

    def choose(self, visit: VisitRow, customer: str | None, *, by: str, jobs: Queue) -> bool:
        """A person says at whom the visit was (null: at nobody we know); False when that is known already."""
        if visit.customer_chosen and visit.customer == customer:
            return False
        row = self.session.get(ReportRow, visit.id)
        self._keep(visit.id, "customer", visit.customer, customer, by)
        visit.customer, visit.customer_chosen = customer, True
        if row is not None:
            if customer is not None:
                Lessons(self.session, visit, by).chosen(row.filed, customer)
            row.filed = _at(row.filed, customer)
            self._show(visit, row.filed)
            if visit.approved_at is None:
                visit.revision += 1
                jobs.enqueue(self.session, visit.id, None, 0.0)
        elif visit.revision > visit.filed_revision or visit.failure is not None:
            visit.revision, visit.failure = visit.revision + 1, None
            jobs.enqueue(self.session, visit.id, None, 0.0)
        return True

    def approve(self, visit_id: str, *, by: str) -> Visit:
        """A manager's yes; the visit changes no more by itself."""
        visit = locked_visit(self.session, visit_id)
        self._filed(visit_id)
        if visit.state == "processing":
            raise Unfinished
        if visit.approved_at is None:
            visit.approved_by, visit.approved_at = by, datetime.now(UTC)
            settle(self.session, visit)
        return visit_record(self.session, visit)

    def _draft(self, visit_id: str, revision: int) -> DraftRow | None:
        row = self.session.get(DraftRow, visit_id)
        return row if row is not None and row.revision == revision else None

    def _filed(self, visit_id: str) -> ReportRow:
        row = self.session.get(ReportRow, visit_id)
        if row is None:
            raise NoReport
        return row

    def _choose_any(self, visit: VisitRow, customer: object, *, by: str, jobs: Queue) -> None:
        if not isinstance(customer, str | None):
            raise BadReport("'customer' is the id of a customer, or null.")
        if customer is not None:
            customer = standing(self.session, customer).id
        self.choose(visit, customer, by=by, jobs=jobs)

    def _corrections(self, visit_id: str) -> Sequence[CorrectionRow]:
        query = select(CorrectionRow).where(CorrectionRow.visit == visit_id)
        return self.session.exec(query.order_by(col(CorrectionRow.number))).all()

    def _keep(self, visit_id: str, field: str, before: object, after: object, by: str) -> None:
        self.session.add(
            CorrectionRow(
                visit=visit_id,
                field=field,
                before=msgspec.json.encode(before).decode(),
                after=msgspec.json.encode(after).decode(),
                by=by,
                at=datetime.now(UTC),
            )
        )

    def _show(self, visit: VisitRow, report: Report) -> None:
        """Bring what lists and the promises page show in line with the report."""
        visit.new_customer, visit.outcome, visit.summary = report.new_customer, report.outcome, report.summary
        visit.doubts = tuple(doubt.reason for doubt in report.doubts)
        weigh(self.session, visit, report)
        keep_promises(self.session, visit, report)
        collect(self.session, visit, report)
        settle(self.session, visit)


def corrected(report: Report, corrections: Sequence[CorrectionRow]) -> Report:
    """People's values over the machine's; where newer words differ, a person looks again."""
    first = {each.field: each for each in reversed(corrections)}
    last = {each.field: each for each in corrections}
    for field, correction in last.items():
        if field == "customer":
            report = _at(report, msgspec.json.decode(correction.after, type=str | None))
            continue
        heard, before = getattr(report, field), msgspec.json.decode(first[field].before)
        report = _with(report, field, _typed(report, field, msgspec.json.decode(correction.after)))
        if before is None and field in FORETOLD:
            continue
        known = _typed(report, field, before)
        if _said(heard) != _said(known) and _said(heard) != _said(getattr(report, field)):
            doubt = Doubt(
                field=field, reason=f"{field} was corrected by hand; newer words say something else"
            )
            report = msgspec.structs.replace(report, doubts=(*report.doubts, doubt))
    return report


def _typed(report: Report, field: str, value: Any) -> Any:
    """`value` in the form that the report has for this field; raises BadReport."""
    if value is None and field in LISTS:
        value = ()
    whole = {**msgspec.to_builtins(report), field: value}
    try:
        typed = getattr(msgspec.convert(whole, Report), field)
    except msgspec.ValidationError as error:
        raise BadReport(str(error)) from error
    if field not in LISTS:
        return typed
    known = getattr(report, field)
    return tuple(item if item in known else msgspec.structs.replace(item, confidence=1.0) for item in typed)


def _with(report: Report, field: str, value: Any) -> Report:
    """The report with a person's value, which settles every doubt about this field."""
    doubts = tuple(doubt for doubt in report.doubts if not _about(doubt.field, field))
    report = msgspec.structs.replace(report, doubts=doubts, **{field: value})
    return _decided(report, field) if field in ("outcome", "next_meeting") else report


def _at(report: Report, customer: str | None) -> Report:
    report = _with(report, "customer", customer)
    if customer is not None:
        report = msgspec.structs.replace(_with(report, "new_customer", None), customer=customer)
    return _decided(report, "customer")


def _decided(report: Report, field: str) -> Report:
    sure = Decided(confidence=1.0, evidence=getattr(report.fields, field).evidence)
    return msgspec.structs.replace(report, fields=msgspec.structs.replace(report.fields, **{field: sure}))


def _about(doubted: str, field: str) -> bool:
    return doubted == field or doubted.startswith((f"{field}[", f"{field}."))


def _said(value: Any) -> Any:
    """A value without how sure we are and where it was said."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        msgspec.structs.replace(item, confidence=1.0, evidence=()) if isinstance(item, Item) else item
        for item in value
    )
