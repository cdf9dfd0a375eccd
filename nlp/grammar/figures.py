"""Numbers inside names, as figures: 'sixty ten' and '6010' are one name, 'three oh eight' and '308' too."""

from nlp.grammar.numbers import TENS, UNITS

LONGEST = 5
"""Words of one number in a name."""
_DIGITS = {w: str(n) for w, n in (UNITS | TENS).items()} | {"oh": "0", "o": "0", "hundred": "00"}


def run_at(words: list[str], at: int) -> list[tuple[str, int]]:
    """The figures of one, two ... number words from here on, each with its end: 60, then 6010."""
    out, said, end = [], "", at
    while end < min(len(words), at + LONGEST):
        figure = words[end] if words[end].isdigit() else _DIGITS.get(words[end])
        if figure is None:
            break
        tens = said.endswith("0") and end > at and words[end - 1] in TENS
        said = said[:-1] + figure if tens and len(figure) == 1 and figure != "0" else said + figure
        end += 1
        out.append((said, end))
    return out


def figures(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with each run of number words folded into one."""
    listed, out, at = list(words), [], 0
    while at < len(listed):
        run = run_at(listed, at)
        out.append(run[-1][0] if run else listed[at])
        at = run[-1][1] if run else at + 1
    return tuple(out)
