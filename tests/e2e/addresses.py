"""Every address of the app, read from its table of screens, so that a new screen is never left out."""

import re

from browsing import ROOT
from populated import ASKING, FAILED, OPEN, SPOKEN
from told import APPROVED
from wished import SMALLER

SCREENS = (ROOT / "mobile-web" / "src" / "screens" / "screens.ts").read_text(encoding="utf-8")
WITH_ID = {
    "visits": (SPOKEN, ASKING, APPROVED, FAILED, OPEN),
    "customers": ("c1", "c1/edit", "new"),
    "heard": (SMALLER,),
}


def lists() -> list[str]:
    """Screens that need no id, such as /feed."""
    places = set(re.findall(r'place === "(\w+)"', SCREENS))
    assert places, "screens.ts has changed its form"
    return [f"/{place}" for place in sorted(places - {"visits"})]


def rooms() -> list[str]:
    """Screens of the office, such as /company/people."""
    office = re.search(r"const office[^{]*\{(.*?)\n\};", SCREENS, re.DOTALL)
    assert office, "screens.ts has changed its form"
    return [f"/company/{room}" for room in re.findall(r"^  (\w+):", office[1], re.MULTILINE)]


def deep() -> list[str]:
    return [f"/{place}/{ident}" for place, idents in WITH_ID.items() for ident in idents]
