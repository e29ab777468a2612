"""Who has what: for desks a table of units and kinds, for a unit its own page."""

import uuid
from typing import Any

from flask import render_template, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import ids, paging
from walkthrough_app.records import present, queries, rights
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes.blueprint import bp

UNITS = 50  # on one page


@bp.get("/records")
@allow(*READERS)
def overview() -> str:
    user = current.user()
    found = queries.campaigns(user)
    if not found:
        return render_template("records/none.html")
    wanted = ids.parse(request.args.get("campaign"))
    campaign = queries.campaign_for(user, wanted) if wanted else found[0]
    tabs = [(one.title, one.id, one is campaign) for one in found]
    if user.role in UNIT_ROLES:
        return _unit_page(user, campaign, user.unit, tabs)
    return _matrix(user, campaign, tabs)


@bp.get("/records/<uuid:campaign_id>/units/<uuid:unit_id>")
@allow(*READERS)
def unit(campaign_id: uuid.UUID, unit_id: uuid.UUID) -> str:
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id)
    return _unit_page(user, campaign, queries.unit_for(user, campaign, unit_id), [])


def _unit_page(user: User, campaign: Campaign, unit: Unit, tabs: list[Any]) -> str:
    kinds = queries.document_of(campaign).records
    found = queries.of_unit(user, campaign, unit)
    parts = [
        present.Part(kind, found.get(kind.id, []), rights.may_write(user, campaign, unit, kind))
        for kind in kinds
        if kind.id in found or kind.by != "office" or rights.may_write(user, campaign, unit, kind)
    ]
    public = [kind for kind in kinds if kind.public]
    return render_template(
        "records/unit.html",
        campaign=campaign,
        unit=unit,
        shelf=parts,
        owed=[one for one in parts if one.is_owed],
        public=public,
        tabs=tabs,
        is_own=unit.id == user.unit_id,
    )


def _matrix(user: User, campaign: Campaign, tabs: list[Any]) -> str:
    document = queries.document_of(campaign)
    kinds = [kind for kind in document.records if kind.by != "office"]
    units = queries.units(user, campaign)
    lines = present.matrix(units, kinds, queries.tallies(campaign, [one.id for one in units]))
    if request.args.get("show") == "owed":
        lines = [one for one in lines if one.owed or one.late]
    after = paging.read(request.args.get("after", ""), str, uuid.UUID)
    page = paging.cut(lines, lambda line: (line.unit.name, line.unit.id), after, UNITS)
    return render_template(
        "records/matrix.html",
        campaign=campaign,
        kinds=kinds,
        page=page,
        after=after,
        total=len(lines),
        owing=sum(bool(one.owed) for one in lines),
        late=sum(one.late for one in lines),
        own=[(kind, rights.may_write(user, campaign, user.unit, kind)) for kind in document.records],
        show=request.args.get("show", ""),
        tabs=tabs,
    )
