"""Pictures of every screen at phone and desktop width, light and dark: `screenshots.py FOLDER`.

Starts a server of its own on the demo company, unless one is given with --url and --home.
"""

import argparse
import json
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from browsing import DOORSTEP, ROOT, Server, chromium, enrol, launch, models, serving, spoken_wav
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {"phone": {"width": 360, "height": 800}, "desktop": {"width": 1280, "height": 800}}
SCHEMES = ("light", "dark")
PEOPLE = {
    "rep": "Caleb Whitmore",
    "manager": "Miles Okonjo",
    "employee": "Erin Castellano",
    "admin": "Ada Lindqvist",
}
FILED_S = 600.0
"""The worker listens to ten recordings and reads twenty notes."""


def call(server: Server, token: str, path: str) -> dict[str, object]:
    request = urllib.request.Request(f"{server.url}/api{path}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.loads(answer.read()))


@contextmanager
def demo() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "models").symlink_to(models(), target_is_directory=True)
        Server(home, "").run("demo", str(ROOT / "demo"))
        with serving(home) as server:
            yield server


def wait_until_filed(server: Server, token: str) -> list[dict[str, object]]:
    until = time.monotonic() + FILED_S
    while True:
        visits = call(server, token, "/feed?limit=100")["items"]
        assert isinstance(visits, list)
        if not any(visit["state"] == "processing" for visit in visits) or time.monotonic() > until:
            return visits
        time.sleep(2)


def chosen(server: Server, token: str, visits: list[dict[str, object]]) -> dict[str, str]:
    """A visit with a recording, one that waits for an answer, and a customer with a story."""
    filed = [visit for visit in visits if visit["state"] in ("filed", "approved")]
    full = [call(server, token, f"/visits/{visit['id']}") for visit in filed]
    spoken = next(visit for visit in full if visit["memos"][0]["kind"] == "voice")  # type: ignore[index]
    waiting = [visit for visit in visits if visit["state"] == "needs_review"]
    asking = min(waiting or filed, key=lambda visit: visit["customer"] is not None)
    return {"visit": str(spoken["id"]), "question": str(asking["id"]), "customer": str(spoken["customer"])}


def shoot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(900)
    page.screenshot(path=folder / f"{name}.png")


def record(page: Page, folder: Path, suffix: str) -> None:
    """The path of a rep: ready, recording, sent."""
    page.get_by_role("button", name="Check in and record").click()
    page.get_by_role("button", name="Stop and send").wait_for()
    page.wait_for_timeout(5_000)
    shoot(page, folder, f"recording-{suffix}")
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Check in and record").wait_for()


def tour(
    browser: Browser, server: Server, ids: dict[str, str], folder: Path, width: str, scheme: str
) -> None:
    suffix = f"{width}-{scheme}"
    screens = {
        "rep": {"record": "/record", "feed": "/feed", "edit-customer": f"/customers/{ids['customer']}/edit"},
        "employee": {"customers": "/customers", "customer": f"/customers/{ids['customer']}"},
        "manager": {
            "review": "/review", "visit": f"/visits/{ids['visit']}",
            "question": f"/visits/{ids['question']}?from=review",
        },
        "admin": {
            "company": "/company", "people": "/company/people", "products": "/company/products",
            "competitors": "/company/competitors", "settings": "/company/settings",
        },
    }  # fmt: skip
    for role, paths in screens.items():
        context = browser.new_context(
            viewport=WIDTHS[width], color_scheme=scheme, device_scale_factor=2 if width == "phone" else 1,
            base_url=server.url, geolocation=DOORSTEP, permissions=["geolocation", "microphone"],
        )  # fmt: skip
        if role == "rep":
            page = context.new_page()
            page.goto("/")
            shoot(page, folder, f"enrol-{suffix}")
            page.close()
        page = enrol(context, server, PEOPLE[role])
        for name, path in paths.items():
            page.goto(path)
            shoot(page, folder, f"{name}-{suffix}")
        if role == "rep":
            page.goto("/record")
            record(page, folder, suffix)
        if role == "manager":
            page.goto(paths["visit"])
            page.get_by_role("button", name="Edit: ").nth(2).click()
            shoot(page, folder, f"correct-{suffix}")
        if role == "admin":
            page.goto("/company/people")
            page.get_by_role("button", name="Send a link").first.click()
            page.get_by_role("img").wait_for()
            shoot(page, folder, f"invite-{suffix}")
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="of a running server")
    parser.add_argument("--home", type=Path, help="its ROUNDS_HOME")
    parser.add_argument("--only", help="such as phone-light")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    executable = chromium()
    assert executable, "no Chromium was found"
    with nullcontext(Server(given.home, given.url)) if given.url else demo() as server:
        token = server.run("token", PEOPLE["manager"]).strip()
        ids = chosen(server, token, wait_until_filed(server, token))
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as sound:
            browser = launch(playwright, executable, spoken_wav(Path(sound)))
            for width in WIDTHS:
                for scheme in SCHEMES:
                    if given.only in (None, f"{width}-{scheme}"):
                        tour(browser, server, ids, given.folder, width, scheme)
            browser.close()


if __name__ == "__main__":
    main()
