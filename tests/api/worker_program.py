"""A real worker process with engines that are fast, write down what they do, and stop when told to.

    worker_program.py DATABASE_URL FOLDER [--normal]

In FOLDER: `log` gets a line for each computation; while `hold` exists the extractor waits in the middle of
its work; while `poison` exists it takes the whole process down; while `gone` exists the store is gone;
while `deaf` exists hearing takes it down; when `local` exists webhooks go into the own network.
--normal: it looks around as seldom as in production.
"""

import os
import sys
import threading
from contextlib import closing
from pathlib import Path

from api import worker
from api.pipeline import Engines
from api.sending import sender
from nlp.types import Context, Decided, Extraction, Mention, Source
from speech.engines.canned import CannedTranscriber
from speech.sound import Sound
from speech.types import Transcript, Vocabulary
from storage.database import Database
from storage.errors import StoreUnavailable
from storage.settings import AudioSettings
from storage.sound.blobs import open_blobs

UNSURE = Decided(confidence=0.9, evidence=())
QUICK = worker.Pace(poll_s=0.05, beat_s=0.3, lease_s=4.0, pauses_s=(0.1, 0.3, 0.6))


class Noting(CannedTranscriber):
    def __init__(self, folder: Path) -> None:
        super().__init__(otherwise="five kegs for the Brass Otter")
        self.folder = folder

    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        note(self.folder, "transcribe")
        if (self.folder / "deaf").exists():
            os._exit(9)
        return super().transcribe(sound, vocabulary, language)


class Holding:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def extract(self, sources: tuple[Source, ...], context: Context) -> Extraction:
        note(self.folder, "extract")
        if (self.folder / "poison").exists():
            os._exit(9)
        if (self.folder / "flaky").exists():
            (self.folder / "flaky").unlink()
            raise MemoryError
        if (self.folder / "gone").exists():
            raise StoreUnavailable
        while (self.folder / "hold").exists():
            threading.Event().wait(0.05)
        return said()


def said() -> Extraction:
    return Extraction(
        outcome="order",
        outcome_decided=UNSURE,
        contacts=(),
        orders=(),
        amounts=(),
        commitments=(),
        next_meeting=None,
        next_meeting_decided=UNSURE,
        competitors=(),
        feedback=(),
        personal=(),
        places=(Mention(text="Brass Otter", confidence=0.95),),
        new_place=None,
        language="en",
    )


def note(folder: Path, what: str) -> None:
    with (folder / "log").open("a") as log:
        log.write(f"{what}\n")


def main(url: str, folder: Path, pace: worker.Pace) -> None:
    database = Database(url)
    engines = Engines(transcriber=Noting(folder), extractor=Holding(folder))
    note(folder, "up")
    with closing(sender(database, local=(folder / "local").exists())) as webhooks:
        webhooks.start()
        worker.run(database, open_blobs(AudioSettings(), folder), engines, sole=database.embedded, pace=pace)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), worker.NORMAL if "--normal" in sys.argv else QUICK)
