"""The figures of the visits of a campaign, as a bulletin needs them."""

import uuid

from flask import render_template, request, url_for

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import queries
from walkthrough_app.visits import statistics as figures
from walkthrough_app.visits.queries import DESKS
from walkthrough_app.visits.routes.blueprint import bp


@bp.get("/visits/statistics")
@allow(*DESKS)
def statistics() -> str:
    me = current.user()
    known = campaigns.visit_campaigns(me)
    named = request.args.get("campaign", type=uuid.UUID)
    chosen = queries.campaign_for(me, named) if named else next(iter(known), None)
    return render_template(
        "visits/statistics.html",
        campaigns=known,
        campaign=chosen,
        tabs=[(one.title, url_for("visits.statistics", campaign=one.id), one is chosen) for one in known],
        found=_of(chosen) if chosen else None,
        draws=queries.draws_of(chosen) if chosen and me.role is Role.OFFICE else [],
    )


def _of(campaign: Campaign) -> figures.Statistics:
    visits = queries.done(current.user(), campaign)
    document = questionnaires.document_of(campaign.questionnaire)
    names = {one.id: one.name for one in document.categories}
    return figures.of(visits, queries.problems_of(visits), names)
