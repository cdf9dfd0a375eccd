"""What the speech room hands to the rest: a transcript, and the words to expect. Loads no model."""

from typing import Literal, TypeAlias

import msgspec

RemovalReason: TypeAlias = Literal["no_speech", "loop", "phantom"]
TermKind: TypeAlias = Literal["customer", "person", "product", "competitor", "colleague", "word"]


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One word as heard; no blank in or around `text`."""

    start_s: float
    end_s: float
    text: str
    confidence: float
    """Probability that the decoder gave to the word, 0..1; of a repaired word, that the repair is right."""
    heard: str | None = None
    """What the decoder wrote before the vocabulary put this in its place; null when nothing was changed.

    Of several words that replace it together the first has it all, the others have ''.
    """


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of speech between pauses; `text` is its words joined by one blank."""

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...]


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Something the decoder wrote that nobody said, kept where a person can hear and restore it."""

    start_s: float
    end_s: float
    text: str
    reason: RemovalReason


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """What was said; `text` is the segments' texts joined by one blank, so characters map to words exactly.

    A typed note has a text and no segments.
    """

    text: str
    language: str
    """ISO 639-1 code."""
    segments: tuple[Segment, ...]
    removed: tuple[Removal, ...]
    length_s: float
    """Length of the sound; 0 for a note."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One window of a recording that is still being made, heard ahead of the rest."""

    key: str
    """A sum over its sound, its place in the recording and the spellings it was heard with."""
    language: str
    words: tuple[Word, ...]
    removed: tuple[Removal, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A spelling that may be spoken in this memo."""

    text: str
    kind: TermKind
    weight: float
    """How likely it is to be said here, 0..1."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """What the company's records let us expect in one memo, the likeliest first."""

    terms: tuple[Term, ...]


def note(text: str, language: str = "en") -> Transcript:
    """The transcript of a typed note."""
    return Transcript(text=text, language=language, segments=(), removed=(), length_s=0.0)
