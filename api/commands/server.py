"""`serve`, `worker`, `openapi`."""

import asyncio
import logging
import sys
from contextlib import closing

import msgspec

from api import memory
from api.app import create_app, open_database
from api.invitations import enrolment_link, public_url, terminal_code
from api.serving import bind
from api.serving import serve as serve_app
from api.settings import Settings
from api.workers import stop_with_parent
from storage.crm.people import People
from storage.records import Person
from storage.sound.blobs import open_blobs

log = logging.getLogger("rounds")
FIRST_ADMIN = "Administrator"


def serve(settings: Settings, worker: bool | None) -> None:
    """Prints the addresses, and a way in for the first administrator until one is in."""
    sockets = bind(settings.server)
    database = open_database(settings)
    database.migrate()
    embedded = database.embedded
    with database.writing() as session:
        people = People(session)
        code = None if enrolled(people.list()) else first_code(people)
    database.close()
    print(welcome(settings, code), flush=True)
    with_worker = embedded if worker is None else worker
    asyncio.run(serve_app(create_app(settings), settings, with_worker, sockets))


def enrolled(people: tuple[Person, ...]) -> bool:
    """Somebody who can invite others holds a device."""
    admins = (each for each in people if each.employee.role == "admin")
    return any(device.revoked_at is None for each in admins for device in each.devices)


def first_code(people: People) -> str:
    active = (each.employee for each in people.list() if each.employee.active)
    admin = next((each for each in active if each.role == "admin"), None)
    return people.invite((admin or people.add(FIRST_ADMIN, "admin")).id).code


def welcome(settings: Settings, code: str | None) -> str:
    server, public = settings.server, public_url(settings)
    lines = ["", f"Rounds is starting. On this machine:  http://{local(server.host)}:{server.port}"]
    if server.https:
        lines += [f"Phones on the same network:           {public}", ""]
        lines += [f"A phone that warns of the certificate: {public}/trust says how to install it."]
    if code is not None:
        link = enrolment_link(code, settings)
        lines += [
            "",
            "Nobody is enrolled yet. The first administrator opens this link:",
            "",
            f"  {link}",
        ]
        if server.https:
            lines += [f"  or, on this machine:  http://{local(server.host)}:{server.port}/enrol#{code}"]
        lines += ["", terminal_code(link)]
    return "\n".join(lines)


def local(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - only shown


def work(settings: Settings, with_parent: bool) -> None:
    """Until SIGTERM; loads the models, which takes some seconds."""
    memory.share_one_heap()
    if with_parent:
        stop_with_parent()
    from api.comparing import comparer
    from api.mailing import postman
    from api.pipeline import Engines
    from api.sending import sender
    from api.worker import run

    database = open_database(settings)
    database.migrate()
    engines = Engines.load(settings.speech, settings.nlp, settings.models)
    blobs = open_blobs(settings.audio, settings.home)
    try:
        webhooks, letters = sender(database, settings.webhooks.local), postman(database, settings.mail)
        with closing(webhooks), closing(letters), closing(comparer(database)) as duplicates:
            webhooks.start()
            letters.start()
            duplicates.start()
            run(database, blobs, engines, sole=database.embedded)
    finally:
        database.close()


def openapi(settings: Settings) -> None:
    schema = create_app(settings).openapi_schema.to_schema()
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n")
