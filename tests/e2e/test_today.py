"""A rep's day on the phone: what is due, the route on a map drawn here, who waits; without a signal too."""

import re

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, expect
from populated import HERE, REP

pytestmark = [pytest.mark.browser]


def test_the_day_is_there_without_a_signal_and_asks_no_stranger(browser: Browser, company: Server) -> None:
    context = browser.new_context(
        base_url=company.url,
        viewport={"width": 360, "height": 800},
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )
    page = enrol_again(context, company, REP)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    asked: list[str] = []
    context.on("request", lambda sent: asked.append(sent.url))
    page.get_by_role("navigation").get_by_role("link", name="Today").click()
    due = page.get_by_role("region", name="Promises due")
    expect(due.get_by_text("Bring Gus a new tap handle")).to_be_visible()
    expect(due.get_by_role("listitem").first).to_contain_text("4 days late")
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("No signal.")).to_be_visible()
    stops = page.get_by_role("region", name="Your route").get_by_role("listitem")
    expect(stops.first).to_contain_text("The Brass Otter")
    expect(stops.last).to_contain_text("Kumo Izakaya")
    expect(stops.last).to_contain_text("Agreed")
    expect(page.get_by_role("img", name=re.compile(r"^Map: \d+ stops of your route"))).to_be_visible()
    near = page.get_by_role("region", name="Near you").get_by_role("listitem")
    expect(near.first).to_contain_text(re.compile("never visited|open promise|last visit"))
    assert all(url.startswith(company.url) for url in asked)
    assert not any("near=" in url for url in asked)
    context.close()
