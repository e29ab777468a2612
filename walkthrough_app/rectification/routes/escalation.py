"""升级督办: what waits for the desk in a campaign, and the steps of one finding."""

import uuid

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Role
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.core import clock, web
from walkthrough_app.core.errors import Forbidden, Invalid, NotFound
from walkthrough_app.rectification import offers, queries, rights
from walkthrough_app.rectification.escalation import queries as steps
from walkthrough_app.rectification.escalation import rulebook, service, shown
from walkthrough_app.rectification.escalation.forms import StepForm
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.routes.blueprint import bp, to

LATEST = 20
offers.add("finding", offers.Offer("升级督办", "rectification.ladder_of", rights.DESKS, State.unfinished()))


@bp.get("/campaigns/<uuid:campaign_id>/escalation")
@allow(*rights.DESKS)
def escalation(campaign_id: uuid.UUID) -> str:
    user = current.user()
    campaign = campaigns.campaign_for(user, campaign_id)
    book = steps.book_of(campaign.id)
    return render_template(
        "rectification/escalation.html",
        campaign=campaign,
        notices=steps.waiting(user, campaign, rulebook.NOTICE),
        candidates=steps.waiting(user, campaign, rulebook.BULLETIN),
        stopped=steps.stopped(user, campaign),
        taken=steps.taken(user, campaign, limit=LATEST),
        names={rule.id: shown.name_of(rule.id, book) for rule in book.rules},
        says={rule.id: rule.says for rule in book.rules},
        notice_url=url_for("rectification.new_notice"),
        ledger_url=url_for("rectification.ledger", campaign=campaign.id),
        may_set=user.role is Role.OFFICE,
        today=clock.today(),
    )


@bp.get("/escalation")
@allow(*rights.DESKS)
def ladder_of() -> Response:
    """Lead to the steps of ?finding=."""
    finding_id = request.args.get("finding", type=uuid.UUID)
    if finding_id is None:
        raise NotFound
    return to("rectification.ladder", finding_id=_supervised(finding_id).id)


@bp.get("/findings/<uuid:finding_id>/escalation")
@allow(*rights.DESKS)
def ladder(finding_id: uuid.UUID) -> str:
    return _page(_supervised(finding_id), StepForm())


@bp.post("/findings/<uuid:finding_id>/escalation")
@allow(*rights.DESKS)
def decide(finding_id: uuid.UUID) -> Response | str:
    """Stop a step, go on with it, or take what it proposed off the list."""
    finding, form = _supervised(finding_id), StepForm()
    if not form.validate_on_submit():
        return _page(finding, form)
    try:
        _done(finding, form, request.form.get("do", ""))
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _page(_supervised(finding_id), form)
    return to("rectification.ladder", finding_id=finding_id)


def _done(finding: Finding, form: StepForm, do: str) -> None:
    rule, reason, user = form.rule.data or "", form.reason.data or "", current.user()
    if do == "stop":
        service.stop(finding, rule, reason, by=user)
        flash("已停止这一步。")
    elif do == "resume":
        service.resume(finding, rule, reason, by=user)
        flash("已恢复这一步。")
    elif do in {rulebook.NOTICE, rulebook.BULLETIN}:
        service.settle(finding, do, reason, by=user)
        flash("已从待办里去掉。")
    else:
        raise NotFound


def _supervised(finding_id: uuid.UUID) -> Finding:
    """Load a finding that the user's desk supervises."""
    finding = queries.finding_for(current.user(), finding_id)
    if not rights.is_desk(current.user(), finding):
        raise Forbidden(service.NOT_YOURS)
    return finding


def _page(finding: Finding, form: StepForm) -> str:
    return render_template(
        "rectification/escalation_finding.html",
        finding=finding,
        rungs=shown.rungs(finding),
        history=shown.history(finding),
        form=form,
        today=clock.today(),
        notice_url=url_for("rectification.new_notice", finding=finding.id),
        finding_url=url_for("rectification.finding", finding_id=finding.id),
    )
