"""Finds carriers that repeat a dictation: `python -m nlp.training.echoes FOLDER ...`, of worlds at any depth.

Sentences to learn from and dictations to measure with must not be the same. Only the carrier is printed,
never what it repeats.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.training.fill import carriers

RUN = 5
"""Words in a row that make an echo; shorter runs are how people talk."""
Run = tuple[str, ...]


def runs(text: str, length: int = RUN) -> Iterator[Run]:
    """No run goes over a slot."""
    for stretch in re.split(r"\{[A-Z]\}", text):
        words = re.findall(r"[a-z0-9']+", stretch.lower().replace("’", "'"))
        yield from zip(*(words[at:] for at in range(length)), strict=False)


def echoes(texts: Iterable[str], dictations: Iterable[Path]) -> list[str]:
    """Those texts that share a run with a dictation."""
    said: set[Run] = set()
    for path in dictations:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                said.update(runs(json.loads(line)["text"]))
    return [text for text in texts if not said.isdisjoint(runs(text))]


def main() -> None:
    dictations = [found for folder in sys.argv[1:] for found in Path(folder).rglob("dictations.jsonl")]
    found = echoes((text for _, text in carriers()), dictations)
    sys.exit("Carriers that echo a dictation:\n" + "\n".join(found) if found else None)


if __name__ == "__main__":
    main()
