"""Pictures of every screen at phone and desktop width: `screenshots.py FOLDER [--language de]`.

Light all of them, dark those of the rep too. On a company that is written straight into its database; the
browser makes them small (WebP) by itself.
"""

import argparse
import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

from addresses import lists, rooms
from browsing import Server, chromium, code_for, launch, spoken_wav
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from populated import ADMIN, ASKING, EMPLOYEE, FAILED, HERE, MANAGER, REP, SPOKEN, populated
from wished import SMALLER

WIDTHS = {"phone": {"width": 360, "height": 800}, "desktop": {"width": 1280, "height": 800}}
SETTLED_MS = 700
"""Lists come in and sheets slide up."""
QUALITY = 60
LOCALES = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR"}
LISTS = set(lists()) - {"/today", "/queue", "/feed", "/customers", "/review", "/since", "/heard"}
"""The rest of them, which an administrator shows."""
PATHS = {
    REP: {
        "today": "/today",
        "queue": "/queue",
        "record": "/record",
        "feed": "/feed",
        "edit-customer": "/customers/c1/edit",
    },
    EMPLOYEE: {
        "customers": "/customers",
        "customer": "/customers/c1",
        "since": "/since",
        "heard": "/heard",
        "subject": f"/heard/{SMALLER}",
    },
    MANAGER: {
        "review": "/review",
        "visit": f"/visits/{SPOKEN}",
        "question": f"/visits/{ASKING}?from=review",
        "failed": f"/visits/{FAILED}",
    },
    ADMIN: {path.rsplit("/", 1)[1]: path for path in [*sorted(LISTS), *rooms()]},
}


def shoot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(SETTLED_MS)
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    (folder / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))
    session.detach()


def on_the_way(page: Page) -> Iterator[str]:
    """What a rep taps at a customer's: talk, sent, a note."""
    page.goto("/record")
    page.locator("button.talk").click()
    page.locator("[role=timer]").get_by_text("0:04").wait_for()
    yield "recording"
    page.locator("button.stop").click()
    page.locator("ol[aria-live]").wait_for()
    yield "sent"


def sheets(page: Page, person: str) -> Iterator[str]:
    if person == MANAGER:
        page.goto(f"/visits/{SPOKEN}")
        page.locator(".value.doubtful .icon-btn").first.click()
        yield "correct"
    if person == ADMIN:
        page.goto("/company/people")
        page.locator("main li.card > .btn.plain").first.click()
        page.locator("dialog svg").first.wait_for()
        yield "invite"


def context_of(browser: Browser, server: Server, width: str, scheme: str, language: str) -> BrowserContext:
    return browser.new_context(
        viewport=WIDTHS[width],
        color_scheme=scheme,
        device_scale_factor=2 if width == "phone" else 1,
        locale=LOCALES[language],
        reduced_motion="reduce",
        base_url=server.url,
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )


def started(context: BrowserContext, server: Server, person: str) -> Page:
    """In whatever language."""
    page = context.new_page()
    page.goto(f"/enrol#{code_for(server, person)}")
    page.locator("button.primary").click()
    page.locator("nav").wait_for()
    return page


def tour(
    browser: Browser, server: Server, folder: Path, width: str, scheme: str, language: str, people: list[str]
) -> None:
    ending = f"{width}-{scheme}" + (f"-{language}" if language != "en" else "")
    for person in people:
        context = context_of(browser, server, width, scheme, language)
        if person == REP:
            page = context.new_page()
            page.goto("/")
            shoot(page, folder, f"enrol-{ending}")
            page.close()
        page = started(context, server, person)
        for name, path in PATHS[person].items():
            page.goto(path)
            page.locator("h1").first.wait_for()
            shoot(page, folder, f"{name}-{ending}")
        for name in on_the_way(page) if person == REP else sheets(page, person):
            shoot(page, folder, f"{name}-{ending}")
        context.close()


def write_index(folder: Path) -> None:
    """A page that shows them all."""
    names = sorted(file.name.removesuffix("-phone-light.webp") for file in folder.glob("*-phone-light.webp"))
    lines = ["# Every screen", "", "Made by `make screenshots` on a made-up company."]
    for name in names:
        shown = [f"{name}-{width}-{scheme}.webp" for scheme in ("light", "dark") for width in WIDTHS]
        pictures = [
            f'<img alt="{each.removesuffix(".webp")}" src="{each}" height="400">'
            for each in shown
            if (folder / each).is_file()
        ]
        lines += ["", f"## {name.replace('-', ' ').capitalize()}", "", "\n".join(pictures)]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=LOCALES, default="en")
    parser.add_argument("--only", help="such as phone-light")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    executable = chromium()
    assert executable, "no Chromium was found"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        browser = launch(playwright, executable, spoken_wav(home))
        for width in WIDTHS:
            for scheme, people in (("light", list(PATHS)), ("dark", [REP])):
                if given.only in (None, f"{width}-{scheme}"):
                    (home / f"{width}-{scheme}").mkdir()
                    with populated(home / f"{width}-{scheme}") as server:
                        tour(browser, server, given.folder, width, scheme, given.language, people)
        browser.close()
    write_index(given.folder)


if __name__ == "__main__":
    main()
