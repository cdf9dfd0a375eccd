"""What is heard collects by subject: counted as voices come and go, put right by people, merged with care."""

from datetime import UTC, datetime

import pytest

from storage import errors
from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.database import Database
from storage.heard.collecting import collect_old
from storage.heard.counting import month_of
from storage.heard.placing import Placement, Placing
from storage.heard.subjects import MONTHS, Subject, Subjects, Voice, months_until
from storage.heard.voices import around
from storage.tables.heard import UncollectedRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .telling import AT, asked_for, file, named

CASES = "they want smaller cases"


@pytest.fixture
def town(database: Database, rep: str) -> None:
    with database.writing() as session:
        for number in range(1, 5):
            Customers(session).put(f"c{number}", f"Shop {number}", (), None, None, None, None)


def place(database: Database, *, all_in_one: bool = True) -> None:
    """As a worker does, whose vectors say that all is one or nothing is."""
    with database.writing() as session:
        placing = Placing(session)
        placing.alone()
        waiting, known = placing.waiting(), placing.known()
        first = known[0].subject if known else waiting[0].voice
        placing.place(
            [
                Placement(
                    voice=each.voice,
                    vector=b"vv",
                    subject=first if all_in_one else each.voice,
                    name=each.text,
                )
                for each in waiting
            ]
        )


def subjects(database: Database, **asked: str) -> tuple[Subject, ...]:
    with database.reading() as session:
        return Subjects(session).list(**asked).items  # type: ignore[arg-type]


def voices(database: Database, subject: str) -> tuple[Voice, ...]:
    with database.reading() as session:
        return Subjects(session).voices(subject).items


def test_customers_who_ask_for_the_same_are_counted_once_each(database: Database, town: None) -> None:
    for number, customer in enumerate(("c1", "c2", "c2", None)):
        file(database, f"v{number}", customer, days=number, feedback=asked_for(CASES))
    assert subjects(database) == ()
    place(database)
    (found,) = subjects(database)
    assert (found.name, found.named_by, found.customers, found.voices) == (CASES, None, 2, 4)
    assert found.last_at == voices(database, found.id)[0].at
    assert [each.visit for each in voices(database, found.id)] == ["v3", "v2", "v1", "v0"]
    assert [each.customer_name for each in voices(database, found.id)] == [None, "Shop 2", "Shop 2", "Shop 1"]


def test_a_competitor_is_heard_by_its_record_in_the_sentence(database: Database, town: None) -> None:
    said = "Nice talk. They get a price from Northway every week! Nothing else."
    file(database, "v1", "c1", text=said, competitors=named("Northway", said, "n-v1-0"))
    file(database, "v2", "c2", text=said, competitors=named("Northway", said, "n-v2-0"))
    (found,) = subjects(database, kind="competitor")
    assert (found.name, found.customers) == ("Northway", 2)
    voice = voices(database, found.id)[0]
    assert voice.text == "They get a price from Northway every week!"
    assert said[voice.evidence[0].start : voice.evidence[0].end] == voice.text
    assert subjects(database, kind="remark") == ()


def test_the_sentence_around_some_words() -> None:
    words = "a " * 200 + "Northway " + "b " * 200
    start, end = around(words, 400, 408)
    assert "Northway" in words[start:end] and len(words[start:end]) < 340
    assert around("Northway", 0, 8) == (0, 8)
    assert around("One. Northway. Two.", 5, 13) == (5, 14)


def test_filing_again_keeps_what_is_the_same(database: Database, town: None) -> None:
    file(database, "v1", "c1", feedback=asked_for(CASES, "earlier deliveries"))
    place(database, all_in_one=False)
    by_name = {each.name: each.id for each in subjects(database)}
    file(database, "v1", "c2", feedback=asked_for(CASES))
    (left,) = subjects(database)
    assert left.id == by_name[CASES]
    assert [each.customer for each in voices(database, left.id)] == ["c2"]
    with database.writing() as session:
        for note in Visits(session).get("v1").memos:
            Memos(session).delete("v1", note.id, jobs=Listed())
    assert subjects(database) == ()


def test_a_subject_that_fell_silent_is_found_again_by_its_name(database: Database, town: None) -> None:
    file(database, "v1", "c1", feedback=asked_for(CASES))
    place(database)
    (found,) = subjects(database)
    with database.writing() as session:
        Subjects(session).rename(found.id, "Smaller cases", by="m1")
        Reports(session).correct("v1", {"feedback": None}, by="m1", jobs=Listed())
    assert subjects(database) == ()
    file(database, "v2", "c2", feedback=asked_for("could the cases be smaller"))
    place(database)
    (again,) = subjects(database)
    assert (again.id, again.name, again.named_by, again.voices) == (found.id, "Smaller cases", "Mona Berg", 1)


def test_a_voice_is_moved_and_parted_and_stays_there(database: Database, town: None) -> None:
    for number, customer in enumerate(("c1", "c2", "c3")):
        file(database, f"v{number}", customer, feedback=asked_for(CASES))
    place(database)
    (found,) = subjects(database)
    voice = voices(database, found.id)[0]
    with database.writing() as session:
        parted = Subjects(session).part(voice.id, "Something else", by="m1")
    assert (parted.customers, parted.voices, parted.named_by) == (1, 1, "Mona Berg")
    assert {each.id: each.customers for each in subjects(database)} == {found.id: 2, parted.id: 1}
    file(database, voice.visit, voice.customer, feedback=asked_for(CASES), summary="Filed again.")
    assert [each.placed_by for each in voices(database, parted.id)] == ["Mona Berg"]
    with database.writing() as session:
        assert Subjects(session).move(voice.id, found.id, by="m1").subject == found.id
        assert {ident for ident, _ in Placing(session).stale()} == {found.id, parted.id}
    (whole,) = subjects(database)
    assert (whole.id, whole.customers, whole.voices) == (found.id, 3, 3)
    with database.writing() as session:
        Placing(session).measured(parted.id, None)
        assert Subjects(session).get(parted.id).voices == 0
        with pytest.raises(errors.UnknownVoice):
            Subjects(session).move("none", found.id, by="m1")
        with pytest.raises(errors.UnknownSubject):
            Subjects(session).move(voice.id, "none", by="m1")


def test_two_records_of_one_customer_are_one_customer_who_asks(database: Database, town: None) -> None:
    for number, customer in enumerate(("c1", "c2")):
        file(database, f"v{number}", customer, feedback=asked_for(CASES))
    place(database)
    with database.writing() as session:
        merge = Merging(session).merge("c1", "c2", by="m1")
    (found,) = subjects(database)
    assert (found.customers, found.voices) == (1, 2)
    assert {each.customer_name for each in voices(database, found.id)} == {"Shop 1"}
    with database.writing() as session:
        Merging(session).undo(merge.id)
    (found,) = subjects(database)
    assert (found.customers, found.voices) == (2, 2)


def test_subjects_come_in_pages_those_of_most_customers_first(database: Database, town: None) -> None:
    wishes = ["a", "b", "c"]
    for number in range(1, 4):
        file(database, f"v{number}", f"c{number}", feedback=asked_for(*wishes[: 4 - number]))
    with database.writing() as session:
        placing = Placing(session)
        waiting = placing.waiting()
        first = {text: next(each.voice for each in waiting if each.text == text) for text in wishes}
        placing.place(
            [
                Placement(voice=each.voice, vector=b"vv", subject=first[each.text], name=each.text)
                for each in waiting
            ]
        )
    with database.reading() as session:
        page = Subjects(session).list(limit=2)
        rest = Subjects(session).list(limit=2, after=page.after)
        assert [(each.name, each.customers) for each in (*page.items, *rest.items)] == [
            ("a", 3), ("b", 2), ("c", 1),
        ]  # fmt: skip
        assert [each.name for each in Subjects(session).list(query="B").items] == ["b"]
        assert Subjects(session).list(query="%").items == ()
        with pytest.raises(errors.BadCursor):
            Subjects(session).list(after="bm8")


def test_the_trend_holds_the_last_months(database: Database, town: None) -> None:
    today = (datetime.now(UTC) - AT).days
    file(database, "v1", "c1", days=today, feedback=asked_for(CASES))
    file(database, "v2", "c2", days=today, feedback=asked_for(CASES))
    file(database, "v3", "c3", days=today - 40, feedback=asked_for(CASES))
    place(database)
    (found,) = subjects(database)
    counts = {each.month: each.voices for each in found.months}
    assert len(counts) == MONTHS and sum(counts.values()) == 3
    assert counts[month_of(voices(database, found.id)[0].at)] == 2
    assert months_until(datetime(2026, 2, 3, tzinfo=UTC)) == (
        "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02",
    )  # fmt: skip


def test_old_reports_are_collected_once(database: Database, town: None) -> None:
    file(database, "v1", "c1", feedback=asked_for(CASES))
    place(database)
    with database.writing() as session:
        session.add(UncollectedRow(visit="v1"))
    with database.writing() as session:
        assert collect_old(session, 10)
    with database.writing() as session:
        assert not collect_old(session, 10)
    (found,) = subjects(database)
    assert found.voices == 1
