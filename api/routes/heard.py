"""What customers ask for, complain of and say of competitors, collected by subject."""

from typing import Annotated

from litestar import get, patch, post, put
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads
from api.auth import employees, reps
from api.deps import After, Caller, Id, Limit, Store
from api.schemas import MoveVoice, NameSubject
from storage.errors import BadCursor, UnknownSubject, UnknownVoice
from storage.heard.subjects import Subject, SubjectKind, Subjects, Voice
from storage.records import Page

Only = Annotated[SubjectKind | None, QueryParameter(description="Competitors, or remarks alone.")]
Part = Annotated[str, QueryParameter(max_length=200, description="A part of the subject's name.")]


@get("/heard", operation_id="listHeard", guards=[employees], responses=reads(BadCursor), sync_to_thread=True)
def list_heard(
    database: Store, kind: Only = None, q: Part = "", limit: Limit = 50, after: After = None
) -> Page[Subject]:
    """Subjects, those of the most customers first."""
    with database.reading() as session:
        return Subjects(session).list(kind, q.replace("\x00", ""), limit, after)


@get(
    "/heard/{subject_id:str}",
    operation_id="getHeard",
    guards=[employees],
    responses=reads(UnknownSubject),
    sync_to_thread=True,
)
def get_heard(subject_id: Id, database: Store) -> Subject:
    """One subject with its trend."""
    with database.reading() as session:
        return Subjects(session).get(subject_id)


@get(
    "/heard/{subject_id:str}/voices",
    operation_id="listVoices",
    guards=[employees],
    responses=reads(UnknownSubject, BadCursor),
    sync_to_thread=True,
)
def list_voices(subject_id: Id, database: Store, limit: Limit = 50, after: After = None) -> Page[Voice]:
    """Who said it, the newest first, with the sound at the sentence."""
    with database.reading() as session:
        return Subjects(session).voices(subject_id, limit, after)


@patch(
    "/heard/{subject_id:str}",
    operation_id="renameHeard",
    guards=[reps],
    responses=changes(UnknownSubject),
    sync_to_thread=True,
)
def rename_heard(subject_id: Id, data: JSONBody[NameSubject], caller: Caller, database: Store) -> Subject:
    """A better name; kept with who gave it and what it was."""
    with database.writing() as session:
        return Subjects(session).rename(subject_id, data.name, by=caller.employee.id)


@put(
    "/voices/{voice_id:str}/subject",
    operation_id="moveVoice",
    guards=[reps],
    responses=changes(UnknownVoice, UnknownSubject),
    sync_to_thread=True,
)
def move_voice(voice_id: Id, data: JSONBody[MoveVoice], caller: Caller, database: Store) -> Voice:
    """It belongs to another subject; the machine leaves it there."""
    with database.writing() as session:
        return Subjects(session).move(voice_id, data.subject, by=caller.employee.id)


@post(
    "/voices/{voice_id:str}/part",
    operation_id="partVoice",
    guards=[reps],
    status_code=200,
    responses=changes(UnknownVoice),
    sync_to_thread=True,
)
def part_voice(voice_id: Id, data: JSONBody[NameSubject], caller: Caller, database: Store) -> Subject:
    """It is about something else: a subject of its own."""
    with database.writing() as session:
        return Subjects(session).part(voice_id, data.name, by=caller.employee.id)
