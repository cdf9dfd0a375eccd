"""A whole day of eight visits: half of them without a signal, two cut off by a crash, ten minutes of a server
that is down, a phone that is nearly full, a memo shared in, a correction by tap. Every memo is filed once,
and what the server has is to the byte what was on the phone.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from browsing import BUILT, ROOT, SPOKEN, Server, enrol_again, models, phone, serving
from field import (
    all_arrived,
    arrived,
    begin,
    controlled,
    crash,
    heard,
    kept,
    record,
    settled,
    share,
    wait_for_memos,
)
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.whisper]

REP, CUSTOMER = "Andrei Munteanu", "Admiral Roast"
FILED_MS = 120_000
TEN_MINUTES_MS = 600_000


@pytest.fixture
def home(executable: str, tmp_path: Path) -> Path:
    """A company of its own, because its server goes down in the afternoon."""
    (tmp_path / "models").symlink_to(models(), target_is_directory=True)
    copytree(BUILT.parent, tmp_path / "web")
    Server(tmp_path, "").run("setup-models")
    Server(tmp_path, "").run("import", str(ROOT / "demo" / "world.json"))
    return tmp_path


class Day:
    """The rep's phone, and the sum of each memo as it was before the phone let go of it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context, self.page = context, page
        self.sums: dict[str, str] = {}

    def note_sums(self) -> None:
        self.sums |= {memo["id"]: memo["sha256"] for memo in kept(self.page) if memo["chunks"]}

    def next(self) -> None:
        self.page.get_by_role("button", name="Next visit").click()
        expect(self.page.get_by_role("heading", name=CUSTOMER)).to_be_visible()

    def reopen(self) -> None:
        self.page = self.context.new_page()
        self.page.goto("/record")
        self.page.get_by_role("button", name="Keep and send").click()
        expect(self.page.get_by_text(re.compile("was cut off"))).to_have_count(0)

    def away(self) -> None:
        """Two visits in the hills."""
        self.context.set_offline(True)
        for _ in range(2):
            record(self.page, 2)
            expect(self.page.get_by_text("Kept on this phone", exact=True)).to_be_visible()
            self.note_sums()
            self.next()
        expect(self.page.get_by_text("2 recordings on this phone")).to_be_visible()

    def cut_off(self) -> None:
        """The tab dies in the middle of a recording."""
        begin(self.page, 3)
        crash(self.page)
        aside = self.context.new_page()
        aside.goto("/icons/mark.svg")
        self.sums |= {memo["id"]: memo["sha256"] for memo in kept(aside) if memo["chunks"]}
        aside.close()
        self.reopen()

    def nearly_full(self) -> None:
        """The browser says that little room is left."""
        self.page.add_init_script(
            "navigator.storage.estimate = async () => ({ usage: 9_000_000, quota: 10_000_000 })"
        )
        self.page.reload()
        expect(self.page.get_by_text("This phone is nearly full")).to_be_visible()
        record(self.page, 2)
        self.note_sums()
        self.next()


@pytest.fixture
def day(playwright_: Playwright, browser: Browser, home: Path) -> Iterator[tuple[Day, Server]]:
    with serving(home) as server:
        context = phone(playwright_, browser, server)
        page = enrol_again(context, server, REP)
        controlled(page)
        expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
        yield Day(context, page), server
    context.close()


def morning(day: Day) -> None:
    """The first visit with a signal, corrected by tap; two in the hills; one cut off; one shared in."""
    page = day.page
    held: list[Route] = []
    day.context.route(re.compile("/memos/"), lambda route: held.append(route))
    begin(page, 6)
    page.get_by_role("button", name="Stop and send").click()
    wait_for_memos(page, "memos.some((it) => it.state === 'kept')")
    day.note_sums()
    day.context.unroute(re.compile("/memos/"))
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name=re.compile("^Hear where")).first).to_be_visible(timeout=FILED_MS)
    page.get_by_role("button", name=re.compile("^Edit: ")).nth(1).click()
    page.get_by_role("dialog").get_by_role("button", name="Interested").click()
    expect(page.get_by_text("Corrected", exact=True)).to_be_visible()
    day.next()
    day.away()
    day.context.set_offline(False)
    all_arrived(page)
    day.cut_off()
    all_arrived(day.page)
    share(day.page, "Voice 001.webm", "audio/webm", SPOKEN.read_bytes())
    expect(day.page.get_by_text("Shared into Rounds")).to_be_visible()
    arrived(day.page)
    day.sums[kept(day.page)[-1]["id"]] = hashlib.sha256(SPOKEN.read_bytes()).hexdigest()
    day.next()


def afternoon(day: Day) -> None:
    """Nearly full and then cut off, both without a signal."""
    day.context.set_offline(True)
    day.nearly_full()
    day.cut_off()
    day.context.set_offline(False)
    all_arrived(day.page)


def down_for_ten_minutes(day: Day) -> None:
    """What is recorded while the server is down; the clock of the retries is driven, nobody waits."""
    page = day.page
    page.clock.install()
    page.goto("/record")
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    record(page, 2)
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    day.note_sums()
    page.get_by_role("button", name="Next visit").click()
    for _ in range(10):
        page.clock.run_for(TEN_MINUTES_MS / 10)
    expect(page.get_by_text(re.compile(r"Tried \d+ times"))).to_be_visible()


def test_a_day_in_the_field(day: tuple[Day, Server], home: Path) -> None:
    rep, server = day
    port = int(server.url.rsplit(":", 1)[1])
    morning(rep)
    afternoon(rep)
    server.stop()
    down_for_ten_minutes(rep)
    with serving(home, port):
        rep.page.clock.run_for(90_000)
        all_arrived(rep.page)
        check(server, rep)


def check(server: Server, day: Day) -> None:
    visits = server.asked(f"/visits?rep={server.asked('/me', REP)['employee']['id']}&limit=100", REP)["items"]
    assert len(visits) == 8
    full = [settled(server, visit["id"], REP) for visit in visits]
    assert {visit["state"] for visit in full} <= {"filed", "needs_review"}, [it["problem"] for it in full]
    assert [len(visit["memos"]) for visit in full] == [1] * 8
    stored = {
        visit["memos"][0]["id"]: heard(server, visit["id"], visit["memos"][0]["id"], REP) for visit in full
    }
    assert day.sums == stored
    assert [visit["report"]["outcome"] for visit in full if visit["corrections"]] == ["interested"]
