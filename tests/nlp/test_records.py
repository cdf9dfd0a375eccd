"""Orders, customers and people of short memos about two companies; of `kept.jsonl` only totals count."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.bench import context_of
from nlp.components.gazetteer import singular
from nlp.grammar.figures import figures
from nlp.grammar.money import moneys
from nlp.ranking import person_fit
from nlp.types import Linking, Report

Read = Callable[..., tuple[Report, Linking]]
RECORDS = Path(__file__).parent / "records"


def _share(counted: Counter[str], field: str) -> float:
    """F1 of a field."""
    hit = counted[field, "hit"]
    return 2 * hit / (counted[field, "said"] + counted[field, "gold"])


def _count(counted: Counter[Any], field: str, said: Counter[Any], gold: Counter[Any]) -> None:
    counted[field, "hit"] += (said & gold).total()
    counted[field, "said"] += said.total()
    counted[field, "gold"] += gold.total()


@pytest.mark.parametrize("part", ["open", "kept"])
def test_totals(read: Read, part: str) -> None:
    """Floors a little under what was measured; a customer is never guessed wrong."""
    counted: Counter[Any] = Counter()
    wrong = []
    for folder in sorted(RECORDS.iterdir()):
        world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
        for line in (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            memo = json.loads(line)
            gold = memo["gold"]
            report, linking = read(memo["text"], context_of(world, memo["checkin"], memo["rep"]))
            if linking.customer is not None and linking.customer != gold["customer"]:
                wrong.append(memo["id"])
            said = Counter((o.product, o.quantity) for o in report.orders)
            _count(counted, "order", said, Counter((o["product"], o["quantity"]) for o in gold["orders"]))
            met = Counter(c.id or c.name for c in report.contacts)
            _count(counted, "contact", met, Counter(c["id"] or c["name"] for c in gold["contacts"]))
    assert wrong == []
    assert _share(counted, "order") > 0.85
    assert _share(counted, "contact") > 0.85


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Forty San Marzanos, ten semolina, six olive oil.", [("s1", 40), ("s2", 10), ("s3", 6)]),
        ("San Marzanos forty, semolina ten, olive oil six.", [("s1", 40), ("s2", 10), ("s3", 6)]),
        (
            "marco wants forty san marzanos ten semolina and a tin of olive oil",
            [("s1", 40), ("s2", 10), ("s3", 1)],
        ),
        ("He's out of semolina, so that's thirty bags.", [("s2", 30)]),
        ("He went through forty bags of semolina last spring. Now he wants ten.", [("s2", 10)]),
        ("Lena is happy with the semolina, so twenty bags of that.", [("s2", 20)]),
        ("He may want ten tins of olive oil later. For now three bags of semolina.", [("s2", 3)]),
        ("She has six bags of semolina on the shelf still.", []),
        ("He took a couple of cases of San Marzanos, six tins of olive oil.", [("s1", 2), ("s3", 6)]),
    ],
)  # fmt: skip
def test_lists_and_standing(read: Read, text: str, lines: list[tuple[str, float]]) -> None:
    report, _ = read(text)
    assert [(o.product, o.quantity) for o in report.orders] == lines


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Ten tins of olive oil at forty.", 40.0),
        ("Ten tins of olive oil. Thirty-nine fifty each.", 39.5),
        ("Ten tins of olive oil at two.", None),
        ("Sysco left him a price on olive oil, thirty dollars, so he ordered ten tins from us.", None),
    ],
)
def test_unit_prices(read: Read, text: str, price: float | None) -> None:
    report, _ = read(text)
    assert [o.unit_price for o in report.orders] == [price]


def test_somebody_only_named_was_not_met(read: Read) -> None:
    report, _ = read("Bella Vista with Marco. Nothing needed. He said it is putting the wind up Lena.")
    assert [c.id for c in report.contacts] == ["p1"]


def test_figures_in_names() -> None:
    assert figures(("sixty", "ten")) == ("6010",)
    assert figures(("three", "oh", "eight", "filler")) == ("308", "filler")
    assert singular("boxes") == "box"


def test_short_names() -> None:
    assert person_fit("Robert Tansley", "Bob") == 0.5
    assert person_fit("Robert Tansley", "Bob Tansley") == 1.0


@pytest.mark.parametrize(
    ("phrase", "value"),
    [("three hundred and twelve pounds forty from June", 312.4), ("seventeen pounds fifty each", 17.5),
     ("hundred and fifty pounds", 150), ("four grand's the most", 4000)],
)  # fmt: skip
def test_sums(phrase: str, value: float) -> None:
    assert [m.value for m in moneys(phrase, "GBP")] == [value]
