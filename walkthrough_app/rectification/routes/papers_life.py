"""What is done with a paper: issued, signed, answered, decided, urged; a bulletin is heard about and reviewed."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.rectification.papers import forms, queries, service
from walkthrough_app.rectification.papers.life import Verb
from walkthrough_app.rectification.papers.models import OfficialPaper
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes.blueprint import bp, to
from walkthrough_app.rectification.routes.ids import form_id
from walkthrough_app.rectification.routes.papers import DECIDING, PAPER, paper_page

Do = Callable[..., None]
desks, units = allow(*DESKS), allow(*UNIT_ROLES)


def _tapped(paper_id: uuid.UUID, verb: Verb, do: Do, said: str) -> Response:
    """Do what needs no words."""
    found = queries.paper_for(current.user(), paper_id, verb=verb)
    do(found, by=current.user(), entry_id=form_id(forms.EntryForm()))
    flash(said)
    return to("rectification.paper", paper_id=paper_id)


def _said(
    paper_id: uuid.UUID, verb: Verb, do: Callable[[OfficialPaper, Any, dict[str, Any]], None], said: str
) -> Response | str:
    """Do what a form says; a form that cannot be taken is shown again on the paper's page."""
    found = queries.paper_for(current.user(), paper_id, verb=verb)
    form = DECIDING[verb](prefix=f"{verb.value}-")
    if form.validate_on_submit():
        try:
            do(found, form, {"by": current.user(), "entry_id": form_id(form)})
        except Invalid as error:
            form.refuse(error)
            web.refuse()
            found = queries.paper_for(current.user(), paper_id)
        else:
            flash(said)
            return to("rectification.paper", paper_id=paper_id)
    return paper_page(found, (verb, form))


@bp.post(f"{PAPER}/issue")
@desks
def issue_paper(paper_id: uuid.UUID) -> Response:
    return _tapped(paper_id, Verb.ISSUE, service.issue, "已经签发，正在生成文件。")


@bp.post(f"{PAPER}/drop")
@desks
def drop_paper(paper_id: uuid.UUID) -> Response:
    found = queries.paper_for(current.user(), paper_id, verb=Verb.DROP)
    service.drop(found, by=current.user(), entry_id=form_id(forms.EntryForm()))
    flash("草稿已经作废。")
    return to("rectification.papers")


@bp.post(f"{PAPER}/sign")
@units
def sign_paper(paper_id: uuid.UUID) -> Response:
    return _tapped(paper_id, Verb.SIGN, service.sign, "已经签收。")


@bp.post(f"{PAPER}/reply")
@units
def reply_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.REPLY,
        lambda paper, form, deed: service.reply(paper, form.done.data or "", form.result.data or "", **deed),
        "已经保存，请单位负责人确认。",
    )


@bp.post(f"{PAPER}/confirm")
@units
def confirm_paper(paper_id: uuid.UUID) -> Response:
    return _tapped(paper_id, Verb.CONFIRM, service.confirm, "已经反馈。")


@bp.post(f"{PAPER}/approve")
@desks
def approve_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.APPROVE,
        lambda paper, form, deed: service.approve(paper, form.reason.data or "", **deed),
        "已经办结。",
    )


@bp.post(f"{PAPER}/send-back")
@desks
def send_back_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.SEND_BACK,
        lambda paper, form, deed: service.send_back(paper, form.reason.data or "", form.due_on.data, **deed),
        "已经退回重办。",
    )


@bp.post(f"{PAPER}/urge")
@desks
def urge_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.URGE,
        lambda paper, form, deed: service.urge(
            paper, form.on.data, form.channel.data or "", form.answer.data or "", **deed
        ),
        "催办已经记下。",
    )


@bp.post(f"{PAPER}/hear")
@desks
def hear_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.HEAR,
        lambda paper, form, deed: service.hear(paper, form.until.data, **deed),
        "已经发给点名的单位征求意见。",
    )


@bp.post(f"{PAPER}/answer")
@units
def answer_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.OBJECT,
        lambda paper, form, deed: service.answer(paper, form.text.data or "", agrees=form.agrees.data == "yes", **deed),
        "您单位的意见已经记下。",
    )


@bp.post(f"{PAPER}/review")
@desks
def review_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.REVIEW,
        lambda paper, form, deed: service.review(paper, form.text.data or "", **deed),
        "审核通过，可以签发。",
    )


@bp.post(f"{PAPER}/reopen")
@desks
def reopen_paper(paper_id: uuid.UUID) -> Response | str:
    return _said(
        paper_id,
        Verb.REOPEN,
        lambda paper, form, deed: service.reopen(paper, form.reason.data or "", **deed),
        "已经退回修改。",
    )
