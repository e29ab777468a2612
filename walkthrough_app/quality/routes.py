"""Words about flags, and the rules of a campaign. Flags themselves are shown where reports are."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, safe_next, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.quality import queries, service
from walkthrough_app.quality.forms import ExplainForm, RulesForm, SeenForm, rules_form
from walkthrough_app.quality.models import Flag
from walkthrough_app.walkthroughs.models import Walkthrough

bp = Blueprint("quality", __name__, template_folder="templates")
nav: list[NavItem] = []


@bp.post("/flags/<uuid:flag_id>/explain")
@signed_in
def explain(flag_id: uuid.UUID) -> Response:
    """Keep the unit's word about a flag and go back to where it stood."""
    flag, form = queries.flag_to_explain(current.user(), flag_id), ExplainForm()
    _must_be_good(form)
    service.explain(flag, form.explanation.data or "", by=current.user())
    return _back(flag, form)


@bp.post("/flags/<uuid:flag_id>/seen")
@signed_in
def seen(flag_id: uuid.UUID) -> Response:
    flag, form = queries.flag_to_mark(current.user(), flag_id), SeenForm()
    _must_be_good(form)
    service.mark_seen(flag, form.remark.data or "", by=current.user())
    return _back(flag, form)


def first_look(walk: Walkthrough) -> Markup:
    """Return what the page of a walk says about it to its own unit; '' when there is nothing."""
    flags = queries.flags_for_unit(current.user(), [walk.id])
    here = url_for("walkthroughs.review", walk_id=walk.id)
    return Markup(render_template("quality/_first_look.html", flags=flags, may_explain=True, flags_next=here))  # noqa: S704 - our own page


def _must_be_good(form: ExplainForm | SeenForm) -> None:
    if not form.validate_on_submit():
        raise Invalid("", next(iter(form.errors.values()))[0])


def _back(flag: Flag, form: ExplainForm | SeenForm) -> Response:
    place = safe_next(form.next.data) or url_for("walkthroughs.review", walk_id=flag.walk_id)
    return redirect(f"{place.partition('#')[0]}#flag-{flag.id}", code=303)


@bp.route("/campaigns/<uuid:campaign_id>/quality", methods=["GET", "POST"])
@allow(Role.OFFICE)
def rules(campaign_id: uuid.UUID) -> Response | str:
    """Switch rules off and on and set their limits for one campaign."""
    campaign = campaigns.campaign_for(current.user(), campaign_id, write=True)
    book = service.book_of(campaign_id)
    form = rules_form(book)
    if form.validate_on_submit():
        if _saved(form, campaign_id):
            return redirect(url_for("quality.rules", campaign_id=campaign_id), code=303)
    elif form.is_submitted():
        web.refuse()
    return render_template("quality/rules.html", campaign=campaign, book=book, form=form)


def _saved(form: RulesForm, campaign_id: uuid.UUID) -> bool:
    campaign = campaigns.campaign_for(current.user(), campaign_id, write=True)
    try:
        service.set_rules(campaign, form.changes(), by=current.user())
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return False
    flash("已保存，正在按新的规则重新查看。")
    return True
