"""Two people at once: what one says about a visit the other sees at once, is told of, and follows; and what
customers ask for, with their voices."""

import re
from collections.abc import Iterator

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from populated import EMPLOYEE, REP, SPOKEN
from wished import SMALLER

LIVE_MS = 1_000
"""Within this a second session shows what the first one did."""


@pytest.fixture
def rep(playwright_: Playwright, browser: Browser, company: Server) -> Iterator[Page]:
    """On a phone."""
    context = browser.new_context(
        **{**playwright_.devices["Pixel 7"], "viewport": {"width": 360, "height": 800}}, base_url=company.url
    )
    yield enrol_again(context, company, REP)
    context.close()


@pytest.fixture
def office(browser: Browser, company: Server) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 1280, "height": 800}, base_url=company.url
    )
    yield enrol_again(context, company, EMPLOYEE)
    context.close()


def live(page: Page, path: str) -> None:
    """There, and with an open line."""
    page.goto("/feed")
    expect(page.locator(".pill.good")).to_be_visible()
    page.evaluate(
        "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }", path
    )
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_mention_is_seen_live_and_told_since(rep: Page, office: Page) -> None:
    rep.goto("/since")
    rep.get_by_role("button", name="I have seen it").click()
    expect(rep.get_by_text("All seen")).to_be_visible()
    live(rep, f"/visits/{SPOKEN}")
    expect(rep.get_by_text("I can credit the flat bottles today.")).to_be_visible()

    office.goto(f"/visits/{SPOKEN}")
    box = office.get_by_label("Say something")
    box.press_sequentially("Called her. @cal")
    office.get_by_role("button", name=f"@{REP}").click()
    expect(box).to_have_value(f"Called her. @{REP} ")
    box.press_sequentially("she is glad")
    office.get_by_role("button", name="Send", exact=True).click()
    said = rep.get_by_role("listitem").filter(has_text="she is glad")
    expect(said).to_be_visible(timeout=LIVE_MS)
    expect(said.locator("mark")).to_have_text(f"@{REP}")

    rep.goto("/feed")
    rep.get_by_role("link", name="1 thing is new since you looked").click()
    told = rep.get_by_role("link", name=re.compile(f"{EMPLOYEE} tells you.*she is glad", re.DOTALL))
    expect(told).to_be_visible()
    expect(rep.get_by_role("heading", name="The Brass Otter")).to_be_visible()

    office.get_by_role("button", name="Delete: Called her.").click()
    expect(office.get_by_text("she is glad")).to_have_count(0)
    expect(rep.get_by_text("Nothing new")).to_be_visible(timeout=LIVE_MS * 5)


def test_a_phone_keyboard_chooses_by_tapping_alone(rep: Page) -> None:
    """Words come in without a key being pressed, as from swiping or dictating."""
    rep.goto(f"/visits/{SPOKEN}")
    box = rep.get_by_label("Say something")
    box.click()
    rep.keyboard.insert_text("Thank you @Eri")
    rep.get_by_role("button", name=f"@{EMPLOYEE}").tap()
    expect(box).to_have_value(f"Thank you @{EMPLOYEE} ")
    expect(box).to_be_focused()


def test_thanks_are_one_tap_and_are_taken_back(rep: Page, office: Page) -> None:
    live(rep, f"/visits/{SPOKEN}")
    office.goto(f"/visits/{SPOKEN}")
    given = office.get_by_role("button", name="You said thanks")
    given.click()
    expect(rep.get_by_text(f"Thanks from {EMPLOYEE}")).to_have_count(0, timeout=LIVE_MS)
    office.get_by_role("button", name="Say thanks").click()
    expect(rep.get_by_text(f"Thanks from {EMPLOYEE}")).to_be_visible(timeout=LIVE_MS)
    office.get_by_role("button", name="Undo").click()
    expect(rep.get_by_text(f"Thanks from {EMPLOYEE}")).to_have_count(0, timeout=LIVE_MS)
    office.get_by_role("button", name="Say thanks").click()
    expect(given).to_be_visible()


def test_what_one_follows_is_one_tap_away(rep: Page) -> None:
    rep.goto("/customers/c29")
    rep.get_by_role("button", name="Follow Phinney Rye House").click()
    expect(rep.get_by_role("button", name="Stop following Phinney Rye House")).to_be_visible()
    rep.goto("/feed")
    rep.get_by_role("button", name="What I follow").click()
    expect(rep.get_by_text("Phinney Rye House")).to_be_visible()
    expect(rep.get_by_text("Nordlys Taproom")).to_have_count(0)
    rep.reload()
    expect(rep.get_by_role("button", name="What I follow")).to_have_attribute("aria-pressed", "true")
    rep.goto("/customers/c29")
    rep.get_by_role("button", name="Stop following Phinney Rye House").click()
    rep.goto("/feed")
    expect(rep.get_by_text("Phinney Rye House")).to_have_count(0)
    rep.get_by_role("button", name="Everything").click()
    expect(rep.get_by_text("Nordlys Taproom")).to_be_visible()


def test_seven_customers_ask_for_smaller_cases(rep: Page, office: Page) -> None:
    office.goto("/feed")
    office.get_by_role("link", name="What customers say").click()
    office.get_by_role("link", name=re.compile("Smaller cases.*7 customers", re.DOTALL)).click()
    expect(office.get_by_role("heading", name="Smaller cases")).to_be_visible()
    expect(office.locator("main ul.rows > li")).to_have_count(7)

    live(rep, f"/heard/{SMALLER}")
    words = "Twenty-four of one kind is too much for the mini bars."
    rep.get_by_role("button", name=f"Belongs elsewhere: {words}").click()
    rep.get_by_placeholder("What is it about?").fill("Mini bars")
    rep.get_by_role("button", name="A subject of its own").click()
    expect(office.locator("main ul.rows > li")).to_have_count(6, timeout=LIVE_MS * 2)
    rep.get_by_role("button", name="Undo").click()
    expect(office.locator("main ul.rows > li")).to_have_count(7, timeout=LIVE_MS * 2)


def test_a_voice_is_heard_at_its_second(rep: Page) -> None:
    rep.goto("/heard/flat")
    with rep.expect_response(re.compile(r"/audio$")) as answer:
        rep.get_by_role("button", name=re.compile("^Hear it")).first.click()
    assert answer.value.status in (200, 206)
