"""The cue words of the components as one row of noughts and ones, for the trained layer beside the
sentence vector."""

import re

import numpy as np

from nlp.lexicon import clauses, meetings, outcome, promises, remarks

OPENS_US = re.compile(r"^(?:i|we|i'm|we're|i've|we've|i'll|we'll|i'd|we'd|our|my)\b", re.IGNORECASE)
OPENS_THEM = re.compile(
    r"^(?:he|she|they|he's|she's|they're|they've|he'll|she'll|they'll|his|her|their)\b", re.IGNORECASE
)
DATED = re.compile(
    r"\b(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week"
    r"|weeks?|month|fortnight"
    r"|afternoon|morning|the \w+(?:th|st|nd|rd)|o'clock|noon)\b",
    re.IGNORECASE,
)
KIN = re.compile(rf"\b(?:{remarks.KIN})\b", re.IGNORECASE)
US_HEADS = re.compile("|".join(f"(?:{p})" for p, _, _ in promises.US), re.IGNORECASE)
THEM_HEADS = re.compile("|".join(f"(?:{p})" for p, _, _ in promises.THEM), re.IGNORECASE)
SHARE = 0.5
"""A cue's weight beside a vector of length 1."""
CUES: tuple[re.Pattern[str], ...] = (
    remarks.COMPLAINT, remarks.THINGS_OF_OURS, remarks.COMPLIMENT, remarks.IDEA, KIN, remarks.LIFE,
    remarks.BUSINESS,
    US_HEADS, THEM_HEADS, promises.ARRIVES, promises.TO_US, meetings.MEETING, DATED, outcome.INTEREST,
    outcome.LOST,
    outcome.NOBODY, OPENS_US, OPENS_THEM, clauses.NEGATION, clauses.HISTORY, clauses.CONDITION,
)  # fmt: skip


def cues(texts: list[str]) -> np.ndarray:
    """Rows in order; columns as in `CUES`."""
    rows = [[SHARE if cue.search(text) else 0.0 for cue in CUES] for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), len(CUES))
