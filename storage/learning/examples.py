"""Clauses with what they are in truth, from people's corrections of feedback and personal facts."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session, col, select

from nlp.types import Example, Feedback, Personal
from storage.tables.learned import ExampleRow

NEWEST = 300
"""Examples that are read; older ones have had their day."""
NOTHING = "other"


class Examples:
    def __init__(self, session: Session) -> None:
        self.session = session

    def newest(self) -> tuple[Example, ...]:
        query = select(ExampleRow).order_by(col(ExampleRow.at).desc(), col(ExampleRow.id)).limit(NEWEST)
        return tuple(Example(kind=row.kind, text=row.text) for row in self.session.exec(query))

    def keep(self, field: str, before: object, after: object, *, visit: str, by: str) -> None:
        """What a correction of `feedback` or `personal` says about each clause that it changes."""
        was, now = _kinds(field, before), _kinds(field, after)
        for text in was | now:
            if was.get(text) != now.get(text):
                self._put(now.get(text, NOTHING), text, visit, by)

    def _put(self, kind: str, text: str, visit: str, by: str) -> None:
        """The last word on a clause counts."""
        ident = str(uuid5(NAMESPACE_URL, f"rounds/example/{' '.join(text.lower().split())}"))
        row = ExampleRow(id=ident, kind=kind, text=text, visit=visit, by=by, at=datetime.now(UTC))
        self.session.merge(row)


def _kinds(field: str, items: object) -> dict[str, str]:
    """The clause's words to its kind; only what was said, with evidence, is an example of anything."""
    if field not in ("feedback", "personal") or not isinstance(items, tuple):
        return {}
    said = (each for each in items if isinstance(each, Feedback | Personal) and each.evidence)
    return {
        (each.text if isinstance(each, Feedback) else each.fact): (
            each.kind if isinstance(each, Feedback) else "personal"
        )
        for each in said
    }
