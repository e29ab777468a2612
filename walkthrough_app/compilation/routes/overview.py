"""What there is to compile, by campaign and lane; beginning a compilation."""

import uuid

from flask import render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.compilation import present, queries, service
from walkthrough_app.compilation.forms import BeginForm
from walkthrough_app.compilation.models import Scope
from walkthrough_app.compilation.routes.blueprint import bp, compilers, to

SCOPES = "any(style, coord, all)"


@bp.get("/compilations")
@compilers
def overview() -> str:
    return render_template("compilation/overview.html", campaigns=present.overview(current.user()))


@bp.get(f"/compilations/<uuid:campaign_id>/<{SCOPES}:scope>")
@compilers
def begin(campaign_id: uuid.UUID, scope: str) -> Response | str:
    campaign = queries.scope_for(current.user(), campaign_id, Scope(scope))
    known = queries.compilation_of(campaign, Scope(scope))
    if known:
        return to("draft", compilation_id=known.id)
    return render_template(
        "compilation/begin.html",
        campaign=campaign,
        scope=Scope(scope),
        standing=queries.standing(campaign, Scope(scope)),
        may_write=queries.may_write(current.user(), campaign, Scope(scope)),
        has_counties=queries.has_counties(campaign),
        form=BeginForm(),
    )


@bp.post(f"/compilations/<uuid:campaign_id>/<{SCOPES}:scope>")
@compilers
def start(campaign_id: uuid.UUID, scope: str) -> Response:
    campaign = queries.scope_for(current.user(), campaign_id, Scope(scope), write=True)
    with_counties = bool(BeginForm().with_counties.data)
    made = service.begin(campaign, Scope(scope), by=current.user(), with_counties=with_counties)
    return to("draft", compilation_id=made.id)
