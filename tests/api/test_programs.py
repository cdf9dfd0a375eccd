"""Calendars and address books over a real line: what a program does that knows a name and a password only."""

import http.client
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import vobject

from .conftest import As
from .served import Served, served

D, CARD = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}"
ASKED = '<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop>{}</d:prop></d:propfind>'
CARDS = """<c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">
<d:prop><d:getetag/><c:address-data/></d:prop>{}</c:addressbook-multiget>"""


@pytest.fixture
def server(home: Path) -> Iterator[Served]:
    with served(home, "--no-worker", "--no-https") as running:
        yield running


class Program:
    """Discovers as RFC 6764 and RFC 6352 say, on one connection."""

    def __init__(self, server: Served, password: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.headers = {"Authorization": "Basic " + b64encode(f"dana:{password}".encode()).decode()}

    def close(self) -> None:
        self.line.close()

    def ask(self, method: str, path: str, body: str = "", depth: int = 0) -> tuple[int, str, str]:
        headers = {**self.headers, "Depth": str(depth), "Content-Type": "application/xml"}
        self.line.request(method, path, body.encode(), headers)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Location", "")

    def found(self, path: str, wanted: str) -> str:
        """The address inside a property."""
        prefix = "c:" if wanted.startswith(CARD) else "d:"
        status, text, _ = self.ask("PROPFIND", path, ASKED.format(f"<{prefix}{wanted.rsplit('}')[-1]}/>"))
        assert status == 207, text
        return str(ET.fromstring(text).findtext(f".//{wanted}/{D}href"))

    def cards(self) -> list[vobject.base.Component]:
        _, _, start = self.ask("PROPFIND", "/.well-known/carddav")
        principal = self.found(re.sub(r"^https?://[^/]+", "", start), f"{D}current-user-principal")
        books = self.found(principal, f"{CARD}addressbook-home-set")
        _, text, _ = self.ask("PROPFIND", books, ASKED.format("<d:resourcetype/>"), depth=1)
        book = next(
            str(each.findtext(f"{D}href"))
            for each in ET.fromstring(text).iter(f"{D}response")
            if each.find(f".//{CARD}addressbook") is not None
        )
        _, text, _ = self.ask("PROPFIND", book, ASKED.format("<d:getetag/>"), depth=1)
        hrefs = [str(each.text) for each in ET.fromstring(text).iter(f"{D}href") if each.text != book]
        wanted = CARDS.format("".join(f"<d:href>{href}</d:href>" for href in hrefs))
        status, text, _ = self.ask("REPORT", book, wanted, depth=1)
        assert status == 207, text
        return [vobject.readOne(each.text) for each in ET.fromstring(text).iter(f"{CARD}address-data")]


def test_a_phone_that_is_given_the_host_alone_finds_every_card(server: Served, as_: As) -> None:
    with closing(Program(server, as_("rep")["Authorization"].removeprefix("Bearer "))) as program:
        cards = program.cards()
    known = {card.fn.value: [each.value for each in card.contents.get("tel", [])] for card in cards}
    assert known["Marco Rinaldi"] == ["+16175550143"]
    assert "+16175550142" in [number for numbers in known.values() for number in numbers]


def test_a_calendar_subscribes(server: Served, as_: As) -> None:
    with closing(Program(server, as_("rep")["Authorization"].removeprefix("Bearer "))) as program:
        status, text, _ = program.ask("GET", "/api/calendar.ics")
    assert status == 200
    assert vobject.readOne(text).name == "VCALENDAR"
    with closing(Program(server, "guess")) as stranger:
        assert stranger.ask("GET", "/api/calendar.ics")[0] == 401
