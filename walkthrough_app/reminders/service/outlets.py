"""The office sets how a campaign's lanes speak to the outside."""

import secrets

from walkthrough_app.accounts.models import Lane, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.reminders import outside, queries, words
from walkthrough_app.reminders.models import Channel, Outlet
from walkthrough_app.reminders.service import posting

TRIAL = "这是一条测试消息，收到说明专项报告的提醒已经接通。"


def set_mail(campaign: Campaign, lane: Lane, *, is_on: bool, by: User) -> Outlet:
    return _save(campaign, lane, Channel.MAIL, is_on=is_on, by=by)


def set_robot(  # noqa: PLR0913 - all by keyword
    campaign: Campaign, lane: Lane, channel: Channel, *, is_on: bool, url: str, secret: str, by: User
) -> Outlet:
    """Keep a robot's address and secret; what is left empty stays as it was. Raises Invalid beside the field."""
    known = queries.outlet(campaign, lane, channel)
    url = url or (known.url if known else "")
    if not url:
        raise Invalid("url", "请填群机器人的 Webhook 地址。")
    if outside.origin_of(url) not in outside.current().origins:
        raise Invalid("url", f"地址不对：{channel.label}机器人的地址要以 {START[channel]} 开头。")
    made = _save(campaign, lane, channel, is_on=is_on, by=by)
    made.url, made.secret = url, secret or made.secret
    db.session.flush()
    return made


START = {
    Channel.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    Channel.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=",
}


def drop_outlet(outlet: Outlet, *, by: User) -> None:
    """Forget a robot with its address; what it said stays in the list of what went out."""
    audit.record("outlet.dropped", outlet, by=by, channel=outlet.channel.value, lane=outlet.lane.value)
    db.session.delete(outlet)
    db.session.flush()


def try_out(outlet: Outlet, *, by: User) -> None:
    """Let the robot say one line now; a try that is still on its way counts for the next press too."""
    if not outlet.channel.is_robot or not outlet.url:
        raise Conflict("请先填好群机器人的地址。")
    if any(one.is_trial and one.state.is_open for one in queries.deliveries(outlet)):
        return
    audit.record("outlet.tried", outlet, by=by, channel=outlet.channel.value, lane=outlet.lane.value)
    text = f"**{words.plain(outlet.campaign.title)}**\n\n{TRIAL}"
    posting.post_trial(outlet, clock.today(), text, secrets.token_hex(8))


def _save(campaign: Campaign, lane: Lane, channel: Channel, *, is_on: bool, by: User) -> Outlet:
    outlet = queries.outlet(campaign, lane, channel)
    if outlet is None:
        outlet = Outlet(campaign_id=campaign.id, lane=lane, channel=channel)
        db.session.add(outlet)
    outlet.is_on = is_on
    db.session.flush()
    audit.record("outlet.set", outlet, by=by, channel=channel.value, lane=lane.value, is_on=is_on)
    return outlet
