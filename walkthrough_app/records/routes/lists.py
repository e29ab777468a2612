"""The records of one kind: a list that can be narrowed, and the same as a spreadsheet."""

import io
import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.core import clock, paging, web
from walkthrough_app.core.errors import Conflict
from walkthrough_app.documents.workbook import write_xlsx
from walkthrough_app.records import forms, queries, rights, sheets
from walkthrough_app.records.queries import Filters
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes.blueprint import bp

MOST = 5000  # rows that are written while somebody waits


@bp.get("/records/<uuid:campaign_id>/<kind_id>")
@allow(*READERS)
def kind(campaign_id: uuid.UUID, kind_id: str) -> str:
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id)
    found = queries.kind_for(campaign, kind_id)
    wanted = forms.filters_of(request.args)
    after = paging.read(request.args.get("after", ""), *queries.KINDS)
    rows = queries.page(user, campaign, found, wanted, after)
    is_desk = user.role not in UNIT_ROLES
    return render_template(
        "records/kind.html",
        campaign=campaign,
        shape=found,
        page=paging.page(rows, queries.key),
        after=after,
        total=queries.count(user, campaign, found, wanted),
        wanted=wanted,
        args=_args(wanted),
        states=_states(found.follow_up != ()),
        units=queries.units(user, campaign) if is_desk else [],
        may_write=rights.may_write(user, campaign, user.unit, found),
        shows_units=is_desk or found.public,
    )


def _states(is_followed: bool) -> dict[str, str]:  # noqa: FBT001 - one question
    return queries.STATES if is_followed else {"settled": "已填写", "withdrawn": "已撤销"}


def _args(wanted: Filters) -> dict[str, str]:
    args = {"state": wanted.state, "unit": str(wanted.unit or ""), "text": wanted.text}
    return {name: value for name, value in args.items() if value}


@bp.get("/records/<uuid:campaign_id>/<kind_id>.xlsx")
@allow(*READERS)
def table(campaign_id: uuid.UUID, kind_id: str) -> Response:
    """Send what the list is narrowed to; what a page cannot wait for is refused with a sentence."""
    user = current.user()
    campaign = queries.campaign_for(user, campaign_id)
    found = queries.kind_for(campaign, kind_id)
    records = queries.for_sheet(user, campaign, found, forms.filters_of(request.args), MOST + 1)
    if len(records) > MOST:
        raise Conflict(f"超过{MOST}条，请按单位或者状态筛选以后再下载。")
    file = io.BytesIO()
    note = f"{campaign.title}　{found.title}　{clock.today().isoformat()}导出"
    write_xlsx(file, sheets.book(found, records, note=note), title=f"{found.title}台账")
    return web.spreadsheet(file.getvalue(), found.id)
