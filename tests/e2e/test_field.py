"""The worst day, one trouble at a time: the recording stays, and one line says what to do."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from browsing import SPOKEN, Server, enrol_again, phone
from field import (
    all_arrived,
    arrived,
    begin,
    controlled,
    kept,
    leave_space,
    left_with_receipt,
    record,
    share,
    wake_worker,
)
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.whisper]

REP = "Andrei Munteanu"
HOOKED = "() => { navigator.mediaDevices.getUserMedia = %s; }"
MADE_UP = """(() => {
    const context = new AudioContext(), out = context.createMediaStreamDestination();
    const gain = context.createGain(), tone = context.createOscillator();
    gain.gain.value = %s;
    tone.connect(gain).connect(out);
    tone.start();
    return async () => { await context.resume(); return out.stream; };
})()"""
"""A microphone that hears one tone, so loud."""


@pytest.fixture
def context(playwright_: Playwright, browser: Browser, server: Server) -> Iterator[BrowserContext]:
    opened = phone(playwright_, browser, server)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Page:
    opened = enrol_again(context, server, REP)
    controlled(opened)
    expect(opened.get_by_role("heading", name="Admiral Roast")).to_be_visible()
    return opened


def failing_with(name: str) -> str:
    return HOOKED % f"() => Promise.reject(new DOMException('no', '{name}'))"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("NotFoundError", "No microphone was found"),
        ("NotAllowedError", "The microphone is not allowed"),
        ("NotReadableError", "Another app holds the microphone"),
    ],
)
def test_without_a_microphone_it_says_why_and_takes_a_note(page: Page, name: str, said: str) -> None:
    page.evaluate(failing_with(name))
    page.get_by_role("button", name="Check in and record").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_contain_text("type a note")
    assert [memo for memo in kept(page) if memo["state"] == "recording"] == []
    page.get_by_role("button", name="Type a note").click()
    expect(page.get_by_label("What happened at the visit?")).to_be_visible()


def test_a_microphone_taken_away_in_the_middle_leaves_what_was_said(page: Page) -> None:
    page.evaluate(
        """() => {
            const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wish) => (window.opened = await real(wish));
        }"""
    )
    begin(page, 2)
    page.evaluate(
        """() => {
            navigator.permissions.query = async () => ({ state: 'denied' });
            window.opened.getTracks()[0].dispatchEvent(new Event('ended'));
        }"""
    )
    expect(
        page.get_by_text("The microphone is no longer allowed. What was said so far is kept.")
    ).to_be_visible()
    arrived(page)
    assert kept(page)[-1]["state"] == "sent"


@pytest.mark.parametrize(
    ("loud", "said"), [("0", "Nothing is heard."), ("9", "Very loud. Hold the phone a little further away.")]
)
def test_a_dead_or_shouted_at_microphone_is_told_while_it_records(page: Page, loud: str, said: str) -> None:
    page.evaluate(HOOKED % (MADE_UP % loud))
    page.get_by_role("button", name="Check in and record").click()
    expect(page.get_by_text(said)).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_text("Nothing was heard in this one.")).to_have_count(1 if loud == "0" else 0)


def test_a_phone_two_days_ahead_files_at_the_right_moment(
    context: BrowserContext, page: Page, server: Server
) -> None:
    context.add_init_script(
        """(() => {
            const True = Date, ahead = 2 * 86400000;
            globalThis.Date = class extends True {
                constructor(...given) { given.length ? super(...given) : super(True.now() + ahead); }
                static now() { return True.now() + ahead; }
            };
        })()"""
    )
    context.set_offline(True)
    page.reload()
    record(page, 2)
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    row = kept(page)[-1]
    assert datetime.fromisoformat(row["at"]) - datetime.now(UTC) > timedelta(hours=47)
    context.set_offline(False)
    arrived(page)
    visit = server.asked(f"/visits/{row['visit']}", REP)
    for at in (visit["at"], visit["memos"][0]["at"]):
        assert abs(datetime.fromisoformat(at) - datetime.now(UTC)) < timedelta(minutes=3)
    assert visit["position"]["age_s"] < 120
    page.get_by_role("button", name="Next visit").click()
    expect(page.get_by_text("This phone's clock is 2 days off")).to_be_visible()


def test_short_space_is_said_before_the_recording_which_is_taken_all_the_same(
    context: BrowserContext, server: Server
) -> None:
    aside = context.new_page()
    leave_space(aside, server, 2_500_000)
    page = enrol_again(context, server, REP)
    expect(page.get_by_text("This phone is nearly full")).to_be_visible(timeout=15_000)
    record(page, 2)
    arrived(page)


def problem(status: int, code: str) -> Callable[[Route], None]:
    body = json.dumps({"type": "about:blank", "title": "No", "status": status, "detail": "No.", "code": code})
    return lambda route: route.fulfill(status=status, content_type="application/problem+json", body=body)


def portal(route: Route) -> None:
    route.fulfill(
        status=200, content_type="text/html", body="<h1>Hotel Miramar: your room number, please</h1>"
    )


def gateway(route: Route) -> None:
    route.fulfill(status=502, body="Bad gateway")


def elsewhere(route: Route) -> None:
    route.fulfill(status=302, headers={"Location": "/"})


@pytest.mark.parametrize(
    ("answer", "said", "todo"),
    [
        (problem(413, "memo_too_large"), "The server finds this recording too large", "stays on this phone"),
        (problem(500, "internal"), "No.", "tried again by itself"),
        (gateway, "The server was not reached", "goes by itself"),
        (portal, "A login page is in the way", "sign in to this network"),
        (elsewhere, "A login page is in the way", "sign in to this network"),
    ],
    ids=["413", "500", "502", "login page", "sent elsewhere"],
)  # fmt: skip
def test_an_answer_that_is_no_receipt_keeps_the_recording(
    context: BrowserContext, page: Page, answer: Callable[[Route], None], said: str, todo: str
) -> None:
    context.route(re.compile("/api/visits/.*/memos/"), answer)
    record(page, 2)
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.get_by_text(re.compile(todo)).first).to_be_visible()
    assert kept(page)[-1]["chunks"] > 0
    context.unroute(re.compile("/api/visits/.*/memos/"))
    page.get_by_role("button", name=re.compile("Send now|Try again")).click()
    arrived(page)
    assert kept(page)[-1]["chunks"] == 0


def test_two_tabs_send_once(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    record(page, 2)
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    other = context.new_page()
    other.goto("/record")
    expect(other.get_by_text("1 recording on this phone")).to_be_visible()
    puts: list[str] = []
    context.on("request", lambda sent: puts.append(sent.url) if "/memos/" in sent.url else None)
    context.set_offline(False)
    for tab in (page, other):
        tab.evaluate("() => dispatchEvent(new Event('online'))")
    all_arrived(other)
    assert len(puts) == 1


def test_a_recording_in_another_tab_is_neither_offered_nor_torn_down(
    context: BrowserContext, page: Page, web: Callable[[str], None]
) -> None:
    begin(page, 2)
    other = context.new_page()
    other.goto("/record")
    expect(other.get_by_role("button", name="Check in and record")).to_be_visible()
    expect(other.get_by_text("was cut off")).to_have_count(0)
    web("// another version")
    other.evaluate(
        "() => navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)"
    )
    other.get_by_role("button", name="Use it now").click()
    expect(other.get_by_text("A recording is running. Stop it first.")).to_be_visible()
    expect(page.get_by_text("A new version is ready")).to_have_count(0)
    page.get_by_role("button", name="Stop and send").click()
    arrived(page)
    with other.expect_event("load"):
        other.get_by_role("button", name="Use it now").click()
    expect(other.get_by_role("button", name="Check in and record")).to_be_visible()
    expect(other.get_by_text("A new version is ready")).to_have_count(0)


def test_the_service_worker_sends_when_no_page_is_open(
    context: BrowserContext, page: Page, server: Server
) -> None:
    context.set_offline(True)
    record(page, 2)
    expect(page.get_by_text("The server was not reached")).to_be_visible()
    row = kept(page)[-1]
    page.close()
    context.set_offline(False)
    aside = context.new_page()
    aside.goto("/trust")
    wake_worker(aside, server)
    left_with_receipt(aside, row["id"])
    assert server.asked(f"/visits/{row['visit']}", REP)["memos"][0]["id"] == row["id"]


def test_a_voice_memo_of_another_app_is_shared_in_without_a_signal(
    context: BrowserContext, page: Page, server: Server
) -> None:
    context.set_offline(True)
    share(page, "Memo 12.webm", "audio/webm", SPOKEN.read_bytes())
    expect(page.get_by_text("Shared into Rounds")).to_be_visible()
    page.get_by_role("button", name="Pick a customer").click()
    page.get_by_placeholder("Name or number").fill("brass otter")
    page.get_by_role("button", name=re.compile("The Brass Otter")).click()
    expect(page.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    row = kept(page)[-1]
    context.set_offline(False)
    arrived(page)
    visit = server.asked(f"/visits/{row['visit']}", REP)
    assert (visit["customer_name"], visit["position"]) == ("The Brass Otter", None)


def test_holding_the_button_ends_when_it_is_let_go(page: Page) -> None:
    box = page.get_by_role("button", name="Check in and record").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 80)
    page.mouse.down()
    expect(page.get_by_role("timer")).to_have_text("0:02", timeout=20_000)
    page.mouse.up()
    arrived(page)


def test_a_discarded_recording_comes_back_with_undo(page: Page) -> None:
    begin(page, 2)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Undo").click()
    all_arrived(page)
    assert kept(page)[-1]["state"] == "sent"


def test_the_rep_sees_and_takes_back_where_the_phone_was(page: Page) -> None:
    record(page, 2)
    page.get_by_role("link", name="Open the report").click(timeout=30_000)
    expect(page.get_by_text("47.58222, -122.38656")).to_be_visible()
    page.get_by_role("button", name="Delete position").click()
    expect(page.get_by_text("No position was sent")).to_be_visible()
