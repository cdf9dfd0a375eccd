"""What was said is found by its words, however they are spelled, and forgotten with its memo."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from nlp.types import Decided, Evidence, Feedback, Fields, Linking, Report
from speech.types import Segment, Transcript, Word
from storage.crm.customers import Customers
from storage.database import Database
from storage.finding.search import Filters, Passage, search
from storage.sound.blobs import Blobs, store
from storage.tables.said import WordRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
UNSURE = Decided(confidence=0.5, evidence=())


@pytest.fixture
def told(database: Database, rep: str, jobs: Listed) -> None:
    with database.writing() as session:
        Customers(session).put("c1", "Bella Vista", (), None, None, None, None)
        Customers(session).put("c2", "The Otter", (), None, None, None, None)
        for number, (rep_, customer, text) in enumerate(SAID):
            at = AT + timedelta(days=number)
            Visits(session).check_in(
                f"v{number}", rep=rep_, at=at, position=None, customer=customer, jobs=jobs
            )
            Memos(session).note(f"v{number}", f"n{number}", text=text, at=at, jobs=jobs)


SAID = (
    ("r1", "c1", "Marco asked for smaller cases of tonic. The café is doing well!"),
    ("r1", "c2", "They want a smaller case, six instead of twelve. Desmond plays the trombone."),
    ("m1", "c2", "Nothing to report at the Otter."),
)


def look(database: Database, query: str, **filters: object) -> list[Passage]:
    with database.reading() as session:
        return list(search(session, query, Filters(**filters)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "visits"),
    [
        ("trombone", ["v1"]),
        ("smaller case", ["v0", "v1"]),
        ('"cases of tonic"', ["v0"]),
        ("tonik", ["v0"]),
        ("dezmond", ["v1"]),
        ("CAFE", ["v0"]),
        ("trom", ["v1"]),
        ("smaller trombone", []),
        ("otter", ["v2"]),
        ("the", None),
        ("zebra", []),
        ("'); DROP TABLE said; --", []),
        ('* " ( | !', []),
        ("", []),
    ],
)
def test_words_find_what_was_said(
    database: Database, told: None, query: str, visits: list[str] | None
) -> None:
    hits = look(database, query)
    assert visits is None or sorted(hit.visit for hit in hits) == visits


def test_a_passage_says_who_where_when_and_what_matched(database: Database, told: None) -> None:
    (hit,) = look(database, "trombones")
    assert (hit.rep_name, hit.customer_name, hit.at) == (
        "Dana Whitfield",
        "The Otter",
        AT + timedelta(days=1),
    )
    assert hit.text == "Desmond plays the trombone."
    assert [hit.text[start:end] for start, end in hit.marks] == ["trombone"]
    assert hit.start_s is None


@pytest.mark.parametrize(
    ("filters", "visits"),
    [
        ({"customer": "c1"}, ["v0"]),
        ({"rep": "m1"}, []),
        ({"since": AT + timedelta(hours=1)}, ["v1"]),
        ({"until": AT + timedelta(hours=1)}, ["v0"]),
        ({"kind": "idea"}, []),
        ({"product": "s1"}, []),
    ],
)
def test_a_search_is_narrowed(
    database: Database, told: None, filters: dict[str, object], visits: list[str]
) -> None:
    assert sorted(hit.visit for hit in look(database, "smaller", **filters)) == visits


def test_only_what_was_understood_as_an_idea(database: Database, told: None) -> None:
    idea = Feedback(
        kind="idea",
        text="smaller cases",
        evidence=(Evidence(memo="n0", start=16, end=29, start_s=None, end_s=None),),
    )
    report = Report(
        customer="c1", new_customer=None, outcome="routine", summary="", contacts=(), orders=(), amounts=(),
        commitments=(), next_meeting=None, competitors=(), feedback=(idea,), personal=(), doubts=(),
        fields=Fields(customer=UNSURE, outcome=UNSURE, next_meeting=UNSURE),
    )  # fmt: skip
    linking = Linking(customer="c1", new_customer=None, decided=UNSURE, candidates=(), contacts=())
    with database.writing() as session:
        assert Reports(session).file("v0", 1, report, linking)
    assert [hit.visit for hit in look(database, "smaller", kind="idea")] == ["v0"]
    assert look(database, "smaller", kind="complaint") == []
    assert look(database, "café", kind="idea") == []


def test_the_sound_at_the_hit(database: Database, told: None, jobs: Listed, blobs: Blobs) -> None:
    spoken = Transcript(
        text="Good morning. Send the brochure.",
        language="en",
        segments=(segment(0.5, "Good morning."), segment(2.0, "Send the brochure.")),
        removed=(),
        length_s=4.0,
    )
    blob = store(blobs, "a1", [b"sound"])
    with database.writing() as session:
        receive = Memos(session).receive
        receive("v0", "a1", at=AT, content_type="audio/webm", blob=blob, position=None, jobs=jobs)
        Memos(session).transcribed("a1", spoken)
    (hit,) = look(database, "brochures")
    assert (hit.memo, hit.start_s, hit.end_s, hit.text) == ("a1", 2.0, 3.0, "Send the brochure.")


def segment(start_s: float, text: str) -> Segment:
    word = Word(start_s=start_s, end_s=start_s + 1, text=text, confidence=0.9)
    return Segment(start_s=start_s, end_s=start_s + 1, text=text, words=(word,))


def test_what_is_deleted_is_found_no_more(database: Database, told: None, jobs: Listed) -> None:
    with database.writing() as session:
        Memos(session).delete("v1", "n1", jobs=jobs)
    assert look(database, "trombone") == []
    assert [hit.visit for hit in look(database, "smaller")] == ["v0"]
    with database.reading() as session:
        words = set(session.exec(select(WordRow.word)))
    assert not words & {"trombone", "desmond", "twelve"}
    assert {"smaller", "tonic"} <= words
