import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from speech.engines.alignment import _path
from speech.engines.bias import BEGIN, BY_WEIGHT, CONTINUE, PrefixTree, spellings
from speech.engines.openai_whisper import repaired
from speech.engines.repair import (
    ADDRESS,
    Question,
    Repair,
    Repairer,
    Span,
    _at_best,
    _capital,
    _cases,
    _probability,
    likeness,
)
from speech.engines.search import Heard, loops
from speech.phonetics import similarity, tokens
from speech.types import Term, Vocabulary, Word


def term(text: str, kind: str = "customer") -> Term:
    return Term(text=text, kind=kind, weight=0.5)


def question(named: Term, **given: object) -> Question:
    plain = {"span": Span(0, 1), "likeness": 0.9, "heard": "", "written": named.text, "capital": 0.0}
    return Question(term=named, **{**plain, **given})  # type: ignore[arg-type]


def test_a_person_is_also_called_by_each_name():
    found = spellings(Vocabulary(terms=(term("Ana Ruiz", "person"), term("The Gull"), term("Al", "word"))))
    assert [t.text for t in found] == ["Ana Ruiz", "Ana", "Ruiz", "Gull"]


def test_of_two_spellings_that_sound_the_same_the_first_stays():
    found = spellings(Vocabulary(terms=(term("Troll's Thirst"), term("Trolls Thirst"), term("Trolls"))))
    assert [t.text for t in found] == ["Troll's Thirst", "Trolls"]


def test_a_term_gains_as_it_is_spoken_and_never_after_it():
    tree = PrefixTree([term("a b c"), term("a d")], lambda text: [ord(x) for x in text.split()], 128)
    start = torch.zeros(128)
    tree.lean(start, [])
    assert start.nonzero().flatten().tolist() == [ord("a")]
    assert float(start[ord("a")]) == BEGIN + BY_WEIGHT * 0.5
    open_ = tree.follow(ord("a"), [])
    inside = torch.zeros(128)
    tree.lean(inside, open_)
    assert {chr(i): float(inside[i]) for i in inside.nonzero().flatten()} == {
        "a": BEGIN + BY_WEIGHT * 0.5,
        "b": CONTINUE,
        "d": CONTINUE,
    }
    assert tree.follow(ord("x"), open_) == []


def test_a_likelier_term_gains_more_where_it_may_begin():
    terms = [Term(text="a b", kind="customer", weight=w) for w in (0.1, 0.9)]
    terms.append(Term(text="c", kind="customer", weight=0.2))
    logits = torch.zeros(128)
    PrefixTree(terms, lambda text: [ord(x) for x in text.split()], 128).lean(logits, [])
    assert float(logits[ord("a")]) == pytest.approx(BEGIN + BY_WEIGHT * 0.9)
    assert float(logits[ord("c")]) == pytest.approx(BEGIN + BY_WEIGHT * 0.2)


def test_without_a_vocabulary_nothing_leans():
    logits = torch.zeros(8)
    PrefixTree([], lambda text: [], 8).lean(logits, [])
    assert not logits.any()


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=12), min_size=1, max_size=5))
def test_likeness_of_many_is_nearly_the_similarity_of_each(names):
    names = [" ".join(tokens(n)) for n in names if tokens(n)]
    if names:
        table = likeness(names, names)
        for (x, a), (y, b) in itertools.product(enumerate(names), enumerate(names)):
            assert table[x, y] <= similarity(a, b) + 1e-4
            assert table[x, y] >= similarity(a, b) - 0.31  # of two readings it takes the first


@pytest.mark.parametrize(
    ("said", "name", "sensible"),
    [
        ("snakwami haze", "snoqualmie haze", True),
        ("still water", "stillwater", True),
        ("the club soda", "club soda", False),
        ("house", "hop house", False),
        ("bar mats", "bar mat", False),
    ],
)
def test_a_repair_respells_and_neither_adds_nor_drops_words(said, name, sensible):
    repairer = Repairer(None, None, [term("Ana"), term(name)])  # type: ignore[arg-type]
    assert repairer._sensible(said.split(), name.split()) is sensible


def test_a_repair_never_breaks_a_name_that_was_heard_well():
    repairer = Repairer(None, None, [term("Harbour Pets"), term("Pat"), term("Harbour Pats Inn")])  # type: ignore[arg-type]
    names = repairer._whole_names(["At", "Harbour", "Pets,", "today"])
    assert repairer._breaks(names, 2, 3, ["pat"], {"pet"})
    assert repairer._breaks(names, 1, 4, ["harbour", "pats", "inn"], {"harbour", "pet", "today"})
    assert not repairer._breaks(names, 3, 4, ["pat"], {"today"})


def test_a_longer_name_whose_other_words_were_heard_wins_over_a_short_one():
    repairer = Repairer(None, None, [term("Boxcar Lou"), term("Luz", "person"), term("Boxes")])  # type: ignore[arg-type]
    names = repairer._whole_names(["the", "Boxcar", "Luz", "has"])
    assert not repairer._breaks(names, 1, 3, ["boxcar", "lou"], {"boxcar", "luz"})
    assert repairer._breaks(names, 2, 3, ["boxes"], {"luz"})
    assert repairer._breaks(names, 2, 4, ["lou", "had"], {"luz", "has"})


def test_a_name_is_alike_in_the_way_it_sounds():
    repairer = Repairer(None, None, [term("Brass Otter"), term("Caoimhe", "person")])  # type: ignore[arg-type]
    alike = repairer._likeness(["keeva", "brass otter"])
    assert alike.shape == (2, 2)
    assert alike[0, 1] > 0.95 > likeness(["keeva"], ["caoimhe"])[0, 0]
    assert alike[1, 0] > 0.99


def test_a_product_is_judged_in_small_letters_too():
    def asked(kind: str) -> Question:
        named = term("Pear Cider", kind)
        return question(named, heard="pair cider", written="Pear Cider.")

    assert _cases(asked("product")) == ("Pear Cider.", "pear cider.")
    assert _cases(asked("customer")) == ("Pear Cider.",)
    assert _cases(question(term("Sinéad", "person"), heard="Shin Aid", written="Sinéad")) == (
        "Sinéad",
        "Sinead",
    )


def test_what_was_heard_stands_beside_what_is_written():
    pieces = [
        (Span(n, n + 1), Word(start_s=n, end_s=n + 1, text=text, confidence=0.5))
        for n, text in enumerate([" at", " wagon", " wiska", " now."])
    ]
    repair = Repair(span=Span(1, 3), heard="wagon wiska", written="Wag and Whisker", probability=0.9)
    words = repaired(pieces, [repair])
    assert [w.text for w in words] == ["at", "Wag", "and", "Whisker", "now."]
    assert [w.heard for w in words] == [None, "wagon wiska", "", "", None]
    assert (words[1].start_s, words[3].end_s, words[1].confidence) == (1, 3, 0.9)


@pytest.mark.parametrize(
    ("tokens_", "looping"),
    [(list(range(40)), False), ([1, 2, 3] * 9, True), ([5] * 24, True), ([5] * 20, False)],
)
def test_a_loop_is_seen_while_it_is_written(tokens_, looping):
    assert loops(tokens_) is looping


@given(st.integers(1, 7), st.integers(1, 12), st.integers(0, 10_000))
def test_the_path_through_the_sound_is_the_cheapest(n, frames, seed):
    cost = np.random.default_rng(seed).normal(size=(n, frames))
    total = np.full((n + 1, frames + 1), np.inf)
    total[0, 0] = 0
    for i, j in itertools.product(range(1, n + 1), range(1, frames + 1)):
        before = min(total[i - 1, j - 1], total[i - 1, j] if i > 1 else np.inf, total[i, j - 1])
        total[i, j] = cost[i - 1, j - 1] + before
    starts = _path(cost)
    assert starts == sorted(starts)
    assert (starts[0], starts[-1], len(starts)) == (0, frames, n + 1)
    spent = min(price(cost, starts, choice) for choice in itertools.product([0, 1], repeat=n - 1))
    assert spent == pytest.approx(total[n, frames])


def price(cost: np.ndarray, starts: list[int], shared: tuple[int, ...]) -> float:
    """Of the path where a token shares the next one's first frame or stops before it."""
    total = 0.0
    for token in range(len(cost)):
        last = starts[-1] - 1 if token + 1 == len(cost) else starts[token + 1] - 1 + shared[token]
        if last < starts[token]:
            return np.inf
        total += cost[token, starts[token] : last + 1].sum()
    return float(total)


def heard(logprobs: list[float]) -> Heard:
    return Heard(
        tokens=list(range(len(logprobs) - 1)), logprobs=logprobs, silence=0.0, queries=torch.zeros(1, 1, 1)
    )


def test_no_other_words_gain_more_than_the_doubt_leaves():
    sure, torn = math.log(0.999), math.log(0.4)
    assert _at_best(heard([sure] * 4), Span(0, 2)) < -6
    assert _at_best(heard([sure, torn, sure, sure]), Span(0, 2)) == pytest.approx(
        math.log(0.6) - torn, abs=0.01
    )


def test_words_of_many_pieces_are_rather_repaired_than_common_ones():
    def asked(text: str, end: int) -> Question:
        return question(term("Snoqualmie"), span=Span(0, end), likeness=0.75, heard=text)

    strange, known = (_probability(asked(*q), -5.0) for q in (("snakwami", 4), ("snack", 1)))
    assert strange > known


def test_a_name_is_rather_heard_where_a_capital_stands():
    def asked(text: str, kind: str) -> float:
        return _probability(question(term("Crown", kind), likeness=0.79, heard=text), -2.3)

    assert asked("Crowd", "customer") > asked("crowd", "customer")
    assert asked("crowd", "product") == asked("Crowd", "product")


def test_an_unknown_name_inside_a_sentence_is_rather_repaired():
    def asked(capital: float, gain: float = -15.0, alike: float = 0.8) -> float:
        siobhan = Term(text="Siobhán", kind="person", weight=0.8)
        said = question(siobhan, span=Span(3, 6), likeness=alike, heard="Siapan", capital=capital)
        return _probability(said, gain)

    assert asked(1.0) > asked(0.5) > asked(0.0)
    assert asked(1.0, gain=-20.0) == asked(0.0, gain=-20.0)
    assert asked(1.0, alike=0.7) == asked(0.0, alike=0.7)


def test_a_capital_at_the_beginning_of_a_sentence_tells_nothing():
    texts = ["Colton", "Green.", "Saw", "Siapan"]
    assert [_capital(texts, at, at + 1) for at in range(4)] == [0.0, 1.0, 0.0, 1.0]


def test_a_name_is_leaned_to_without_its_accent_too():
    tree = PrefixTree([term("é")], lambda text: [ord(x) for x in text.strip()], 256)
    logits = torch.zeros(256)
    tree.lean(logits, [])
    assert float(logits[ord("é")]) == float(logits[ord("e")]) > 0


def test_an_address_is_not_respelled_as_a_name():
    assert [bool(ADDRESS.search(text)) for text in ("Noreen.valve", "info@gull", "Gull.", "Dr.", "a_b")] == [
        True,
        True,
        False,
        False,
        True,
    ]
