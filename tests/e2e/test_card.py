"""The report in the hand: hear the seconds behind a value, put it right by one tap, or say it again."""

import re
from collections.abc import Iterator

import pytest
from browsing import Server, enrol_again
from playwright.sync_api import Browser, Page, expect
from populated import ASKING, HERE, REP, SPOKEN

pytestmark = [pytest.mark.browser]

AROUND_S = 1.0
"""A little is played before and after, so that nobody hears half a word."""


@pytest.fixture
def rep(browser: Browser, company: Server) -> Iterator[Page]:
    context = browser.new_context(
        base_url=company.url,
        viewport={"width": 360, "height": 800},
        geolocation=HERE,
        permissions=["geolocation", "microphone"],
    )
    yield enrol_again(context, company, REP)
    context.close()


def played_s(page: Page) -> float:
    return float(page.get_by_role("slider", name="Position in the recording").input_value())


def test_a_tap_plays_the_seconds_behind_a_value_and_no_more(rep: Page, company: Server) -> None:
    (said,) = company.asked(f"/visits/{SPOKEN}", REP)["report"]["orders"][0]["evidence"]
    rep.goto(f"/visits/{SPOKEN}")
    rep.get_by_role("button", name="Hear where “5 kegs Snoqualmie Haze IPA” was said").click()
    expect(rep.locator(".words .now").first).to_be_visible()
    assert said["start_s"] - AROUND_S <= played_s(rep) <= said["end_s"] + AROUND_S
    expect(rep.locator(".value .sign.on")).to_have_count(0)
    assert said["end_s"] <= played_s(rep) <= said["end_s"] + AROUND_S


def test_a_doubtful_value_is_put_right_by_choosing_what_was_meant(rep: Page, company: Server) -> None:
    rep.goto(f"/visits/{SPOKEN}")
    expect(rep.get_by_text("“Pier Nine tonic” may be one of two products.")).to_be_visible()
    rep.get_by_role("button", name="Edit: 2 cases Pier Nine tonic").click()
    meant = rep.get_by_role("group", name="Did they mean")
    meant.get_by_role("button", name="Pier Nine Tonic Water").click()
    rep.get_by_role("button", name="Save").click()
    expect(rep.get_by_role("button", name="Edit: 2 cases Pier Nine Tonic Water")).to_be_visible()
    corrected = company.asked(f"/visits/{SPOKEN}", REP)
    assert corrected["report"]["orders"][1]["product"]
    assert [change["field"] for change in corrected["corrections"]] == ["orders"]


def test_what_was_misheard_is_said_again_at_the_same_visit(rep: Page, company: Server) -> None:
    rep.goto(f"/visits/{SPOKEN}")
    rep.get_by_role("button", name=re.compile("^Edit: 5 kegs")).click()
    rep.get_by_role("button", name="Say it again").click()
    expect(rep.get_by_role("heading", name="Add to the visit at The Brass Otter")).to_be_visible()
    rep.get_by_role("button", name="Check in and record").click()
    expect(rep.get_by_role("timer")).to_have_text("0:01")
    rep.get_by_role("button", name="Stop and send").click()
    expect(rep.get_by_role("link", name="Open the report")).to_be_visible(timeout=20_000)
    assert len(company.asked(f"/visits/{SPOKEN}", REP)["memos"]) == 2


def test_the_one_question_is_answered_by_one_tap(rep: Page, company: Server) -> None:
    rep.goto(f"/visits/{ASKING}")
    rep.get_by_role("button", name=re.compile("Gull & Gimlet")).click()
    expect(rep.get_by_role("heading", name="Gull & Gimlet", level=1)).to_be_visible()
    expect(rep.get_by_text("Which customer was it?")).to_have_count(0)
    assert company.asked(f"/visits/{ASKING}", REP)["customer"] == "c3"
