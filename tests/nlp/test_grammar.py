"""Numbers, money, telephone numbers and e-mail addresses: a phrase and its value."""

import pytest

from nlp.grammar.emails import emails
from nlp.grammar.money import moneys
from nlp.grammar.numbers import number_at
from nlp.grammar.phones import phones
from nlp.grammar.words import words


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("forty", 40), ("twenty-five", 25), ("twenty-five hundred", 2500), ("half a dozen", 6),
        ("a dozen", 12),
        ("two and a half dozen", 30), ("two and a half thousand", 2500), ("1.5 million", 1_500_000),
        ("15k", 15_000),
        ("a hundred and forty thousand", 140_000), ("four thousand one hundred and thirty", 4130),
        ("1,200", 1200),
        ("one point five million", 1_500_000), ("three and a half", 3.5), ("a couple of", 2),
        ("half a million", 500_000),
        ("twelve hundred", 1200), ("two hundred and fifty", 250), ("a thousand", 1000),
        ("two thousand and twelve", 2012),
        ("one hundred and twenty three thousand four hundred and fifty six", 123_456), ("two dozen", 24),
    ],
)  # fmt: skip
def test_number(phrase: str, value: float) -> None:
    found = words(phrase)
    number = number_at(found, 0)
    assert number is not None
    assert (number.value, number.end) == (value, len(found))


@pytest.mark.parametrize("phrase", ["two three", "nineteen ninety-nine"])
def test_two_numbers_are_not_one(phrase: str) -> None:
    found = words(phrase)
    number = number_at(found, 0)
    assert number is not None
    assert number.end < len(found)


@pytest.mark.parametrize(
    ("phrase", "value", "currency"),
    [
        ("nine thousand dollars", 9000, "USD"), ("twenty quid", 20, "GBP"), ("two grand", 2000, "USD"),
        ("$12,000", 12_000, "USD"), ("€45k", 45_000, "EUR"), ("forty-two euro each", 42, "EUR"),
        ("eighty cents", 0.8, "USD"),
        ("twelve dollars and fifty cents", 12.5, "USD"), ("$1.5 million", 1_500_000, "USD"),
    ],
)  # fmt: skip
def test_money(phrase: str, value: float, currency: str) -> None:
    found = moneys(phrase, "USD")
    assert [(m.value, m.currency) for m in found] == [(value, currency)]


def test_pounds_are_a_weight_where_dollars_are_paid() -> None:
    assert moneys("twenty pounds of flour", "USD") == []
    assert [m.value for m in moneys("twenty pounds", "GBP")] == [20]


@pytest.mark.parametrize(
    ("phrase", "regions", "number"),
    [
        ("two oh six, five five five, oh one six three", ("US",), "+12065550163"),
        ("oh eight five, triple five, oh one nine four", ("IE",), "+353855550194"),
        ("oh two eight, nine six four nine, six one two oh", ("IE", "GB"), "+442896496120"),
        ("oh double one seven, four nine six, oh three five two", ("IE", "GB"), "+441174960352"),
        ("206-555-0163", ("US",), "+12065550163"),
        ("plus three five three eight five 555 0127", ("US",), "+353855550127"),
    ],
)
def test_phone(phrase: str, regions: tuple[str, ...], number: str) -> None:
    assert [p.number for p in phones(phrase, regions)] == [number]


def test_quantities_are_no_phone() -> None:
    assert phones("forty cases, twelve boxes and one hundred bags", ("US",)) == []


@pytest.mark.parametrize(
    ("phrase", "address"),
    [
        ("the email is yusuf at saltladder dot com.", "yusuf@saltladder.com"),
        ("his email is emeka dot nwosu at ardenbroadway dot com", "emeka.nwosu@ardenbroadway.com"),
        ("bookings at whitlockcattery dot co dot uk", "bookings@whitlockcattery.co.uk"),
        ("jane underscore doe at salt ladder dot com", "jane_doe@saltladder.com"),
        ("write to jane_doe@acme.co.uk.", "jane_doe@acme.co.uk"),
        ("reach him on j dot smith at big farm dot co dot nz", "j.smith@bigfarm.co.nz"),
        ("yusuf at saltladder.com.", "yusuf@saltladder.com"),
    ],
)
def test_email(phrase: str, address: str) -> None:
    assert [e.address for e in emails(phrase)] == [address]


def test_no_email() -> None:
    assert emails("I met her at the dot com office at two") == []
