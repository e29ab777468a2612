"""Writing down what somebody is told, and handing it to the channels: once a person, day and channel."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.reminders import outside, queries
from walkthrough_app.reminders.lines import Line
from walkthrough_app.reminders.models import Channel, Delivery, DeliveryState, Notice, Outlet

DELIVER = "reminders.deliver"
PATIENCE = timedelta(days=2)
STUCK = "一直没有发出去。"


def note(user: User, day: date, lines: Sequence[Line]) -> Notice:
    """Put lines into the person's notice of the day; what is new in it makes it unread."""
    notice = queries.notice_on(user.id, day)
    if notice is None:
        insert(Notice(user_id=user.id, day=day, lines=[]))
        notice = queries.notice_on(user.id, day)
        assert notice
    fresh = [line.stored() for line in lines if line.stored() not in notice.lines]
    if fresh:
        notice.lines, notice.read_at = [*notice.lines, *fresh], None
    db.session.flush()
    return notice


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


def insert(row: db.Row) -> bool:
    """Add a row whose key may be there once; False when somebody else was faster."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def give_up(day: date) -> None:
    """End what has been on its way for days: its job died as often as it may."""
    stuck = Delivery.state.in_([DeliveryState.WAITING, DeliveryState.SENDING]) & (Delivery.day < day - PATIENCE)
    db.session.execute(update(Delivery).where(stuck).values(state=DeliveryState.FAILED, reason=STUCK))


def _send(delivery: Delivery) -> bool:
    if queries.delivery_with(delivery.key) or not insert(delivery):
        return False
    jobs.add(DELIVER, str(delivery.id), {"delivery": str(delivery.id)}, title=f"提醒：{delivery.channel.label}")
    return True
