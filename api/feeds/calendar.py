"""Promises and meetings as iCalendar (RFC 5545), for the calendar that a phone already has."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject

from storage.pages.agenda import Meeting
from storage.records import Promise

UTC = vobject.icalendar.utc
"""The one zone that the library writes without a table."""
MEETING = timedelta(hours=1)
PROMISE = timedelta(minutes=15)
"""A promise with a time is shown so long, and blocks nobody's day."""


def write_calendar(
    meetings: Iterable[Meeting], promises: Iterable[Promise], zone: str, address: str, now: datetime
) -> str:
    """`zone` is the company's: meetings and promises are local to it. `address` is where the app answers."""
    calendar = vobject.iCalendar()
    calendar.add("method").value = "PUBLISH"
    calendar.add("x-wr-calname").value = "Rounds"
    place = ZoneInfo(zone)
    for meeting in meetings:
        event = begin(calendar, f"meeting-{meeting.visit}", f"{address}/visits/{meeting.visit}", now)
        event.add("summary").value = meeting.customer_name or "Visit"
        lay(event, meeting.at, place, MEETING)
    for promise in promises:
        if promise.due:
            event = begin(calendar, f"promise-{promise.id}", f"{address}/visits/{promise.visit}", now)
            event.add("summary").value = wording(promise)
            event.add("transp").value = "TRANSPARENT"
            lay(event, promise.due, place, PROMISE)
    return str(calendar.serialize())


def wording(promise: Promise) -> str:
    """Who owes what to whom, as short as a calendar's line."""
    customer = promise.customer_name or "a new customer"
    waits = "" if promise.owner == "us" else f"{customer}: "
    whom = f" ({customer})" if promise.owner == "us" else ""
    return f"{waits}{promise.action[:1].upper()}{promise.action[1:]}{whom}"


def begin(calendar: vobject.base.Component, uid: str, url: str, now: datetime) -> vobject.base.Component:
    event = calendar.add("vevent")
    event.add("uid").value = f"{uid}@rounds"
    event.add("dtstamp").value = now.astimezone(UTC)
    event.add("url").value = url
    return event


def lay(event: vobject.base.Component, at: str, place: ZoneInfo, length: timedelta) -> None:
    """A day is a whole-day event, a time one of this length, told in UTC so that no zone table is needed."""
    if "T" in at:
        start = datetime.fromisoformat(at).replace(tzinfo=place)
        event.add("dtstart").value = start.astimezone(UTC)
        event.add("dtend").value = (start + length).astimezone(UTC)
    else:
        event.add("dtstart").value = date.fromisoformat(at)
        event.add("dtend").value = date.fromisoformat(at) + timedelta(days=1)
