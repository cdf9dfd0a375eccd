"""Who is waiting: two people at once, one takes and does what waits, the other sees it without a touch."""

import re
from collections.abc import Iterator

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, Locator, Page, expect
from populated import EMPLOYEE, MANAGER, REP

pytestmark = [pytest.mark.browser]

HANDLE = "Bring Gus a new tap handle"
CREDIT = "Send a credit note by e-mail"


def screen(browser: Browser, company: Server, name: str, *, wide: bool = False) -> Page:
    size = {"width": 1280, "height": 800} if wide else {"width": 360, "height": 800}
    context = browser.new_context(base_url=company.url, viewport=size)
    return enrol_again(context, company, name)


@pytest.fixture
def rep(browser: Browser, company: Server) -> Iterator[Page]:
    page = screen(browser, company, REP)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser, company: Server) -> Iterator[Page]:
    page = screen(browser, company, EMPLOYEE, wide=True)
    yield page
    page.context.close()


def card(page: Page, what: str) -> Locator:
    return page.get_by_role("article", name=what)


def everybodys(page: Page) -> None:
    page.goto("/queue")
    page.get_by_role("button", name="Everybody's").first.click()


def test_two_people_see_the_same_queue_at_once(rep: Page, desk: Page) -> None:
    rep.goto("/today")
    rep.get_by_role("link", name="Waiting").click()
    first = rep.get_by_role("article").first
    expect(first).to_contain_text(HANDLE)
    expect(first).to_contain_text("4 days late")
    expect(card(rep, CREDIT)).to_contain_text("Due today")
    expect(card(rep, "The last tonic delivery")).to_contain_text("Complaint: goes first")
    everybodys(desk)
    seen = card(desk, HANDLE)
    expect(seen).to_contain_text(f"With {REP}: promised it")

    card(rep, HANDLE).get_by_role("button", name="I do it").click()
    expect(seen.get_by_role("button", name="Take over")).to_be_visible()
    rep.get_by_role("button", name="Undo").click()
    expect(seen.get_by_role("button", name="I do it")).to_be_visible()

    seen.get_by_role("button", name="I do it").click()
    expect(card(rep, HANDLE)).to_have_count(0)
    expect(seen).to_contain_text("With you: took it")
    seen.get_by_role("button", name="Hand on").click()
    desk.get_by_role("dialog").get_by_role("button", name=re.compile(REP)).click()
    expect(card(rep, HANDLE)).to_contain_text(f"With you: handed on by {EMPLOYEE}")

    card(rep, HANDLE).get_by_role("button", name="Done").click()
    expect(seen).to_have_count(0)
    rep.get_by_role("button", name="Undo").click()
    expect(seen).to_have_count(1)


def test_what_somebody_took_is_asked_about_before_it_is_taken_over(rep: Page, desk: Page) -> None:
    rep.goto("/queue")
    card(rep, CREDIT).get_by_role("button", name="I do it").click()
    everybodys(desk)
    card(desk, CREDIT).get_by_role("button", name="Take over").click()
    dialog = desk.get_by_role("dialog", name=f"Take it over from {REP}?")
    dialog.get_by_role("button", name="Take over").click()
    expect(card(desk, CREDIT)).to_contain_text("With you")
    expect(card(rep, CREDIT)).to_have_count(0)
    card(desk, CREDIT).get_by_role("button", name="Not me").click()
    expect(card(rep, CREDIT)).to_contain_text("With you: promised it")


def test_the_draft_is_read_before_anything_goes(rep: Page) -> None:
    rep.goto("/queue")
    card(rep, CREDIT).get_by_role("button", name="Tell the customer").click()
    sheet = rep.get_by_role("dialog", name="Tell the customer")
    expect(sheet.get_by_label("Words")).to_have_value(re.compile(f"{REP} takes care of it"))
    expect(sheet.get_by_text("No mail server is set up")).to_be_visible()
    expect(sheet.get_by_role("button", name="Send now")).to_be_disabled()


def test_a_manager_says_who_does_what(browser: Browser, company: Server) -> None:
    page = screen(browser, company, MANAGER)
    page.goto("/review")
    expect(page.get_by_role("link", name="Who is waiting")).to_be_visible()
    page.goto("/company")
    page.get_by_role("link", name=re.compile("Who does what")).click()
    page.get_by_role("button", name=f"Edit: {EMPLOYEE}").click()
    sheet = page.get_by_role("dialog", name=EMPLOYEE)
    sheet.get_by_label("Skills").fill("invoice, credit note")
    sheet.get_by_label("Areas").fill("Ballard")
    sheet.get_by_role("button", name="Save").click()
    mine = page.get_by_role("listitem").filter(has_text=EMPLOYEE)
    expect(mine).to_contain_text("Skills: invoice, credit note")
    expect(mine).to_contain_text("Areas: Ballard")
    mine.get_by_role("button").click()
    sheet.get_by_label("Skills").fill("")
    sheet.get_by_label("Areas").fill("")
    sheet.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("Nothing special")
    page.context.close()
