import hashlib
import threading

import pytest
import torch

from speech import weights
from speech.errors import WeightsDamaged
from speech.weights import assemble, assemble_folder

pytestmark = pytest.mark.whisper


def quietly(step: str, share: float) -> None:
    pass


def test_the_joined_weights_are_the_verified_ones_under_other_names(models):
    stored = torch.load(models / "base.pt", weights_only=True)
    state = stored["model_state_dict"]
    assert sum(tensor.numel() for tensor in state.values()) == pytest.approx(72_593_920, abs=1_500_000)
    assert state["decoder.blocks.5.cross_attn.value.weight"].shape == (512, 512)
    assert not any(name.endswith("key.bias") for name in state)


def test_a_second_time_nothing_is_written(models):
    before = (models / "base.pt").stat()
    steps: list[tuple[str, float]] = []
    assemble(models, lambda step, share: steps.append((step, share)))
    assert (models / "base.pt").stat() == before
    assert steps[-1][1] == 1.0


@pytest.mark.parametrize("damage", ["truncated", "one byte", "no sum"])
def test_a_damaged_file_is_made_again(models, tmp_path, damage):
    path = tmp_path / "base.pt"
    path.write_bytes((models / "base.pt").read_bytes())
    (tmp_path / "base.pt.sha256").write_text((models / "base.pt.sha256").read_text())
    good = hashlib.sha256(path.read_bytes()).hexdigest()
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:1_000_000])
    elif damage == "one byte":
        with path.open("r+b") as file:
            file.seek(80_000_000)
            file.write(b"\x55\xaa")
    else:
        (tmp_path / "base.pt.sha256").unlink()
    assemble(tmp_path, quietly)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == good
    assert {p.name for p in tmp_path.iterdir()} == {".lock", "base.pt", "base.pt.sha256"}


def test_other_weights_than_the_verified_are_refused_and_nothing_is_left(tmp_path, monkeypatch):
    for number, package in enumerate(weights.PACKAGES, start=1):
        data = tmp_path / "site" / package / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{number}").write_bytes(b"not these")
    monkeypatch.setattr(weights, "PACKAGES", ("part_one", "part_two"))
    with pytest.raises(WeightsDamaged, match="not installed"):
        assemble(tmp_path / "models", quietly)
    monkeypatch.setattr(weights, "PACKAGES", ("wrong_part1", "wrong_part2"))
    for number, name in enumerate(weights.PACKAGES, start=1):
        (tmp_path / "site" / name / "data").mkdir(parents=True)
        (tmp_path / "site" / name / "__init__.py").touch()
        (tmp_path / "site" / name / "data" / f"model.bin.part{number}").write_bytes(b"not these")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    with pytest.raises(WeightsDamaged, match="verified"):
        assemble(tmp_path / "models", quietly)
    assert {p.name for p in (tmp_path / "models").iterdir()} == {".lock"}


def test_two_at_once_do_not_disturb_each_other(models, tmp_path):
    errors: list[Exception] = []

    def run() -> None:
        try:
            assemble(tmp_path, quietly)
        except OSError as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert (tmp_path / "base.pt").read_bytes() == (models / "base.pt").read_bytes()


def test_the_folder_of_the_second_engine_is_whole(tmp_path):
    folder = assemble_folder(tmp_path, quietly)
    with (folder / "model.bin").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == weights.SHA256
    assert {"config.json", "tokenizer.json", "vocabulary.txt"} <= {p.name for p in folder.iterdir()}
    changed = (folder / "model.bin").stat().st_mtime_ns
    assemble_folder(tmp_path, quietly)
    assert (folder / "model.bin").stat().st_mtime_ns == changed
