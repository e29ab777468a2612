"""提醒: what one owes now, what one was told, and the calendar."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current, qr
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Role
from walkthrough_app.reminders import outside, queries, service
from walkthrough_app.reminders.lines import Kind, Line
from walkthrough_app.reminders.queries.notices import PAGE
from walkthrough_app.reminders.routes.blueprint import bp, full_address, to

TOLD = (*UNIT_ROLES, Role.GROUP_STYLE, Role.GROUP_COORD)
WAYS = {
    Kind.WALK: ("walkthroughs.tasks", "去办"),
    Kind.PLAN: ("campaigns.plan", "去安排"),
    Kind.REPORT: ("reports.reports", "去报送"),
    Kind.RETURNED: ("reports.reports", "去修改"),
    Kind.DIGEST: ("reception.inbox", "去处理"),
    Kind.PAPER: ("rectification.papers", "去办理"),
    Kind.RECORD: ("records.overview", "去销项"),
}
IN_LEDGER = {Kind.RECTIFY: "去整改", Kind.HANDLE: "去办理"}


@bp.get("/reminders")
@allow(*TOLD)
def notices() -> str:
    user = current.user()
    page = queries.notices_of(user, before=_day(request.args.get("after", "")))
    feed = queries.feed_of(user)
    return render_template(
        "reminders/notices.html",
        owed=[(line, *_way(line)) for line in service.owed_by(user)],
        notices=[(one, [Line.read(line) for line in one.lines]) for one in page[:PAGE]],
        after=page[PAGE - 1].day.isoformat() if len(page) > PAGE else "",
        unread=queries.count_unread(user),
        email=user.email or "",
        has_mail=outside.current().mail is not None,
        **_calendar(service.token_of(feed) if feed else ""),
        may_subscribe=user.role in UNIT_ROLES,
    )


@bp.post("/reminders/read")
@allow(*TOLD)
def read() -> Response:
    service.read_all(current.user())
    return to("notices")


@bp.post("/reminders/calendar")
@allow(*UNIT_ROLES)
def renew() -> Response:
    service.renew_feed(current.user())
    flash("日历地址已经生成，只给自己用；换了新的，旧的就失效。")
    return to("notices", _anchor="calendar")


@bp.post("/reminders/calendar/drop")
@allow(*UNIT_ROLES)
def drop() -> Response:
    service.drop_feed(current.user())
    flash("日历地址已经停用。")
    return to("notices", _anchor="calendar")


def _way(line: Line) -> tuple[str, str]:
    """Return where the thing is done, and what the link says."""
    if line.kind in IN_LEDGER:
        ledger = url_for("rectification.ledger", campaign=line.campaign)
        return ledger or url_for("reminders.notices"), IN_LEDGER[line.kind]
    endpoint, words = WAYS[line.kind]
    values: dict[str, Any] = {"campaign": line.campaign} if line.kind in {Kind.PLAN, Kind.RECORD} else {}
    return url_for(endpoint, **values), words


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _calendar(token: str) -> dict[str, str]:
    """Return a calendar's address, the one that phones subscribe to at once, and its code; '' without one."""
    if not token:
        return {"address": "", "subscribe": "", "code": ""}
    address = full_address(url_for("reminders.feed", token=token))
    subscribe = "webcal" + address[address.index("://") :]
    return {"address": address, "subscribe": subscribe, "code": Markup(qr.svg(address))}  # noqa: S704 - drawn by segno
