"""What a change that starts work asks for; `storage.work.jobs` answers with the engine, tests with a list."""

from typing import Protocol

from sqlmodel import Session


class Queue(Protocol):
    def enqueue(self, session: Session, visit: str, memo: str | None, length_s: float) -> None:
        """Work on this memo, or on the visit alone, once the session commits. Short memos go first."""
        ...


class Listed:
    """Does no work and remembers what was asked: for tests, and for imports that need none."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def enqueue(self, session: Session, visit: str, memo: str | None, length_s: float) -> None:
        self.asked.append((visit, memo))
