"""What the trained layer learns from, and what a person's examples do to it."""

import re
from pathlib import Path

import pytest
import srsly
from msgspec.structs import replace

from nlp.components.kinds import PRESENCE
from nlp.document import story
from nlp.extract import Extractor
from nlp.training import train
from nlp.training.echoes import echoes
from nlp.training.fill import COPIES, HERE, LABELS, Filler, carriers, words
from nlp.types import Context, Example, Source
from speech.types import note

DICTATIONS = sorted(Path(__file__).parent.glob("*/*/dictations.jsonl"))


def test_no_carrier_echoes_a_dictation() -> None:
    """Prints the carrier alone: what it echoes may be in a world that nobody reads."""
    assert len(DICTATIONS) > 10
    assert echoes((text for _, text in carriers()), DICTATIONS) == []


def test_an_echo_is_found_across_case_and_marks_but_not_over_a_slot(tmp_path: Path) -> None:
    said = tmp_path / "dictations.jsonl"
    said.write_text('{"text": "Well, he said the Blue lids leak when it rains."}\n', encoding="utf-8")
    texts = ["the blue lids leak, when", "the blue {X} leak when it"]
    assert echoes(texts, [said]) == texts[:1]


def test_carriers_have_known_labels_and_slots_and_a_third_is_nothing() -> None:
    lines, lists = carriers(), words()
    assert {label for label, _ in lines} == {*LABELS, *PRESENCE, "other"}
    slots = {slot for _, text in lines for slot in re.findall(r"\{(\w+)\}", text)}
    assert slots <= {*lists, "Q", "Y"}
    assert len({text for _, text in lines}) == len(lines)
    kinds = [label for label, _ in lines if label not in PRESENCE]
    assert kinds.count("other") * 3 >= len(kinds) * 0.95


def test_the_same_seed_gives_the_same_sentences() -> None:
    lines = carriers()[:20]
    first, second, other = (Filler(words(), seed).sentences(lines) for seed in (1, 1, 2))
    assert first == second
    assert first != other
    assert len(first) == COPIES * len(lines)
    assert not any("{" in text for _, text in first)


def test_each_step_of_the_project_names_files_that_are_there() -> None:
    project = srsly.read_yaml(HERE / "project.yml")
    for command in project["commands"]:
        for path in (*command["deps"], *command.get("outputs", ())):
            assert (HERE / path).exists(), path
    assert [command["name"] for command in project["commands"]] == project["workflows"]["all"]
    assert train.WEIGHTS.stat().st_size < 10_000_000


@pytest.mark.parametrize("kind", ["complaint", "other"])
def test_a_clause_like_an_example_is_of_its_kind(extractor: Extractor, context: Context, kind: str) -> None:
    text = "The corks are made of plastic now."
    taught = replace(context, examples=(Example(kind=kind, text="the corks are plastic now"),))
    doc = extractor.read(story((Source(memo="m", transcript=note(text)),), 1000), taught)
    (chances,) = doc._.kinds.values()
    assert chances[kind] == pytest.approx(0.9)
    assert sum(chances.values()) == pytest.approx(1.0)
    far = extractor.read(
        story(
            (
                Source(
                    memo="m",
                    transcript=note("He was in good form."),
                ),
            ),
            1000,
        ),
        taught,
    )
    (others,) = far._.kinds.values()
    assert others["complaint"] < 0.5
