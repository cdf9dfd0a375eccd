"""The stages in their order, each repeatable, none of them writing over something newer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.pipeline import (
    STAGES,
    Desk,
    Engines,
    Received,
    Transcribed,
    check_order,
    extract,
    file_report,
    link_customer,
    transcribe,
)
from nlp.types import Context, Decided, Extraction, Mention, Source
from speech.engines.canned import CannedTranscriber
from speech.errors import NoSpeech
from speech.sound import Sound
from speech.transcript import transcript_of
from speech.types import Removal, Transcript, Vocabulary
from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.errors import BlobDamaged, BlobMissing
from storage.finding.places import fix
from storage.records import Visit
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs, store
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.queue import Listed

SPEECH = Path(__file__).parents[1] / "speech" / "fixtures" / "chrome-live.webm"
AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)
UNSURE = Decided(confidence=0.9, evidence=())


class Placing:
    """Hears the name of a customer in everything, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[tuple[Source, ...], Context]] = []

    def extract(self, sources: tuple[Source, ...], context: Context) -> Extraction:
        self.given.append((sources, context))
        return Extraction(
            outcome="order",
            outcome_decided=UNSURE,
            contacts=(),
            orders=(),
            amounts=(),
            commitments=(),
            next_meeting=None,
            next_meeting_decided=UNSURE,
            competitors=(),
            feedback=(),
            personal=(),
            places=(Mention(text="Brass Otter", confidence=0.95),),
            new_place=None,
            language="en",
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path / 'rounds.db'}")
    database.migrate()
    with database.writing() as session:
        People(session).put("r1", "Dana Whitfield", "rep", True)
        Customers(session).put("c1", "The Brass Otter", ("Brass Otter",), None, 47.66, -122.38, None)
        Customers(session).put("c2", "Nordlys", (), None, 47.67, -122.38, None)
        Visits(session).check_in(
            "v1", rep="r1", at=AT, position=fix(47.66, -122.38, 15, 1), customer=None, jobs=Listed()
        )
    engines = Engines(transcriber=CannedTranscriber(otherwise="five kegs"), extractor=Placing())
    yield Desk(database=database, blobs=open_blobs(AudioSettings(), tmp_path), engines=engines)
    database.close()


def typed(desk: Desk, note: str, text: str = "Five kegs for the Brass Otter.") -> Received:
    with desk.database.writing() as session:
        Memos(session).note("v1", note, text=text, at=AT, jobs=Listed())
    return Received(visit="v1", memo=note)


def spoken(desk: Desk) -> Received:
    blob = store(desk.blobs, "a1", [SPEECH.read_bytes()])
    with desk.database.writing() as session:
        Memos(session).receive(
            "v1", "a1", at=AT, content_type="audio/webm", blob=blob, position=None, jobs=Listed()
        )
    return Received(visit="v1", memo="a1")


def through(desk: Desk, start: Received) -> Visit:
    value: object = start
    for stage in STAGES:
        if value is not None:
            value = stage(desk, value)
    with desk.database.reading() as session:
        return Visits(session).get("v1")


def test_a_recording_is_filed_at_its_customer(desk: Desk) -> None:
    visit = through(desk, spoken(desk))
    assert visit.report is not None
    assert (visit.state, visit.customer) == ("filed", "c1")
    assert visit.transcript is not None
    assert visit.transcript.text == "five kegs"
    heard = desk.engines.transcriber
    assert isinstance(heard, CannedTranscriber)
    assert "The Brass Otter" in [term.text for term in heard.received[0].vocabulary.terms]


def test_every_stage_may_run_twice(desk: Desk) -> None:
    start = spoken(desk)
    first = transcribe(desk, start)
    assert first is not None
    assert transcribe(desk, start) == first
    second = extract(desk, first)
    assert second is not None
    assert extract(desk, first) == second
    third = link_customer(desk, second)
    assert third is not None
    assert link_customer(desk, second) == third
    assert file_report(desk, third) is not None
    assert file_report(desk, third) is None
    assert extract(desk, first) is not None
    heard, read = desk.engines.transcriber, desk.engines.extractor
    assert isinstance(heard, CannedTranscriber)
    assert isinstance(read, Placing)
    assert (len(heard.received), len(read.given)) == (1, 2)


def test_all_memos_of_a_visit_are_one_story_and_the_older_one_is_dropped(desk: Desk) -> None:
    early = transcribe(desk, typed(desk, "n1"))
    late = typed(desk, "n2", "And a case of tonic.")
    assert early is not None
    assert extract(desk, early) is None
    assert through(desk, late).state == "filed"
    read = desk.engines.extractor
    assert isinstance(read, Placing)
    assert [source.memo for source in read.given[-1][0]] == ["n1", "n2"]
    assert extract(desk, Transcribed(visit="v1", revision=1)) is None


def test_a_memo_that_is_deleted_meanwhile_ends_the_work(desk: Desk) -> None:
    start = typed(desk, "n1")
    first = transcribe(desk, start)
    with desk.database.writing() as session:
        Memos(session).delete("v1", "n1", jobs=Listed())
    assert transcribe(desk, start) is None
    assert first is not None
    assert extract(desk, first) is None
    assert through(desk, start).state == "open"


def test_a_chosen_customer_is_told_to_those_who_decide(desk: Desk) -> None:
    through(desk, typed(desk, "n1"))
    with desk.database.writing() as session:
        Visits(session).choose_customer("v1", "c2", by="r1", jobs=Listed())
    visit = through(desk, Received(visit="v1", memo=None))
    assert (visit.state, visit.customer) == ("filed", "c2")
    read = desk.engines.extractor
    assert isinstance(read, Placing)
    assert [each.id for each in read.given[-1][1].customers if each.chosen] == ["c2"]


def test_bytes_that_changed_or_are_gone_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    start = spoken(desk)
    (key,) = desk.blobs.keys()
    (tmp_path / "audio" / key).write_bytes(b"rotten")
    with pytest.raises(BlobDamaged):
        transcribe(desk, start)
    desk.blobs.delete(key)
    with pytest.raises(BlobMissing):
        transcribe(desk, start)


def test_an_order_that_does_not_fit_is_refused_when_it_is_made() -> None:
    check_order(STAGES)
    with pytest.raises(TypeError, match="file_report does not begin with what extract hands on"):
        check_order((transcribe, extract, file_report))


class Guessing:
    """Takes every noise for the end of a video, and knows better."""

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        guess = Removal(start_s=0.5, end_s=1.5, text="Thanks for watching!", reason="phantom")
        return transcript_of([], language="en", length_s=sound.length_s, removed=[guess])


def test_what_noise_was_taken_for_is_kept_though_nobody_spoke(desk: Desk) -> None:
    deaf = Desk(
        database=desk.database,
        blobs=desk.blobs,
        engines=Engines(transcriber=Guessing(), extractor=desk.engines.extractor),
    )
    start = spoken(deaf)
    with pytest.raises(NoSpeech):
        transcribe(deaf, start)
    with desk.database.reading() as session:
        memo = Memos(session).get("v1", "a1")
        assert Memos(session).sources("v1") == ()
    assert memo.transcript is not None
    assert [removal.text for removal in memo.transcript.removed] == ["Thanks for watching!"]
    assert (memo.transcript.text, memo.transcript.segments) == ("", ())
