"""Words spelled aloud: 'D-E-M-I-R-C-I', 'D E M I R C I', 'double S', 'zed'."""

import re
from typing import NamedTuple

_LETTER = r"(?:(?:[Dd]ouble[- ])?(?:[A-Z]|[Zz]ed|[Zz]ee)(?![\w'’]))"
_RUN = re.compile(rf"(?<![\w'’.-]){_LETTER}(?P<gap>-|, | |\. ?){_LETTER}(?:(?P=gap){_LETTER})+")
_WHOLE = re.compile(r"\b(?:[Ss]pell?(?:ed|t|ing)|[Tt]hat's|[Tt]hat is),? (?:it )?([A-Z]{3,})\b")


class Spelled(NamedTuple):
    word: str
    """With one capital."""
    start: int
    end: int


def spelled(text: str) -> list[Spelled]:
    """Every word that was spelled, in order. A blank and an 'I' that goes on as a sentence leaves it unclear:
    nothing then."""
    out = []
    for match in _RUN.finditer(text):
        if match["gap"] == " " and match.group().endswith(" I") and re.match(r" [a-z]", text[match.end() :]):
            continue
        folded = re.sub(r"[Zz](?:ed|ee)", "Z", match.group())
        folded = re.sub(r"[Dd]ouble[- ]([A-Z])", r"\1\1", folded)
        out.append(Spelled("".join(re.findall(r"[A-Z]", folded)).capitalize(), *match.span()))
    out += [Spelled(match[1].capitalize(), *match.span(1)) for match in _WHOLE.finditer(text)]
    return sorted(out, key=lambda s: s.start)
