"""Writing down what somebody is told, and handing it to the channels: once a person, day and channel."""

from collections.abc import Sequence
from datetime import date

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.reminders import outside, queries
from walkthrough_app.reminders.lines import Line
from walkthrough_app.reminders.models import Channel, Delivery, Notice, Outlet

DELIVER = "reminders.deliver"


def note(user: User, day: date, lines: Sequence[Line]) -> tuple[Notice, bool]:
    """Put lines into the person's notice of the day; tell whether anything in it is new."""
    notice = queries.notice_on(user.id, day)
    if notice is None:
        notice = Notice(user_id=user.id, day=day, lines=[])
        db.session.add(notice)
    fresh = [line.stored() for line in lines if line.stored() not in notice.lines]
    if fresh:
        notice.lines, notice.read_at = [*notice.lines, *fresh], None
    db.session.flush()
    return notice, bool(fresh)


def post_mail(notice: Notice, user: User, silenced: set[tuple[str, str]]) -> bool:
    """Send the notice by mail too, if server, address and a line it may carry are there; False if it went before."""
    spoken = any(Line.read(one).outlet not in silenced for one in notice.lines)
    if not (outside.current().mail and user.email and spoken):
        return False
    key = f"{Channel.MAIL.value}:{user.id}:{notice.day}"
    return _send(Delivery(key=key, channel=Channel.MAIL, day=notice.day, notice_id=notice.id))


def post_robot(outlet: Outlet, day: date, text: str) -> bool:
    key = f"{outlet.channel.value}:{outlet.id}:{day}"
    return _send(Delivery(key=key, channel=outlet.channel, day=day, outlet_id=outlet.id, text=text))


def post_trial(outlet: Outlet, day: date, text: str, token: str) -> bool:
    """Let a robot say something now, to see whether it can."""
    key = f"trial:{outlet.id}:{token}"
    return _send(Delivery(key=key, channel=outlet.channel, day=day, outlet_id=outlet.id, text=text, is_trial=True))


def _send(delivery: Delivery) -> bool:
    if queries.delivery_with(delivery.key):
        return False
    db.session.add(delivery)
    db.session.flush()
    jobs.add(DELIVER, str(delivery.id), {"delivery": str(delivery.id)}, title=f"提醒：{delivery.channel.label}")
    return True
