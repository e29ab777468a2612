"""A person's deadlines as RFC 5545: whole days in Chinese time, the same UID for the same thing, for good."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from walkthrough_app.core import clock

REFRESH = timedelta(hours=6)
MORNING = timedelta(hours=9)  # after the day's midnight
BEFORE = MORNING - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Whole days, `last` included; `sequence` grows when the entry changes; `alarms` while something is still owed."""

    key: str
    subject: uuid.UUID
    first: date
    last: date
    summary: str
    description: str
    changed_at: datetime
    sequence: int
    alarms: bool


def write(entries: Sequence[Entry], domain: str) -> bytes:
    """Write the calendar; equal entries always give equal bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//走流程//提醒//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "办事提醒")
    calendar.add("x-wr-calname", "办事提醒")
    calendar.add("x-wr-timezone", str(clock.LOCAL))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry, domain))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}.{entry.subject}@{domain}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if entry.alarms:
        for trigger in (BEFORE, MORNING):
            event.add_component(_alarm(entry.summary, trigger))
    return event


def _alarm(summary: str, trigger: timedelta) -> Alarm:
    """Ring at nine: on the day before, and on the day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", trigger)
    return alarm
