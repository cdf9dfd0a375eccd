"""Requests, deliveries, prices and names as speech runs on, said otherwise than in any dictation."""

from collections.abc import Callable

import pytest
import torch

from nlp.encoder import SIZE, Encoder
from nlp.training.tune import FIRST, Sentences, read, stored, tune
from nlp.types import Linking, Report

Read = Callable[[str], tuple[Report, Linking]]


def test_a_question_put_to_us_with_a_day_is_ours_to_do(read: Read) -> None:
    report, _ = read("Saw Marco. He asked would we send the price list over by Friday.")
    assert [(c.owner, c.due) for c in report.commitments] == [("us", "2026-03-13")]


def test_a_question_that_was_refused_is_no_promise(read: Read) -> None:
    report, _ = read("Saw Marco. He asked would we collect the crates by Friday. I said we can't.")
    assert not report.commitments


def test_what_a_product_is_named_again_for_with_a_day_is_its_delivery(read: Read) -> None:
    report, _ = read(
        "Marco wants four bags of semolina and two tins of olive oil. He needs the olive oil by Friday."
    )
    assert [(c.action, c.due) for c in report.commitments] == [("deliver the order", "2026-03-13")]


def test_a_price_given_after_talk_belongs_to_the_product_named_last(read: Read) -> None:
    report, _ = read(
        "Marco takes six bags of semolina and three tins of olive oil. "
        "He wanted something off the semolina so I let him have it at sixteen dollars."
    )
    assert {o.name: o.unit_price for o in report.orders} == {"Semolina flour": 16.0, "Olive oil": None}


def test_no_product_is_read_over_the_end_of_a_sentence(read: Read) -> None:
    report, _ = read("He told me about the oil. Olive branches everywhere. Four bags of semolina please.")
    assert [o.name for o in report.orders] == ["Semolina flour"]


@pytest.mark.parametrize("title", ["Mr.", "one Mr.", "a"])
def test_a_title_before_a_name_hides_nobody(read: Read, title: str) -> None:
    report, _ = read(f"At Bella Vista I spoke to {title} Joseph Lambert, he is the new buyer there.")
    assert "Joseph Lambert" in [c.name for c in report.contacts]


def test_tuned_layers_tell_apart_what_they_were_taught() -> None:
    texts = ["the lids leak", "the bags split", "he loves the oil", "she likes the flour"] * 40
    encoder, wanted = Encoder.load(), [0, 0, 1, 1] * 40
    sentences, rows = Sentences(encoder, texts), list(range(len(texts)))
    tuned = tune(encoder, sentences, rows, torch.tensor(wanted), torch.ones(2))
    assert read(encoder, sentences, rows, tuned).argmax(1).tolist() == wanted
    kept = stored(tuned, 1.0)
    assert kept["weight"].shape[0] == 2 and kept["weight"].shape[1] > SIZE
    assert all(f"layer.{layer}." not in name for name in kept for layer in range(FIRST))
