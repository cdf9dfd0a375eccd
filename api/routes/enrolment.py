"""How a phone comes in: a one-time code for a long-lived token, the only 'log on' there is."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody

from api.answers import changes, opens, reads
from api.auth import COOKIE, employees
from api.deps import Caller, Chosen, Id, Store
from api.invitations import public_url
from api.schemas import Enrol, Enrolled, Key, Me, NewKey, Tiles
from storage.crm.companies import Companies
from storage.crm.people import People
from storage.errors import ExpiredCode, StoreFull, UnknownCode, UnknownDevice, UsedCode
from storage.records import Device

COOKIE_LIFE_S = 400 * 24 * 3600
"""The longest that browsers keep a cookie."""


@post(
    "/enrol",
    operation_id="enrol",
    responses=opens(UnknownCode, UsedCode, ExpiredCode, StoreFull),
    sync_to_thread=True,
)
def enrol(data: JSONBody[Enrol], database: Store, request: Request[Any, Any, Any]) -> Response[Enrolled]:
    """Trades a one-time code for a device token; a browser gets it as a cookie too, unseen by its scripts."""
    with database.writing() as session:
        token, identity = People(session).enrol(data.code, data.label)
        company = Companies(session).get()
    enrolled = Enrolled(token=token, employee=identity.employee, company=company)
    cookie = Cookie(
        key=COOKIE,
        value=token,
        path="/",
        max_age=COOKIE_LIFE_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return Response(enrolled, status_code=201, cookies=[cookie])


@get("/me", operation_id="getMe", guards=[employees], responses=reads(), sync_to_thread=True)
def get_me(caller: Caller, database: Store, settings: Chosen) -> Me:
    """Who is calling."""
    source = settings.map
    tiles = Tiles(url=source.tiles, credit=source.credit) if source.tiles else None
    with database.reading() as session:
        company = Companies(session).get()
    return Me(employee=caller.employee, device=caller.device, company=company, tiles=tiles)


@post("/me/keys", operation_id="makeKey", guards=[employees], responses=changes(), sync_to_thread=True)
def make_key(data: JSONBody[NewKey], caller: Caller, database: Store, settings: Chosen) -> Key:
    """A device token of the caller's for a program that asks for a password; any user name goes with it."""
    with database.writing() as session:
        token, device = People(session).issue(caller.employee.id, data.label)
    url = public_url(settings)
    return Key(
        password=token, device=device.id, calendar_url=f"{url}/api/calendar.ics", contacts_url=f"{url}/dav/"
    )


@get("/me/devices", operation_id="listMyDevices", guards=[employees], responses=reads(), sync_to_thread=True)
def list_my_devices(caller: Caller, database: Store) -> tuple[Device, ...]:
    """The caller's phones and keys that work, the newest first."""
    with database.reading() as session:
        return People(session).devices(caller.employee.id)


@delete(
    "/me/devices/{device_id:str}",
    operation_id="revokeMyDevice",
    guards=[employees],
    responses=changes(UnknownDevice),
    sync_to_thread=True,
)
def revoke_my_device(device_id: Id, caller: Caller, database: Store) -> None:
    """A lost phone, or a key that nobody needs any more."""
    with database.writing() as session:
        People(session).revoke(device_id, of=caller.employee.id)


@delete(
    "/me/device",
    operation_id="forgetMe",
    guards=[employees],
    responses=changes(),
    response_cookies=[Cookie(key=COOKIE, value="", path="/", max_age=0)],
    sync_to_thread=True,
)
def forget_me(caller: Caller, database: Store) -> None:
    """This device gives its token back."""
    with database.writing() as session:
        People(session).revoke(caller.device)
