"""How well what was typed or heard fits a text that finds a customer, 0..1."""

from collections.abc import Mapping
from functools import lru_cache

from speech.phonetics import similarity
from storage.finding.naming import sounds
from storage.finding.nicknames import other_names

EXACT, STARTS, WORDS, INSIDE = 1.0, 0.98, 0.96, 0.92
NICKNAME = 0.95
SLIP = 0.9
"""The likeness of another spelling counts as this share of itself: below any true fragment."""
SOUNDS_SAME = 0.75
"""Likeness of words that sound the same and are written otherwise ('shato', 'château')."""
SOUND_LETTERS = 4
"""Shorter words share their sound with too many others."""
NOTHING = 0.5
"""Likeness below which two words have nothing to do with each other."""
UNASKED = 0.02
"""What a text loses that has words which nobody asked for."""


def name_likeness(wanted: str, text: str, weights: Mapping[str, float]) -> float:
    """Both folded. `weights` tells how much each wanted word says; all the same when it is empty."""
    if text == wanted:
        return EXACT
    if text.startswith(wanted):
        return STARTS
    asked, words = wanted.split(), text.split()
    if all(any(word.startswith(part) for word in words) for part in asked):
        return WORDS
    if wanted in text:
        return INSIDE
    by_words = _by_words(asked, words, weights)
    return max(by_words, SLIP * similarity(wanted, text))


def _by_words(asked: list[str], words: list[str], weights: Mapping[str, float]) -> float:
    """The mean of each wanted word's best fit."""
    whole = sum(weights.get(part, 1.0) for part in asked)
    fits = [max(word_likeness(part, word) for word in words) for part in asked]
    mean = sum(weights.get(part, 1.0) * fit for part, fit in zip(asked, fits, strict=True)) / whole
    spare = max(0, len(words) - len(asked)) / len(words)
    return min(mean, WORDS) - UNASKED * spare


@lru_cache(maxsize=65_536)
def word_likeness(part: str, word: str) -> float:
    if part == word:
        return EXACT
    if word.startswith(part):
        return STARTS
    if word in other_names(part):
        return NICKNAME
    alike = similarity(part, word)
    if len(part) >= SOUND_LETTERS and not set(sounds(part)).isdisjoint(sounds(word)):
        alike = max(alike, SOUNDS_SAME)
    return SLIP * alike if alike >= NOTHING else 0.0
