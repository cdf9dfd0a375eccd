"""The company's customers in the phone's own address book, so that a call shows who it is."""

import asyncio
from collections.abc import Callable
from typing import cast
from urllib.parse import unquote

from litestar import Request, Response, asgi, get
from litestar.datastructures import State
from litestar.response import Redirect
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from api.answers import reads
from api.auth import employees
from api.deps import Caller, Chosen, Store
from api.feeds import dav
from api.feeds.cards import Card, cards
from api.invitations import public_url
from api.settings import Settings
from storage.database import Database
from storage.pages.agenda import address_book
from storage.records import Identity

LARGEST_BODY = 1_000_000
"""Bytes of a request: a multiget that names five thousand cards has half of that."""
XML = "application/xml; charset=utf-8"
CARD = "text/vcard; charset=utf-8"
ALLOWED = "OPTIONS, GET, HEAD, PROPFIND, REPORT"


@get(
    "/contacts.vcf",
    operation_id="getContacts",
    guards=[employees],
    media_type="text/vcard",
    responses=reads(),
    sync_to_thread=True,
)
def get_contacts(caller: Caller, database: Store, settings: Chosen) -> Response[str]:
    """All as one file of vCards, to import by hand."""
    book = read_book(database, settings, caller)
    headers = {"Content-Disposition": 'attachment; filename="rounds.vcf"'}
    return Response("".join(card.text for card in book), media_type="text/vcard", headers=headers)


@asgi("/.well-known/carddav", copy_scope=True)
async def find_address_book(scope: Scope, receive: Receive, send: Send) -> None:
    """RFC 6764: where an address book program looks first, with PROPFIND as a rule."""
    request: Request[Identity, str, State] = Request(scope, receive=receive, send=send)
    await Redirect(dav.ROOT, status_code=301).to_asgi_response(None, request)(scope, receive, send)


@asgi("/dav", is_mount=True, copy_scope=True)
async def serve_address_book(scope: Scope, receive: Receive, send: Send) -> None:
    """CardDAV speaks methods that no other route has."""
    request: Request[Identity, str, State] = Request(scope, receive=receive, send=send)
    state = request.app.state
    body = await read_body(receive)
    path = unquote(scope["raw_path"].decode())
    answer = await asyncio.to_thread(
        respond, request.method, path, request.headers.get("depth", "0"), body,
        lambda: read_book(cast(Database, state.database), cast(Settings, state.settings), request.user),
    )  # fmt: skip
    await answer(scope, receive, send)


async def read_body(receive: Receive) -> bytes:
    """At most LARGEST_BODY; a longer one is no XML any more and refused as such."""
    body, more = b"", True
    while more and len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")  # type: ignore[operator]
        more = bool(message.get("more_body"))
    return body[:LARGEST_BODY]


def respond(
    method: str, path: str, depth: str, body: bytes, book: Callable[[], tuple[Card, ...]]
) -> ASGIResponse:
    """One call of the protocol, whoever serves it; reading is all that is offered."""
    if method == "OPTIONS":
        return ASGIResponse(headers={"DAV": "1, 3, addressbook", "Allow": ALLOWED})
    if method in ("GET", "HEAD"):
        card = next((each for each in book() if dav.address(each) == path), None)
        if card is None:
            return ASGIResponse(status_code=404)
        return ASGIResponse(body=card.text, media_type=CARD, headers={"ETag": card.etag})
    try:
        if method == "PROPFIND":
            found = dav.propfind(path, depth, body, book())
            return ASGIResponse(body=found or b"", status_code=207 if found else 404, media_type=XML)
        if method == "REPORT":
            return ASGIResponse(body=dav.report(body, book()), status_code=207, media_type=XML)
    except dav.BadXml:
        return ASGIResponse(status_code=400)
    return ASGIResponse(status_code=405, headers={"Allow": ALLOWED})


def read_book(database: Database, settings: Settings, caller: Identity) -> tuple[Card, ...]:
    with database.reading() as session:
        book = address_book(session, caller.employee.id)
    return tuple(cards(book, public_url(settings)))
