"""Webhooks from a worker that is running: to a receiver that is slow, redirects, or lies inside."""

from collections.abc import Iterator

import pytest

from storage.outside.webhooks import Delivery, Kind, Webhooks

from .crew import Company, until
from .test_webhooks import Receiver

FILED: tuple[Kind, ...] = ("visit.filed",)


@pytest.fixture
def receivers() -> Iterator[tuple[Receiver, Receiver]]:
    both = Receiver(), Receiver()
    yield both
    for each in both:
        each.close()


def listen(company: Company, *receivers: Receiver) -> None:
    with company.database.writing() as session:
        for each in receivers:
            Webhooks(session).add(each.url, FILED)


def sent(company: Company) -> list[Delivery]:
    with company.database.reading() as session:
        return list(Webhooks(session).log())


def test_a_slow_receiver_holds_up_no_memo(company: Company, receivers: tuple[Receiver, Receiver]) -> None:
    slow, _ = receivers
    (company.folder / "local").touch()
    slow.answer = None
    listen(company, slow)
    company.start()
    first = company.visit()
    until(lambda: len(slow.got) == 1)
    second = company.visit()
    until(lambda: company.read(second).state == "filed")
    assert company.read(first).state == "filed"
    assert len(slow.got) == 1
    slow.answer = 204
    slow.free.set()
    until(lambda: "delivered" in {each.state for each in sent(company)})
    assert all(headers["webhook-signature"].startswith("v1,") for headers, _ in slow.got)


def test_one_that_redirects_is_not_followed(company: Company, receivers: tuple[Receiver, Receiver]) -> None:
    elsewhere, fine = receivers
    (company.folder / "local").touch()
    elsewhere.answer = 302
    listen(company, elsewhere, fine)
    company.start()
    company.visit()
    until(lambda: len(fine.got) == 1 and any(each.said for each in sent(company)))
    said = {each.said for each in sent(company)} - {None}
    assert said == {"The receiver redirects; redirects are not followed."}
    assert len(elsewhere.got) == 1


def test_one_inside_the_own_network_is_never_called(
    company: Company, receivers: tuple[Receiver, Receiver]
) -> None:
    inside, _ = receivers
    listen(company, inside)
    company.start()
    company.visit()
    until(lambda: any(each.said for each in sent(company)))
    (line,) = sent(company)
    assert "https only" in (line.said or "")
    assert inside.got == []
