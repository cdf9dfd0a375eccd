"""What a confidence is worth, and whether it says so."""

from xml.etree import ElementTree

import pytest

from nlp.calibration import calibrated, maps, worth
from nlp.extract import nothing
from nlp.judging import Judged, bins, expected_error, judged
from nlp.reliability import drawn, told
from nlp.training.calibrate import fit, fitted
from nlp.types import Decided, Linking

GOLD = {
    "customer": "c1", "outcome": "order", "next_meeting": "2026-03-17T10:30",
    "contacts": [{"id": "p1", "name": "Marco Rinaldi"}],
    "orders": [{"product": "s1", "name": "Tomatoes", "quantity": 40}],
    "amounts": [{"value": 12000}],
    "commitments": [{"action": "send Katherine a quote", "owner": "us", "due": "2026-03-13"}],
    "competitors": ["Sysco"],
    "feedback": [{"kind": "complaint", "text": "three cases of tomatoes were damaged"}],
    "personal": [{"person": "Marco Rinaldi", "fact": "his daughter started college"}],
}  # fmt: skip


def said(field: str, confidence: float = 0.9, **values: object) -> dict[str, object]:
    """A report of one value."""
    sure = {name: {"confidence": confidence} for name in ("customer", "outcome", "next_meeting")}
    if field in sure:
        return {"fields": sure, **values}
    return {"fields": sure, field: [{"confidence": confidence, **values}]}


@pytest.mark.parametrize(
    ("report", "right"),
    [
        (said("customer", customer="c1"), True),
        (said("customer", customer="c2"), False),
        (said("next_meeting", next_meeting="2026-03-17T10:30:00"), True),
        (said("next_meeting", next_meeting="2026-03-17T11:30"), False),
        (said("contacts", id="p1", name="Marko"), True),
        (said("contacts", id=None, name="Marco Rinaldi"), False),
        (said("orders", product="s1", name="Tomatoes", quantity=40), True),
        (said("orders", product="s1", name="Tomatoes", quantity=14), False),
        (said("amounts", value=12000.0), True),
        (said("commitments", action="send a quote to Katherine", owner="us", due="2026-03-13"), True),
        (said("commitments", action="send a quote to Katherine", owner="us", due=None), False),
        (said("competitors", name="sysco"), True),
        (said("feedback", kind="complaint", text="three cases were damaged"), True),
        (said("feedback", kind="idea", text="three cases were damaged"), False),
        (said("personal", person="Marco", fact="daughter just started college"), True),
    ],
)
def test_a_value_is_right_with_all_that_belongs_to_it(report: dict[str, object], right: bool) -> None:
    assert [each.right for each in judged(report, GOLD)] == [right]


def test_a_gold_value_answers_for_one_value_only() -> None:
    report = said("competitors", name="Sysco")
    report["competitors"] *= 2  # type: ignore[operator]
    assert [each.right for each in judged(report, GOLD)] == [True, False]


def test_overconfidence_is_taken_back_and_the_order_kept() -> None:
    values = [Judged("orders", 0.95, number % 2 == 0) for number in range(200)]
    values += [Judged("orders", 0.6, number % 5 == 0) for number in range(100)]
    known = {"orders": fit(values)}
    low, high = worth("orders", 0.6, known), worth("orders", 0.95, known)
    assert low < high
    assert (low, high) == (pytest.approx(0.2, abs=0.05), pytest.approx(0.5, abs=0.05))
    assert worth("amounts", 0.7, known) == 0.7


def test_a_few_values_change_little() -> None:
    known = fitted([Judged("amounts", 0.9, False)])
    assert worth("amounts", 0.9, known) > 0.6


def test_what_a_person_chose_stays_sure() -> None:
    linking = Linking(
        customer="c1", new_customer=None, decided=Decided(confidence=1.0, evidence=()), candidates=(),
        contacts=(),
    )  # fmt: skip
    _, same = calibrated(nothing("en"), linking, {"customer": (-3.0, 1.0)})
    assert same.decided.confidence == 1.0


def test_the_carried_numbers_keep_the_order_of_values() -> None:
    assert maps()
    assert all(stretch >= 0 for _, stretch in maps().values())


def test_the_plot_and_the_table_tell_the_same() -> None:
    values = [Judged("orders", 0.95, number < 19) for number in range(20)]
    values += [Judged("orders", 0.35, number < 5) for number in range(10)]
    assert [(each.many, round(each.right, 2)) for each in bins(values)] == [(10, 0.5), (20, 0.95)]
    assert expected_error(values) == pytest.approx(10 / 30 * 0.15)
    marks = ElementTree.fromstring(drawn(values)).findall("{http://www.w3.org/2000/svg}circle")
    assert len(marks) == 2
    assert "shown with 0.9 or more: 20, of which right: 0.950" in told(values)
