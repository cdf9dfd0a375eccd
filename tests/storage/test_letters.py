"""Acknowledgements: a draft in the customer's words, sent once at most, forgotten with the person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.database import Database
from storage.errors import BadAddress, LetterSent, UnknownLetter, UnknownPromise
from storage.tables.visits import PromiseRow
from storage.tables.waiting import LetterRow
from storage.visits.reports import Reports
from storage.waiting.letters import BROKE_OFF, PAUSES_S, Letter, Letters, Posted
from storage.waiting.wording import WORDS, Draft, draft, later, written
from storage.work.queue import Listed

from .test_queue import day, heard, only, town

__all__ = ("town",)

ADDRESS = "marco@bellavista.example"


@pytest.fixture
def task(database: Database, town: None, jobs: Listed) -> str:
    with database.writing() as session:
        Customers(session).put_contact("c1", "p1", "Lucia Rinaldi", None, None, None)
        Customers(session).put_contact("c1", "p2", "Marco Rinaldi", "chef", None, ADDRESS)
    heard(database, jobs, "v1", complaints=("the bottles were flat",))
    return only(database).id


def press(database: Database, task: str, due: str | None = None, address: str = ADDRESS) -> Letter:
    with database.writing() as session:
        return Letters(session).send(
            task, address=address, subject="Your complaint", text="We look.", due=due, by="r1"
        )


def attempt(database: Database, state: str, said: str | None = None) -> Letter:
    """One, as a worker makes it."""
    with database.writing() as session:
        outgoing = Letters(session).claim()
    assert outgoing is not None
    with database.writing() as session:
        Letters(session).settle(outgoing.id, Posted(state=state, said=said))  # type: ignore[arg-type]
    return logged(database)


def logged(database: Database) -> Letter:
    with database.reading() as session:
        (letter,) = Letters(session).log()
        return letter


def drafted(database: Database, task: str, **asked: object) -> Draft:
    with database.reading() as session:
        return draft(session, task, by="r1", ready=True, language=None, due=None, **asked)  # type: ignore[arg-type]


def test_a_draft_says_what_comes_next_and_by_when(database: Database, task: str) -> None:
    made = drafted(database, task)
    assert [(each.name, each.address) for each in made.to] == [("Marco Rinaldi", ADDRESS)]
    assert (made.language, made.letter) == ("en", None)
    assert made.due > day(0)
    assert made.text.startswith("Dear Marco Rinaldi,")
    for words in ("The bottles were flat", "Dana Whitfield takes care of it", written(made.due, WORDS["en"])):
        assert words in made.text
    with database.reading() as session:
        for language in WORDS:
            other = draft(session, task, by="r1", ready=True, language=language, due="2026-12-24")
            assert written("2026-12-24", WORDS[language]) in other.text
        with pytest.raises(UnknownPromise):
            draft(session, "nothing", by="r1", ready=True, language=None, due=None)


def test_by_when() -> None:
    friday = date(2026, 3, 13)
    assert later(None, friday) == "2026-03-17"
    assert later("2026-03-12", friday) == "2026-03-17"
    assert later("2026-03-20T10:00", friday) == "2026-03-20"
    assert written("2026-03-17", WORDS["de"]) == "Dienstag, 17. März"


def test_what_was_told_is_kept_like_a_promise(database: Database, task: str, jobs: Listed) -> None:
    press(database, task, due=day(3))
    assert only(database).due == day(3)
    with database.writing() as session:
        Reports(session).correct("v1", {"outcome": "lost"}, by="m1", jobs=jobs)
    assert (only(database).due, only(database).letter) == (day(3), "waiting")


def test_sent_once_whoever_presses(database: Database, task: str) -> None:
    press(database, task)
    with pytest.raises(LetterSent):
        press(database, task)
    assert attempt(database, "sent").state == "sent"
    with pytest.raises(LetterSent):
        press(database, task)
    with database.writing() as session:
        assert Letters(session).claim() is None
        with pytest.raises(LetterSent):
            Letters(session).again(logged(database).id)
    now = datetime.now(UTC)
    twice = LetterRow(id="x", task=task, visit="v1", address="", subject="", text="", by="r1", made_at=now)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(twice)


def test_a_worker_that_died_over_it_does_not_send_it_again(database: Database, task: str) -> None:
    press(database, task)
    with database.writing() as session:
        assert Letters(session).claim() is not None
    with database.writing() as session:
        assert Letters(session).claim() is None
        session.get_one(LetterRow, logged(database).id).try_at = datetime.now(UTC) - timedelta(seconds=1)
    with database.writing() as session:
        assert Letters(session).claim() is None
    assert (logged(database).state, logged(database).said) == ("unsure", BROKE_OFF)
    assert press(database, task).state == "waiting"


def test_tried_again_with_growing_pauses_then_given_up(database: Database, task: str) -> None:
    press(database, task)
    pauses = []
    for _ in PAUSES_S:
        letter = attempt(database, "later", "The mail server was not reached.")
        assert (letter.state, letter.said) == ("waiting", "The mail server was not reached.")
        assert letter.try_at is not None
        pauses.append(letter.try_at - datetime.now(UTC))
        with database.writing() as session:
            assert Letters(session).claim() is None
            session.get_one(LetterRow, letter.id).try_at = letter.made_at
    assert pauses == sorted(pauses)
    assert attempt(database, "later").state == "given_up"
    with database.writing() as session:
        assert Letters(session).again(logged(database).id).state == "waiting"
        with pytest.raises(UnknownLetter):
            Letters(session).again("nothing")


def test_a_refused_address_is_put_right(database: Database, task: str) -> None:
    with pytest.raises(BadAddress):
        press(database, task, address="marco at bellavista")
    press(database, task)
    assert attempt(database, "refused", "No such user.").state == "refused"
    assert press(database, task, address="chef@bellavista.example").address == "chef@bellavista.example"
    assert attempt(database, "sent").attempts == 1


def test_nothing_personal_is_left_of_it(database: Database, task: str) -> None:
    press(database, task)
    with database.writing() as session:
        Customers(session).delete_contact("c1", "p1")
    assert logged(database).address == ADDRESS
    with database.writing() as session:
        Customers(session).delete_contact("c1", "p2")
    letter = logged(database)
    assert (letter.address, letter.subject, letter.text, letter.state) == ("", "", "", "given_up")
    with database.writing() as session, pytest.raises(UnknownLetter):
        Letters(session).again(letter.id)


def test_a_customer_that_is_gone_or_merged(database: Database, task: str) -> None:
    press(database, task)
    with database.writing() as session:
        Merging(session).merge("c2", "c1", by="m1")
    assert logged(database).customer == "c2"
    with database.writing() as session:
        Customers(session).delete("c2")
        assert session.get_one(PromiseRow, task).customer == "c2"
    assert logged(database).text == ""
