"""Fits what a confidence is worth: `python -m nlp.training.calibrate [WORLD ...]`. Writes
nlp/calibration.json and calibration-metrics.json.

Reports on the development worlds, every value judged by the gold. The figures are of each world by the
numbers of the others; the numbers that are carried are of all.
"""

import json
import sys
from pathlib import Path

import msgspec
import numpy as np

from nlp.bench import dictations, raw_report
from nlp.calibration import LISTS, NUMBERS, PLAIN, Map, log_odds, worth
from nlp.extract import Extractor
from nlp.judging import Judged, expected_error, judged
from nlp.settings import NlpSettings
from nlp.training.fill import HERE

WORLDS = HERE.parents[1] / "tests" / "nlp" / "worlds"
METRICS = HERE / "calibration-metrics.json"
PRIOR = 3.0
"""How many values' worth of belief there is in a field's own scores before anything is measured."""
STEPS, RATE = 3000, 0.05
HANDICAP = 0.7
"""Log-odds by which values of these worlds are surer than those of worlds that no rule was written on; from
the totals of the unseen worlds."""
EXEMPT = "customer"
"""Who it was hangs on the records and the place, not on how things were worded."""


def fit(values: list[Judged]) -> Map:
    """Shift and stretch of the log-odds that make the values likeliest; the stretch is never negative."""
    odds = np.array([log_odds(each.confidence) for each in values])
    right = np.array([each.right for each in values], dtype=float)
    shift, stretch = 0.0, 1.0
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-(shift + stretch * odds))) - right
        down = (error.sum() + PRIOR * shift / 4) / len(values)
        across = ((error * odds).sum() + PRIOR * (stretch - 1)) / len(values)
        shift, stretch = shift - RATE * down, max(stretch - RATE * across, 0.0)
    return round(float(shift), 3), round(float(stretch), 3)


def fitted(values: list[Judged]) -> dict[str, Map]:
    by_field = {field: [each for each in values if each.field == field] for field in (*PLAIN, *LISTS)}
    return {field: fit(each) for field, each in by_field.items() if each}


def held_back(measured: dict[str, Map]) -> dict[str, Map]:
    """As much less sure as unseen worlds ask for."""
    return {
        field: (shift, stretch) if field == EXEMPT else (round(shift - HANDICAP, 3), stretch)
        for field, (shift, stretch) in measured.items()
    }


def applied(values: list[Judged], known: dict[str, Map]) -> list[Judged]:
    return [each._replace(confidence=worth(each.field, each.confidence, known)) for each in values]


def collect(extractor: Extractor, folder: Path) -> list[Judged]:
    return [
        each
        for dictation, context, transcript in dictations(folder, {})
        for each in judged(msgspec.to_builtins(raw_report(extractor, transcript, context)), dictation["gold"])
    ]


def main() -> None:
    folders = [Path(each) for each in sys.argv[1:]] or sorted(p.parent for p in WORLDS.glob("*/world.json"))
    extractor = Extractor.load(NlpSettings())
    worlds = {folder.name: collect(extractor, folder) for folder in folders}
    unseen = [
        each
        for name, values in worlds.items()
        for each in applied(
            values, held_back(fitted([v for other, vs in worlds.items() if other != name for v in vs]))
        )
    ]
    every = [each for values in worlds.values() for each in values]
    sure = [each.right for each in unseen if each.confidence >= 0.9]
    report = {
        "values": len(every),
        "expected_error_before": round(expected_error(every), 3),
        "expected_error": round(expected_error(unseen), 3),
        "shown_with_0.9": len(sure),
        "of_which_right": round(sum(sure) / max(len(sure), 1), 3),
    }
    NUMBERS.write_text(json.dumps(held_back(fitted(every)), indent=1) + "\n", encoding="utf-8")
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
