"""What the tests of a day in the field do to a phone, and what they look up on it and on the server."""

import hashlib
import time
import urllib.request
from contextlib import suppress
from typing import Any

from browsing import Server
from playwright.sync_api import Error, Page, expect

KEPT = """async () => {
    const db = await new Promise((resolve) => {
        const open = indexedDB.open("rounds");
        open.onsuccess = () => resolve(open.result);
    });
    const all = (store) => new Promise((resolve) => {
        const got = db.transaction(store).objectStore(store).getAll();
        got.onsuccess = () => resolve(got.result);
    });
    const chunks = await all("chunks");
    const memos = [];
    for (const memo of await all("memos")) {
        const mine = chunks.filter((chunk) => chunk.memo === memo.id).sort((a, b) => a.index - b.index);
        const sound = await new Blob(mine.map((it) => it.data)).arrayBuffer();
        const sum = await crypto.subtle.digest("SHA-256", sound);
        const hex = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        memos.push({ ...memo, chunks: mine.length, sha256: hex });
    }
    db.close();
    return memos;
}"""
"""Every memo on the phone with the sum of the sound that is kept of it."""
SETTLED_S = 180.0
"""For a worker on a machine that does other things too."""


def heard(server: Server, visit: str, memo: str, name: str) -> str:
    """The sum of a recording as the server gives it out."""
    headers = {"Authorization": f"Bearer {server.token(name)}"}
    request = urllib.request.Request(f"{server.url}/api/visits/{visit}/memos/{memo}/audio", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return hashlib.sha256(answer.read()).hexdigest()


def settled(server: Server, visit: str, name: str) -> dict[str, Any]:
    """The visit once the worker is through with it."""
    until = time.monotonic() + SETTLED_S
    while (found := dict(server.asked(f"/visits/{visit}", name)))["state"] == "processing":
        assert time.monotonic() < until, found
        time.sleep(0.5)
    return found


def kept(page: Page) -> list[dict[str, Any]]:
    return sorted(page.evaluate(KEPT), key=lambda memo: str(memo["at"]))


def wait_for_memos(page: Page, test: str, memo: str | None = None) -> None:
    """Until the kept `memos` pass it. Waits in the page itself: Playwright's wait_for_function takes an async
    function's promise for yes."""
    page.evaluate(
        f"""async (id) => {{
            const passed = (memos) => {test};
            while (!passed(await ({KEPT})())) await new Promise((resolve) => setTimeout(resolve, 100));
        }}""",
        memo,
    )


def left_with_receipt(page: Page, memo: str) -> None:
    wait_for_memos(page, "memos.some((it) => it.id === id && it.state === 'sent')", memo)


def begin(page: Page, seconds: int) -> None:
    """Two taps away: the one button, and so many seconds of talk."""
    page.get_by_role("button", name="Check in and record").click()
    expect(page.get_by_role("timer")).to_have_text(f"0:{seconds:02d}", timeout=(seconds + 20) * 1000)


def record(page: Page, seconds: int) -> None:
    begin(page, seconds)
    page.get_by_role("button", name="Stop and send").click()


def crash(page: Page) -> None:
    """The tab dies as it does when the phone takes its memory away: nothing of the page runs any more."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=5_000)
    page.close()


def leave_space(page: Page, server: Server, spare: int) -> None:
    """So many bytes are all that the app gets; before it is opened, because browsers remember for a while."""
    page.goto(f"{server.url}/icons/mark.svg")
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": spare})


def wake_worker(page: Page, server: Server) -> None:
    """What the browser does when there is a line again: a sync event, though no page of the app is open."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            it["registrationId"] for it in event["registrations"] if not it["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    while not found:
        page.evaluate("() => navigator.serviceWorker.getRegistration().then(() => true)")
    told = {"origin": server.url, "registrationId": found[-1], "tag": "outbox", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", told)


def share(page: Page, name: str, mime: str, sound: bytes) -> None:
    """What the system does when another app shares a file into this one."""
    page.evaluate(
        """() => {
            const form = document.body.appendChild(document.createElement('form'));
            const how = { action: '/share', method: 'POST', enctype: 'multipart/form-data' };
            Object.assign(form, how, { id: 'share' });
            form.innerHTML = '<input type="file" name="sound">';
        }"""
    )
    page.set_input_files("#share input", {"name": name, "mimeType": mime, "buffer": sound})
    page.evaluate("() => document.getElementById('share').submit()")
    page.wait_for_url("**/record?shared=*")


def controlled(page: Page) -> None:
    """The service worker has everything that it needs without a signal."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def arrived(page: Page) -> None:
    """The receipt matched."""
    expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=60_000)


def all_arrived(page: Page, timeout_s: int = 60) -> None:
    wait_for_memos(page, "memos.every((it) => it.chunks === 0)")
    expect(page.get_by_text("Everything is with the server")).to_be_attached(timeout=timeout_s * 1000)
