"""axe finds nothing of WCAG 2.2 AA on every screen of screens.ts and in its sheets, light and dark."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from addresses import deep, lists, rooms
from browsing import ROOT, Server, enrol_again
from playwright.sync_api import Browser, BrowserContext, Page, expect
from populated import ADMIN, HERE, REP, SPOKEN

pytestmark = [pytest.mark.browser]

AXE = ROOT / "mobile-web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FOUND = """async (rules) => {
    const chosen = { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] };
    const { violations } = await axe.run(document, chosen);
    const told = (rule, node) => `${rule}: ${node.html.slice(0, 160)} ${node.failureSummary}`;
    return violations.flatMap((rule) => rule.nodes.map((node) => told(rule.id, node)));
}"""
SEEN = {
    "feed": "Leif liked",
    "today": "The Brass Otter",
    "customers": "Admiral Roast",
    "review": "Gull & Gimlet",
    "queue": "Bring Gus a new tap handle",
}
"""What shows that a list has come."""
HIS = ("/today", "/queue")
"""What is empty for anybody but the rep."""


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser, company: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=company.url,
        viewport={"width": 360, "height": 800},
        color_scheme=request.param,
        reduced_motion="reduce",
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )
    context.add_init_script(path=Path(AXE))
    yield context
    context.close()


def found(page: Page, where: str) -> list[str]:
    return [f"{where}: {each}" for each in page.evaluate(FOUND, RULES)]


def opened(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    if words := SEEN.get(path.strip("/")):
        expect(page.locator("main").get_by_text(words).first).to_be_visible()


def capture(page: Page) -> Iterator[str]:
    """The rep's path: ready, a note, another customer, recording, sent."""
    opened(page, "/record")
    expect(page.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    yield "ready"
    page.get_by_role("button", name="Type a note").click()
    yield "note"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pick another").click()
    yield "picker"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Check in and record").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    yield "recording"
    page.get_by_role("button", name="Stop and send").click()
    expect(page.get_by_role("link", name="Open the report")).to_be_visible()
    yield "sent"


def sheets(page: Page) -> Iterator[str]:
    opened(page, f"/visits/{SPOKEN}")
    page.get_by_role("button", name=re.compile("^Edit: 2 cases Pier Nine")).click()
    yield "order"
    opened(page, "/company/products")
    page.get_by_role("button", name="Add a product").click()
    yield "product"
    opened(page, "/company/people")
    page.get_by_role("button", name="Send a link").first.click()
    expect(page.locator("dialog").get_by_role("img")).to_be_visible()
    yield "invitation"
    opened(page, "/customers/c1")
    page.get_by_role("button", name="Add a person").click()
    yield "person"


def test_axe_finds_nothing(context: BrowserContext, company: Server) -> None:
    page = context.new_page()
    page.goto("/enrol")
    expect(page.get_by_label("Your code")).to_be_visible()
    trouble = found(page, "/enrol")
    page.close()
    page = enrol_again(context, company, REP)
    for step in capture(page):
        trouble += found(page, step)
    for path in HIS:
        opened(page, path)
        trouble += found(page, path)
    page.close()
    page = enrol_again(context, company, ADMIN)
    for path in [*lists(), *rooms(), *deep()]:
        if path not in HIS:
            opened(page, path)
            trouble += found(page, path)
    for step in sheets(page):
        trouble += found(page, step)
    assert trouble == []
