"""How fast the app is there: first load and again on Slow 4G, again without a signal; what its script weighs.

    bench_app.py [--runs 5]

'Slow 4G' is Lighthouse's: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; the harder one is Chrome's
own preset of that name, with 562 ms. The processor is slowed down four times. 'There' is the moment at which
the one button can be tapped, from the navigation on, on a Pixel 7.
"""

import argparse
import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from browsing import BUILT, ROOT, Server, chromium, enrol, launch, phone, serving, spoken_wav
from field import controlled
from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

LINES = {
    "Slow 4G (150 ms)": {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
    "Slow 4G (562 ms)": {"latency": 562.5, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 675e3 / 8},
}
SLOWER = 4
READY = """() => new Promise((resolve) => {
    const look = () => {
        const button = document.querySelector('button.talk, form.code input, main button.btn.primary');
        if (!button) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    look();
})"""


def slow_down(page: Page, line: dict[str, float], *, offline: bool = False) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": offline, **line})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def loaded(page: Page, url: str) -> float:
    """Milliseconds from the navigation until the button is drawn."""
    page.goto(url, wait_until="commit")
    return float(page.evaluate(READY))


def first(context: BrowserContext, server: Server, line: dict[str, float]) -> float:
    """Nothing of the app is on the phone; the person has the cookie already."""
    page = context.new_page()
    page.goto(f"{server.url}/icons/mark.svg")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": server.url, "storageTypes": "cache_storage,service_workers,indexeddb,local_storage"},
    )
    slow_down(page, line)
    took = loaded(page, f"{server.url}/record")
    page.close()
    return took


def again(context: BrowserContext, server: Server, line: dict[str, float], *, offline: bool) -> float:
    """The service worker has everything; a new tab, as when the app is opened from the home screen."""
    page = context.new_page()
    slow_down(page, line)
    if offline:
        context.set_offline(True)
    took = loaded(page, f"{server.url}/record")
    page.close()
    context.set_offline(False)
    return took


def capture_script(page: Page, server: Server) -> list[Path]:
    """The script files that a first opening of the capture screen runs."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.resource_type == "script" else None)
    page.goto(f"{server.url}/record")
    page.get_by_role("button", name="Check in and record").wait_for()
    names = {url.rsplit("/", 1)[1] for url in asked if "/assets/" in url}
    return [BUILT.parent / "assets" / name for name in sorted(names)]


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def said(name: str, took: list[float]) -> str:
    middle, worst = statistics.median(took) / 1000, max(took) / 1000
    return f"{name:<38} {middle:6.2f} s  (worst of {len(took)}: {worst:.2f} s)"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    executable = chromium()
    assert executable, "no Chromium was found"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        Server(home, "").run("import", str(ROOT / "demo" / "world.json"))
        with serving(home, alone=True) as server:
            browser = launch(playwright, executable, spoken_wav(home))
            context = phone(playwright, browser, server)
            page = enrol(context, server, "Andrei Munteanu")
            controlled(page)
            files = capture_script(page, server)
            weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
            page.close()
            tell(f"{'script of the capture screen, gzip':<38} {weight / 1024:6.1f} KB  ({len(files)} files)")
            for name, line in LINES.items():
                tell(said(f"first load, {name}", [first(context, server, line) for _ in range(runs)]))
                warm = context.new_page()
                warm.goto(f"{server.url}/record")
                controlled(warm)
                warm.close()
                for offline in (False, True):
                    how = "again, offline" if offline else f"again, {name}"
                    tell(said(how, [again(context, server, line, offline=offline) for _ in range(runs)]))
            browser.close()


if __name__ == "__main__":
    main()
