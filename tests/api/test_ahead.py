"""Listening to a recording while it arrives: it saves work, and nothing depends on it."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.ahead import listen_ahead
from api.pipeline import Desk, Engines, Received, transcribe
from nlp.types import Context, Extraction, Source
from speech.decoding import decode
from speech.engines.canned import CannedTranscriber
from speech.errors import ModelUnavailable
from speech.types import Transcript
from storage.crm.people import People
from storage.database import Database
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs
from storage.sound.listening import NEVER, Listening
from storage.sound.uploads import Parts
from storage.visits.memos import Memos
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .talk import talk

FIXTURES = Path(__file__).parents[1] / "speech" / "fixtures"
AT = datetime(2026, 3, 10, 18, 5, tzinfo=UTC)


class Unread:
    """The extractor is never asked."""

    def extract(self, sources: tuple[Source, ...], context: Context) -> Extraction:
        raise AssertionError


class Out(CannedTranscriber):
    """A model that cannot be loaded."""

    def transcribe(self, *_: object) -> Transcript:
        raise ModelUnavailable("There is no such model.")


@pytest.fixture(scope="module", name="talk")
def talk_fixture() -> bytes:
    return talk()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path / 'rounds.db'}")
    database.migrate()
    with database.writing() as session:
        People(session).put("r1", "Dana Whitfield", "rep", True)
        Visits(session).check_in("v1", rep="r1", at=AT, position=None, customer=None, jobs=Listed())
    engines = Engines(transcriber=CannedTranscriber(otherwise="five kegs"), extractor=Unread())
    yield Desk(database=database, blobs=open_blobs(AudioSettings(), tmp_path), engines=engines)
    database.close()


def send(desk: Desk, data: bytes, start: float, end: float) -> None:
    """The part between two shares of the recording arrives."""
    offset = round(len(data) * start)
    with Parts(desk.blobs, "v1", "m1").part(offset) as upload:
        upload.write(data[offset : round(len(data) * end)])
        upload.finish()


def complete(desk: Desk, size: int) -> Received:
    blob = Parts(desk.blobs, "v1", "m1").complete(size)
    Parts(desk.blobs, "v1", "m1").discard()
    with desk.database.writing() as session:
        Memos(session).receive(
            "v1", "m1", at=AT, content_type="audio/webm", blob=blob, position=None, jobs=Listed()
        )
    return Received(visit="v1", memo="m1")


def ahead(desk: Desk, *, busy: bool = False) -> int:
    """How many windows are known afterwards."""
    listen_ahead(desk, "v1", "m1", lambda: busy)
    with desk.database.reading() as session:
        return len(Listening(session).passages("m1"))


def due(desk: Desk) -> int:
    with desk.database.reading() as session:
        return Listening(session).due("m1")


def speech_heard(desk: Desk) -> list[float]:
    """Seconds of speech that the engine was given each time."""
    engine = desk.engines.transcriber
    assert isinstance(engine, CannedTranscriber)
    return [sum(part.length_s for part in given.sound.speech) for given in engine.received]


def transcript(desk: Desk) -> Transcript:
    with desk.database.reading() as session:
        (source,) = Memos(session).sources("v1")
    return source.transcript


def test_at_the_end_only_the_rest_is_heard(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.2)
    assert ahead(desk) == 0
    assert 0.2 * len(talk) < due(desk) <= 0.3 * len(talk)
    send(desk, talk, 0.2, 0.6)
    assert ahead(desk) == 2
    send(desk, talk, 0.6, 0.95)
    assert ahead(desk) == 4
    send(desk, talk, 0.95, 1)
    assert transcribe(desk, complete(desk, len(talk))) is not None
    *before, rest = speech_heard(desk)
    assert len(before) == 4
    assert min(before) > 15
    assert rest < 15
    assert transcript(desk).text == " ".join(["five kegs"] * 5)
    assert ahead(desk) == 0


def test_parts_that_come_late_are_heard_with_the_whole(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.1)
    assert ahead(desk) == 0
    send(desk, talk, 0.1, 1)
    start = complete(desk, len(talk))
    assert ahead(desk) == 0
    assert transcribe(desk, start) is not None
    assert len(speech_heard(desk)) == 1


def test_an_upload_that_began_anew_with_other_bytes_is_heard_as_it_is(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.6)
    assert ahead(desk) == 2
    Parts(desk.blobs, "v1", "m1").discard()
    other = (FIXTURES / "ios-fragmented.mp4").read_bytes()
    send(desk, other, 0, 1)
    assert transcribe(desk, complete(desk, len(other))) is not None
    assert transcript(desk).text == "five kegs"
    engine = desk.engines.transcriber
    assert isinstance(engine, CannedTranscriber)
    assert engine.received[-1].sound.length_s == decode(other).length_s


def test_a_visit_that_waits_goes_first(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.9)
    assert ahead(desk, busy=True) == 0
    assert due(desk) == round(0.9 * len(talk))
    assert ahead(desk) == 4


def test_what_cannot_be_read_yet_is_seldom_tried(desk: Desk) -> None:
    recording = (FIXTURES / "ios.m4a").read_bytes()
    send(desk, recording, 0, 0.02)
    assert ahead(desk) == 0
    assert due(desk) == 2 * round(0.02 * len(recording)) + 1
    assert speech_heard(desk) == []


def test_nobody_listens_again_where_somebody_died(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.9)
    with desk.database.writing() as session:
        assert Listening(session).begin("m1") == ()
    assert ahead(desk) == 0
    assert speech_heard(desk) == []
    assert transcribe(desk, complete(desk, round(0.9 * len(talk)))) is not None


def test_a_failure_ends_listening_ahead_and_nothing_else(desk: Desk, talk: bytes) -> None:
    send(desk, talk, 0, 0.9)
    broken = Desk(
        database=desk.database, blobs=desk.blobs, engines=Engines(transcriber=Out(), extractor=Unread())
    )
    with pytest.raises(ModelUnavailable):
        listen_ahead(broken, "v1", "m1", lambda: False)
    assert due(desk) == NEVER
    assert transcribe(desk, complete(desk, round(0.9 * len(talk)))) is not None


def test_an_upload_to_no_visit_is_left_alone(desk: Desk) -> None:
    memo = str(uuid.uuid4())
    listen_ahead(desk, "nowhere", memo, lambda: False)
    with desk.database.reading() as session:
        assert Listening(session).passages(memo) == ()
