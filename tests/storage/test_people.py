"""Enrolment, tokens, and shutting people out."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage import errors
from storage.crm.companies import Companies
from storage.crm.people import People
from storage.database import Database
from storage.records import Company
from storage.tables.people import DeviceRow, InviteRow


def enrolled(database: Database, employee: str) -> tuple[str, str]:
    with database.writing() as session:
        code = People(session).invite(employee).code
    with database.writing() as session:
        token, identity = People(session).enrol(code, "Pixel 7")
    return token, identity.device


def test_a_code_enrols_one_phone_once(database: Database, rep: str) -> None:
    with database.writing() as session:
        code = People(session).invite(rep).code
    with database.writing() as session:
        token, identity = People(session).enrol(code, "Pixel 7")
    with database.reading() as session:
        assert People(session).identify(token) == identity
        stored = [*session.exec(select(DeviceRow.token_hash)), *session.exec(select(InviteRow.code_hash))]
    assert token not in stored
    assert code not in stored
    with pytest.raises(errors.UsedCode), database.writing() as session:
        People(session).enrol(code, "another")
    with pytest.raises(errors.UnknownCode), database.writing() as session:
        People(session).enrol("guess", "another")
    with database.writing() as session:
        late = People(session).invite(rep, timedelta(seconds=-1)).code
    with pytest.raises(errors.ExpiredCode), database.writing() as session:
        People(session).enrol(late, "another")


def test_a_lost_phone_and_a_leaver_are_shut_out_at_once(database: Database, rep: str) -> None:
    lost, device = enrolled(database, rep)
    kept, _ = enrolled(database, rep)
    with database.writing() as session:
        People(session).revoke(device)
        pending = People(session).invite(rep).code
    with database.reading() as session:
        with pytest.raises(errors.BadToken):
            People(session).identify(lost)
        assert People(session).identify(kept).employee.id == rep
        at_hand, gone = People(session).list()[0].devices
        assert (at_hand.revoked_at, gone.id, gone.revoked_at is not None) == (None, device, True)
    with database.writing() as session:
        assert not People(session).shut_out(rep).active
    with database.reading() as session, pytest.raises(errors.BadToken):
        People(session).identify(kept)
    with pytest.raises(errors.UsedCode), database.writing() as session:
        People(session).enrol(pending, "again")
    with database.writing() as session:
        People(session).put(rep, "Dana Whitfield", "rep", True)
    with database.reading() as session, pytest.raises(errors.BadToken):
        People(session).identify(kept)


def test_somebody_must_stay_administrator(database: Database, rep: str) -> None:
    with database.writing() as session:
        admin = People(session).add("Ada", "admin")
    with pytest.raises(errors.LastAdmin), database.writing() as session:
        People(session).shut_out(admin.id)
    with pytest.raises(errors.LastAdmin), database.writing() as session:
        People(session).put(admin.id, "Ada", "rep", True)
    with database.writing() as session:
        People(session).add("Bob", "admin")
        People(session).shut_out(admin.id)


def test_names_find_people(database: Database, rep: str) -> None:
    with database.writing() as session:
        People(session).add("Sam", "rep")
        People(session).add("sam", "rep")
    with database.reading() as session:
        assert People(session).by_name("DANA whitfield") == People(session).get(rep)
        assert People(session).by_name("Nobody") is None
        with pytest.raises(errors.AmbiguousName):
            People(session).by_name("SAM")
        with pytest.raises(errors.UnknownEmployee):
            People(session).get("nobody")


def test_a_phone_was_seen(database: Database, rep: str) -> None:
    _, device = enrolled(database, rep)
    for _ in range(2):
        with database.writing() as session:
            People(session).seen([device])
    with database.reading() as session:
        assert People(session).list()[0].devices[0].last_seen_at is not None


def test_the_company_has_a_zone_and_a_region(database: Database) -> None:
    company = Company(name="Tidewater", timezone="America/Los_Angeles", currency="USD", region="US")
    with database.writing() as session:
        assert Companies(session).get().name == ""
        assert Companies(session).put(company) == Companies(session).get() == company
    for wrong in ({"timezone": "Mars/Olympus"}, {"timezone": "../etc"}, {"region": "XX"}):
        with pytest.raises(errors.BadCompany), database.writing() as session:
            Companies(session).put(
                Company(**{"name": "", "timezone": "UTC", "currency": "USD", "region": "US"} | wrong)
            )
