import json
from pathlib import Path

import msgspec
import pytest

from api.bench_speech import clips, main, names_of, plain, scores
from speech.bench import Clip, Heard

WORLD = {
    "company": "Hops",
    "timezone": "America/New_York",
    "currency": "USD",
    "region": "US",
    "reps": [{"id": "r1", "name": "Dana"}],
    "customers": [
        {
            "id": "c1",
            "name": "The Gull",
            "aliases": ["Gull"],
            "lat": 47.0,
            "lon": 2.0,
            "contacts": [{"id": "p1", "name": "Ana Ruiz"}],
        },
        {"id": "c2", "name": "Far Inn", "lat": 52.0, "lon": 2.0},
    ],
    "products": [{"id": "s1", "name": "Haze IPA"}],
    "competitors": [{"name": "Sysco"}],
}
SAID = "Ana's at the Gull, call her on 206 555 0163, info at gull dot com, she has 900 dollars."


@pytest.fixture
def folders(tmp_path):
    world = tmp_path / "bench" / "hops"
    world.mkdir(parents=True)
    (world / "world.json").write_text(json.dumps(WORLD))
    checkin = {"at": "2026-03-10T14:05:00-04:00", "lat": 47.0, "lon": 2.0, "accuracy_m": 18}
    told = {"id": "h1", "rep": "r1", "audio": "a.flac", "checkin": checkin, "text": SAID}
    lines = [
        {**told, "gold": {"customer": "c1"}},
        {**told, "id": "h2", "audio": "no.flac", "gold": {"customer": None}},
    ]
    (world / "dictations.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (world / "a.flac").write_bytes(b"")
    speech = tmp_path / "speech"
    (speech / "no-speech").mkdir(parents=True)
    (speech / "no-speech" / "hum.flac").write_bytes(b"")
    return tmp_path / "bench", speech


def test_the_vocabulary_is_the_servers_and_strangers_are_lent_to_noise(folders):
    dictated, noise = clips(*folders)
    assert {"The Gull", "Ana Ruiz", "Haze IPA", "Sysco"} <= {t.text for t in dictated.vocabulary.terms}
    assert dictated.vocabulary.terms[0].text in ("Gull", "The Gull")
    assert (dictated.group, dictated.timed) == ("hops", True)
    assert (noise.group, noise.vocabulary) == ("no speech", dictated.vocabulary)


def test_names_figures_and_inventions_are_counted(folders):
    heard = "Anna at the Gull with Sysco, 206-555-0163, info@gull.com, she has $800."
    found = scores(clips(*folders), [heard, "Thank you."])
    assert found["hops"].names == (2, 3)
    assert found["hops"].false_names == 1
    assert (found["hops"].phones, found["hops"].emails, found["hops"].amounts) == ((1, 1), (1, 1), (0, 1))
    assert found["no speech"].invented == 2


def test_marks_and_case_do_not_count():
    assert plain("Sinéad's café & bar") == plain("sinead cafe and bar")
    assert {"ana", "ruiz", "the gull", "sysco"} <= names_of(WORLD)


def test_without_recordings_it_says_which_are_missing(tmp_path, capsys):
    assert main(tmp_path, tmp_path, tmp_path, tmp_path / "out") == 1
    told = capsys.readouterr().err
    assert "BENCH=DIR" in told
    assert "SPEECH=DIR" in told


def test_an_engine_that_was_measured_on_these_sounds_is_not_measured_again(folders, tmp_path, capsys):
    runs: list[str] = []

    def apart(engine: str, sounds: Path, models: Path, kept: Path) -> None:
        runs.append(engine)
        count = len(msgspec.json.decode(sounds.read_bytes(), type=list[Clip]))
        heard = Heard(texts=("Ana",) * count, worked_s=2.0, timed_s=60.0, peak_mb=500.0)
        kept.write_bytes(msgspec.json.encode(heard))

    engines = ("openai-whisper, greedy", "Rounds")
    for _ in range(2):
        assert main(*folders, tmp_path / "models", tmp_path / "out", engines, apart) == 0
    assert runs == ["openai-whisper, greedy", "Rounds", "Rounds"]
    table = capsys.readouterr().out
    assert "| Rounds | hops |" in table
    assert "| 1 of 3 | 0 | 0 of 1 | 0 of 1 | 0 of 1 |  | 2.00 | 500 |" in table
    assert (tmp_path / "out" / "speech.md").read_text() in table
