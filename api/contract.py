"""The published document, and the bodies in it that are no structs: recordings, patches, event streams."""

from copy import copy
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import cast

from litestar import Response, Router
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Reference,
    RequestBody,
    Schema,
    SecurityRequirement,
    SecurityScheme,
)
from litestar.openapi.spec.enums import OpenAPIFormat

from api.auth import COOKIE

SOUNDS = ("audio/*", "video/mp4", "video/webm")
DEVICE: list[SecurityRequirement] = [{"bearer": []}, {"cookie": []}]
"""Every call but enrolment and health: the device token, in either form."""


def binary() -> OpenAPIMediaType:
    return OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))


def responses(operation: Operation) -> dict[str, OpenAPIResponse]:
    return cast("dict[str, OpenAPIResponse]", operation.responses or {})


@dataclass
class MemoOperation(Operation):
    """Takes a recording as raw bytes."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(content={kind: binary() for kind in SOUNDS}, required=True)


def progress() -> OpenAPIResponse:
    said = {"Upload-Offset": "How many bytes are safe.", "Upload-Complete": "?1 when that is all."}
    headers: dict[str, OpenAPIHeader | Reference] = {
        name: OpenAPIHeader(schema=Schema(type=OpenAPIType.STRING), description=text)
        for name, text in said.items()
    }
    return OpenAPIResponse(description="How far it has come.", headers=headers)


@dataclass
class ProgressOperation(Operation):
    """Answers with how far an upload has come."""

    def __post_init__(self) -> None:
        responses(self).pop("200", None)
        responses(self)["204"] = progress()


@dataclass
class PartOperation(Operation):
    """Takes the next part of a recording."""

    def __post_init__(self) -> None:
        content = {"application/partial-upload": binary()}
        self.request_body = RequestBody(content=content, required=True)
        responses(self)["200"] = copy(responses(self)["201"])
        responses(self)["204"] = progress()


@dataclass
class CallOperation(Operation):
    """Takes what a telephone system knows about a call."""

    def __post_init__(self) -> None:
        fields = Schema(type=OpenAPIType.OBJECT, description="`phone`, `From`, `caller` or `number`.")
        kinds = ("application/json", "application/x-www-form-urlencoded")
        content = {kind: OpenAPIMediaType(schema=fields) for kind in kinds}
        self.request_body = RequestBody(content=content, required=True)


@dataclass
class SheetOperation(Operation):
    """Takes a list as a file."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(content={"text/csv": binary()}, required=True)


@dataclass
class ExportOperation(Operation):
    """Answers with a table."""

    def __post_init__(self) -> None:
        content = {kind: binary() for kind in ("text/csv", "application/jsonl")}
        responses(self)["200"] = OpenAPIResponse(description="Every row, as it is read.", content=content)


@dataclass
class TableOperation(Operation):
    """Answers with a table for a spreadsheet."""

    def __post_init__(self) -> None:
        content = {"text/csv": binary()}
        responses(self)["200"] = OpenAPIResponse(description="A line for each row.", content=content)


@dataclass
class RecordingOperation(Operation):
    """Answers with a recording, whole or a part."""

    def __post_init__(self) -> None:
        content = {kind: binary() for kind in SOUNDS}
        responses(self)["200"] = OpenAPIResponse(description="The recording.", content=content)
        responses(self)["206"] = OpenAPIResponse(description="The part that was asked for.", content=content)


@dataclass
class PatchOperation(Operation):
    """Takes a merge patch of a report."""

    def __post_init__(self) -> None:
        media = OpenAPIMediaType(
            schema=Schema(type=OpenAPIType.OBJECT, description="The fields of a report that change.")
        )
        content = {"application/merge-patch+json": media, "application/json": media}
        self.request_body = RequestBody(content=content, required=True)


@dataclass
class EventsOperation(Operation):
    """Answers with a stream that does not end by itself."""

    def __post_init__(self) -> None:
        media = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))
        responses(self)["200"] = OpenAPIResponse(
            description="Server-sent events.", content={"text/event-stream": media}
        )


async def refuse_unknown(response: Response[object]) -> Response[object]:
    """The framework answers a page to an unknown address beside the document; here it is a problem too."""
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise NotFoundException("There is nothing at this address.")
    return response


def openapi_config() -> OpenAPIConfig:
    beside = Router("/api/schema", route_handlers=[], include_in_schema=False, after_request=refuse_unknown)
    return OpenAPIConfig(
        title="Rounds",
        version=version("rounds"),
        description="A field-sales log that fills itself in.",
        openapi_router=beside,
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer"),
                "cookie": SecurityScheme(type="apiKey", security_scheme_in="cookie", name=COOKIE),
            }
        ),
    )
