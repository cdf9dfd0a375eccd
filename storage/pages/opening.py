"""What to say first to a customer: what is owed before what is nice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from storage.pages.story import Brief, Opening, OpeningKind, Remark, Told
from storage.records import Promise

FRESH = timedelta(days=90)
"""How long somebody still has a complaint, or praise, in mind."""


def opening(brief: Brief, today: str, now: datetime) -> Opening | None:
    """The first of all reasons; `today` is the company's, local. None for a customer nobody has met."""
    return next(_reasons(brief, today, now), None)


def _reasons(brief: Brief, today: str, now: datetime) -> Iterator[Opening]:
    ours = [each for each in brief.promises if each.owner == "us"]
    late = [each for each in brief.promises if each.due is not None and each.due[:10] < today]
    yield from (_promise("owed", each) for each in late if each.owner == "us")
    complaint, compliment = (_fresh(each, now) for each in (brief.complaint, brief.compliment))
    if complaint and (compliment is None or complaint.at >= compliment.at):
        yield _remark("complaint", complaint)
    yield from (_promise("due", each) for each in ours)
    yield from (_promise("asked", each) for each in late)
    last = brief.moments[0] if brief.moments else None
    if last and brief.next_meeting:
        yield _told("meeting", last, brief.next_meeting)
    if compliment:
        yield _remark("compliment", compliment)
    yield from (_remark("personal", each) for each in brief.personal)
    if last:
        yield _told("visited", last, None)


def _fresh(remark: Remark | None, now: datetime) -> Remark | None:
    return remark if remark and remark.at >= now - FRESH else None


def _promise(kind: OpeningKind, said: Promise) -> Opening:
    return Opening(
        kind=kind, text=said.action, who=None, visit=said.visit, at=said.said_at, due=said.due,
        evidence=said.evidence,
    )  # fmt: skip


def _remark(kind: OpeningKind, said: Remark) -> Opening:
    return Opening(
        kind=kind, text=said.text, who=said.who, visit=said.visit, at=said.at, due=None,
        evidence=said.evidence,
    )  # fmt: skip


def _told(kind: OpeningKind, last: Told, due: str | None) -> Opening:
    who = last.people[0] if last.people else None
    return Opening(
        kind=kind, text=last.summary or "", who=who, visit=last.visit, at=last.at, due=due, evidence=()
    )  # fmt: skip
