"""The units of the office's realm with the numbers of their people and items: where both are kept."""

from flask import current_app, render_template, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.guard import allow
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.campaigns.routes.blueprint import bp
from walkthrough_app.core.forms import tidy


@bp.get("/units")
@allow(*STEWARDS)
def units() -> str:
    words = tidy(request.args.get("words")) or ""
    every = queries.walking_units(current.user())
    shown = [unit for unit in every if words in unit.name]
    return render_template(
        "campaigns/units.html",
        units=shown,
        words=words,
        people=accounts.people_counts(),
        items=queries.item_counts(shown),
        counties={unit.id: unit.name for unit in accounts.counties()},
        tools=current_app.extensions.get("unit_tools", []),
    )
