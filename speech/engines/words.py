"""The decoder's pieces become words without blanks."""

from collections.abc import Iterable

from speech.types import Word


def join(pieces: Iterable[Word]) -> list[Word]:
    """A piece without a leading blank belongs to the word before it; its times and doubts too."""
    words: list[Word] = []
    opened = True
    for piece in pieces:
        texts = piece.text.split()
        if not texts:
            opened = True
            continue
        if words and not piece.text[0].isspace() and not opened:
            last = words.pop()
            texts[0] = last.text + texts[0]
            start, doubt, heard = last.start_s, min(last.confidence, piece.confidence), last.heard
        else:
            start, doubt, heard = piece.start_s, piece.confidence, piece.heard
        step = (piece.end_s - start) / len(texts)
        for number, text in enumerate(texts):
            words.append(
                Word(
                    start_s=start + step * number,
                    end_s=start + step * (number + 1),
                    text=text,
                    confidence=doubt,
                    heard=heard if number == 0 or not heard else "",
                )
            )
        opened = piece.text[-1].isspace()
    return words
