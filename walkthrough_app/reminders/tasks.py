"""What reminders have done in the background: the daily tick, and each message on its way."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from walkthrough_app import jobs
from walkthrough_app.config import Settings
from walkthrough_app.core import clock, db
from walkthrough_app.reminders import mail, outside, robots, service
from walkthrough_app.reminders.outcome import Outcome, later
from walkthrough_app.reminders.told import AT

TICK = "reminders.tick"
LATER = "没有发出去，稍后再试。"


def connect(settings: Settings) -> None:
    """Register the tasks and the daily duty with the settings they send by."""
    outside.connect(settings)
    jobs.task(TICK)(tick)
    jobs.task(service.DELIVER)(deliver)
    jobs.daily(TICK, at=AT, title="每日提醒")


def tick(args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
    """Tell people what they owe today; a tick of another day is late and does nothing."""
    day = date.fromisoformat(args["day"])

    def write() -> dict[str, int]:
        return service.tick(service.look(day)) if day == clock.today() else {}

    return write


def deliver(args: Mapping[str, Any], _tell: jobs.Tell) -> jobs.Write:
    """Try to send one message; jobs.Later when it is to be tried again."""
    delivery_id = uuid.UUID(args["delivery"])
    with db.transaction():
        parcel = service.take(delivery_id)
    if parcel is None:
        return dict
    outcome = send(parcel)
    if outcome.is_final or parcel.attempts >= service.MOST:
        return lambda: _end(delivery_id, outcome)
    with db.transaction():
        wait = service.put_down(delivery_id, outcome)
    if wait is None:
        return dict
    raise jobs.Later(LATER, wait)


def send(parcel: service.Parcel) -> Outcome:
    """Send a parcel by its channel, with no transaction open."""
    if parcel.letter is None:
        return robots.send(parcel.channel, parcel.url, parcel.secret, parcel.text)
    server = outside.current().mail
    return mail.send(parcel.letter, server) if server else later("还没有设置发信服务器。")


def _end(delivery_id: uuid.UUID, outcome: Outcome) -> dict[str, bool]:
    service.put_down(delivery_id, outcome)
    return {"sent": outcome.is_sent}
