"""The terms of a campaign: days and shares, and the steps of escalation, set by the office."""

import uuid
from datetime import date

from flask import flash, render_template
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.rectification import service
from walkthrough_app.rectification import terms as rules
from walkthrough_app.rectification.escalation import queries as steps
from walkthrough_app.rectification.escalation import service as escalation
from walkthrough_app.rectification.escalation import shown
from walkthrough_app.rectification.escalation.forms import TermsForm, terms_form
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.rectification.routes.blueprint import bp, to

EFFECTS = {
    "minor_days": "从交办的下一个工作日算起。",
    "moderate_days": "从交办的下一个工作日算起。",
    "serious_days": "从交办的下一个工作日算起。",
    "objection_days": "马上起作用，已经交办的也按这个期限。",
    "extensions": "马上起作用；填0就是不能延期。",
    "sample_percent": "下一次抽查时用。严重的和反弹的不抽，全部回头看。",
    "relapse_days": "从销号那天算起，以后发现的按这个期限。",
}


@bp.route("/campaigns/<uuid:campaign_id>/terms", methods=["GET", "POST"])
@allow(Role.OFFICE)
def terms(campaign_id: uuid.UUID) -> Response | str:
    campaign = campaigns.campaign_for(current.user(), campaign_id, write=True)
    form = terms_form(rules.of(campaign_id), steps.book_of(campaign_id))
    if form.validate_on_submit():
        try:
            _save(campaign, form)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已保存。")
            return to("rectification.terms", campaign_id=campaign_id)
    elif form.is_submitted():
        web.refuse()
    return _page(campaigns.campaign_for(current.user(), campaign_id), form)


def _save(campaign: Campaign, form: TermsForm) -> None:
    service.set_terms(campaign, form.terms(), by=current.user())
    escalation.set_rules(campaign, form.steps(steps.book_of(campaign.id)), by=current.user())


def _page(campaign: Campaign, form: TermsForm) -> str:
    book = steps.book_of(campaign.id)
    return render_template(
        "rectification/terms.html",
        campaign=campaign,
        form=form,
        limits=rules.LIMITS,
        effects=EFFECTS,
        book=book,
        froms={rule.id: shown.counted_from(rule, book) for rule in book.rules},
        examples=_examples(campaign),
    )


def _examples(campaign: Campaign) -> list[tuple[str, date]]:
    """Say until when a problem handed over today would run, as the terms are now."""
    known, today = rules.of(campaign.id), clock.today()
    return [(label, known.due_after(today, key)) for key, label in SEVERITIES.items()]
