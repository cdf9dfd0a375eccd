"""For everyone: room for a thumb, names for a screen reader, text twice as large, calm for who asks for it.

What axe sees is in test_axe.py; here is what it does not look at.
"""

import re
from collections.abc import Iterator

import pytest
from addresses import deep, lists, rooms
from browsing import Server, enrol_again
from field import begin
from playwright.sync_api import Browser, BrowserContext, Page, expect
from populated import ADMIN, HERE, REP
from test_axe import HIS, capture, opened, sheets

pytestmark = [pytest.mark.browser]

UNNAMED = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, [role=button]')]
    .filter((it) => it.checkVisibility() && it.ariaHidden !== 'true')
    .filter((it) => !`${it.ariaLabel ?? ''}${it.innerText ?? ''}${it.labels?.length || ''}${it.title}`.trim())
    .map((it) => it.outerHTML.slice(0, 120))"""
TARGETS = """() => {
    const room = document.querySelector('dialog[open]') ?? document;
    const kinds = 'button, a[href], input, select, textarea, summary, [role=button]';
    const seen = [...room.querySelectorAll(kinds)]
        .filter((it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter((it) => it.getBoundingClientRect().width > 1 && !it.matches('p button[tabindex="-1"]'))
        .map((it) => ({ it, box: (it.closest('label') ?? it).getBoundingClientRect() }));
    const small = ({ box }) => box.width < 44 || box.height < 44;
    const told = ({ it, box }) => `${box.width}x${box.height} ${it.outerHTML.slice(0, 120)}`;
    const inText = ({ it }) => it.matches('a') && getComputedStyle(it).display === 'inline';
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const apart = (one) => seen.every((other) => {
        const [x, y] = middle(one), { box } = other;
        const dx = Math.max(box.left - x, 0, x - box.right), dy = Math.max(box.top - y, 0, y - box.bottom);
        return other === one || one.it.contains(other.it) || Math.hypot(dx, dy) >= 12;
    });
    return seen.filter((one) => small(one) && !(inText(one) && apart(one))).map(told);
}"""
"""What is smaller than 44 CSS pixels; a link in a sentence may be, when a circle of 24 around its middle
touches no other target (WCAG 2.5.8). The words of a transcript are a text that can also be tapped."""
CUT = """() => {
    const room = document.querySelector('dialog[open]') ?? document.body;
    const other = '.visually-hidden, .visually-hidden *, svg, svg *, script, style, option, textarea';
    const lines = [...room.querySelectorAll('*')].filter((it) => it.checkVisibility() && !it.matches(other)
        && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const wide = (it) => {
        const range = document.createRange();
        range.selectNodeContents(it);
        const box = range.getBoundingClientRect();
        const home = it.closest('nav li, button, a, .pill, .card')?.getBoundingClientRect();
        return box.right > Math.min(innerWidth, home?.right ?? innerWidth) + 1 || box.left < -1;
    };
    const short = (it) => getComputedStyle(it).overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1;
    return lines.filter((it) => wide(it) || short(it)).map((it) => it.outerHTML.slice(0, 120));
}"""
"""Text that runs out of its box or of the screen."""
COVERED = """(it) => {
    it.scrollIntoView({ block: 'center' });
    const box = it.getBoundingClientRect();
    return !it.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
MOVING = """() => document.getAnimations()
    .filter((it) => it.playState === 'running' && it.effect.getComputedTiming().activeDuration > 50)
    .map((it) => it.animationName ?? it.transitionProperty)"""


@pytest.fixture
def context(browser: Browser, company: Server) -> Iterator[BrowserContext]:
    context = phone(browser, company)
    yield context
    context.close()


def phone(browser: Browser, company: Server, motion: str = "reduce") -> BrowserContext:
    return browser.new_context(
        base_url=company.url,
        viewport={"width": 360, "height": 800},
        reduced_motion=motion,
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )


def screens(context: BrowserContext, company: Server) -> Iterator[tuple[Page, str]]:
    """Every screen and sheet of a phone, the rep's own first."""
    page = context.new_page()
    page.goto("/enrol")
    expect(page.get_by_label("Your code")).to_be_visible()
    yield page, "/enrol"
    page.close()
    page = enrol_again(context, company, REP)
    for step in capture(page):
        yield page, step
    for path in HIS:
        opened(page, path)
        yield page, path
    page.close()
    page = enrol_again(context, company, ADMIN)
    for path in [*lists(), *rooms(), *deep()]:
        if path not in HIS:
            opened(page, path)
            yield page, path
    for step in sheets(page):
        yield page, step


def test_every_target_has_a_name_and_room_for_a_thumb(context: BrowserContext, company: Server) -> None:
    trouble = []
    for page, where in screens(context, company):
        trouble += [f"{where}: no name: {each}" for each in page.evaluate(UNNAMED)]
        trouble += [f"{where}: small: {each}" for each in page.evaluate(TARGETS)]
        if page.evaluate(SIDEWAYS):
            trouble.append(f"{where}: scrolls sideways")
    assert trouble == [], "\n".join(trouble)


def test_text_twice_as_large_is_neither_cut_nor_covered(context: BrowserContext, company: Server) -> None:
    context.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
    )
    trouble = []
    for page, where in screens(context, company):
        trouble += [f"{where}: cut: {each}" for each in page.evaluate(CUT)]
        if page.evaluate(SIDEWAYS):
            trouble.append(f"{where}: scrolls sideways")
        for button in (
            page.locator("main button:visible").all() if page.locator("dialog").count() == 0 else ()
        ):
            if button.evaluate(COVERED):
                trouble.append(f"{where}: covered: {button.evaluate('(it) => it.outerHTML.slice(0, 120)')}")
    assert trouble == [], "\n".join(trouble)


def test_nothing_moves_for_those_who_asked_for_calm(browser: Browser, company: Server) -> None:
    moving = {}
    for motion in ("no-preference", "reduce"):
        context = phone(browser, company, motion)
        page = enrol_again(context, company, REP)
        begin(page, 1)
        recording = page.evaluate(MOVING)
        page.get_by_role("button", name="Stop and send").click()
        expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=30_000)
        moving[motion] = [*recording, *page.evaluate(MOVING)]
        context.close()
    assert moving["no-preference"], "else this test sees nothing"
    assert moving["reduce"] == []


def test_a_screen_reader_is_told_where_it_is_and_what_changed(
    context: BrowserContext, company: Server
) -> None:
    page = enrol_again(context, company, REP)
    expect(page.get_by_role("heading", name="The Brass Otter")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("main").aria_snapshot().count("- button") >= 3
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Feed").click()
    expect(page).to_have_title("Feed · Rounds")
    expect(page.get_by_role("heading", name="Feed", level=1)).to_be_focused()
    page.get_by_role("navigation").get_by_role("link", name="Record").click()
    page.get_by_role("button", name="Check in and record").click()
    stop = page.get_by_role("button", name="Stop and send")
    expect(stop).to_be_focused()
    expect(page).to_have_title("Recording · Rounds")
    expect(page.get_by_role("timer")).to_have_attribute("aria-live", "off")
    expect(page.locator("main [role=status]")).to_have_attribute("aria-live", "polite")
    page.keyboard.press("Enter")
    steps = page.locator("main ol[aria-live=polite]")
    expect(steps).to_contain_text("Kept on this phone")
    expect(page.get_by_role("link", name="Open the report")).to_be_visible(timeout=30_000)
    expect(steps).to_contain_text("With the server")
    assert re.search(r"^- list", steps.aria_snapshot())
