"""Replays worlds of dictations in one process and scores them: `python -m nlp.bench [WORLD ...]`.

Worlds are folders with `world.json` and `dictations.jsonl` (default: those under BENCH);
scoring is BENCH's `score.py`.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from nlp.extract import Extractor
from nlp.judging import Judged, judged
from nlp.link import link
from nlp.reliability import drawn, told
from nlp.report import compose
from nlp.settings import NlpSettings
from nlp.types import Context, KnownCompetitor, KnownContact, KnownCustomer, KnownProduct, Report, Source
from speech.types import Transcript, note

EARTH_M = 6_371_000.0
SPREAD_M = 25.0
"""Doors lie this far from where a map puts a business, so even a perfect fix leaves its neighbours a
share."""


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance, haversine."""
    a, b = math.radians(lat), math.radians(other_lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(h))


def context_of(world: dict[str, Any], checkin: dict[str, Any] | None, rep: str) -> Context:
    """As storage builds it: shares by distance against the fix's accuracy."""
    placed = checkin is not None and checkin.get("lat") is not None
    weak = not placed or checkin["accuracy_m"] > 150 if checkin else True
    distances: dict[str, float | None] = {}
    shares: dict[str, float] = {}
    for c in world["customers"]:
        distances[c["id"]] = None
        if placed and checkin and c.get("lat") is not None:
            away = distance_m(checkin["lat"], checkin["lon"], c["lat"], c["lon"])
            sigma = math.hypot(checkin["accuracy_m"], SPREAD_M)
            distances[c["id"]] = away
            shares[c["id"]] = math.exp(-0.5 * (away / sigma) ** 2) if away < 12 * sigma else 0.0
    total = sum(shares.values()) + 0.05
    customers = tuple(
        KnownCustomer(
            id=c["id"],
            name=c["name"],
            aliases=tuple(c.get("aliases", ())),
            address=c.get("address"),
            contacts=tuple(
                KnownContact(
                    id=p["id"], name=p["name"], role=p.get("role"), phone=p.get("phone"), email=p.get("email")
                )
                for p in c.get("contacts", ())
            ),
            distance_m=distances[c["id"]],
            place_probability=shares.get(c["id"], 0.0) / total,
            chosen=False,
        )
        for c in world["customers"]
    )
    reps = {r["id"]: r["name"] for r in world["reps"]}
    return Context(
        at=datetime.fromisoformat(checkin["at"]) if checkin else datetime.now(UTC),
        timezone=world["timezone"],
        currency=world["currency"],
        region=world["region"],
        rep=reps.get(rep, ""),
        colleagues=tuple(n for i, n in reps.items() if i != rep),
        customers=customers,
        products=tuple(
            KnownProduct(
                id=p["id"],
                name=p["name"],
                aliases=tuple(p.get("aliases", ())),
                unit=p.get("unit"),
                price=p.get("price"),
            )
            for p in world["products"]
        ),
        competitors=tuple(
            KnownCompetitor(name=c["name"], aliases=tuple(c.get("aliases", ()))) for c in world["competitors"]
        ),
        weak_position=weak,
    )


def dictations(
    folder: Path, heard: dict[str, Transcript]
) -> Iterator[tuple[dict[str, Any], Context, Transcript]]:
    """Each dictation of a world, what was known before it, and its words: as heard, else as written."""
    world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
    for line in (folder / "dictations.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            d = json.loads(line)
            yield d, context_of(world, d.get("checkin"), d["rep"]), heard.get(d["id"]) or note(d["text"])


def raw_report(extractor: Extractor, transcript: Transcript, context: Context) -> Report:
    """With each component's own scores, not yet measured against anything."""
    extraction = extractor.extract((Source(memo="memo", transcript=transcript),), context)
    return compose(extraction, link(extraction, context), context, {})


def report_on(extractor: Extractor, transcript: Transcript, context: Context) -> Report:
    extraction = extractor.extract((Source(memo="memo", transcript=transcript),), context)
    return compose(extraction, link(extraction, context), context)


def replay(
    extractor: Extractor, folder: Path, heard: dict[str, Transcript], out: Path
) -> tuple[float, list[Judged]]:
    """Write `predicted.jsonl`. Returns milliseconds a dictation, and every value with whether it is right."""
    spent, count, values = 0.0, 0, list[Judged]()
    with out.open("w", encoding="utf-8") as file:
        for dictation, context, transcript in dictations(folder, heard):
            begin = time.perf_counter()
            report = msgspec.to_builtins(report_on(extractor, transcript, context))
            spent, count = spent + time.perf_counter() - begin, count + 1
            values += judged(report, dictation["gold"])
            file.write(json.dumps({"id": dictation["id"], "report": report}) + "\n")
    return 1000 * spent / max(count, 1), values


def main() -> None:
    bench = Path(os.environ.get("BENCH", "../shared/benchmark"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("worlds", nargs="*", type=Path)
    parser.add_argument("--heard", type=Path, help="lines of {id, transcript} instead of the text")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--plot", type=Path, help="an SVG of confidence against the share that is right")
    args = parser.parse_args()
    worlds = args.worlds or sorted(p.parent for p in bench.glob("*/world.json"))
    heard = {}
    if args.heard:
        for line in args.heard.read_text().splitlines():
            d = json.loads(line)
            heard[d["id"]] = msgspec.convert(d["transcript"], Transcript)
    extractor, every = Extractor.load(NlpSettings()), list[Judged]()
    for folder in worlds:
        out = Path(os.environ.get("OUT", ".")) / f"{folder.name}.predicted.jsonl"
        spent, values = replay(extractor, folder, heard, out)
        every += values
        sys.stdout.write(f"\n{folder}: {spent:.0f} ms a dictation\n")
        sys.stdout.flush()
        command = [sys.executable, str(bench / "score.py"), str(folder / "dictations.jsonl"), str(out)]
        subprocess.run(command + (["--errors"] if args.errors else []), check=True)  # noqa: S603
    sys.stdout.write(f"\n{told(every)}\n")
    if args.plot:
        args.plot.write_text(drawn(every), encoding="utf-8")


if __name__ == "__main__":
    main()
