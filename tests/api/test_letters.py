"""Letters to customers through a real mail server: sent, down and up again, refused, broken off."""

import asyncio
import email
from collections.abc import Iterator
from contextlib import closing
from email import policy
from email.message import EmailMessage
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from litestar.testing import TestClient
from sqlmodel import select

from api.app import create_app
from api.mailing import post_one, postman
from api.settings import Settings, SettingsError, read_settings
from storage.settings import MailSettings
from storage.tables.waiting import LetterRow

from ..conftest import free_ports
from .conftest import BOTH, As, Client
from .crew import until
from .test_queue import act, queue
from .test_webhooks import database_of, file


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue(request.param) if request.param else None


class Desk:
    """What a mail server does with what it gets: `answer` to the recipient, `end` to the letter; None hangs
    up without a word."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answer, self.end = "250 OK", "250 OK"
        self.hang_up = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content
        assert isinstance(raw, bytes)
        self.got.append(email.message_from_bytes(raw, policy=policy.default))  # type: ignore[arg-type]
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0)
        return self.end


class Server:
    """Down until it is started."""

    def __init__(self) -> None:
        (self.port,) = free_ports(1)
        self.desk = Desk()
        self.running: Controller | None = None

    def start(self, **options: Any) -> None:
        self.running = Controller(self.desk, hostname="127.0.0.1", port=self.port, **options)
        self.running.start()

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
            self.running = None


@pytest.fixture
def mail() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def mailing(mail: Server) -> MailSettings:
    return MailSettings(
        host="127.0.0.1", port=mail.port, security="none", sender="service@rounds.example.com"
    )


@pytest.fixture
def settings(settings: Settings, mailing: MailSettings) -> Settings:
    return msgspec.structs.replace(settings, mail=mailing)


@pytest.fixture
def task(client: Client, as_: As) -> str:
    file(client, as_)
    return str(queue(client, as_, "rep")[0]["id"])


def press(client: Client, as_: As, task: str, **changed: Any) -> Any:
    body = {"to": "marco@bellavista.example", "subject": "Ihr Anliegen: Öl", "text": "Wir kümmern uns.\nDana"}
    return act(client, as_, "rep", "POST", f"{task}/letter", **{**body, **changed})


def logged(client: Client, as_: As) -> dict[str, Any]:
    (letter,) = client.get("/api/letters", headers=as_("employee")).json()
    return letter  # type: ignore[no-any-return]


def attempt(client: Client, mailing: MailSettings) -> None:
    """The next one, as the worker's thread does it."""
    assert post_one(database_of(client), mailing, patience_s=5)


def soon(client: Client) -> None:
    """As if the pause were over."""
    with database_of(client).writing() as session:
        row = session.exec(select(LetterRow)).one()
        row.try_at = row.made_at


def test_a_draft_is_shown_first_and_nothing_goes_by_itself(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    draft = act(client, as_, "rep", "GET", f"{task}/letter").json()
    assert (draft["ready"], draft["letter"]) == (True, None)
    assert draft["to"][0] == {"name": "Marco Rinaldi", "address": "marco@bellavista.example"}
    assert "takes care of it" in draft["text"]
    german = client.get(f"/api/queue/{task}/letter?language=de&due=2027-01-02", headers=as_("rep")).json()
    assert "bis Samstag, 2. Januar" in german["text"]
    assert not post_one(database_of(client), mailing)
    assert mail.desk.got == []


def test_what_was_pressed_arrives_once(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    sent = press(client, as_, task)
    assert (sent.status_code, sent.json()["state"]) == (201, "waiting")
    twice = press(client, as_, task)
    assert (twice.status_code, twice.json()["code"]) == (409, "letter_sent")
    attempt(client, mailing)
    assert not post_one(database_of(client), mailing)
    (arrived,) = mail.desk.got
    assert arrived["Subject"] == "Ihr Anliegen: Öl"
    assert arrived["From"] == "Harvest Lane Foods <service@rounds.example.com>"
    assert arrived["Message-ID"] == f"<{logged(client, as_)['id']}@rounds.example.com>"
    assert arrived.get_content().replace("\r\n", "\n") == "Wir kümmern uns.\nDana\n"
    assert (logged(client, as_)["state"], queue(client, as_, "rep")[0]["letter"]) == ("sent", "sent")
    again = client.post(f"/api/letters/{logged(client, as_)['id']}/again", headers=as_("rep"))
    assert again.json()["code"] == "letter_sent"


def test_a_server_that_is_down_and_comes_back(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    press(client, as_, task)
    attempt(client, mailing)
    letter = logged(client, as_)
    assert (letter["state"], letter["attempts"]) == ("waiting", 1)
    assert letter["said"].startswith("The mail server was not reached: ")
    assert not post_one(database_of(client), mailing)
    mail.start()
    assert client.post(f"/api/letters/{letter['id']}/again", headers=as_("rep")).status_code == 200
    attempt(client, mailing)
    assert (len(mail.desk.got), logged(client, as_)["state"]) == (1, "sent")


def test_an_address_that_is_refused_is_put_right(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    mail.desk.answer = "550 No such user here"
    press(client, as_, task)
    attempt(client, mailing)
    letter = logged(client, as_)
    assert letter["state"] == "refused"
    assert letter["said"] == "The mail server refused this address: 550 No such user here"
    assert not post_one(database_of(client), mailing)
    mail.desk.answer = "250 OK"
    wrong = press(client, as_, task, to="marco at home")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_address")
    assert press(client, as_, task, to="chef@bellavista.example").status_code == 201
    attempt(client, mailing)
    assert [each["To"] for each in mail.desk.got] == ["chef@bellavista.example"]


def test_one_that_is_asked_to_come_later(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    mail.desk.answer = "451 Try again later"
    press(client, as_, task)
    attempt(client, mailing)
    assert logged(client, as_)["said"] == (
        "The mail server does not take this address now: 451 Try again later"
    )
    mail.desk.answer = "250 OK"
    soon(client)
    attempt(client, mailing)
    assert logged(client, as_)["state"] == "sent"


def test_a_letter_that_is_refused(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    mail.desk.end = "554 Looks like spam"
    press(client, as_, task)
    attempt(client, mailing)
    assert logged(client, as_)["said"] == "The mail server refused this letter: 554 Looks like spam"


def test_a_line_that_breaks_after_the_letter_is_not_tried_again(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    mail.desk.hang_up = True
    press(client, as_, task)
    attempt(client, mailing)
    assert logged(client, as_)["state"] == "unsure"
    assert not post_one(database_of(client), mailing)
    assert len(mail.desk.got) == 1


def test_a_login_and_encryption_that_the_server_does_not_offer(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    press(client, as_, task)
    attempt(client, msgspec.structs.replace(mailing, security="starttls"))
    assert "does not offer what is set up" in logged(client, as_)["said"]
    mail.stop()
    no = AuthResult(success=False, handled=False)
    mail.start(authenticator=lambda *_: no, auth_require_tls=False)
    soon(client)
    attempt(client, msgspec.structs.replace(mailing, user="dana", password="wrong"))
    assert logged(client, as_)["said"] == "The mail server does not take our user name and password."


def test_off_until_it_is_set_up(settings: Settings, client: Client, as_: As, task: str) -> None:
    off = msgspec.structs.replace(settings, mail=MailSettings())
    with TestClient(create_app(off), raise_server_exceptions=False) as without:
        assert without.get(f"/api/queue/{task}/letter", headers=as_("rep")).json()["ready"] is False
        answer = press(without, as_, task)
        assert (answer.status_code, answer.json()["code"]) == (409, "mail_off")
        assert without.post("/api/letters/x/again", headers=as_("rep")).json()["code"] == "mail_off"
    with pytest.raises(SettingsError, match="ROUNDS_MAIL__SENDER"):
        read_settings({"ROUNDS_MAIL__HOST": "mail.example"})
    assert read_settings({"ROUNDS_MAIL__HOST": "m", "ROUNDS_MAIL__SENDER": "a@example.com"}).mail.ready


def test_the_thread_beside_the_worker_sends_it(
    client: Client, as_: As, task: str, mail: Server, mailing: MailSettings
) -> None:
    mail.start()
    press(client, as_, task)
    with closing(postman(database_of(client), mailing)) as thread:
        thread.start()
        until(lambda: bool(logged(client, as_)["state"] == "sent"))
    assert len(mail.desk.got) == 1
