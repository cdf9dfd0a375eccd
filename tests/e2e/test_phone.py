"""What the app asks of a phone, and what it does with it: light, room, place, microphone, the home screen."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import BUILT, Server, code_for, enrol_again, opened
from field import begin, controlled, kept
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from populated import HERE, REP

pytestmark = [pytest.mark.browser]

WATCHED = """(() => {
    window.asked = { persist: 0, lit: 0, dark: 0 };
    navigator.storage.persist = async () => (window.asked.persist += 1, true);
    const lock = () => ({ release: async () => void (window.asked.dark += 1) });
    navigator.wakeLock.request = async (kind) => (window.asked.lit += kind === 'screen', lock());
    window.places = new Set();
    const real = navigator.geolocation;
    const [watch, clear] = [real.watchPosition.bind(real), real.clearWatch.bind(real)];
    navigator.geolocation.watchPosition = (...given) => {
        const id = watch(...given);
        window.places.add(id);
        return id;
    };
    navigator.geolocation.clearWatch = (id) => (window.places.delete(id), clear(id));
})()"""
"""Counts what the app asks of the phone."""
HIDDEN = """(hidden) => {
    const get = () => hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def context(browser: Browser, company: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=company.url,
        viewport={"width": 360, "height": 800},
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )
    context.add_init_script(WATCHED)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, company: Server) -> Page:
    opened = enrol_again(context, company, REP)
    expect(opened.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    return opened


def asked(page: Page) -> Any:
    return page.evaluate("() => window.asked")


def places(page: Page) -> int:
    return int(page.evaluate("() => window.places.size"))


def test_the_screen_stays_lit_and_what_is_kept_stays(page: Page) -> None:
    begin(page, 1)
    told = asked(page)
    assert told["persist"] > 0
    assert (told["lit"], told["dark"]) == (1, 0)
    page.evaluate(HIDDEN, True)
    page.evaluate(HIDDEN, False)
    assert asked(page)["lit"] == 2, "a phone drops the lock of a page that was hidden: it is asked for again"
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_role("button", name="Next visit")).to_be_visible()
    assert asked(page)["dark"] == 1


def test_two_taps_and_no_key_make_a_visit_while_the_wave_moves(page: Page, company: Server) -> None:
    visits = f"/visits?rep={company.asked('/me', REP)['employee']['id']}&limit=100"
    before = {it["id"] for it in company.asked(visits, REP)["items"]}
    page.get_by_role("button", name="Check in and record").click()
    heights = "() => [...document.querySelectorAll('.wave i')].map((it) => parseFloat(it.style.height))"
    page.wait_for_function(f"() => Math.max(...({heights})()) > 20")
    seen = page.evaluate(heights)
    page.wait_for_function(f"(seen) => JSON.stringify(({heights})()) !== JSON.stringify(seen)", arg=seen)
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=30_000)
    (made,) = [it for it in company.asked(visits, REP)["items"] if it["id"] not in before]
    visit = company.asked(f"/visits/{made['id']}", REP)
    assert [memo["kind"] for memo in visit["memos"]] == ["voice"]
    assert visit["candidates"][0]["name"] == "The Brass Otter"


def test_a_switched_off_microphone_is_told_at_once(page: Page) -> None:
    page.evaluate(
        """() => {
            const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wish) => {
                const stream = await real(wish);
                Object.defineProperty(stream.getAudioTracks()[0], 'muted', { get: () => true });
                return stream;
            };
        }"""
    )
    page.get_by_role("button", name="Check in and record").click()
    expect(page.get_by_role("status").filter(has_text="Nothing is heard.")).to_be_visible()


def test_the_place_is_asked_for_with_the_reason_and_only_where_it_is_used(
    browser: Browser, company: Server
) -> None:
    context = browser.new_context(
        base_url=company.url, viewport={"width": 360, "height": 800}, geolocation=HERE
    )
    context.add_init_script(WATCHED)
    context.add_init_script(
        """(() => {
            const real = navigator.permissions.query.bind(navigator.permissions);
            let first = !localStorage.getItem('rounds.place-asked');
            navigator.permissions.query = async (it) =>
                it.name === 'geolocation' && first ? { state: 'prompt' } : real(it);
        })()"""
    )
    page = opened(context, company, code_for(company, REP))
    expect(page.get_by_text("Find the customer by where you stand?")).to_be_visible()
    expect(page.get_by_text("used at a check-in only, never in the background")).to_be_visible()
    assert places(page) == 0
    context.grant_permissions(["geolocation", "microphone"])
    page.get_by_role("button", name="Use my position").click()
    expect(page.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    assert places(page) == 1
    page.evaluate(HIDDEN, True)
    assert places(page) == 0, "never in the background"
    page.evaluate(HIDDEN, False)
    assert places(page) == 1
    page.get_by_role("navigation").get_by_role("link", name="Feed").click()
    expect(page.get_by_role("heading", name="Feed", level=1)).to_be_visible()
    assert places(page) == 0
    context.close()


def test_without_a_place_it_records_all_the_same(browser: Browser, company: Server) -> None:
    context = browser.new_context(
        base_url=company.url, viewport={"width": 360, "height": 800}, permissions=["microphone"]
    )
    page = opened(context, company, code_for(company, REP))
    expect(page.get_by_text("Without a position: say the customer's name in your memo.")).to_be_visible()
    begin(page, 1)
    page.get_by_role("button", name="Stop and send").click()
    page.get_by_role("link", name="Open the report").click(timeout=30_000)
    expect(page.get_by_text("No position was sent")).to_be_visible()
    context.close()


def test_behind_a_login_page_the_app_opens_and_records(context: BrowserContext, page: Page) -> None:
    controlled(page)

    def portal(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Your room number, please</h1>")

    context.route("**/api/**", portal)
    page.reload()
    expect(page.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    begin(page, 1)
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_text("A login page is in the way")).to_be_visible()
    expect(page.get_by_text("sign in to this network")).to_be_visible()
    (row,) = [memo for memo in kept(page) if memo["state"] == "kept"]
    assert row["chunks"] > 0
    context.unroute("**/api/**")
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=30_000)


def test_it_can_be_installed_and_its_shortcuts_lead_there(page: Page, company: Server) -> None:
    controlled(page)
    session = page.context.new_cdp_session(page)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [it["errorId"] for it in errors if it["errorId"] != "in-incognito"] == []
    manifest = json.loads(session.send("Page.getAppManifest")["data"])
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        size = page.evaluate(
            """async (src) => {
                const shown = Object.assign(new Image(), { src });
                await shown.decode();
                return shown.naturalWidth;
            }""",
            icon["src"],
        )
        assert icon["sizes"] == f"{size}x{size}"
    assert manifest["share_target"]["action"] == "/share"
    for shortcut, title in zip(manifest["shortcuts"], ("The Brass Otter", "Today", "Customers"), strict=True):
        page.goto(shortcut["url"])
        expect(page.get_by_role("heading", level=1).first).to_have_text(title)


def test_a_slow_line_shows_the_sign_at_once(browser: Browser, company: Server) -> None:
    context = browser.new_context(base_url=company.url, viewport={"width": 360, "height": 800})
    held: list[Route] = []
    context.route("**/assets/index-*.js", lambda route: held.append(route))
    page = context.new_page()
    with page.expect_request("**/assets/index-*.js"):
        page.goto("/", wait_until="commit")
    expect(page.locator(".splash svg")).to_be_visible()
    expect(page.get_by_label("Your code")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.get_by_label("Your code")).to_be_visible()
    expect(page.locator(".splash")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", ["en-US", "de-DE", "es-ES", "fr-FR"])
def test_the_script_of_the_capture_screen_is_small(browser: Browser, company: Server, language: str) -> None:
    context = browser.new_context(base_url=company.url, locale=language, permissions=["microphone"])
    page = opened_in_any_language(context, company)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.resource_type == "script" else None)
    page.goto("/record")
    expect(page.locator("button.talk")).to_be_visible()
    names = {url.rsplit("/", 1)[1] for url in asked if "/assets/" in url}
    assert any(name.startswith("index-") for name in names)
    bytes_ = sum(len(gzip.compress((BUILT.parent / "assets" / name).read_bytes(), 6)) for name in names)
    assert bytes_ <= 90 * 1024
    context.close()


def opened_in_any_language(context: BrowserContext, company: Server) -> Page:
    page = context.new_page()
    page.goto(f"/enrol#{code_for(company, REP)}")
    page.locator("button.primary").click()
    page.locator("nav").wait_for()
    return page
