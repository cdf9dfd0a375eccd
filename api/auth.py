"""Who is calling, and who may: a device token on every call, roles as guards in the handler's decorator.

Roles contain each other: an employee reads, a rep also logs visits, a manager reviews, an admin does all.
"""

import time
from base64 import b64decode
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import Guard

from api.errors import NotAllowed, NoToken
from storage.crm.people import People
from storage.database import Database
from storage.errors import BadToken, Unavailable
from storage.records import Identity, Role

COOKIE = "rounds_device"
SEEN_EVERY_S = 300.0
RANK: dict[Role, int] = {"employee": 0, "rep": 1, "manager": 2, "admin": 3}

Connection = ASGIConnection[Any, Any, Any, Any]


class DeviceAuthentication(AbstractAuthenticationMiddleware):
    """Tells the caller by its token; asks the database each time, so that a device is shut out at once."""

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        token = token_of(connection)
        if not token:
            raise NoToken
        state = connection.app.state
        identity = await state.callers.ask(token)
        return AuthenticationResult(user=identity, auth=token)


def token_of(connection: Connection) -> str | None:
    """The bearer token, the password of a program that knows only those, else the browser's cookie."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        with suppress(ValueError):
            return b64decode(token, validate=True).decode().partition(":")[2]
        return None
    return token.strip() if scheme.lower() == "bearer" else connection.cookies.get(COOKIE)


def identify_all(
    database: Database, last_seen: dict[str, float], tokens: Sequence[str]
) -> list[Identity | Exception]:
    """Of calls that come together. `last_seen` spares a write on every call: seconds of this process' clock
    by device."""
    with database.reading() as session:
        found = People(session).identify_all(tokens)
    now = time.monotonic()
    devices = {each.device for each in found if each}
    stale = [each for each in devices if now - last_seen.get(each, -SEEN_EVERY_S) >= SEEN_EVERY_S]
    if stale:
        last_seen.update(dict.fromkeys(stale, now))
        with suppress(Unavailable), database.writing() as session:  # a nicety, nobody is refused for it
            People(session).seen(stale)
    return [each or BadToken() for each in found]


def at_least(role: Role) -> Guard:
    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if RANK[connection.user.employee.role] < RANK[role]:
            raise NotAllowed

    return guard


employees, reps = at_least("employee"), at_least("rep")
managers, admins = at_least("manager"), at_least("admin")


def must_own(caller: Identity, owner: str) -> None:
    """A visit is changed by the rep who made it, or by a manager."""
    if caller.employee.id != owner and not reviews(caller):
        raise NotAllowed("This visit is another rep's.")


def must_have_said(caller: Identity, author: str) -> None:
    if caller.employee.id != author:
        raise NotAllowed("These are somebody else's words.")


def reviews(caller: Identity) -> bool:
    """Managers and admins correct what others said."""
    return RANK[caller.employee.role] >= RANK["manager"]
