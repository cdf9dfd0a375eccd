"""A manager's evening: what matters most first, heard, put right, approved; the rest at once; then the desk.

A second session looks on, and sees each change without asking again.
"""

import re
from collections.abc import Iterator

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, Page, expect
from populated import ADMIN, MANAGER, populated

pytestmark = [pytest.mark.browser]


@pytest.fixture
def evening(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with populated(tmp_path_factory.mktemp("evening")) as running:
        yield running


def opened(browser: Browser, server: Server, name: str, width: int) -> Page:
    context = browser.new_context(
        base_url=server.url, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    return enrol_again(context, server, name)


def test_the_day_of_a_manager(browser: Browser, evening: Server) -> None:
    page, other = opened(browser, evening, MANAGER, 360), opened(browser, evening, ADMIN, 1280)
    for each in (page, other):
        each.goto("/review")
        expect(each.locator("main a.card").first).to_contain_text("The Brass Otter")
    first = page.locator("main a.card").first
    expect(first).to_contain_text("A complaint")
    expect(first).to_contain_text("An order of")
    page.get_by_role("button", name="Newest").click()
    expect(page.locator("main a.card").first).not_to_contain_text("The Brass Otter")
    page.get_by_role("button", name="What matters most").click()

    first.click()
    page.get_by_role("button", name=re.compile("^Hear where")).first.click()
    page.get_by_role("button", name=re.compile("^Edit: 2 cases Pier Nine")).click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Corrected")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved. Here is the next one.")).to_be_visible()
    expect(other.locator("main a.card", has_text="Snoqualmie")).to_have_count(0)

    page.goto("/review")
    sure = page.get_by_role("heading", name=re.compile(r"^\d+ reports are sure$"))
    count = int(sure.inner_text().split()[0])
    page.get_by_role("button", name=f"Approve all {count}").click()
    expect(page.get_by_text(f"{count} reports approved")).to_be_visible()
    expect(other.get_by_role("heading", name=re.compile("sure$"))).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(other.get_by_role("heading", name=f"{count} reports are sure")).to_be_visible()
    page.get_by_role("button", name="Look through them").click()
    page.get_by_role("button", name=re.compile("^Approve: ")).first.click()
    expect(page.get_by_text("1 report approved")).to_be_visible()
    expect(other.get_by_role("heading", name=f"{count - 1} reports are sure")).to_be_visible()

    page.goto("/desk")
    expect(page.get_by_role("heading", name="Caleb Whitmore")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name=re.compile("^Caleb Whitmore"))).to_be_visible()
    page.get_by_label("What is shown").select_option("silent")
    page.get_by_role("button", name=re.compile("^Who they are: ")).first.click()
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
