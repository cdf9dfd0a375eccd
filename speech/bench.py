"""One engine over recorded sounds, in a process of its own, so that its peak of memory is its own.

`python -m speech.bench ENGINE CLIPS MODELS OUT`: the texts that it heard, its work and its memory, for
`api.bench_speech`, which makes the clips and scores the texts.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
import torch

from speech.activity import listen
from speech.decoding import decode
from speech.settings import SpeechSettings
from speech.sound import Sound
from speech.types import Vocabulary
from speech.weights import assemble, assemble_folder

RUNS = 5
"""Of the sounds that are timed; the median counts."""

OURS = "Rounds"

Hear: TypeAlias = Callable[[Sound, Vocabulary], str]


class Clip(msgspec.Struct, frozen=True, kw_only=True):
    group: str
    path: str
    text: str
    """What was said; empty where nobody speaks."""
    world: str | None
    """Folder of the company whose names count."""
    vocabulary: Vocabulary
    timed: bool


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    texts: tuple[str, ...]
    """Of each clip, in order."""
    worked_s: float
    """Sum over the timed sounds of the median of five."""
    timed_s: float
    """Length of the timed sounds."""
    peak_mb: float


def plain_openai(models: Path, beam: int | None) -> Hear:
    """As its own users call it, word times included."""
    import whisper

    model = whisper.load_model(str(assemble(models, _silent)), device="cpu")
    options = {"fp16": False, "temperature": 0.0, "condition_on_previous_text": False, "language": "en"}

    def hear(sound: Sound, vocabulary: Vocabulary) -> str:
        text: str = model.transcribe(sound.samples, word_timestamps=True, beam_size=beam, **options)["text"]
        return text

    return hear


def plain_faster(models: Path, beam: int) -> Hear:
    from faster_whisper import WhisperModel

    model = WhisperModel(
        str(assemble_folder(models, _silent)),
        device="cpu",
        compute_type="int8",
        cpu_threads=torch.get_num_threads(),
    )
    options = {"temperature": 0.0, "condition_on_previous_text": False, "language": "en"}

    def hear(sound: Sound, vocabulary: Vocabulary) -> str:
        segments, _ = model.transcribe(sound.samples, beam_size=beam, word_timestamps=True, **options)
        return "".join(segment.text for segment in segments)

    return hear


def ours(models: Path) -> Hear:
    """The product's own way from the samples on: voice activity, windows, ledger."""
    from speech.engines.loading import load_transcriber

    engine = load_transcriber(SpeechSettings(device="cpu"), models)

    def hear(sound: Sound, vocabulary: Vocabulary) -> str:
        listened = listen(sound)
        return engine.transcribe(listened, vocabulary).text if listened.speech else ""

    return hear


ENGINES: dict[str, Callable[[Path], Hear]] = {
    "openai-whisper, greedy": partial(plain_openai, beam=None),
    "openai-whisper, beam 5": partial(plain_openai, beam=5),
    "faster-whisper int8, greedy": partial(plain_faster, beam=1),
    "faster-whisper int8, beam 5": partial(plain_faster, beam=5),
    OURS: ours,
}


def measure(hear: Hear, clips: list[Clip]) -> Heard:
    texts, worked_s, timed_s = [], 0.0, 0.0
    for number, clip in enumerate(clips, 1):
        sound = decode(Path(clip.path).read_bytes())
        took = []
        for _ in range(RUNS if clip.timed else 1):
            start = time.perf_counter()
            text = hear(sound, clip.vocabulary)
            took.append(time.perf_counter() - start)
        texts.append(text)
        if clip.timed:
            worked_s, timed_s = worked_s + statistics.median(took), timed_s + sound.length_s
        sys.stderr.write(f"\r  {number} of {len(clips)}")
    sys.stderr.write("\n")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Heard(texts=tuple(texts), worked_s=worked_s, timed_s=timed_s, peak_mb=peak_mb)


def _silent(step: str, share: float) -> None:
    """Nobody watches."""


def main(engine: str, clips: Path, models: Path, out: Path) -> None:
    heard = measure(ENGINES[engine](models), msgspec.json.decode(clips.read_bytes(), type=list[Clip]))
    out.write_bytes(msgspec.json.encode(heard))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]))
