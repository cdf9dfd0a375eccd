"""What one sentence puts into the report; worlds in `worlds/` measure whole dictations."""

from collections.abc import Callable

import msgspec
import pytest

from nlp.types import Context, Linking, Report

Read = Callable[..., tuple[Report, Linking]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Marco wants forty cases of San Marzanos.", [("s1", 40)]),
        ("Forty, no, make that fifty cases of San Marzanos for Bella Vista.", [("s1", 50)]),
        ("She'll take two bags of semolina and a tin of olive oil.", [("s2", 2), ("s3", 1)]),
        ("Semolina, six bags. Olive oil, three.", [("s2", 6), ("s3", 3)]),
        ("He ordered six bags of semolina, sorry, eight bags.", [("s2", 8)]),
        ("They did not order any semolina.", []),
        ("Last month they took twenty bags of semolina.", []),
        ("If the patio opens they'd take ten cases of San Marzanos.", []),
        ("She would like a quote for ten tins of olive oil.", []),
    ],
)
def test_orders(read: Read, text: str, lines: list[tuple[str, float]]) -> None:
    report, _ = read(text)
    assert [(o.product, o.quantity) for o in report.orders] == lines


def test_unit_price_takes_the_reading_near_the_list(read: Read) -> None:
    report, _ = read("Four cases of San Marzanos at thirty-one fifty a case.")
    assert [o.unit_price for o in report.orders] == [31.5]
    assert report.amounts == ()


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("I told Marco I'd send him a quote by Friday.", "us", "2026-03-13"),
        ("I'm mailing him the brochure tomorrow.", "us", "2026-03-12"),
        ("Marco promised to pay the invoice by the twentieth.", "customer", "2026-03-20"),
        ("Lena will email me the floor plan on Monday.", "customer", "2026-03-16"),
        ("She'd like the samples, I said she'd have them by Tuesday.", "us", "2026-03-17"),
    ],
)
def test_promises(read: Read, text: str, owner: str, due: str) -> None:
    report, _ = read(text)
    assert [(c.owner, c.due) for c in report.commitments] == [(owner, due)]


@pytest.mark.parametrize(
    "text", ["I'm not sending him anything.", "I'm sitting in the car.", "I'll grab some lunch now."]
)
def test_no_promise(read: Read, text: str) -> None:
    report, _ = read(text)
    assert report.commitments == ()


def test_meeting(read: Read) -> None:
    report, _ = read("Met Marco at Bella Vista. We're meeting again next Tuesday at half ten.")
    assert report.next_meeting == "2026-03-17T10:30"


def test_contact_at_the_customer(read: Read) -> None:
    report, _ = read("Talked to Marco at Bella Vista about the menu.")
    assert [(c.id, c.name) for c in report.contacts] == [("p1", "Marco Rinaldi")]
    report, _ = read("This is for Harbor Diner, not Bella Vista. Talked to Marco about the menu.")
    assert [(c.id, c.name) for c in report.contacts] == [("p3", "Marco Silva")]


def test_new_person_with_number_and_address(read: Read) -> None:
    report, _ = read(
        "Bella Vista. Met their new purchasing manager, Katherine Schmidt. Her cell is two oh six, "
        "five five five, oh one six three, and her email is katherine dot schmidt at bellavista dot com."
    )
    (person,) = [c for c in report.contacts if c.name == "Katherine Schmidt"]
    assert (person.id, person.role, person.phone) == (None, "purchasing manager", "+12065550163")
    assert person.email == "katherine.schmidt@bellavista.com"


def test_absent_people_are_not_met(read: Read) -> None:
    report, _ = read("Bella Vista, saw Lena. Marco wasn't around.")
    assert [c.id for c in report.contacts] == ["p2"]


def test_evidence_leads_to_the_words(read: Read) -> None:
    text = "Bella Vista today. Marco wants forty cases of San Marzanos."
    report, _ = read(text)
    (where,) = report.orders[0].evidence
    assert text[where.start : where.end] == "forty cases of San Marzanos"


# The customer ----------------------------------------------------------------------------------------------


def test_name_and_place_decide(read: Read) -> None:
    assert read("Just left Bella Vista, nothing to report.")[1].customer == "c1"


def test_a_name_overrules_the_map(read: Read) -> None:
    assert read("This is for the Golden Wok, not Bella Vista. Ming is well.")[1].customer == "c3"


def test_unsure_is_nobody(read: Read, context: Context) -> None:
    even = tuple(msgspec.structs.replace(c, place_probability=1 / 3) for c in context.customers)
    report, linking = read("Nobody was in.", msgspec.structs.replace(context, customers=even))
    assert linking.customer is None
    assert len(linking.candidates) == 3
    assert report.doubts[0].field == "customer"


def test_a_prospect_is_a_proposal(read: Read) -> None:
    report, linking = read(
        "New lead, not in our system yet. It's called the Salt Ladder, a cocktail place on Leary Way."
    )
    assert (linking.customer, linking.new_customer) == (None, "the Salt Ladder")
    assert report.doubts[0].field == "new_customer"


def test_chosen_by_a_person(read: Read, context: Context) -> None:
    chosen = tuple(msgspec.structs.replace(c, chosen=c.id == "c3") for c in context.customers)
    assert read("Bella Vista.", msgspec.structs.replace(context, customers=chosen))[1].customer == "c3"
