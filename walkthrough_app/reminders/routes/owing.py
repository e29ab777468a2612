"""谁还没报: the units whose report is out, and pressing them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Lane, Role, User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.forms import tidy
from walkthrough_app.reminders import queries, service
from walkthrough_app.reminders.queries import Owing
from walkthrough_app.reminders.queries.owing import CLERKS
from walkthrough_app.reminders.routes.blueprint import bp, to

PAGE = 100
STATES = ("没有开始", "草稿", "已确认，待报送", "退回补充")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; `lane` of a group is always its own."""

    campaign: Campaign
    lane: Lane | None
    state: str
    name: str

    @property
    def values(self) -> dict[str, Any]:
        lane = self.lane.value if self.lane else ""
        found = {"campaign": str(self.campaign.id), "lane": lane, "state": self.state, "q": self.name}
        return {key: value for key, value in found.items() if value}


@bp.get("/reminders/owing")
@allow(*CLERKS)
def owing() -> str:
    user, asked = current.user(), _asked()
    if asked is None:
        return render_template("reminders/owing.html", asked=None)
    every = queries.owing(asked.campaign, asked.lane)
    rows = _filtered(every, asked)
    page, after = _page(rows, request.args.get("after", ""))
    return render_template(
        "reminders/owing.html",
        asked=asked,
        campaigns=queries.campaigns_for(user),
        lanes=list(Lane) if user.role is Role.OFFICE else [],
        counts=[(state, queries.counts(every)[state]) for state in STATES],
        rows=page,
        total=len(rows),
        left=sum(row.can_be_urged for row in rows),
        after=after,
        may_urge=asked.campaign.state is CampaignState.OPEN,
        may_set=user.role is Role.OFFICE,
        next_url=url_for("reminders.owing", **asked.values, after=after) if after else "",
    )


@bp.post("/reminders/owing/urge")
@allow(*CLERKS)
def urge() -> Response:
    """Press everyone the list shows (on all its pages), or the one unit whose button it was."""
    asked = _asked()
    if asked is None:
        raise NotFound
    rows = _filtered(queries.owing(asked.campaign, asked.lane), asked)
    only = request.form.get("unit", type=uuid.UUID)
    units = [row.unit for row in rows if only in {None, row.unit.id}]
    flash(_said(service.urge(asked.campaign, units, current.user())))
    return to("owing", **asked.values)


def _said(urged: service.Urged) -> str:
    parts = [f"已催办{len(urged.done)}家，发出邮件{urged.mails}封" if urged.done else "没有要催办的单位"]
    if urged.already:
        parts.append(f"{len(urged.already)}家今天已经催办过")
    if urged.silent:
        names = "、".join(unit.name for unit in urged.silent[:3]) + ("等" if len(urged.silent) > 3 else "")
        parts.append(f"{names}{len(urged.silent)}家没有一把手和联络员的账号，收不到")
    return "；".join(parts) + "。"


def _asked() -> Asked | None:
    """Read the address; None when there is no campaign yet, NotFound for one of another realm."""
    user, args = current.user(), request.args
    campaign = queries.campaign_for(user, args.get("campaign", type=uuid.UUID))
    if campaign is None:
        return None
    state, name = args.get("state", ""), (tidy(args.get("q")) or "")[:60]
    return Asked(campaign, _lane(user, args.get("lane", "")), state if state in STATES else "", name)


def _lane(user: User, wanted: str) -> Lane | None:
    if user.role.lane:
        return user.role.lane
    return Lane(wanted) if wanted in set(Lane) else None


def _filtered(rows: Sequence[Owing], asked: Asked) -> list[Owing]:
    name = asked.name.strip()
    return [row for row in rows if asked.state in {"", row.state} and name in row.unit.name]


def _page(rows: Sequence[Owing], after: str) -> tuple[list[Owing], str]:
    """Return the rows behind the unit `after`, and the unit the next page begins behind."""
    place = next((n + 1 for n, row in enumerate(rows) if str(row.unit.id) == after), 0)
    page = list(rows[place : place + PAGE])
    return page, str(page[-1].unit.id) if len(rows) > place + PAGE else ""
