"""`make bench-speech`: what is heard, how fast, at what memory, by plain engines and by ours, in one table.

The sounds are not part of the project: dictated worlds, people reading (`real`, heard with a vocabulary of
strangers), and noise in which nobody speaks (`no-speech`). Each recording's vocabulary is the one that the
server would make: the world is imported into a database and every dictation checked in.
About 20 minutes on two quiet cores. An engine that was measured on the same sounds is not measured again, so
a run may be broken off; without `bench-results` it begins anew.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz.distance import Levenshtein

from nlp.grammar.emails import emails
from nlp.grammar.money import moneys
from nlp.grammar.phones import phones
from nlp.vocabulary import vocabulary
from speech.bench import ENGINES, OURS, Clip, Heard
from speech.types import Vocabulary
from storage.crm.world import import_world
from storage.database import Database
from storage.finding.places import fix
from storage.visits.context import context_for
from storage.visits.visits import Visits
from storage.work.queue import Listed

TIMED = 1
"""Dictations of each world that are timed, five times each by every engine."""
MOST_READ = 46
"""Of the people reading, evenly from the list: all of them would be half of the run."""
REAL, NONE = "real speech", "no speech"
COLUMNS = (
    "engine", "sounds", "word error rate", "names heard", "false names", "phones", "e-mails", "amounts",
    "invented words", "s a minute", "peak MB",
)  # fmt: skip


# The sounds, each with the vocabulary of the server ---------------------------------------------------------


def clips(bench: Path, speech: Path) -> list[Clip]:
    found = [clip for file in sorted(bench.glob("*/world.json")) for clip in _dictations(file.parent)]
    known = [clip.vocabulary for clip in found] or [Vocabulary(terms=())]
    manifest = speech / "real" / "manifest.jsonl"
    told = _evenly([json.loads(line) for line in _lines(manifest)]) if manifest.exists() else []
    told += [{"text": "", "path": path} for path in sorted((speech / "no-speech").glob("*.flac"))]
    for number, each in enumerate(told):
        path = each.get("path") or speech / "real" / each["file"]
        group, strangers = REAL if each["text"] else NONE, known[number % len(known)]
        found.append(_clip(group, path, each["text"], None, strangers))
    return found


def _evenly(read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return read[:: -(-len(read) // MOST_READ)] if read else []


def _dictations(world: Path) -> Iterator[Clip]:
    """In order, each filed to its customer before the next: the rep's history is part of a vocabulary."""
    with tempfile.TemporaryDirectory(prefix="rounds-bench-") as home:
        database = Database(f"sqlite:///{home}/rounds.db")
        try:
            database.migrate()
            with database.writing() as session:
                import_world(session, world / "world.json")
            count = 0
            for told in map(json.loads, _lines(world / "dictations.jsonl")):
                expected = vocabulary_for(database, told)
                path = world / str(told.get("audio"))
                if path.is_file():
                    count += 1
                    yield _clip(world.name, path, told["text"], world, expected, timed=count <= TIMED)
        finally:
            database.close()


def vocabulary_for(database: Database, told: Mapping[str, Any]) -> Vocabulary:
    """What the server would expect to hear in this dictation."""
    at = told.get("checkin") or {}
    position = None
    if at.get("lat") is not None:
        position = fix(at["lat"], at["lon"], at.get("accuracy_m", 30.0), 2.0)
    moment = datetime.fromisoformat(at["at"]) if at.get("at") else datetime.now(UTC)
    with database.writing() as session:
        Visits(session).check_in(
            told["id"], rep=told["rep"], at=moment, position=position, customer=None, jobs=Listed()
        )
    with database.reading() as session:
        expected = vocabulary(context_for(session, told["id"], ""))
    customer = told["gold"]["customer"]
    if customer:
        with database.writing() as session:
            Visits(session).choose_customer(told["id"], customer, by=told["rep"], jobs=Listed())
    return expected


def _clip(
    group: str, path: Path, text: str, world: Path | None, expected: Vocabulary, *, timed: bool = False
) -> Clip:
    return Clip(
        group=group,
        path=str(path),
        text=text,
        world=str(world) if world else None,
        vocabulary=expected,
        timed=timed,
    )


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


# What was heard against what was said -----------------------------------------------------------------------


class Score(msgspec.Struct, kw_only=True):
    """Of one group of sounds; pairs are (heard, said)."""

    wrong: int = 0
    words: int = 0
    names: tuple[int, int] = (0, 0)
    false_names: int = 0
    phones: tuple[int, int] = (0, 0)
    emails: tuple[int, int] = (0, 0)
    amounts: tuple[int, int] = (0, 0)
    invented: int = 0
    worlds: bool = False


def scores(sounds: Sequence[Clip], texts: Sequence[str]) -> dict[str, Score]:
    worlds = {
        clip.world: json.loads((Path(clip.world) / "world.json").read_text()) for clip in sounds if clip.world
    }
    named = {folder: names_of(world) for folder, world in worlds.items()}
    found: dict[str, Score] = {}
    for clip, text in zip(sounds, texts, strict=True):
        score = found.setdefault(clip.group, Score(worlds=clip.world is not None))
        said, heard = plain(clip.text), plain(text)
        score.wrong += Levenshtein.distance(said.split(), heard.split())
        score.words += len(said.split())
        score.invented += 0 if said.strip() else len(heard.split())
        if clip.world:
            _names(score, said, heard, named[clip.world])
            _figures(score, clip.text, text, worlds[clip.world])
    return found


def _names(score: Score, said: str, heard: str, names: set[str]) -> None:
    spoken = {name for name in names if _has(said, name)}
    score.names = _more(score.names, sum(_has(heard, name) for name in spoken), len(spoken))
    score.false_names += sum(_has(heard, name) for name in names - spoken)


def _figures(score: Score, said: str, heard: str, world: Mapping[str, Any]) -> None:
    """The same reader on what was said and on what was heard."""
    regions, home = (world["region"], "US", "GB"), world["currency"]
    readers: dict[str, Callable[[str], list[str]]] = {
        "phones": lambda text: [each.number for each in phones(text, regions)],
        "emails": lambda text: [each.address for each in emails(text)],
        "amounts": lambda text: [f"{each.value:.2f}" for each in moneys(text, home)],
    }
    for field, read in readers.items():
        wanted, got = Counter(read(said)), Counter(read(heard))
        setattr(score, field, _more(getattr(score, field), (wanted & got).total(), wanted.total()))


def _more(pair: tuple[int, int], hits: int, of: int) -> tuple[int, int]:
    return pair[0] + hits, pair[1] + of


def names_of(world: Mapping[str, Any]) -> set[str]:
    """Customers, each word of a contact's name, products, competitors."""
    named = [*world["customers"], *world["products"], *world["competitors"]]
    names = {name for entry in named for name in (entry["name"], *entry.get("aliases", ()))}
    people = (person["name"] for customer in world["customers"] for person in customer.get("contacts", ()))
    names |= {part for name in people for part in name.split() if len(part) > 2}
    return {plain(name).strip() for name in names} - {""}


def plain(text: str) -> str:
    """Lower case without marks and a possessive s, one blank around each word."""
    text = unicodedata.normalize("NFKD", text.lower().replace("&", " and "))
    text = re.sub(r"['’]s\b", "", "".join(c for c in text if not unicodedata.combining(c)))
    return " " + " ".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", text))) + " "


def _has(text: str, name: str) -> bool:
    return f" {name} " in text or f" {name}s " in text


# All engines, one table -------------------------------------------------------------------------------------


def apart(engine: str, sounds: Path, models: Path, kept: Path) -> None:
    """In a process of its own, whose peak of memory is the engine's."""
    command = [sys.executable, "-m", "speech.bench", engine, str(sounds), str(models), str(kept)]
    subprocess.run(command, check=True)


def main(
    bench: Path,
    speech: Path,
    models: Path,
    out: Path,
    engines: Sequence[str] = tuple(ENGINES),
    run: Callable[[str, Path, Path, Path], None] = apart,
) -> int:
    """Prints the table and writes it as `speech.md` under `out`; 1 when there is nothing to measure."""
    sounds = clips(bench, speech)
    for what, group in (
        ("dictated worlds: BENCH", None),
        ("human speech: SPEECH", REAL),
        ("noise: SPEECH", NONE),
    ):
        if not any(clip.group == group or (group is None and clip.world) for clip in sounds):
            sys.stderr.write(f"No recordings of {what}=DIR names their folder.\n")
    if not sounds:
        return 1
    out.mkdir(parents=True, exist_ok=True)
    (out / "clips.json").write_bytes(msgspec.json.encode(sounds))
    rows = []
    for engine in engines:
        sys.stderr.write(f"{engine}\n")
        kept = out / f"heard-{_digest(engine, sounds)}.json"
        if engine == OURS or not kept.exists():  # ours changes from run to run, the others do not
            began = time.monotonic()
            run(engine, out / "clips.json", models, kept)
            sys.stderr.write(f"  {(time.monotonic() - began) / 60:.1f} minutes\n")
        heard = msgspec.json.decode(kept.read_bytes(), type=Heard)
        rows += [_row(engine, group, score, heard) for group, score in scores(sounds, heard.texts).items()]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (COLUMNS, ["---"] * len(COLUMNS), *rows)) + "\n"
    (out / "speech.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)
    return 0


def _digest(engine: str, sounds: Sequence[Clip]) -> str:
    files = [(clip.path, Path(clip.path).stat().st_mtime, clip.timed) for clip in sounds]
    return hashlib.sha256(repr((engine, files)).encode()).hexdigest()[:16]


def _row(engine: str, group: str, score: Score, heard: Heard) -> list[str]:
    rate = f"{score.wrong / score.words:.4f}" if score.words else ""
    pairs = (score.phones, score.emails, score.amounts)
    names, *figures = [f"{hits} of {of}" if score.worlds else "" for hits, of in (score.names, *pairs)]
    false = str(score.false_names) if score.worlds else ""
    invented = str(score.invented) if group == NONE else ""
    speed = f"{heard.worked_s / heard.timed_s * 60:.2f}" if heard.timed_s else ""
    return [engine, group, rate, names, false, *figures, invented, speed, f"{heard.peak_mb:.0f}"]


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:5]]
    sys.exit(main(folders[0], folders[1], folders[2], folders[3]))
