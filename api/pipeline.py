"""What happens to a memo, in order. Each stage loads, lets go of the database, computes, and writes its
result with a check that the visit has not gone on since; it may run twice and then finds its work done.

Only names and numbers are handed from stage to stage: what was said stands in the visit's rows, once.
"""

import hashlib
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, get_type_hints

import msgspec

from nlp.extract import Extractor
from nlp.grouping import Grouper, grouper_of
from nlp.link import link
from nlp.report import compose
from nlp.settings import NlpSettings
from nlp.types import Context, Extraction, Source
from nlp.vocabulary import vocabulary
from speech.engines.loading import load_transcriber
from speech.engines.protocol import Transcriber
from speech.errors import NoSpeech
from speech.resting import RestingTranscriber
from speech.settings import SpeechSettings
from speech.transcription import transcribe as hear
from storage.database import Database
from storage.errors import BlobDamaged, UnknownMemo
from storage.sound.blobs import Blobs
from storage.sound.listening import Listening
from storage.visits.context import context_for
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits


class Understanding(Protocol):
    """What the pipeline asks of `nlp.extract.Extractor`."""

    def extract(self, sources: tuple[Source, ...], context: Context) -> Extraction: ...


class Engines(msgspec.Struct, frozen=True, kw_only=True):
    """The models, loaded once for each worker."""

    transcriber: Transcriber
    extractor: Understanding
    grouper: Grouper | None = None
    """Null where no sentence encoder is installed: then remarks wait for one, and competitors are told."""

    @classmethod
    def load(cls, speech: SpeechSettings, nlp: NlpSettings, models: Path) -> "Engines":
        load = partial(load_transcriber, speech, models)
        transcriber = RestingTranscriber(load, speech.free_after_s) if speech.free_after_s > 0 else load()
        extractor = Extractor.load(nlp)
        return cls(transcriber=transcriber, extractor=extractor, grouper=grouper_of(extractor.pipeline))

    def rest(self) -> bool:
        """Let go of what has not been needed for long; True when something went."""
        return isinstance(self.transcriber, RestingTranscriber) and self.transcriber.rest()


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage works with."""

    database: Database
    blobs: Blobs
    engines: Engines


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Something arrived; no memo: only the report is made anew."""

    visit: str
    memo: str | None


class Revised(msgspec.Struct, frozen=True, kw_only=True):
    """A visit at one revision of what was said at it."""

    visit: str
    revision: int


class Transcribed(Revised, frozen=True, kw_only=True):
    pass


class Extracted(Revised, frozen=True, kw_only=True):
    pass


class Linked(Revised, frozen=True, kw_only=True):
    pass


class Filed(Revised, frozen=True, kw_only=True):
    pass


def transcribe(desk: Desk, start: Received) -> Transcribed | None:
    """Hear the memo, unless that was done."""
    with desk.database.reading() as session:
        if start.memo is None:
            return Transcribed(visit=start.visit, revision=Visits(session).revision(start.visit))
        try:
            memo = Memos(session).get(start.visit, start.memo)
        except UnknownMemo:  # deleted before its turn came
            return None
        if memo.state == "failed":
            return None
        if memo.state == "transcribed":
            return Transcribed(visit=start.visit, revision=Visits(session).revision(start.visit))
        blob = Memos(session).blob(start.visit, start.memo)
        context = context_for(session, start.visit, "")
        known = Listening(session).passages(start.memo)
    data = desk.blobs.read(blob.key)
    if hashlib.sha256(data).hexdigest() != blob.sha256:
        raise BlobDamaged
    try:
        transcript = hear(data, desk.engines.transcriber, vocabulary(context), known)
    except NoSpeech as nothing:
        if nothing.transcript is not None:
            with desk.database.writing() as session:
                Memos(session).left_out(start.memo, nothing.transcript)
        raise
    with desk.database.writing() as session:
        revision = Memos(session).transcribed(start.memo, transcript)
    return None if revision is None else Transcribed(visit=start.visit, revision=revision)


def extract(desk: Desk, start: Transcribed) -> Extracted | None:
    """Read everything that was said at the visit as one story."""
    with desk.database.reading() as session:
        if Visits(session).revision(start.visit) != start.revision:
            return None
        done = Reports(session).draft(start.visit, start.revision) is not None
        sources = Memos(session).sources(start.visit)
        context = context_for(session, start.visit, _spoken(sources))
    if not sources:
        return None
    if not done:
        extraction = desk.engines.extractor.extract(sources, context)
        with desk.database.writing() as session:
            if not Reports(session).extracted(start.visit, start.revision, extraction):
                return None
    return Extracted(visit=start.visit, revision=start.revision)


def link_customer(desk: Desk, start: Extracted) -> Linked | None:
    """Decide at whom it was, from place and words together."""
    with desk.database.reading() as session:
        draft = Reports(session).draft(start.visit, start.revision)
        context = context_for(session, start.visit, _spoken(Memos(session).sources(start.visit)))
    if draft is None:
        return None
    linking = link(draft.extraction, context)
    with desk.database.writing() as session:
        if not Reports(session).linked(start.visit, start.revision, linking):
            return None
    return Linked(visit=start.visit, revision=start.revision)


def file_report(desk: Desk, start: Linked) -> Filed | None:
    """Make the report and file it, unless the visit has gone on since."""
    with desk.database.reading() as session:
        draft = Reports(session).draft(start.visit, start.revision)
        context = context_for(session, start.visit, _spoken(Memos(session).sources(start.visit)))
    if draft is None or draft.linking is None:
        return None
    report = compose(draft.extraction, draft.linking, context)
    with desk.database.writing() as session:
        if not Reports(session).file(start.visit, start.revision, report, draft.linking):
            return None
    return Filed(visit=start.visit, revision=start.revision)


def _spoken(sources: tuple[Source, ...]) -> str:
    return "\n".join(source.transcript.text for source in sources)


Stage = Callable[[Desk, Any], Any]
STAGES: tuple[Stage, ...] = (transcribe, extract, link_customer, file_report)


def start_of(stage: Stage) -> type[msgspec.Struct]:
    """What a stage begins with, from its own signature."""
    start: type[msgspec.Struct] = get_type_hints(stage)["start"]
    return start


def end_of(stage: Stage) -> Any:
    """What a stage hands on; null ends the work, because there is nothing left to do."""
    return get_type_hints(stage)["return"]


def check_order(stages: tuple[Stage, ...]) -> None:
    """Each stage begins with what the one before hands on; raises TypeError."""
    for before, after in pairwise(stages):
        if end_of(before) != start_of(after) | None:
            raise TypeError(f"{after.__name__} does not begin with what {before.__name__} hands on")


check_order(STAGES)
