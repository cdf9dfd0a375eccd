"""Remarks on one subject come together: measured on sixty by nobody who wrote a rule, in trades that the
middle of all remarks was not taken from."""

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest

from nlp.encoder import Encoder
from nlp.extract import Extractor
from nlp.grouping import Grouper, bare, grouper_of, middle, title

SENTENCES = Path(__file__).parent / "subjects.jsonl"
ORDERS = 8
"""In which the same remarks may arrive; what comes together depends on it a little."""


@pytest.fixture(scope="module")
def grouper() -> Grouper:
    return Grouper(Encoder.load())


def sentences() -> list[tuple[str, str]]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [(each["subject"], each["text"]) for each in map(json.loads, lines)]


def groups(grouper: Grouper, vectors: list[bytes], order: list[int]) -> list[list[int]]:
    """One after the other, each subject's middle taken anew, as the worker does."""
    found: list[list[int]] = []
    for number in order:
        known = [middle([vectors[each] for each in group]) for group in found]
        (place,) = grouper.place([vectors[number]], [each for each in known if each])
        found += [[]] if place == len(found) else []
        found[place].append(number)
    return found


def test_sixty_remarks_come_together_by_subject(grouper: Grouper) -> None:
    """B-cubed (Bagga and Baldwin, 1998): of a remark's group the share that belongs, of what belongs the
    share that is there."""
    told = sentences()
    vectors = grouper.vectors([text for _, text in told])
    size: dict[str, int] = defaultdict(int)
    for subject, _ in told:
        size[subject] += 1
    precision = recall = 0.0
    for seed in range(ORDERS):
        order = list(range(len(told)))
        random.Random(seed).shuffle(order)
        for group in groups(grouper, vectors, order):
            for number in group:
                same = sum(told[each][0] == told[number][0] for each in group)
                precision += same / len(group) / len(told) / ORDERS
                recall += same / size[told[number][0]] / len(told) / ORDERS
    assert precision >= 0.92, f"precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= 0.74, f"precision {precision:.3f}, recall {recall:.3f}"


def test_remarks_of_one_batch_begin_a_subject_together(grouper: Grouper) -> None:
    vectors = grouper.vectors(
        ["they want smaller cases", "could the cases be smaller", "nobody answers the phone"]
    )
    first, second, third = grouper.place(vectors, [])
    assert (first, second, third) == (0, 0, 1)
    assert grouper.place(vectors, vectors[:1]) == [0, 0, 1]
    assert grouper.place([], vectors) == [] and middle([]) is None


@pytest.mark.parametrize("odd", ["", "?!", "the", "это слишком дорого", "x" * 5_000])
def test_odd_remarks_have_a_place(grouper: Grouper, odd: str) -> None:
    (vector,) = grouper.vectors([odd])
    assert grouper.place([vector], []) == [0]
    assert title(odd)[:1] == bare(odd)[:1].upper()


def test_a_subject_is_called_by_what_it_is_about(extractor: Extractor) -> None:
    assert title("they want smaller cases.") == "Smaller cases"
    assert len(title("a very long remark " * 20)) <= 61
    assert grouper_of(extractor.pipeline) is not None
