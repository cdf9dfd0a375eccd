"""What the decoder wrote and nobody said moves from the transcript into a ledger that all can see.

Three kinds: a window that the model itself takes for silence, a phrase said again and again, and the
sentences that Whisper learned from the ends of videos.
"""

import re
from collections.abc import Sequence

from speech.types import Removal, RemovalReason, Word

SILENT, UNSURE = 0.5, 0.45
"""The model's probability of silence from which a window is doubted, and the mean word confidence under which
a doubted window is not believed."""
HOPELESS = 0.3
"""Mean word confidence under which no window is believed: noise, not a language."""
REPEATED = 4
"""Times a phrase stands in a row before it is a loop; one word may be said that often ('no, no, no, no')."""
REPEATED_WORD = 7
LONGEST_PHRASE = 12
PHANTOMS = re.compile(
    r"^(thanks?( you)?( so much| very much)?( guys| everyone)? for (watching|listening|viewing)"
    r"( (this|my|the) video)?( and (do not|dont) forget to .*)?"
    r"|(please |and )?(do not|dont) forget to (like|subscribe).*"
    r"|(please )?(like and )?subscribe( to (my|our|the) channel)?.*"
    r"|subtitles? by .*|transcri(bed|ption) by .*|(ill )?see you in the next (video|one)"
    r"|www\S*|copyright .*|amaraorg.*)$"
)


def sift(words: Sequence[Word], silence: float) -> tuple[list[Word], list[Removal]]:
    """The words of one window that were said, and what was not; `silence` is the model's own probability."""
    if not words:
        return [], []
    sure = sum(word.confidence for word in words) / len(words)
    if sure < HOPELESS or (silence > SILENT and sure < UNSURE):
        return [], [_removal(words, "no_speech")]
    kept, removed = _without_loops(list(words))
    spoken: list[Word] = []
    for sentence in _sentences(kept):
        plain = re.sub(r"[^a-z. ]", "", " ".join(word.text for word in sentence).lower()).rstrip(".")
        if PHANTOMS.match(plain.replace(".", "")):
            removed.append(_removal(sentence, "phantom"))
        else:
            spoken += sentence
    return spoken, removed


def _without_loops(words: list[Word]) -> tuple[list[Word], list[Removal]]:
    """The first time a phrase is said stays."""
    plain = [re.sub(r"\W", "", word.text.lower()) for word in words]
    kept: list[Word] = []
    removed: list[Removal] = []
    at = 0
    while at < len(words):
        length, times = _repetition(plain, at)
        kept += words[at : at + length]
        if times > 1:
            removed.append(_removal(words[at + length : at + length * times], "loop"))
        at += length * times
    return kept, removed


def _repetition(plain: Sequence[str], at: int) -> tuple[int, int]:
    """Words of the phrase that begins here and times it is said; (1, 1) when it is no loop."""
    for length in range(1, LONGEST_PHRASE + 1):
        phrase, times = plain[at : at + length], 1
        while phrase == plain[at + times * length : at + (times + 1) * length]:
            times += 1
        if times >= (REPEATED_WORD if len(set(phrase)) == 1 else REPEATED) and not _digits(phrase):
            return length, times
    return 1, 1


def _digits(phrase: Sequence[str]) -> bool:
    """A phone number may say 'five' as often as it likes."""
    numbers = {"oh", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
    return all(word.isdigit() or word in numbers for word in phrase)


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    sentences: list[list[Word]] = []
    for number, word in enumerate(words):
        if not number or words[number - 1].text.endswith((".", "!", "?")):
            sentences.append([])
        sentences[-1].append(word)
    return sentences


def _removal(words: Sequence[Word], reason: RemovalReason) -> Removal:
    text = " ".join(word.text for word in words)
    return Removal(start_s=words[0].start_s, end_s=words[-1].end_s, text=text, reason=reason)
