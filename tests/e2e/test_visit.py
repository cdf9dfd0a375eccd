"""The whole path on real speech: a phone that records, the others that read, hear, correct and approve."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import Server, enrol, phone
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

pytestmark = [pytest.mark.browser, pytest.mark.whisper]

REP, CUSTOMER = "Andrei Munteanu", "Admiral Roast"
SPOKEN_S = 19
"""A second more than the dictation is long."""
REPORT_MS = 120_000
"""The worker may be loading its model, on a machine that does other things too."""


@pytest.fixture
def rep(playwright_: Playwright, browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = phone(playwright_, browser, server)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """Another person's browser, at a desk."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def asked(server: Server, path: str, name: str = REP, method: str = "GET") -> Any:
    headers = {"Authorization": f"Bearer {server.run('token', name).strip()}"}
    request = urllib.request.Request(f"{server.url}/api{path}", headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def shut_out(server: Server, name: str) -> None:
    """What an administrator does about a lost phone."""
    server.invite("Ada Lindqvist", "admin")
    for person in asked(server, "/people", "Ada Lindqvist"):
        if person["employee"]["name"] == name:
            for device in person["devices"]:
                asked(server, f"/devices/{device['id']}", "Ada Lindqvist", "DELETE")


def kept_chunks(page: Page) -> int:
    """Chunks of sound that are still on the phone."""
    return int(
        page.evaluate(
            """() => new Promise((resolve) => {
                const open = indexedDB.open("rounds");
                open.onsuccess = () => {
                    const count = open.result.transaction("chunks").objectStore("chunks").count();
                    count.onsuccess = () => { open.result.close(); resolve(count.result); };
                };
            })"""
        )
    )


def record(page: Page, seconds: int) -> None:
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    page.get_by_role("button", name="Check in and record").click()
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(f"0:{seconds:02d}", timeout=(seconds + 20) * 1000)


def played_s(page: Page) -> float:
    return float(page.get_by_role("slider", name="Position in the recording").input_value())


def sees_report(page: Page) -> None:
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    expect(page.get_by_role("heading", name="Orders")).to_be_visible()
    expect(page.get_by_text(re.compile("oat milk", re.I)).first).to_be_visible()


def hears_it(page: Page) -> None:
    """The whole recording, one word of it, and the seconds behind a value."""
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => Number(document.querySelector('input[type=range]').value) > 1.5")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name=re.compile("^Hear where .*oat milk", re.I)).first.click()
    expect(page.locator(".words .now").first).to_be_visible()
    before = played_s(page)
    page.wait_for_function("(s) => Number(document.querySelector('input[type=range]').value) > s", arg=before)


def corrects_and_approves(page: Page) -> None:
    page.get_by_role("button", name="Edit: Order", exact=True).click()
    page.get_by_role("button", name="Interested").click()
    expect(page.get_by_role("heading", name="Corrections")).to_be_visible()
    expect(page.get_by_text("changed outcome")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text(re.compile("^Approved by Miles"))).to_be_visible()


def test_a_spoken_visit_files_itself_and_everyone_hears_it(
    rep: BrowserContext, desk: BrowserContext, browser: Browser, server: Server
) -> None:
    page = enrol(rep, server, REP)
    record(page, SPOKEN_S)
    page.get_by_role("button", name="Stop and send").click()
    report = page.get_by_role("link", name="Open the report")
    expect(report).to_be_visible(timeout=20_000)
    assert kept_chunks(page) == 0
    expect(page.get_by_role("listitem").last).to_have_class(re.compile("good|look"), timeout=REPORT_MS)
    report.click()
    sees_report(page)
    path = re.sub(r".*(/visits/[\w-]+).*", r"\1", page.url)
    visit = asked(server, path)
    assert visit["position"] == {
        "lat": 47.58222,
        "lon": -122.38656,
        "accuracy_m": 10,
        "age_s": visit["position"]["age_s"],
        "weak": False,
    }
    assert visit["report"]["orders"], visit["transcript"]

    reader = enrol(desk, server, "Erin Castellano", "employee")
    reader.goto("/feed")
    reader.get_by_role("link", name=re.compile(CUSTOMER)).first.click()
    sees_report(reader)
    hears_it(reader)
    expect(reader.get_by_role("button", name="Approve")).to_have_count(0)

    boss = browser.new_context(base_url=server.url)
    manager = enrol(boss, server, "Miles Okonjo", "manager")
    manager.goto(path)
    sees_report(manager)
    corrects_and_approves(manager)
    boss.close()
    settled = asked(server, path)
    assert settled["state"] == "approved"
    assert settled["report"]["outcome"] == "interested"
    assert [change["field"] for change in settled["corrections"]] == ["outcome"]
    expect(reader.get_by_text("Approved", exact=True)).to_be_visible()


def test_without_a_signal_it_waits_on_the_phone_and_is_filed_once(
    rep: BrowserContext, server: Server
) -> None:
    page = enrol(rep, server, REP)
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    before = {visit["id"] for visit in asked(server, "/feed?limit=100")["items"]}

    rep.set_offline(True)
    page.reload()
    record(page, 6)
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_text("Kept on this phone", exact=True)).to_be_visible()
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    assert kept_chunks(page) >= 5
    assert {visit["id"] for visit in asked(server, "/feed?limit=100")["items"]} == before

    rep.set_offline(False)
    expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=90_000)
    assert kept_chunks(page) == 0
    fresh = [visit for visit in asked(server, "/feed?limit=100")["items"] if visit["id"] not in before]
    assert len(fresh) == 1
    assert len(asked(server, f"/visits/{fresh[0]['id']}")["memos"]) == 1


def test_a_page_that_dies_while_recording_offers_what_was_kept(rep: BrowserContext, server: Server) -> None:
    page = enrol(rep, server, REP)
    record(page, 5)
    page.close()
    page = rep.new_page()
    page.goto("/record")
    expect(page.get_by_text(re.compile("was cut off after 0:0[4-9]"))).to_be_visible()
    page.get_by_role("button", name="Keep and send").click()
    expect(page.get_by_text(re.compile("was cut off"))).to_have_count(0)
    expect(page.get_by_text("Everything is with the server")).to_be_attached(timeout=60_000)
    assert kept_chunks(page) == 0


def test_a_phone_that_was_shut_out_keeps_its_recording(rep: BrowserContext, server: Server) -> None:
    page = enrol(rep, server, "Lost Phone", "rep")
    record(page, 3)
    rep.set_offline(True)
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    shut_out(server, "Lost Phone")
    rep.set_offline(False)
    expect(page.get_by_text("This phone was shut out")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("1 recording is still safe on this phone")).to_be_visible()
    page.get_by_label("Your code").fill(server.invite("Lost Phone"))
    page.get_by_role("button", name="Connect this phone").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Everything is with the server")).to_be_attached(timeout=60_000)
    assert kept_chunks(page) == 0


def test_a_typed_note_without_a_place_asks_one_question(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, viewport={"width": 360, "height": 800})
    page = enrol(context, server, REP)
    page.get_by_role("button", name="Type a note").click()
    page.get_by_label("What happened at the visit?").fill("Nobody was there. I left the spring catalog.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("listitem").last).to_have_class(re.compile("look"), timeout=REPORT_MS)
    page.get_by_role("link", name="Open the report").click()
    expect(page.get_by_role("heading", name="Which customer was it?")).to_be_visible()
    page.get_by_role("button", name="Another customer").click()
    page.get_by_placeholder("Name or number").fill("admiral")
    page.get_by_role("button", name=CUSTOMER).click()
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    expect(page.get_by_text("Which customer was it?")).to_have_count(0)
    context.close()


def test_a_used_code_says_what_to_do(rep: BrowserContext, server: Server) -> None:
    code = server.invite("Late Comer", "employee")
    enrol_with(rep, code)
    other = rep.new_page()
    other.goto(f"/enrol#{code}")
    expect(other.get_by_role("alert")).to_contain_text("does not work any more")
    expect(other.get_by_role("alert")).to_contain_text("administrator")


def enrol_with(context: BrowserContext, code: str) -> None:
    page = context.new_page()
    page.goto(f"/enrol#{code}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("navigation").wait_for()
    page.close()
