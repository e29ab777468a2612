"""The list of visits, and what 我的任务 says of them."""

import uuid
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import paging
from walkthrough_app.core.forms import tidy
from walkthrough_app.visits import queries
from walkthrough_app.visits.models import Focus, Frequency, VisitState
from walkthrough_app.visits.queries import DESKS, Filters
from walkthrough_app.visits.routes.blueprint import bp

LONGEST = 60


@bp.get("/visits")
@allow(*DESKS)
def visits() -> str:
    """Show where I am to go, and below it all visits that the filters leave."""
    me, filters = current.user(), _filters()
    after = paging.read(request.args.get("after", ""), *queries.KINDS)
    found = paging.page(queries.page(me, filters, after, paging.SIZE), queries.key)
    known = campaigns.visit_campaigns(me)
    return render_template(
        "visits/visits.html",
        mine=queries.to_do(me),
        rows=found.rows,
        following=found.after,
        after=after,
        filters=filters,
        args=_args(),
        campaigns=known,
        choices=[(str(one.id), one.title) for one in known],
        can_begin=bool(queries.open_campaigns(me)),
        may_order=me.role is Role.OFFICE,
        modes=_modes(),
        frequencies=Frequency,
        focuses=Focus,
        states=VisitState,
    )


def _modes() -> list[tuple[str, str]]:
    return [("covert", "暗访"), ("open", "明查")]


def _filters() -> Filters:
    given = request.args
    return Filters(
        campaign=given.get("campaign", type=uuid.UUID),
        unit=(tidy(given.get("unit")) or "")[:LONGEST],
        mode=next((one for one, _ in _modes() if one == given.get("mode")), ""),
        frequency=next((one for one in Frequency if one.value == given.get("frequency")), None),
        focus=next((one for one in Focus if one.value == given.get("focus")), None),
        state=next((one for one in VisitState if one.value == given.get("state")), None),
    )


def _args() -> dict[str, Any]:
    """Return the filters of the address, for links that keep them."""
    names = ("campaign", "unit", "mode", "frequency", "focus", "state")
    return {name: request.args[name][:LONGEST] for name in names if request.args.get(name)}


def to_do_part() -> Markup:
    """Return what 我的任务 says of visits: where to go, and what the own unit was told; '' where there is nothing."""
    me = current.user()
    found, told = queries.to_do(me), queries.fed_back_to(me, most=3)
    if not (found or told):
        return Markup("")
    return Markup(render_template("visits/_tasks.html", visits=found, told=told))  # noqa: S704 - our own page
