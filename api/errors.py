"""The one table from what went wrong to what HTTP says; every answer that is no success is made here.

Errors of the API itself:

    ApiError
    ├── NoToken            who is calling was not said
    ├── NotAllowed         the caller's role does not do this
    ├── BadRequest         a value does not fit; names each field
    ├── BadDigest          a digest header that cannot be read
    ├── DigestMismatch     other bytes arrived than were sent
    ├── BrokenOff          the body ended before its end; nobody is left to read the answer
    ├── UnsupportedMedia   a memo that is neither sound nor video
    ├── MemoTooLarge       a memo beyond the limit
    └── BadRange           a part of a recording that does not exist
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from api.schemas import FieldError, ProblemDocument
from nlp.errors import ModelMissing, NlpError, UnknownZone
from speech import errors as speech
from storage import errors as storage

log = logging.getLogger("rounds.api")
PROBLEM_JSON = "application/problem+json"


class ApiError(Exception):
    """Root: `code` for machines, the message and `action` for people."""

    code: ClassVar[str] = "api"
    action: ClassVar[str | None] = None
    message: ClassVar[str] = "The request was refused."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class NoToken(ApiError):
    code = "no_token"
    message = "This needs an enrolled device."
    action = "Open an enrolment link, or send the device's token."


class NotAllowed(ApiError):
    code = "not_allowed"
    message = "Your role does not do this."
    action = "Ask somebody whose role it is, or an administrator."


class BadRequest(ApiError):
    code = "bad_request"
    message = "The request has a value that does not fit."
    action = "Put right what the errors name, and send it again."

    def __init__(self, message: str | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(message)
        self.errors = errors


class BadDigest(ApiError):
    code = "bad_digest"
    message = "The digest header cannot be read: it takes the form `sha-256=:base64:`."
    action = "Send the recording again with a digest of that form, or with none."


class DigestMismatch(ApiError):
    code = "digest_mismatch"
    message = "Other bytes arrived than were sent; they never become a memo by themselves."
    action = "Send the recording again."


class BrokenOff(ApiError):
    code = "broken_off"
    message = "The upload ended before its end."
    action = "Ask the memo's `/upload` with HEAD how much is safe and send the rest, or send it all again."


class UnsupportedMedia(ApiError):
    code = "unsupported_media"
    message = "A memo is sent as audio/*, video/mp4 or video/webm."
    action = "Send the recording with its own content type."


class MemoTooLarge(ApiError):
    code = "memo_too_large"
    message = "The recording is larger than this server takes."
    action = (
        "Record in several memos, or let an administrator raise ROUNDS_AUDIO__MEMO_LIMIT_MB: then the upload "
        "goes on behind what is kept, which is found under /api/kept."
    )


class BadRange(ApiError):
    code = "bad_range"
    message = "The recording has no such part."


NUMBERS: dict[type[Exception], int] = {
    NoToken: 401,
    NotAllowed: 403,
    BadRequest: 400,
    BadDigest: 400,
    DigestMismatch: 400,
    BrokenOff: 400,
    UnsupportedMedia: 415,
    MemoTooLarge: 413,
    BadRange: 416,
    storage.Unknown: 404,
    storage.UnknownEmployee: 404,
    storage.UnknownDevice: 404,
    storage.UnknownCustomer: 404,
    storage.UnknownContact: 404,
    storage.UnknownProduct: 404,
    storage.UnknownCompetitor: 404,
    storage.UnknownVisit: 404,
    storage.UnknownMemo: 404,
    storage.UnknownPromise: 404,
    storage.UnknownImport: 404,
    storage.UnknownLine: 404,
    storage.UnknownCall: 404,
    storage.UnknownMerge: 404,
    storage.UnknownWebhook: 404,
    storage.UnknownApproval: 404,
    storage.UnknownAlias: 404,
    storage.UnknownLetter: 404,
    storage.UnknownComment: 404,
    storage.UnknownSubject: 404,
    storage.UnknownVoice: 404,
    storage.BlobMissing: 404,
    storage.BlobDamaged: 500,
    storage.Conflict: 409,
    storage.VisitDiffers: 409,
    storage.MemoDiffers: 409,
    storage.MemoDeleted: 409,
    storage.Approved: 409,
    storage.NoReport: 409,
    storage.Unfinished: 409,
    storage.NothingToRetry: 409,
    storage.LastAdmin: 409,
    storage.AliasTaken: 409,
    storage.TaskTaken: 409,
    storage.TaskDone: 409,
    storage.LetterSent: 409,
    storage.MailOff: 409,
    storage.AmbiguousName: 409,
    storage.MoveDiffers: 409,
    storage.ImportDiffers: 409,
    storage.SameRecord: 409,
    storage.MergeDiffers: 409,
    storage.CommentDiffers: 409,
    storage.CommentDeleted: 409,
    storage.TooManyFollowed: 409,
    storage.NothingSure: 409,
    storage.ApprovalDiffers: 409,
    storage.Refused: 400,
    storage.BadCursor: 400,
    storage.BadPhone: 400,
    storage.BadPlace: 400,
    storage.BadCompany: 400,
    storage.BadReport: 400,
    storage.BadWorld: 400,
    storage.BadSheet: 400,
    storage.BadCall: 400,
    storage.BadReceiver: 400,
    storage.BadAddress: 400,
    storage.BadPeriod: 400,
    storage.PartDiffers: 400,
    storage.PartBeyond: 409,
    storage.Unauthorised: 401,
    storage.BadToken: 401,
    storage.BadSignature: 401,
    storage.UnknownCode: 404,
    storage.UsedCode: 410,
    storage.ExpiredCode: 410,
    storage.Unavailable: 503,
    storage.StoreUnavailable: 503,
    storage.StoreFull: 507,
    speech.RecordingError: 422,
    speech.EmptyRecording: 422,
    speech.TooShort: 422,
    speech.TooLong: 422,
    speech.NotAudio: 422,
    speech.NoSpeech: 422,
    speech.ModelError: 503,
    speech.WeightsDamaged: 503,
    speech.ModelUnavailable: 503,
    ModelMissing: 503,
    UnknownZone: 500,
}

ROOTS: tuple[type[Exception], ...] = (ApiError, storage.StorageError, speech.SpeechError, NlpError)

FRAMEWORK_CODES = {
    400: "bad_request",
    401: "no_token",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media",
}
"""Names for what the framework itself refuses before a handler runs."""


def number(kind: type[Exception]) -> int:
    """The HTTP status of an error class; the nearest class above it that has a row decides."""
    return next((NUMBERS[above] for above in kind.__mro__ if above in NUMBERS), 500)


def title(code: str) -> str:
    return code.replace("_", " ").capitalize()


def document(
    status: int, code: str, detail: str, action: str | None, errors: tuple[FieldError, ...] = ()
) -> ProblemDocument:
    return ProblemDocument(
        type=f"urn:rounds:problem:{code}",
        title=title(code),
        status=status,
        detail=detail,
        code=code,
        action=action if action is not None else msgspec.UNSET,
        errors=errors or msgspec.UNSET,
    )


def answer(problem: ProblemDocument, headers: dict[str, str] | None = None) -> Response[ProblemDocument]:
    return Response(problem, status_code=problem.status, media_type=PROBLEM_JSON, headers=headers)


ASKS_BASIC = ("/dav", "/api/calendar.ics", "/api/contacts.vcf")
"""Read by programs that know a name and a password only; browsers would ask for one on every other page."""


def on_own_error(request: Request[object, object, State], error: Exception) -> Response[ProblemDocument]:
    """Any error of speech, nlp, storage or this room."""
    status = number(type(error))
    headers = {"WWW-Authenticate": challenge(request)} if status == HTTPStatus.UNAUTHORIZED else None
    code, action = getattr(error, "code", "internal"), getattr(error, "action", None)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("answered %s %s: %s", status, code, error)
    detail = " ".join([str(error), *getattr(error, "__notes__", ())])
    return answer(document(status, code, detail, action, getattr(error, "errors", ())), headers)


def challenge(request: Request[object, object, State]) -> str:
    path = request.scope["raw_path"].decode("latin-1")  # a mounted application has a shorter `path`
    return 'Basic realm="Rounds"' if path.startswith(ASKS_BASIC) else "Bearer"


def on_framework_error(_: Request[object, object, State], error: HTTPException) -> Response[ProblemDocument]:
    """What Litestar refuses: a value that does not fit, an address or a method that does not exist."""
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return on_bug(_, error)
    code = FRAMEWORK_CODES.get(error.status_code, "refused")
    errors = field_errors(error.extra)
    detail = "; ".join(f"{e.field}: {e.message}" for e in errors) or error.detail
    return answer(document(error.status_code, code, detail, None, errors), error.headers)


def on_bug(_: Request[object, object, State], error: Exception) -> Response[ProblemDocument]:
    """Anything that nobody foresaw: the caller learns nothing about the inside, the log everything."""
    log.error("answered 500", exc_info=error)
    return answer(
        document(500, "internal", "Something went wrong on the server; it is in its log.", "Try again later.")
    )


def field_errors(extra: object) -> tuple[FieldError, ...]:
    """Litestar's list of what does not fit, with the names of our contract."""
    if not isinstance(extra, list):
        return ()
    return tuple(
        FieldError(field=field_name(each), message=str(each.get("message", "")).replace("`", ""))
        for each in extra
        if isinstance(each, dict)
    )


def field_name(extra: dict[str, Any]) -> str:
    """As it stands in the request: Litestar tells a header by the name of the handler's argument."""
    name = str(extra.get("key", "body"))
    return "-".join(map(str.capitalize, name.split("_"))) if extra.get("source") == "header" else name


HANDLERS: dict[int | type[Exception], Callable[[Any, Any], Response[Any]]] = {
    **dict.fromkeys(ROOTS, on_own_error),
    HTTPException: on_framework_error,
    Exception: on_bug,
}
