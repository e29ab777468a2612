"""提醒设置: by which channels a campaign's lanes speak."""

import uuid
from datetime import timedelta

from flask import flash, make_response, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Lane, Role
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.reminders import outside, queries, service
from walkthrough_app.reminders.forms import MailForm, RobotForm
from walkthrough_app.reminders.models import Channel, Delivery, Outlet
from walkthrough_app.reminders.routes.blueprint import bp, to
from walkthrough_app.reminders.service.outlets import START

REFRESH_SECONDS = "2"


@bp.get("/reminders/settings")
@allow(Role.OFFICE)
def settings() -> str:
    user = current.user()
    campaign = queries.campaign_for(user, request.args.get("campaign", type=uuid.UUID))
    return render_template(
        "reminders/settings.html",
        campaign=campaign,
        campaigns=queries.campaigns_for(user),
        outlets=queries.outlets(campaign) if campaign else {},
        lanes=list(Lane),
        channels=list(Channel),
        has_mail=outside.current().mail is not None,
        failures=queries.failures(user, clock.today() - timedelta(days=14)),
    )


@bp.post("/reminders/settings/<uuid:campaign_id>/<any(style, coord):lane>/mail")
@allow(Role.OFFICE)
def set_mail(campaign_id: uuid.UUID, lane: str) -> Response:
    campaign, _ = queries.outlet_for(current.user(), campaign_id, Lane(lane), Channel.MAIL)
    form = MailForm()
    service.set_mail(campaign, Lane(lane), is_on=bool(form.is_on.data), by=current.user())
    flash("已保存。")
    return to("settings", campaign=campaign_id)


@bp.route(
    "/reminders/settings/<uuid:campaign_id>/<any(style, coord):lane>/<any(wecom, dingtalk):channel>",
    methods=["GET", "POST"],
)
@allow(Role.OFFICE)
def robot(campaign_id: uuid.UUID, lane: str, channel: str) -> Response | str:
    """Show and change a robot; its address and secret are never shown again."""
    campaign, outlet = queries.outlet_for(current.user(), campaign_id, Lane(lane), Channel(channel))
    form = RobotForm(is_on=outlet.is_on if outlet else True)
    if form.validate_on_submit():
        try:
            service.set_robot(
                campaign,
                Lane(lane),
                Channel(channel),
                is_on=bool(form.is_on.data),
                url=form.url.data or "",
                secret=form.secret.data or "",
                by=current.user(),
            )
            flash("已保存。点“发一条试试”看看通不通。")
            return to("robot", campaign_id=campaign_id, lane=lane, channel=channel)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    said = queries.deliveries(outlet) if outlet else []
    page = render_template(
        "reminders/robot.html",
        campaign=campaign,
        lane=Lane(lane),
        channel=Channel(channel),
        outlet=outlet,
        form=form,
        said=said,
        start=START[Channel(channel)],
    )
    return _asking_again(page) if any(_is_tried(one) for one in said) else page


def _is_tried(delivery: Delivery) -> bool:
    return delivery.is_trial and delivery.state.is_open and not delivery.reason


def _asking_again(page: str) -> Response:
    """Let the page ask again by itself until the answer is there."""
    answer = make_response(page)
    answer.headers["Refresh"] = REFRESH_SECONDS
    return answer


@bp.post("/reminders/settings/<uuid:campaign_id>/<any(style, coord):lane>/<any(wecom, dingtalk):channel>/try")
@allow(Role.OFFICE)
def try_out(campaign_id: uuid.UUID, lane: str, channel: str) -> Response:
    service.try_out(_outlet(campaign_id, lane, channel), by=current.user())
    return to("robot", campaign_id=campaign_id, lane=lane, channel=channel)


@bp.post("/reminders/settings/<uuid:campaign_id>/<any(style, coord):lane>/<any(wecom, dingtalk):channel>/drop")
@allow(Role.OFFICE)
def drop_robot(campaign_id: uuid.UUID, lane: str, channel: str) -> Response:
    service.drop_outlet(_outlet(campaign_id, lane, channel), by=current.user())
    flash("已删除，地址和密钥都不再保存。")
    return to("settings", campaign=campaign_id)


def _outlet(campaign_id: uuid.UUID, lane: str, channel: str) -> Outlet:
    _, outlet = queries.outlet_for(current.user(), campaign_id, Lane(lane), Channel(channel))
    if outlet is None:
        raise NotFound
    return outlet
