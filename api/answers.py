"""What a route may answer, for the published document: each problem by the class of its error."""

from http import HTTPStatus
from typing import Any, TypeVar

from litestar import Response
from litestar.openapi import ResponseSpec

from api.errors import PROBLEM_JSON, BadRequest, NotAllowed, NoToken, number
from api.schemas import ProblemDocument
from storage.errors import BadToken, StoreFull, StoreUnavailable

Errors = type[Exception]
Answers = dict[int, ResponseSpec]
T = TypeVar("T")


def problems(*errors: Errors) -> Answers:
    """One problem document per status, its description naming the codes."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(number(error), []).append(getattr(error, "code", "internal"))
    return {
        status: ResponseSpec(
            ProblemDocument,
            description=f"{HTTPStatus(status).phrase}: {', '.join(named)}",
            media_type=PROBLEM_JSON,
            generate_examples=False,
        )
        for status, named in codes.items()
    }


def opens(*errors: Errors) -> Answers:
    """Of a route that needs no token."""
    return problems(BadRequest, StoreUnavailable, *errors)


def reads(*errors: Errors) -> Answers:
    return opens(NoToken, BadToken, NotAllowed, *errors)


def changes(*errors: Errors, created: Any = None) -> Answers:
    """Of a route that writes; `created` is what a 201 holds where 200 means that it was there before."""
    answers = reads(StoreFull, *errors)
    answers[413] = answers.get(413) or ResponseSpec(
        ProblemDocument, description="body_too_large", media_type=PROBLEM_JSON, generate_examples=False
    )
    if created is not None:
        answers[201] = ResponseSpec(created, description="Stored anew.", generate_examples=False)
    return answers


def saved(record: T, created: bool) -> Response[T]:
    return Response(record, status_code=201 if created else 200)
