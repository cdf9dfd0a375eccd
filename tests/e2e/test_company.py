"""The company's lists and its work, on a phone or at a desk, where no model has to listen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, Page, expect
from populated import ADMIN, FAILED, REP, populated

pytestmark = [pytest.mark.browser]


@pytest.fixture
def admin(browser: Browser, company: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=company.url, viewport={"width": 360, "height": 800})
    yield enrol_again(context, company, ADMIN)
    context.close()


@pytest.mark.parametrize(
    ("path", "add"), [("products", "Add a product"), ("competitors", "Add a competitor")]
)
def test_what_was_taken_out_comes_back_as_it_was_with_undo(
    admin: Page, company: Server, path: str, add: str
) -> None:
    name, other = f"Old Salt, dry {path}", "Salty, the dry one"
    admin.goto(f"/company/{path}")
    admin.get_by_role("button", name=add).click()
    admin.get_by_label("Name", exact=True).fill(name)
    admin.get_by_label("Also called").fill(other)
    admin.get_by_role("button", name="Save").click()
    mine = admin.get_by_role("listitem").filter(has_text=name)
    expect(mine).to_contain_text(other)
    (before,) = [it for it in company.asked(f"/{path}", ADMIN) if it["name"] == name]
    assert before["aliases"] == [other]
    admin.get_by_role("button", name=f"Edit: {name}").click()
    admin.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(mine).to_have_count(0)
    assert all(it["name"] != name for it in company.asked(f"/{path}", ADMIN))
    admin.get_by_role("button", name="Undo").click()
    expect(mine).to_be_visible()
    assert before in company.asked(f"/{path}", ADMIN)


def test_a_name_is_taken_away_and_one_in_the_box_counts(admin: Page, company: Server) -> None:
    admin.goto("/company/competitors")
    admin.get_by_role("button", name="Add a competitor").click()
    admin.get_by_label("Name", exact=True).fill("Tide Table Ales")
    for each in ("Tide Table", "the table people"):
        admin.get_by_label("Also called").fill(each)
        admin.get_by_role("button", name="Add a name").click()
    admin.get_by_role("button", name="Remove Tide Table", exact=True).click()
    admin.get_by_label("Also called").fill("Tides")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("listitem").filter(has_text="Tide Table Ales")).to_be_visible()
    (made,) = [it for it in company.asked("/competitors", ADMIN) if it["name"] == "Tide Table Ales"]
    assert made["aliases"] == ["the table people", "Tides"]


def test_what_failed_stands_there_once_and_is_asked_for_once_more(browser: Browser, tmp_path: Path) -> None:
    """In a company of its own: afterwards nothing is failed there."""
    with populated(tmp_path) as server:
        context = browser.new_context(base_url=server.url, viewport={"width": 360, "height": 800})
        admin = enrol_again(context, server, ADMIN)
        admin.goto("/company/jobs")
        failed = admin.locator("main").get_by_role("link", name="Open the visit")
        expect(failed).to_have_count(1)
        expect(failed).to_have_attribute("href", f"/visits/{FAILED}")
        expect(admin.get_by_text("Nothing is waiting.")).to_be_visible()
        admin.get_by_role("button", name="Try again").click()
        expect(admin.get_by_text("0 under way, 1 waiting")).to_be_visible()
        expect(admin.get_by_text("Nothing failed")).to_be_visible()
        expect(failed).to_have_count(0)
        context.close()


def test_a_card_says_that_it_was_a_call(admin: Page, company: Server) -> None:
    admin.goto("/customers/c5")
    admin.get_by_role("button", name="Log a call, mail or note").click()
    sheet = admin.get_by_role("dialog")
    sheet.get_by_role("button", name="Call", exact=True).click()
    sheet.get_by_label("What was said?").fill("They take four kegs of Shade Porter on Monday.")
    sheet.get_by_role("button", name="Log it").click()
    expect(sheet).to_have_count(0)
    name = company.asked("/customers/c5", REP)["customer"]["name"]
    admin.goto("/feed")
    card = admin.locator("main").get_by_role("link").filter(has_text=name).first
    expect(card).to_contain_text(f"Call · {ADMIN}")
    visit = admin.locator("main").get_by_role("link").filter(has_text="Leif liked").first
    expect(visit).not_to_contain_text("Visit")
