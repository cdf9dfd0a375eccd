"""Words become a transcript: segments between pauses and sentences, whose texts fit each other exactly."""

from collections.abc import Iterable, Sequence

from speech.types import Removal, Segment, Transcript, Word

PAUSE_S = 0.8
"""Silence that ends a segment even within a sentence."""
ENDS = (".", "?", "!", "…")


def transcript_of(
    words: Iterable[Word], *, language: str, length_s: float, removed: Iterable[Removal] = ()
) -> Transcript:
    """A word that is only blanks is nobody's; a blank inside a word would break the count of characters."""
    segments = tuple(_segment(group) for group in _grouped([w for w in words if w.text]))
    return Transcript(
        text=" ".join(segment.text for segment in segments),
        language=language,
        segments=segments,
        removed=tuple(removed),
        length_s=length_s,
    )


def _grouped(words: Sequence[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        if before is None or before.text.endswith(ENDS) or word.start_s - before.end_s > PAUSE_S:
            groups.append([])
        groups[-1].append(word)
    return groups


def _segment(words: Sequence[Word]) -> Segment:
    return Segment(
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        text=" ".join(word.text for word in words),
        words=tuple(words),
    )
