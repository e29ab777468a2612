"""Drafting papers: from findings chosen in the ledger, or for a campaign; and writing a draft anew."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns import queries as campaigns
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid, NotFound
from walkthrough_app.rectification import offers, terms
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.offers import Offer
from walkthrough_app.rectification.papers import conditions, contents, forms, making, prefill, queries, service
from walkthrough_app.rectification.papers.life import Kind, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, Part
from walkthrough_app.rectification.papers.service import drafting
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes.blueprint import bp, to
from walkthrough_app.rectification.routes.ids import form_id

MOST = 100  # findings of one paper
OPEN = frozenset(State) - {State.CLOSED, State.DISMISSED}
LOOKED_AT = frozenset({State.CLOSED, State.RECTIFYING, State.RELAPSED})

offers.add("finding", Offer("发督办通知单", "rectification.new_notice", DESKS, OPEN))
offers.add("finding", Offer("发交办函", "rectification.new_letter", DESKS, OPEN))
offers.add("finding", Offer("出回头看记录", "rectification.new_record", DESKS, LOOKED_AT))
offers.add("finding", Offer("列入通报", "rectification.new_bulletin", DESKS))
offers.add("finding", Offer("写典型材料", "rectification.new_brief", DESKS, frozenset({State.CLOSED, State.RECTIFIED})))
offers.add("ledger_bulk", Offer("发督办通知单", "rectification.new_notice", DESKS))
offers.add("ledger_bulk", Offer("发交办函", "rectification.new_letter", DESKS))
offers.add("ledger_bulk", Offer("列入通报", "rectification.new_bulletin", DESKS))


@bp.route("/papers/notices/new", methods=["GET", "POST"])
@allow(*DESKS)
def new_notice() -> Response | str:
    return _new(Kind.NOTICE, _open_findings())


@bp.route("/papers/letters/new", methods=["GET", "POST"])
@allow(*DESKS)
def new_letter() -> Response | str:
    return _new(Kind.LETTER, _open_findings())


@bp.route("/papers/rechecks/new", methods=["GET", "POST"])
@allow(*DESKS)
def new_record() -> Response | str:
    found = _findings()
    if len(found) != 1:
        raise Conflict("一份回头看记录只写一个问题。")
    if found[0].checked_on is None:
        raise Conflict("这个问题还没有回头看的结果。")
    return _new(Kind.RECHECK, found)


@bp.route("/papers/bulletins/new", methods=["GET", "POST"])
@allow(*DESKS)
def new_bulletin() -> Response | str:
    return _new(Kind.BULLETIN, _findings())


@bp.route("/papers/briefs/new", methods=["GET", "POST"])
@allow(*DESKS)
def new_brief() -> Response | str:
    return _new(Kind.BRIEF, _findings()[:1])


@bp.route("/papers/<uuid:paper_id>/edit", methods=["GET", "POST"])
@allow(*DESKS)
def edit_paper(paper_id: uuid.UUID) -> Response | str:
    found = queries.paper_for(current.user(), paper_id, verb=Verb.AMEND)
    form = _form(found.kind, found.findings, _known(found))
    if form.validate_on_submit():
        try:
            made = _draft(found.kind, form, found.findings, found.campaign)
            service.amend(found, made, by=current.user(), entry_id=form_id(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return to("rectification.paper", paper_id=paper_id)
    return _page(found.kind, form, found.findings, found)


def _findings() -> list[Finding]:
    """Load the findings that the address names; NotFound unless all of them are there for the user."""
    given = request.args.getlist("finding")
    try:
        wanted = {uuid.UUID(one) for one in given}
    except ValueError as error:
        raise NotFound from error
    if len(wanted) > MOST:
        raise Conflict(f"一份文书最多写{MOST}个问题。")
    found = list(ledger.findings_by_id(current.user(), wanted))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _open_findings() -> list[Finding]:
    found = _findings()
    drafting.must_be_open(found)
    drafting.one_unit(found)
    return found


def _campaign(findings: Sequence[Finding]) -> Campaign:
    if findings:
        return drafting.one_campaign(findings)
    known = campaigns.campaigns_for(current.user())
    if not known:
        raise Conflict("还没有活动，先建一个活动再发文。")
    return known[0]


def _new(kind: Kind, findings: Sequence[Finding]) -> Response | str:
    campaign = _campaign(findings)
    form = _form(kind, findings, _first(kind, findings, campaign))
    if form.validate_on_submit():
        try:
            made = _draft(kind, form, findings, campaign)
            paper = service.draft(made, by=current.user(), paper_id=form_id(form))
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("草稿已保存，看一遍再签发。")
            return to("rectification.paper", paper_id=paper.id)
    return _page(kind, form, findings)


def _first(kind: Kind, findings: Sequence[Finding], campaign: Campaign) -> dict[str, Any]:
    user = current.user()
    match kind:
        case Kind.NOTICE:
            return prefill.notice(findings, user)
        case Kind.LETTER:
            return prefill.letter(findings, user)
        case Kind.RECHECK:
            return prefill.record(findings[0], user)
        case Kind.BULLETIN:
            return prefill.bulletin(campaign, findings, user)
    return prefill.brief(findings[0] if findings else None, user)


def _known(paper: OfficialPaper) -> dict[str, Any]:
    """Return what a draft says, for its form."""
    return {
        **paper.data,
        "scope": paper.scope,
        "co_units": [str(one.id) for one in paper.units_of(Part.CO)],
        "readers": [str(one.id) for one in paper.units_of(Part.READER)],
    }


def _units() -> list[Unit]:
    return making.others(current.user(), accounts.units_for(current.user()))


def _form(kind: Kind, findings: Sequence[Finding], given: dict[str, Any]) -> forms.PaperForm:
    classes = {
        Kind.RECHECK: forms.RecordForm,
        Kind.BULLETIN: forms.BulletinForm,
        Kind.BRIEF: forms.BriefForm,
    }
    if kind is Kind.NOTICE:
        made: forms.PaperForm = forms.notice(findings)(data=forms.flat(given))
    elif kind is Kind.LETTER:
        made = forms.letter(findings)(data=forms.flat(given))
    else:
        made = classes[kind](data=forms.flat(given))
    if isinstance(made, forms.NoticeForm):
        forms.offer_units(made.co_units, [one for one in _units() if one.id != findings[0].resp_id])
    if isinstance(made, forms.BulletinForm):
        forms.offer_readers(made, current.user().unit, _units())
    if isinstance(made, forms.LetterForm):
        made.objection_days = terms.of(findings[0].campaign_id).objection_days
    return made


def _draft(kind: Kind, form: Any, findings: Sequence[Finding], campaign: Campaign) -> service.Draft:
    match kind:
        case Kind.NOTICE:
            return making.notice(form, findings, _units(), conditions.reasons(findings))
        case Kind.LETTER:
            return making.letter(form, findings)
        case Kind.RECHECK:
            return making.record(form, findings[0], _plain(prefill.record(findings[0], current.user())))
        case Kind.BULLETIN:
            return making.bulletin(form, campaign, findings, _units())
    return making.brief(form, campaign, findings)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}


def _page(kind: Kind, form: forms.PaperForm, findings: Sequence[Finding], paper: OfficialPaper | None = None) -> str:
    return render_template(
        "rectification/paper_form.html",
        paper_kind=kind,
        form=form,
        findings=findings,
        paper=paper,
        reasons=conditions.reasons(findings) if kind is Kind.NOTICE else [],
        classes=contents.CLASSES,
    )
