"""What the company does at a desk: people and phones, the catalogue, customers, the review list."""

import re
from collections.abc import Iterator

import pytest
from browsing import Server, enrol
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.whisper]

REPORT_MS = 120_000


@pytest.fixture
def admin(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    yield enrol(context, server, "Ada Lindqvist", "admin")
    context.close()


def test_a_new_person_gets_a_link_and_a_lost_phone_is_shut_out(
    admin: Page, browser: Browser, server: Server
) -> None:
    admin.goto("/company/people")
    admin.get_by_role("button", name="Add a person").click()
    admin.get_by_label("Name", exact=True).fill("Nia Calloway")
    admin.get_by_role("button", name=re.compile("^Rep")).click()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("img", name="A link for Nia Calloway")).to_be_visible()
    code = admin.locator("dialog").get_by_text("Code").locator("..").inner_text().split()[-1]
    admin.get_by_role("button", name="Close").click()

    context = browser.new_context(base_url=server.url)
    phone = context.new_page()
    phone.goto("/")
    phone.get_by_label("Your code").fill(code)
    phone.get_by_role("button", name="Connect this phone").click()
    expect(phone.get_by_role("heading", name="Hello, Nia Calloway")).to_be_visible()
    phone.get_by_role("button", name="Start").click()
    expect(phone.get_by_role("button", name="Check in and record")).to_be_visible()

    admin.reload()
    admin.get_by_role("button", name=re.compile("^Shut out: .*Nia Calloway")).click()
    admin.get_by_role("dialog").get_by_role("button", name="Shut out").click()
    expect(admin.get_by_role("button", name=re.compile("^Shut out: .*Nia Calloway"))).to_have_count(0)
    phone.goto("/feed")
    expect(phone.get_by_role("heading", name="This phone was shut out")).to_be_visible()
    context.close()


def test_customers_people_and_products_are_kept_by_hand(admin: Page) -> None:
    admin.goto("/customers/new")
    admin.get_by_label("Name", exact=True).fill("Lantern Row Books")
    admin.get_by_label("Phone").fill("206 555 0177")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("heading", name="Lantern Row Books")).to_be_visible()
    admin.get_by_role("button", name="Add a person").click()
    admin.get_by_label("Name", exact=True).fill("Greta Odell")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("listitem").filter(has_text="Greta Odell")).to_be_visible()
    admin.goto("/customers")
    search = admin.get_by_placeholder("Name or number")
    search.fill("0177")
    expect(admin.get_by_role("link", name=re.compile("Lantern Row"))).to_be_visible()
    search.fill("lantren")
    expect(admin.get_by_role("link", name=re.compile("Lantern Row"))).to_be_visible()

    admin.goto("/company/products")
    admin.get_by_role("button", name="Add a product").click()
    admin.get_by_label("Name", exact=True).fill("Blank notebooks")
    admin.get_by_label("Unit").fill("box")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Blank notebooks")).to_be_visible()
    admin.goto("/company/settings")
    admin.get_by_label("Name", exact=True).fill("Tidewater & Daughters")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("navigation")).to_contain_text("Tidewater & Daughters")


def typed(page: Page, words: str) -> None:
    page.goto("/record")
    page.get_by_role("button", name="Type a note").click()
    page.get_by_label("What happened at the visit?").fill(words)
    page.get_by_role("button", name="Send").click()
    done = page.locator("main").get_by_role("listitem").last
    expect(done).to_have_class(re.compile("good|look"), timeout=REPORT_MS)


def test_nobody_we_know_is_an_answer_and_is_not_asked_again(admin: Page) -> None:
    typed(admin, "Talked to somebody in the street about coffee, did not catch the name.")
    admin.get_by_role("link", name="Open the report").click()
    admin.get_by_role("button", name="Nobody we know").click()
    expect(admin.get_by_role("heading", name="Nobody we know", level=1)).to_be_visible()
    expect(admin.get_by_text("Which customer was it?")).to_have_count(0)
    admin.get_by_role("button", name="Wrong customer?").click()
    admin.get_by_placeholder("Name or number").fill("brass otter")
    admin.get_by_role("dialog").get_by_role("button", name=re.compile("The Brass Otter")).click()
    expect(admin.get_by_role("heading", name="The Brass Otter", level=1)).to_be_visible()


def test_the_next_visit_to_look_at_comes_after_the_yes(admin: Page) -> None:
    for words in ("Nobody there today, I left a card.", "Closed again, left a card at the door."):
        typed(admin, words)
    admin.goto("/review")
    admin.locator("main a[href^='/visits/']").first.click()
    first = admin.url
    admin.get_by_role("button", name="Another customer").click()
    admin.get_by_placeholder("Name or number").fill("brass otter")
    admin.get_by_role("dialog").get_by_role("button", name=re.compile("The Brass Otter")).click()
    admin.get_by_role("button", name="Approve").click()
    expect(admin.get_by_text("Approved. Here is the next one.")).to_be_visible(timeout=REPORT_MS)
    assert admin.url != first
