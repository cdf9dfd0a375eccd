"""Sentences out of carriers: slots filled from word lists of many trades, copies with the noise that
Whisper makes."""

import json
import random
import re
from pathlib import Path

from nlp.components.kinds import PERSON

HERE = Path(__file__).parent
LABELS = (
    "complaint", "compliment", "idea", "personal", "promise_us", "promise_them", "meeting", "order",
    "interest", "lost", "nobody",
)  # fmt: skip
COPIES = 4
LOWERED, CUT, FILLED = 0.35, 0.4, 0.12
"""Shares: written without capitals and marks; of those, with words of a neighbour at an end, because clauses
are cut badly where nothing is marked; with a filler word."""
Line = tuple[str, str]
"""A label and a sentence, with slots or filled."""


def carriers(paths: tuple[Path, ...] = (HERE / "carriers.txt", HERE / "people.txt")) -> list[Line]:
    """One a line of the files: label, tab, sentence with slots."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    lines = [line.split("\t", 1) for line in text.splitlines()]
    return [(line[0], line[1]) for line in lines if len(line) == 2 and not line[0].startswith("#")]


def words(path: Path = HERE / "words.json") -> dict[str, list[str]]:
    """What goes into the slots, by the slot's letter; `leads` and `fillers` beside them."""
    found: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


class Filler:
    """The same seed gives the same sentences."""

    def __init__(self, lists: dict[str, list[str]], seed: int) -> None:
        self._lists, self._random = lists, random.Random(seed)

    def sentences(self, lines: list[Line]) -> list[Line]:
        """`COPIES` of each carrier, together."""
        return [(label, self._noisy(text, lines)) for label, text in lines for _ in range(COPIES)]

    def _filled(self, carrier: str) -> str:
        return re.sub(r"\{([A-Z])\}", self._slot, carrier)

    def _slot(self, match: re.Match[str]) -> str:
        if match[1] == "Y":
            return PERSON
        if match[1] == "Q":
            return f"{self._pick('N')} {self._pick('U')}"
        return self._pick(match[1])

    def _pick(self, name: str) -> str:
        return self._random.choice(self._lists[name])

    def _noisy(self, carrier: str, lines: list[Line]) -> str:
        chance = self._random.random
        text = self._filled(carrier)
        if chance() < 0.6:
            text = f"{self._filled(self._pick('leads'))} {text}"
        if chance() < LOWERED:
            text = re.sub(r"[,.?]", "", text.lower()).replace("'", self._random.choice(("'", "'", "")))
            return self._cut(text, lines) if chance() < CUT else text
        if chance() < FILLED:
            said = text.split()
            said.insert(self._random.randrange(len(said)), self._pick("fillers"))
            text = " ".join(said)
        return text[:1].upper() + text[1:] + self._random.choice((".", ".", ",", ""))

    def _cut(self, text: str, lines: list[Line]) -> str:
        """With one to three words of some other sentence before or behind."""
        other = self._filled(self._random.choice(lines)[1]).lower().split()
        many = self._random.randint(1, 3)
        return " ".join([*other[-many:], text] if self._random.random() < 0.5 else [text, *other[:many]])
