"""Voices by subject, as the worker finds out between two signs of life: what was said before anything was
collected, what no subject has yet, and the middles of subjects whose voices changed."""

import time

from nlp.grouping import Grouper, middle, title
from storage.database import Database
from storage.heard.collecting import collect_old
from storage.heard.placing import Placement, Placing

OLD_AT_ONCE = 100
"""Old reports of one transaction."""
PATIENCE_S = 2.0
"""After this the worker looks after its other work first; what is left waits for the next look."""


def gather(database: Database, grouper: Grouper) -> None:
    """Ends when nothing waits, or when others have waited long enough."""
    until = time.monotonic() + PATIENCE_S
    more = True
    while more and time.monotonic() < until:
        more = place(database, grouper)
        measure(database)
        more = collect(database) or more


def collect(database: Database) -> bool:
    """Some reports from before; False when there are none."""
    with database.reading() as session:
        if not Placing(session).old():
            return False
    with database.writing() as session:
        return collect_old(session, OLD_AT_ONCE)


def place(database: Database, grouper: Grouper) -> bool:
    """Some of the voices that have no subject; False when all have."""
    with database.reading() as session:
        waiting = Placing(session).waiting()
    if not waiting:
        return False
    vectors = grouper.vectors([each.text for each in waiting])
    with database.writing() as session:
        placing = Placing(session)
        placing.alone()
        known = placing.known()
        ids = [each.subject for each in known]
        places = grouper.place(vectors, [each.vector for each in known])
        for each, number in zip(waiting, places, strict=True):
            ids += [each.voice] if number == len(ids) else []
        placing.place(
            [
                Placement(voice=each.voice, vector=vector, subject=ids[number], name=title(each.text))
                for each, vector, number in zip(waiting, vectors, places, strict=True)
            ]
        )
    return True


def measure(database: Database) -> None:
    with database.reading() as session:
        changed = Placing(session).stale()
    for subject, vectors in changed:
        with database.writing() as session:
            Placing(session).measured(subject, middle(vectors))
