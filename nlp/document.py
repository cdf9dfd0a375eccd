"""The visit's words as one text, and the way back: every character to its memo, and to the second it was
said."""

import itertools
from dataclasses import dataclass, field

from nlp.types import Evidence, Source
from speech.types import Transcript

GAP = "\n"
"""Between two memos; no sentence runs over it."""
PAUSE_S = 0.6
"""A silence this long between two words is the end of a sentence where nothing else marks one."""


@dataclass(frozen=True, slots=True)
class _Heard:
    start: int
    end: int
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class _Piece:
    memo: str
    start: int
    end: int
    heard: tuple[_Heard, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All sources of a visit, joined in order."""

    text: str
    pieces: tuple[_Piece, ...] = ()
    pauses: tuple[int, ...] = field(default=())
    """Characters at which a word begins after a pause, or a memo begins."""

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Where these characters were said; one entry for each memo that they touch."""
        found = []
        for piece in self.pieces:
            left, right = max(start, piece.start), min(end, piece.end)
            if left >= right:
                continue
            words = [w for w in piece.heard if w.start < right and w.end > left]
            found.append(
                Evidence(
                    memo=piece.memo,
                    start=left - piece.start,
                    end=right - piece.start,
                    start_s=words[0].start_s if words else None,
                    end_s=words[-1].end_s if words else None,
                )
            )
        return tuple(found)

    def spoken(self, start: int, end: int) -> bool:
        """Whether these characters were heard, not typed."""
        return any(w.start < end and w.end > start for p in self.pieces for w in p.heard)

    def heard(self, start: int, end: int) -> float:
        """How sure the decoder was of its least sure word in there; 1 for typed text."""
        sure = [w.confidence for p in self.pieces for w in p.heard if w.start < end and w.end > start]
        return min(sure, default=1.0)


def _heard(transcript: Transcript, offset: int) -> tuple[_Heard, ...]:
    """The words at their characters; the text is the words joined by single blanks, but a search forgives
    more."""
    found, at = [], 0
    for segment in transcript.segments:
        for word in segment.words:
            start = transcript.text.find(word.text, at)
            if start < 0:
                continue
            at = start + len(word.text)
            found.append(_Heard(start + offset, at + offset, word.start_s, word.end_s, word.confidence))
    return tuple(found)


def story(sources: tuple[Source, ...], longest: int) -> Story:
    """Join the sources; what lies beyond `longest` characters is left unread."""
    text, pieces, pauses = "", [], []
    for source in sources:
        room = longest - len(text)
        if room <= 0:
            break
        text += GAP if text else ""
        start, said = len(text), source.transcript.text[:room]
        heard = _heard(source.transcript, start)
        text += said
        pieces.append(_Piece(source.memo, start, len(text), heard))
        pauses.append(start)
        pauses += [b.start for a, b in itertools.pairwise(heard) if b.start_s - a.end_s > PAUSE_S]
    return Story(text, tuple(pieces), tuple(pauses))
