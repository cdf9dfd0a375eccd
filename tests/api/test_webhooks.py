"""Other programs are told what happens: signed, once it is stored, again when they were away."""

import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import msgspec
import pytest

from api.sending import checked, deliver_one, outside
from storage.database import Database
from storage.errors import BadReceiver
from storage.outside.signing import verify
from storage.outside.webhooks import PAUSES_S, Webhooks
from storage.tables.webhooks import DeliveryRow
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .conftest import BOTH, As, Client, checkin
from .test_reports import LINKING, REPORT

ALL = ["visit.filed", "visit.corrected", "promise.made", "promise.done"]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


class Receiver:
    """A real HTTP server on loopback; `answer` is what it says next, None for nothing at all."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer: int | None = 204
        self.free = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                if receiver.answer is None:
                    receiver.free.wait(20)
                    return
                self.send_response(receiver.answer)
                self.send_header("Location", "http://169.254.169.254/")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.free.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def database_of(client: Client) -> Database:
    return client.app.state.database  # type: ignore[no-any-return]


def listen(client: Client, url: str, kinds: list[Any] = ALL) -> str:
    """As if an administrator had set it up where the own network is allowed."""
    with database_of(client).writing() as session:
        return Webhooks(session).add(url, tuple(kinds)).secret


def file(client: Client, as_: As) -> None:
    client.put("/api/visits/v1", json=checkin(), headers=as_("rep"))
    with database_of(client).writing() as session:
        at = Visits(session).get("v1").at
        Memos(session).note("v1", "n1", text="Marco wants a quote.", at=at, jobs=Listed())
        Reports(session).file("v1", Visits(session).revision("v1"), REPORT, LINKING)


def deliver(client: Client) -> int:
    sent = 0
    while deliver_one(database_of(client), local=True, patience_s=0.5):
        sent += 1
    return sent


def logged(client: Client, as_: As) -> list[dict[str, Any]]:
    return client.get("/api/deliveries", headers=as_("admin")).json()  # type: ignore[no-any-return]


def test_nobody_is_told_until_it_is_set_up(client: Client, as_: As) -> None:
    file(client, as_)
    assert logged(client, as_) == []
    assert deliver(client) == 0


def test_each_kind_arrives_signed(client: Client, as_: As, receiver: Receiver) -> None:
    secret = listen(client, receiver.url)
    file(client, as_)
    promises = client.get("/api/promises", headers=as_("rep")).json()["items"]
    assert promises
    client.post(f"/api/promises/{promises[0]['id']}/done", headers=as_("rep"))
    client.patch("/api/visits/v1/report", json={"outcome": "lost"}, headers=as_("manager"))
    assert deliver(client) == len(receiver.got) == len(promises) + 3
    kinds = [msgspec.json.decode(body)["type"] for _, body in receiver.got]
    assert set(kinds) == set(ALL)
    for headers, body in receiver.got:
        verify(
            secret, headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], body
        )
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(receiver.got)
    assert {each["state"] for each in logged(client, as_)} == {"delivered"}


def test_only_what_was_asked_for_and_only_what_was_stored(
    client: Client, as_: As, receiver: Receiver
) -> None:
    listen(client, receiver.url, ["visit.corrected"])
    file(client, as_)
    assert logged(client, as_) == []
    wrong = client.patch("/api/visits/v1/report", json={"outcome": 7}, headers=as_("manager"))
    assert wrong.status_code == 400
    assert deliver(client) == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (500, "The receiver answered 500."),
        (302, "The receiver redirects; redirects are not followed."),
        (None, "The receiver was not reached: no answer within 0.5 s."),
    ],
)
def test_one_that_fails_redirects_or_is_slow_is_tried_again_later(
    client: Client, as_: As, receiver: Receiver, answer: int | None, said: str
) -> None:
    listen(client, receiver.url, ["visit.filed"])
    file(client, as_)
    receiver.answer = answer
    assert deliver(client) == 1  # and not at once again
    (line,) = logged(client, as_)
    assert (line["state"], line["attempts"], line["said"]) == ("waiting", 1, said)
    receiver.answer = 200
    receiver.free.set()
    assert client.post(f"/api/deliveries/{line['id']}/again", headers=as_("admin")).status_code == 204
    assert deliver(client) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert logged(client, as_)[0]["state"] == "delivered"


def test_it_is_given_up_after_growing_pauses(client: Client, as_: As, receiver: Receiver) -> None:
    listen(client, receiver.url, ["visit.filed"])
    file(client, as_)
    receiver.answer = 503
    pauses = []
    for _ in range(len(PAUSES_S) + 1):
        assert deliver(client) == 1
        (line,) = logged(client, as_)
        with database_of(client).writing() as session:
            row = session.get_one(DeliveryRow, line["id"])
            if row.due_at is not None:
                pauses.append(row.due_at)
                row.due_at = row.made_at
    assert pauses == sorted(pauses)
    assert logged(client, as_)[0]["state"] == "given_up"
    assert deliver(client) == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/hook", "https://localhost/", "https://10.1.2.3/", "https://192.168.0.1:8443/x",
        "https://169.254.169.254/latest/meta-data", "https://[::1]/", "https://[fe80::1]/",
        "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/", "https://2130706433/", "https://224.0.0.1/",
        "http://93.184.215.14/", "ftp://example.com/", "https://user:pass@93.184.215.14/", "https://", "no",
        "https://name.invalid/", "https://[", "https://93.184.215.14:99999/",
    ],
)  # fmt: skip
def test_what_lies_inside_or_is_no_address_is_refused(client: Client, as_: As, url: str) -> None:
    answer = client.post("/api/webhooks", json={"url": url, "kinds": ALL}, headers=as_("admin"))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_receiver")


def test_one_that_moved_inside_since_is_not_called(client: Client, as_: As, receiver: Receiver) -> None:
    listen(client, receiver.url, ["visit.filed"])
    file(client, as_)
    assert deliver_one(database_of(client), local=False)
    assert receiver.got == []
    assert "https only" in logged(client, as_)[0]["said"]
    with pytest.raises(BadReceiver, match="inside the own network"):
        checked("https://127.0.0.1/", local=False)
    assert outside("93.184.215.14")
    assert not outside("fd00::1")


def test_one_that_is_not_there(client: Client, as_: As) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    listen(client, f"http://127.0.0.1:{port}/", ["visit.filed"])
    file(client, as_)
    assert deliver(client) == 1
    assert logged(client, as_)[0]["said"].startswith("The receiver was not reached")


def test_receivers_are_the_administrators(client: Client, as_: As) -> None:
    body = {"url": "https://93.184.215.14/hook", "kinds": ALL}
    made = client.post("/api/webhooks", json=body, headers=as_("admin"))
    assert made.status_code == 201
    listed = client.get("/api/webhooks", headers=as_("admin"))
    assert made.json()["secret"].startswith("whsec_")
    assert made.json()["secret"] not in listed.text
    assert client.get("/api/webhooks", headers=as_("manager")).status_code == 403
    file(client, as_)
    ident = listed.json()[0]["id"]
    assert client.delete(f"/api/webhooks/{ident}", headers=as_("admin")).status_code == 204
    assert logged(client, as_) == []
    assert client.delete(f"/api/webhooks/{ident}", headers=as_("admin")).status_code == 404
    assert client.post("/api/deliveries/none/again", headers=as_("admin")).status_code == 404
