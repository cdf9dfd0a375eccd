"""What is heard, how fast, at what memory: plain engines and ours on recorded dictations, in one table.

`python -m speech.bench BENCH OUT`. Each engine runs in a process of its own, so that its peak is its own.
Truths: each world's dictations, and beside the worlds, where there are any, `speech/real` (people reading and
dictating, heard with a vocabulary of strangers) and `speech/no-speech` (any word is invented).
"""

import json
import math
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import msgspec
from rapidfuzz.distance import Levenshtein

from speech.activity import listen
from speech.decoding import decode
from speech.sound import Sound
from speech.types import Term, Vocabulary
from speech.weights import assemble, assemble_folder

NEAREST = 10
"""Customers in a dictation's vocabulary."""
RUNS = 5
"""Of the sounds that are timed; the median counts."""
TIMED = 3
"""Dictations of each world that are timed."""

Hear: TypeAlias = Callable[[Sound, Vocabulary], str]
World: TypeAlias = Mapping[str, Any]


class Clip(msgspec.Struct, frozen=True):
    group: str
    path: Path
    text: str
    names: tuple[str, ...]
    """Every name of the clip's world."""
    vocabulary: Vocabulary


# The engines -----------------------------------------------------------------------------------------------


def plain_openai(models: Path, beam: int | None) -> Hear:
    import whisper

    model = whisper.load_model(str(assemble(models, _silent)), device="cpu")
    options = {"fp16": False, "temperature": 0.0, "condition_on_previous_text": False, "language": "en"}
    return lambda sound, _: model.transcribe(sound.samples, word_timestamps=True, beam_size=beam, **options)[
        "text"
    ]


def plain_faster(models: Path, beam: int) -> Hear:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(assemble_folder(models, _silent)), device="cpu", compute_type="int8")
    options = {
        "language": "en",
        "temperature": 0.0,
        "condition_on_previous_text": False,
        "word_timestamps": True,
    }
    return lambda sound, _: "".join(
        s.text for s in model.transcribe(sound.samples, beam_size=beam, **options)[0]
    )


def ours(models: Path) -> Hear:
    from speech.engines.openai_whisper import WhisperTranscriber

    engine = WhisperTranscriber.load(str(assemble(models, _silent)), "cpu", ("en",))

    def hear(sound: Sound, vocabulary: Vocabulary) -> str:
        listened = listen(sound)
        return engine.transcribe(listened, vocabulary).text if listened.speech else ""

    return hear


ENGINES: dict[str, Callable[[Path], Hear]] = {
    "openai-whisper, greedy": lambda models: plain_openai(models, None),
    "openai-whisper, beam 5": lambda models: plain_openai(models, 5),
    "faster-whisper int8, greedy": lambda models: plain_faster(models, 1),
    "faster-whisper int8, beam 5": lambda models: plain_faster(models, 5),
    "Rounds": ours,
}


# The sounds ------------------------------------------------------------------------------------------------


def clips(bench: Path) -> Iterator[Clip]:
    strangers = Vocabulary(terms=())
    for file in sorted(bench.glob("*/world.json")):
        world = json.loads(file.read_text())
        for line in (file.parent / "dictations.jsonl").read_text().splitlines():
            told = json.loads(line)
            strangers = vocabulary_of(world, told.get("checkin") or {})
            audio = file.parent / told["audio"]
            if audio.exists():
                yield Clip(file.parent.name, audio, told["text"], tuple(names_of(world)), strangers)
    real = bench.parent / "speech" / "real"
    for line in (real / "manifest.jsonl").read_text().splitlines() if real.exists() else []:
        told = json.loads(line)
        yield Clip("real speech", real / told["file"], told["text"], (), strangers)
    for path in sorted((bench.parent / "speech" / "no-speech").glob("*.flac")):
        yield Clip("no speech", path, "", (), strangers)


def vocabulary_of(world: World, checkin: Mapping[str, Any]) -> Vocabulary:
    """From check-in and records alone: the nearest customers, their people, all products and competitors."""

    def away(customer: Mapping[str, Any]) -> float:
        if checkin.get("lat") is None:
            return 0.0
        east = (customer["lon"] - checkin["lon"]) * math.cos(math.radians(checkin["lat"]))
        return math.hypot(customer["lat"] - checkin["lat"], east)

    terms = []
    for rank, customer in enumerate(sorted(world["customers"], key=away)[:NEAREST]):
        weight = (1 + rank) ** -0.5
        terms += [Term(text=t, kind="customer", weight=weight) for t in _all_names(customer)]
        terms += [Term(text=p["name"], kind="person", weight=weight) for p in customer.get("contacts", ())]
    terms += [Term(text=t, kind="product", weight=0.5) for p in world["products"] for t in _all_names(p)]
    terms += [
        Term(text=t, kind="competitor", weight=0.5) for c in world["competitors"] for t in _all_names(c)
    ]
    return Vocabulary(terms=tuple(terms))


def names_of(world: World) -> set[str]:
    """As the benchmark counts them: customers, each word of a contact's name, products, competitors."""
    named = [*world["customers"], *world["products"], *world["competitors"]]
    names = {name for entry in named for name in _all_names(entry)}
    people = (p["name"] for c in world["customers"] for p in c.get("contacts", ()))
    names |= {part for name in people for part in name.split() if len(part) > 2}
    return {plain(name).strip() for name in names} - {""}


def _all_names(entry: Mapping[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("aliases", ())]


def plain(text: str) -> str:
    """Lower case without marks and a possessive s, one blank around each word."""
    text = unicodedata.normalize("NFKD", text.lower().replace("&", " and "))
    text = re.sub(r"['’]s\b", "", "".join(c for c in text if not unicodedata.combining(c)))
    return " " + " ".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", text))) + " "


# One engine, in its own process ----------------------------------------------------------------------------


def measure(engine: str, bench: Path) -> dict[str, dict[str, float]]:
    """Sums of each group, and the process's peak."""
    with TemporaryDirectory() as folder:
        hear = ENGINES[engine](Path(folder))
        sums: dict[str, dict[str, float]] = {}
        timed: dict[str, int] = {}
        for clip in clips(bench):
            sound = decode(clip.path.read_bytes())
            counted = timed[clip.group] = timed.get(clip.group, 0) + 1
            took = []
            for _ in range(RUNS if counted <= TIMED else 1):
                start = time.perf_counter()
                heard = hear(sound, clip.vocabulary)
                took.append(time.perf_counter() - start)
            found = {**compared(clip, heard), "clips": 1.0}
            if counted <= TIMED:
                found |= {"worked_s": statistics.median(took), "timed_min": sound.length_s / 60}
            total = sums.setdefault(clip.group, {})
            for key, value in found.items():
                total[key] = total.get(key, 0.0) + value
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )
    return {**sums, "process": {"peak_mb": peak}}


def compared(clip: Clip, heard: str) -> dict[str, float]:
    spoken, got = plain(clip.text), plain(heard)
    said = [name for name in clip.names if _has(spoken, name)]
    return {
        "wrong": float(Levenshtein.distance(spoken.split(), got.split())),
        "words": float(len(spoken.split())),
        "invented": 0.0 if spoken.strip() else float(len(got.split())),
        "names": float(len(said)),
        "found": float(sum(_has(got, name) for name in said)),
        "false": float(sum(_has(got, name) and name not in said for name in clip.names)),
    }


def _has(text: str, name: str) -> bool:
    return f" {name} " in text or f" {name}s " in text


# All engines, one table ------------------------------------------------------------------------------------


def main(bench_dir: Path, out: Path, engines: Sequence[str] = tuple(ENGINES)) -> int:
    """Writes `speech.md` and `speech.json` under `out`; 1 when there is nothing to measure."""
    if not any(bench_dir.glob("*/world.json")):
        sys.stderr.write(f"No worlds of dictations under {bench_dir}: give the folder with BENCH=DIR.\n")
        return 1
    results = {}
    for engine in engines:
        command = [sys.executable, "-m", "speech.bench", "--measure", engine, str(bench_dir)]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ))  # noqa: S603
        results[engine] = json.loads(ran.stdout)
        sys.stderr.write(f"{engine}: measured\n")
    out.mkdir(parents=True, exist_ok=True)
    (out / "speech.json").write_text(json.dumps(results, indent=1))
    (out / "speech.md").write_text(table(results))
    sys.stdout.write(table(results))
    return 0


def table(results: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    lines = [
        "| engine | sounds | word error rate | names heard | false names | invented | s a minute | peak MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for engine, groups in results.items():
        for group, sums in groups.items():
            if group != "process":
                cells = [engine, group, *_cells(sums), f"{groups['process']['peak_mb']:.0f}"]
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cells(sums: Mapping[str, float]) -> list[str]:
    rate = f"{sums['wrong'] / sums['words']:.4f}" if sums["words"] else "-"
    named = bool(sums["names"])
    heard = f"{sums['found']:.0f} of {sums['names']:.0f}" if named else "-"
    speed = f"{sums['worked_s'] / sums['timed_min']:.2f}"
    return [rate, heard, f"{sums['false']:.0f}" if named else "-", f"{sums['invented']:.0f}", speed]


def _silent(step: str, share: float) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        sys.stdout.write(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
