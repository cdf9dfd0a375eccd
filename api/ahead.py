"""A recording that still arrives is listened to as far as it goes, so that the wait after its end does not
grow with its length.

Nothing is filed here and nothing is promised: whatever goes wrong, the recording is heard when it is whole.
"""

import logging
from collections.abc import Callable

from api.pipeline import Desk
from nlp.vocabulary import vocabulary
from speech.activity import listen
from speech.decoding import decode
from speech.errors import RecordingError
from speech.streaming import Hearing
from speech.types import Passage
from storage.errors import StorageError
from storage.sound.listening import NEVER, Listening
from storage.sound.uploads import Parts
from storage.visits.context import context_for

log = logging.getLogger("rounds.ahead")


def listen_ahead(desk: Desk, visit: str, memo: str, busy: Callable[[], bool]) -> None:
    """Hear the windows that are finished, until a visit waits for this worker, which `busy` tells."""
    with desk.database.writing() as session:
        known = Listening(session).begin(memo)
    if known is None:
        return
    due = NEVER
    try:
        due = _listen(desk, visit, memo, known, busy)
    except StorageError as error:  # completed or taken back meanwhile, or the store does not answer
        log.info("listening ahead to %s ends: %s", memo, error)
        due = 0
    finally:
        with desk.database.writing() as session:
            Listening(session).end(memo, due)


def _listen(desk: Desk, visit: str, memo: str, known: tuple[Passage, ...], busy: Callable[[], bool]) -> int:
    """How many bytes must have arrived before it is worth doing again."""
    with desk.database.reading() as session:
        expected = vocabulary(context_for(session, visit, ""))
    data = Parts(desk.blobs, visit, memo).read()
    try:
        sound = listen(decode(data))
    except RecordingError:  # too little, or a container that is readable only when it is whole
        return 2 * len(data) + 1
    hearing = Hearing(sound, expected, known)
    while hearing.ready:
        if busy():
            return len(data)
        passage = hearing.hear_next(desk.engines.transcriber)
        with desk.database.writing() as session:
            Listening(session).keep(memo, passage)
    return round(len(data) * hearing.next_at_s / sound.length_s)
