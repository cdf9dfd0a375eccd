"""Feedback and personal facts: whose they are, and where the clause ends; sentences of this test alone."""

from collections.abc import Callable

import pytest

from nlp.types import Linking, Report

Read = Callable[..., tuple[Report, Linking]]


def remarks(read: Read, text: str) -> list[tuple[str, str]]:
    report, _ = read(text)
    return [(each.kind, each.text) for each in report.feedback]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "At Bella Vista. Marco says our flour was full of weevils.",
            [("complaint", "our flour was full of weevils")],
        ),
        (
            "At Bella Vista. He's delighted with our olive oil.",
            [("compliment", "He's delighted with our olive oil")],
        ),
        ("At Bella Vista. Marco had no complaints and no problems.", []),
        ("At Bella Vista. His van broke down on the way to the market.", []),
        ("At Bella Vista. Sysco delivered rotten lettuce to him again.", []),
        ("At Bella Vista. Their oven is broken, so lunch was cold.", []),
    ],
)
def test_feedback_is_about_us(read: Read, text: str, found: list[tuple[str, str]]) -> None:
    assert remarks(read, text) == found


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("At Bella Vista with Marco. His daughter has just passed her driving test.", 1),
        ("At Bella Vista with Marco. He takes four cases of San Marzanos.", 0),
        ("At Bella Vista with Marco. His delivery comes on Friday.", 0),
    ],
)
def test_a_personal_fact_is_of_somebodys_life(read: Read, text: str, facts: int) -> None:
    report, _ = read(text)
    assert [each.person for each in report.personal] == ["Marco Rinaldi"] * facts
