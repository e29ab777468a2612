"""One message on its way: taken, tried, and its end put down. What is sent happens between two transactions."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from walkthrough_app.core import clock, db
from walkthrough_app.reminders import letters, outside, queries
from walkthrough_app.reminders.lines import Line
from walkthrough_app.reminders.mail import Letter
from walkthrough_app.reminders.models import Channel, Delivery, DeliveryState
from walkthrough_app.reminders.outcome import Outcome, never
from walkthrough_app.reminders.robots import UNCLEAR

MOST = 7  # attempts, over an hour
PATH = "/reminders"
GONE = never("已经不用发了。")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one attempt needs, as plain values: a letter, or what a robot says where."""

    id: uuid.UUID
    attempts: int
    channel: Channel
    letter: Letter | None = None
    url: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    text: str = ""


def take(delivery_id: uuid.UUID) -> Parcel | None:
    """Begin an attempt; None when there is nothing (more) to send.

    An attempt that began and never ended, because its process died, may have said it: a letter is tried again, for its
    Message-ID tells that it is the same one; what a robot says is not.
    """
    delivery = db.session.get(Delivery, delivery_id, with_for_update={"of": Delivery})
    if delivery is None or not delivery.state.is_open:
        return None
    if delivery.state is DeliveryState.SENDING and delivery.channel.is_robot:
        settle(delivery, UNCLEAR)
        return None
    parcel = _parcel(delivery)
    if parcel is None:
        settle(delivery, GONE)
        return None
    delivery.state, delivery.attempts = DeliveryState.SENDING, delivery.attempts + 1
    return parcel


def put_down(delivery_id: uuid.UUID, outcome: Outcome) -> timedelta | None:
    """Write the outcome of an attempt; return after how long to try again, if at all."""
    delivery = db.session.get_one(Delivery, delivery_id)
    if not outcome.is_final and delivery.attempts < MOST:
        delivery.state, delivery.reason = DeliveryState.WAITING, outcome.reason
        return timedelta(minutes=2 ** (delivery.attempts - 1))
    settle(delivery, outcome)
    return None


def settle(delivery: Delivery, outcome: Outcome) -> None:
    delivery.state = DeliveryState.SENT if outcome.is_sent else DeliveryState.FAILED
    delivery.reason = outcome.reason
    delivery.sent_at = clock.now() if outcome.is_sent else None


def _parcel(delivery: Delivery) -> Parcel | None:
    attempts = delivery.attempts + 1
    if delivery.channel.is_robot:
        outlet = delivery.outlet
        if outlet is None or not outlet.url or not (outlet.is_on or delivery.is_trial):
            return None
        text = delivery.text
        return Parcel(delivery.id, attempts, outlet.channel, url=outlet.url, secret=outlet.secret, text=text)
    letter = _letter(delivery)
    return Parcel(delivery.id, attempts, Channel.MAIL, letter=letter) if letter else None


def _letter(delivery: Delivery) -> Letter | None:
    """Write the notice as it is now: what was added to it since goes along."""
    notice, there = delivery.notice, outside.current()
    if notice is None or not notice.user.is_active or not notice.user.email:
        return None
    silenced = queries.silenced()
    lines = [line for line in map(Line.read, notice.lines) if line.outlet not in silenced]
    if not lines:
        return None
    link = there.base_url + PATH if there.base_url else ""
    return Letter(
        to=notice.user.email,
        subject=letters.subject(lines, notice.day),
        text=letters.text(lines, link),
        html=letters.html(lines, link),
        id=f"reminder.{delivery.id}",
        domain=there.domain,
    )
