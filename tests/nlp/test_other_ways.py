"""The same thing said in other ways: orders, deliveries, promises and people, one sentence each."""

from collections.abc import Callable

import pytest

from nlp.types import Linking, Report

Read = Callable[..., tuple[Report, Linking]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Two of the tins of olive oil have leaked. He wants them looked at.", []),
        ("She's had four of them hand back the San Marzanos.", []),
        ("Marco took the olive oil home to try it.", []),
        ("Sysco sold them fifty bags of semolina.", []),
        ("Order came to sixty cases of San Marzanos.", [("s1", 60, None)]),
        ("Same as last month, twenty bags of semolina.", [("s2", 20, None)]),
        ("He'd like ten tins of olive oil, if possible.", [("s3", 10, None)]),
        (
            "Marco wants six bags of semolina and four tins of olive oil. We agreed on seventeen fifty a bag "
            "for the semolina.",
            [("s2", 6, 17.5), ("s3", 4, None)],
        ),
        (
            "He needs two tins of olive oil today. I gave it to him for thirty-nine fifty a tin.",
            [("s3", 2, 39.5)],
        ),
    ],
)
def test_orders(read: Read, text: str, lines: list[tuple[str, float, float | None]]) -> None:
    report, _ = read(text)
    assert [(o.product, o.quantity, o.unit_price) for o in report.orders] == lines


@pytest.mark.parametrize(
    "said",
    [
        "Marco ordered ten bags of semolina, to go out on Friday.",
        "Marco ordered ten bags of semolina. Needed at the other kitchen by Friday.",
        "Marco ordered ten bags of semolina for Friday.",
        "Marco wants ten bags of semolina. He's taking the rest at list. He needs everything by Friday.",
        "Marco ordered ten bags of semolina. Must be there Friday morning.",
    ],
)
def test_the_day_of_a_delivery(read: Read, said: str) -> None:
    report, _ = read(said)
    assert [(c.action, c.due) for c in report.commitments] == [("deliver the order", "2026-03-13")]


@pytest.mark.parametrize(
    ("text", "action", "due"),
    [
        (
            "Marco needs our insurance certificate before he can sign. I'll get that to him tonight.",
            "get our insurance certificate to Marco",
            "2026-03-11",
        ),
        (
            "I owe Marco a price list, which I'll have over to him by Friday.",
            "send Marco a price list",
            "2026-03-13",
        ),
        ("I'll bring the menu when I see Marco on Friday.", "bring the menu", "2026-03-13"),
        (
            "What he needs from us is a letter on the terms, by Friday.",
            "send a letter on the terms",
            "2026-03-13",
        ),
        ("Left it with me to ring the mill by noon on Friday.", "ring the mill", "2026-03-13T12:00"),
        (
            "Had coffee with Marco, promised to bring the samples on Friday.",
            "bring the samples",
            "2026-03-13",
        ),
        (
            "I will get it checked and inform Marco by evening.",
            "get it checked and inform Marco",
            "2026-03-11",
        ),
    ],
)
def test_promises(read: Read, text: str, action: str, due: str) -> None:
    report, _ = read(text)
    assert [(c.owner, c.action, c.due) for c in report.commitments] == [("us", action, due)]


@pytest.mark.parametrize(
    "text",
    [
        "The oven is due for replacement before Christmas.",
        "Marco is thinking about giving us the flour, not today.",
        "They are giving sixty days and we are giving only thirty.",
    ],
)
def test_no_promise(read: Read, text: str) -> None:
    assert read(text)[0].commitments == ()


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Sat down with Lena at Bella Vista. Marco's crew had to wait.", ["p2"]),
        ("Bella Vista. Lena was in but Marco had a meeting.", ["p2"]),
        ("Saw Lena at Bella Vista, Marco's not in till nine.", ["p2"]),
        ("Bella Vista, Marco is out of flour again.", ["p1"]),
    ],
)
def test_who_was_met(read: Read, text: str, met: list[str]) -> None:
    report, _ = read(text)
    assert [c.id for c in report.contacts] == met


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Dropped in cold on a place called Harrow Lane Stables. Never dealt with us before.",
            "Harrow Lane Stables",
        ),
        ("They aren't customers yet. Sunrise Bakery, on the corner of Fifth.", "Sunrise Bakery"),
        ("First visit to Blue Gum Orchards, out past the river.", "Blue Gum Orchards"),
        ("I popped into that new gym on Mill Road, Iron Harbour it's called.", "Iron Harbour"),
        ("okay so new prospect today silver birch care home out by the bypass", "Silver Birch Care Home"),
    ],
)
def test_a_prospect(read: Read, text: str, name: str) -> None:
    assert read(text)[1].new_customer == name


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Marco at Bella Vista is weighing up whether to bring it all under one supplier.", "interested"),
        ("Marco told me the contract has been given to Sysco for two years.", "lost"),
        ("We didn't get the tender at Bella Vista.", "lost"),
    ],
)
def test_outcomes(read: Read, text: str, outcome: str) -> None:
    assert read(text)[0].outcome == outcome
