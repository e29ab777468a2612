"""Comments on a place: begun by the lane, answered by the unit, settled by the lane."""

import uuid
from collections.abc import Callable

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import User
from walkthrough_app.core import web
from walkthrough_app.core.errors import Forbidden, Invalid
from walkthrough_app.core.forms import fresh
from walkthrough_app.reception import places, queries, service
from walkthrough_app.reception.forms import CommentForm
from walkthrough_app.reception.models import Thread
from walkthrough_app.reception.routes.blueprint import READERS, bp, is_own, to
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports.models import SETTLED, ReportState, ReportVersion


@bp.get("/reports/<uuid:report_id>/versions/<int:number>/comment")
@allow(*READERS)
def comment(report_id: uuid.UUID, number: int) -> str:
    version = _to_comment(report_id, number)
    return _new_page(version, CommentForm(tap=fresh()))


@bp.post("/reports/<uuid:report_id>/versions/<int:number>/comment")
@allow(*READERS)
def add_comment(report_id: uuid.UUID, number: int) -> Response | str:
    version, form = _to_comment(report_id, number), CommentForm()
    if form.validate_on_submit():
        try:
            made = service.comment(version, _place(), form.text.data or "", by=current.user(), tap=form.tap_id)
            return _to_place(made)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    return _new_page(queries.version_for(current.user(), report_id, number), form)


def _to_comment(report_id: uuid.UUID, number: int) -> ReportVersion:
    version = queries.version_for(current.user(), report_id, number)
    if not reports.decides(current.user(), version.report):
        raise Forbidden("批注由接收报告的工作组提出，您可以查看。")
    return version


def _place() -> str:
    return request.args.get("place", "")


def _new_page(version: ReportVersion, form: CommentForm) -> str:
    title = service.title_of(version, _place())
    anchor = _place().replace(":", "-")
    return render_template(
        "reception/comment.html",
        report=version.report,
        version=version,
        title=title,
        quoted=service.quoted(version, _place()),
        form=form,
        anchor=anchor,
    )


def _to_place(thread: Thread) -> Response:
    return to("reception.version", thread.anchor, report_id=thread.report_id, number=thread.number)


@bp.get("/reports/<uuid:report_id>/comments/<uuid:thread_id>")
@allow(*READERS)
def thread(report_id: uuid.UUID, thread_id: uuid.UUID) -> str:
    return _page(queries.thread_for(current.user(), report_id, thread_id), CommentForm(tap=fresh()))


@bp.post("/reports/<uuid:report_id>/comments/<uuid:thread_id>")
@allow(*READERS)
def answer(report_id: uuid.UUID, thread_id: uuid.UUID) -> Response | str:
    found, form = queries.thread_for(current.user(), report_id, thread_id), CommentForm()
    if form.validate_on_submit():
        try:
            service.answer(found, form.text.data or "", by=current.user(), tap=form.tap_id)
            return to("reception.thread", report_id=report_id, thread_id=thread_id)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
    return _page(queries.thread_for(current.user(), report_id, thread_id), form)


@bp.post("/reports/<uuid:report_id>/comments/<uuid:thread_id>/resolve")
@allow(*READERS)
def resolve(report_id: uuid.UUID, thread_id: uuid.UUID) -> Response:
    return _settle(service.resolve, report_id, thread_id)


@bp.post("/reports/<uuid:report_id>/comments/<uuid:thread_id>/reopen")
@allow(*READERS)
def reopen(report_id: uuid.UUID, thread_id: uuid.UUID) -> Response:
    return _settle(service.reopen, report_id, thread_id)


def _settle(deed: Callable[..., None], report_id: uuid.UUID, thread_id: uuid.UUID) -> Response:
    deed(queries.thread_for(current.user(), report_id, thread_id), by=current.user())
    return to("reception.thread", report_id=report_id, thread_id=thread_id)


def _page(found: Thread, form: CommentForm) -> str:
    me, report = current.user(), found.report
    version = queries.version_for(me, report.id, found.number)
    is_open = report.state not in SETTLED
    return render_template(
        "reception/thread.html",
        report=report,
        thread=found,
        form=form,
        quoted=service.quoted(version, found.place),
        paragraph=_editable(found) if is_own(report) and report.state is ReportState.DRAFT else "",
        back=_back(found, me),
        is_lane=me.role.lane is report.lane,
        may_answer=is_open and (me.role.lane is report.lane or is_own(report)),
    )


def _editable(found: Thread) -> str:
    """Return the key of the paragraph to change, if the place is one."""
    return places.paragraph_of(found.place)


def _back(found: Thread, me: User) -> str:
    if me.unit_id == found.report.unit_id:
        return url_for("reports.report", report_id=found.report_id, _anchor="said")
    return url_for("reception.version", report_id=found.report_id, number=found.number, _anchor=found.anchor)
