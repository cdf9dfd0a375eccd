"""Whether nine in ten of the values shown with 0.9 are right, in words and as a plot."""

from collections.abc import Sequence
from html import escape

from nlp.judging import Bin, Judged, bins, expected_error

SIDE, EDGE = 360, 44
"""Pixels of the plot's square, and of the room around it for its words."""
SURE = 0.9


def told(values: Sequence[Judged]) -> str:
    """A table by tenths, then the two figures that count."""
    lines = ["confidence   values   right"]
    lines += [f"{each.confidence:10.2f} {each.many:8} {each.right:7.2f}" for each in bins(values)]
    sure = [each.right for each in values if each.confidence >= SURE]
    share = sum(sure) / max(len(sure), 1)
    lines.append(f"shown with {SURE} or more: {len(sure)}, of which right: {share:.3f}")
    lines.append(f"expected calibration error: {expected_error(values):.3f}")
    return "\n".join(lines)


def drawn(values: Sequence[Judged], title: str = "Confidence and what was right") -> str:
    """A reliability diagram as SVG: on the diagonal a confidence says what it means; area by number."""
    most = max((each.many for each in bins(values)), default=1)
    marks = "".join(_mark(each, most) for each in bins(values))
    ticks = "".join(
        f'<text x="{_x(t / 5)}" y="{SIDE + EDGE + 18}">{t / 5:.1f}</text>'
        f'<text x="{EDGE - 20}" y="{_y(t / 5) + 4}">{t / 5:.1f}</text>'
        for t in range(6)
    )
    whole = SIDE + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" '
        'font-size="12" text-anchor="middle">'
        f'<rect width="{whole}" height="{whole}" fill="white"/>'
        f'<text x="{whole / 2}" y="24" font-size="14">{escape(title)}</text>'
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4"/>'
        f"{marks}{ticks}"
        f'<text x="{whole / 2}" y="{whole - 6}">confidence shown (error {expected_error(values):.3f})</text>'
        f'<text transform="translate(12 {whole / 2}) rotate(-90)">share that was right</text></svg>\n'
    )


def _mark(each: Bin, most: int) -> str:
    radius = 4 + 14 * (each.many / most) ** 0.5
    where = f'cx="{_x(each.confidence):.1f}" cy="{_y(each.right):.1f}" r="{radius:.1f}"'
    return f'<circle {where} fill="#2a6f97" fill-opacity="0.6"><title>{each.many} values</title></circle>'


def _x(share: float) -> float:
    return EDGE + SIDE * share


def _y(share: float) -> float:
    return EDGE + SIDE * (1 - share)
