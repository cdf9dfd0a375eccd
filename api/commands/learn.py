"""`learn`: what past visits would say with what corrections taught since; approved ones stay as they are.

Nothing is written without `--apply`, and then as a proposal: the visit waits for a person's look.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from api.commands.company import opened
from api.settings import Settings
from nlp.link import link
from nlp.report import compose
from nlp.types import Doubt, Linking, Report
from storage.database import Database
from storage.learning.relearning import Past, past_visits
from storage.visits.context import context_for
from storage.visits.memos import Memos
from storage.visits.reports import LISTS, Reports

if TYPE_CHECKING:  # it loads the models, which the web process must not
    from api.pipeline import Understanding

PLAIN = ("customer", "new_customer", "outcome", "next_meeting")
APART = frozenset({"confidence", "evidence"})
"""Of an item, what is no part of its value."""


def learn(settings: Settings, apply: bool) -> None:
    from nlp.extract import Extractor

    extractor = Extractor.load(settings.nlp)
    with opened(settings) as database:
        relearn(database, extractor, apply)


def relearn(database: Database, extractor: "Understanding", apply: bool) -> int:
    """Prints each visit that would change and how; the number of them."""
    seen = changed = 0
    for past in past_visits(database):
        seen += 1
        report, linking, whole = today(database, extractor, past)
        found = list(differences(past.filed, whole))
        if not found:
            continue
        changed += 1
        print(f"{past.at:%Y-%m-%d} {past.visit}", *(line for _, line in found), sep="\n    ")
        if apply:
            fields = ", ".join(dict.fromkeys(field.replace("_", " ") for field, _ in found))
            why = Doubt(field="report", reason=f"Read anew after corrections: {fields}.")
            with database.writing() as session:
                Reports(session).propose(past.visit, past.revision, report, linking, why)
    told = "would change" if not apply else "changed and wait for a look"
    print(f"{changed} of {seen} visits without a manager's yes {told}.")
    return changed


def today(database: Database, extractor: "Understanding", past: Past) -> tuple[Report, Linking, Report]:
    """What the same words say now: the machine's report, at whom, and with people's corrections over it."""
    with database.reading() as session:
        sources = Memos(session).sources(past.visit)
        context = context_for(session, past.visit, "\n".join(each.transcript.text for each in sources))
    extraction = extractor.extract(sources, context)
    linking = link(extraction, context)
    report = compose(extraction, linking, context)
    with database.reading() as session:
        return report, linking, Reports(session).over(past.visit, report)


def differences(before: Report, after: Report) -> Iterator[tuple[str, str]]:
    """Field and line of each value that goes (-), comes (+) or gives way (->)."""
    for field in PLAIN:
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield field, f"{field}: {was or 'none'} -> {now or 'none'}"
    for field in LISTS:
        old, new = (
            [values(each) for each in getattr(before, field)],
            [values(each) for each in getattr(after, field)],
        )
        yield from ((field, f"{field}: - {told(each)}") for each in old if each not in new)
        yield from ((field, f"{field}: + {told(each)}") for each in new if each not in old)


def values(item: msgspec.Struct) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(item).items() if name not in APART}


def told(item: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in item.items() if value is not None)
