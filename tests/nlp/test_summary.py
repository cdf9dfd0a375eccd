"""What people read of a report: sentences, plurals, dates and doubts."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from nlp.doubts import MOST, doubts
from nlp.extract import nothing
from nlp.plurals import plural
from nlp.summary import day, line, summary
from nlp.types import Amount, Commitment, Contact, Context, Decided, Feedback, Linking, Order, Report

UNKNOWN = Linking(
    customer="c1", new_customer=None, decided=Decided(confidence=1.0, evidence=()), candidates=(), contacts=()
)


def _order(quantity: float | None, unit: str | None, name: str, confidence: float = 1.0) -> Order:
    return Order(
        product=None, name=name, quantity=quantity, unit=unit, unit_price=None, confidence=confidence
    )


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("keg", "kegs"), ("box", "boxes"), ("bunch", "bunches"), ("glass", "glasses"), ("tray", "trays"),
        ("berry", "berries"), ("loaf", "loaves"), ("box of 100", "boxes of 100"), ("kg", "kg"),
        ("Clipper blades", "Clipper blades"),
    ],
)  # fmt: skip
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (_order(5, "keg", "Haze IPA"), "5 kegs of Haze IPA"),
        (_order(1, "box", "Paper straws"), "1 box of Paper straws"),
        (_order(8, "each", "Cat carrier"), "8 Cat carriers"),
        (_order(4, "cylinder", "CO2 cylinder"), "4 CO2 cylinders"),
        (_order(0.5, "case", "Rye"), "half a case of Rye"),
        (_order(2.5, "case", "Rye"), "2.5 cases of Rye"),
        (_order(None, "case", "Rye"), "Rye"),
    ],
)
def test_line(order: Order, text: str) -> None:
    assert line(order) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-03-06", "Fri 6 Mar"),
        ("2026-05-26T14:00", "Tue 26 May at 14:00"),
        ("2027-01-04", "Mon 4 Jan 2027"),
    ],
)
def test_day(value: str, text: str) -> None:
    assert day(value, date(2026, 3, 2)) == text


def test_summary_of_an_order(read: Callable[..., tuple[Report, Linking]]) -> None:
    report, _ = read(
        "Bella Vista, with Marco. He wants forty cases of San Marzanos. I told him I'd send him a quote by "
        "Friday. We're meeting again next Tuesday at half ten."
    )
    assert report.summary == (
        "Order taken at Bella Vista Trattoria with Marco Rinaldi: 40 cases of San Marzano tomatoes. "
        "We will send Marco a quote by Fri 13 Mar. Next meeting Tue 17 Mar at 10:30."
    )


def test_summary_has_three_sentences_at_most(context: Context) -> None:
    told = replace(
        nothing("en"),
        outcome="complaint",
        orders=(_order(2, "case", "Rye"),),
        feedback=(Feedback(kind="complaint", text="the caps leak"),),
        commitments=(Commitment(action="swap the caps", owner="us", due="2027-01-04"),),
        next_meeting="2026-03-17",
    )
    assert summary(told, UNKNOWN, context) == (
        'Complaint at Bella Vista Trattoria: 2 cases of Rye. Complaint: "the caps leak". '
        "We will swap the caps by Mon 4 Jan 2027, next meeting Tue 17 Mar."
    )


def test_doubts_name_the_value_once_and_the_weightiest_first() -> None:
    person = Contact(id=None, name="NAMM", role=None, phone=None, email=None, confidence=0.5)
    told = replace(
        nothing("en"),
        orders=(
            _order(5, "keg", "Haze", 0.4),
            _order(5, "keg", "Haze", 0.5),
            _order(2, "box", "Straws", 0.3),
        ),
        amounts=(Amount(value=1260, currency="GBP", what="invoice", confidence=0.5),),
        commitments=(Commitment(action="pick the coolers up", owner="us", due=None, confidence=0.5),),
    )
    found = doubts(told, replace(UNKNOWN, contacts=(person,)))
    assert [(d.field, d.reason) for d in found] == [
        ("orders.2", 'Order "2 boxes of Straws": not sure.'),
        ("orders.0", 'Order "5 kegs of Haze": not sure.'),
        ("amounts.0", 'Amount "1,260 GBP invoice": not sure.'),
        ("commitments.0", 'Promise "pick the coolers up": not sure.'),
    ]
    assert len(found) == MOST
    only = doubts(replace(told, orders=(), amounts=(), commitments=()), replace(UNKNOWN, contacts=(person,)))
    assert only[-1].reason == 'Contact "NAMM": not sure of the name.'
