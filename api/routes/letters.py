"""Acknowledgements to customers: a draft to read, a press to send, a log of what became of it."""

from datetime import date
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody, QueryParameter

from api.answers import changes, reads
from api.auth import employees
from api.deps import Caller, Chosen, Id, Store
from api.schemas import SendLetter
from storage.errors import BadAddress, LetterSent, MailOff, UnknownLetter, UnknownPromise
from storage.waiting.letters import Letter, Letters
from storage.waiting.wording import Draft, Language, draft

InLanguage = Annotated[
    Language | None, QueryParameter(description="Of the words; the one that was spoken there when not told.")
]
ByWhen = Annotated[date | None, QueryParameter(description="Day by which the customer hears from us.")]


@get(
    "/queue/{task_id:str}/letter",
    operation_id="draftLetter",
    guards=[employees],
    responses=reads(UnknownPromise),
    sync_to_thread=True,
)
def draft_letter(
    task_id: Id,
    caller: Caller,
    database: Store,
    settings: Chosen,
    language: InLanguage = None,
    due: ByWhen = None,
) -> Draft:
    """What the customer could be told at once; nothing is sent."""
    day = due.isoformat() if due else None
    with database.reading() as session:
        return draft(
            session, task_id, by=caller.employee.id, ready=settings.mail.ready, language=language, due=day
        )


@post(
    "/queue/{task_id:str}/letter",
    operation_id="sendLetter",
    guards=[employees],
    responses=changes(UnknownPromise, LetterSent, MailOff, BadAddress),
    sync_to_thread=True,
)
def send_letter(
    task_id: Id, data: JSONBody[SendLetter], caller: Caller, database: Store, settings: Chosen
) -> Letter:
    """To be sent by a worker, once. `due` becomes the task's day when it has none."""
    if not settings.mail.ready:
        raise MailOff
    with database.writing() as session:
        return Letters(session).send(
            task_id,
            address=data.to,
            subject=data.subject,
            text=data.text,
            due=data.due.isoformat() if data.due else None,
            by=caller.employee.id,
        )


@get("/letters", operation_id="listLetters", guards=[employees], responses=reads(), sync_to_thread=True)
def list_letters(database: Store) -> tuple[Letter, ...]:
    """What was sent, what waits and why, the newest first."""
    with database.reading() as session:
        return Letters(session).log()


@post(
    "/letters/{letter_id:str}/again",
    operation_id="sendLetterAgain",
    guards=[employees],
    status_code=200,
    responses=changes(UnknownLetter, LetterSent, MailOff),
    sync_to_thread=True,
)
def send_letter_again(letter_id: Id, database: Store, settings: Chosen) -> Letter:
    """Now, as it is; never one that went out."""
    if not settings.mail.ready:
        raise MailOff
    with database.writing() as session:
        return Letters(session).again(letter_id)
