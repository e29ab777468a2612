"""One record: what it says, the problems it points to, what became of it."""

import uuid

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.records import present, queries, rights, service, sheet
from walkthrough_app.records.forms import WithdrawForm
from walkthrough_app.records.models import Record, RecordState
from walkthrough_app.records.rights import READERS
from walkthrough_app.records.routes.blueprint import bp, to


@bp.get("/records/one/<uuid:record_id>")
@allow(*READERS)
def record(record_id: uuid.UUID) -> str:
    form = WithdrawForm(formdata=None, data={"tap": str(uuid.uuid4())})
    return _page(queries.record_for(current.user(), record_id), form)


def _page(found: Record, form: WithdrawForm) -> str:
    user, kind = current.user(), found.record_kind
    is_open = found.state is not RecordState.WITHDRAWN
    may_write = is_open and rights.may_write(user, found.campaign, found.unit, kind)
    oversees = may_write or user.unit_id == found.unit_id or rights.is_desk(user, found.unit)
    answers = {**found.answers, **found.follow_up}
    return render_template(
        "records/record.html",
        record=found,
        shape=kind,
        lines=sheet.lines(found.document, kind.questions, found.answers, found.notes),
        ends=sheet.lines(found.document, kind.follow_up, answers, found.notes),
        photos=queries.photos_of(found),
        offers=service.offers(found) if oversees else [],
        story=present.story(user, queries.entries_of(found)) if oversees else [],
        may_write=may_write,
        form=form,
    )


@bp.post("/records/one/<uuid:record_id>/problems")
@allow(*READERS)
def problem(record_id: uuid.UUID) -> Response:
    """Put a suggested problem into the ledger, or say that it is none; the button says which."""
    user, form = current.user(), DeedForm()
    found = queries.record_for(user, record_id, write=True)
    do, _, question_id = request.form.get("do", "").partition(":")
    if not form.validate() or do not in {"take", "dismiss"}:
        raise NotFound
    if do == "take":
        finding = service.take(found, question_id, by=user)
        flash(f"已记为问题{finding.code}。", "ok")
    else:
        service.dismiss(found, question_id, by=user)
        flash("已记下：不算问题。", "ok")
    return to("record", "problems", record_id=record_id)


@bp.post("/records/one/<uuid:record_id>/withdraw")
@allow(*READERS)
def withdraw(record_id: uuid.UUID) -> Response | str:
    user, form = current.user(), WithdrawForm()
    found = queries.record_for(user, record_id, write=True)
    try:
        if form.validate():
            service.withdraw(found, form.reason.data or "", by=user, tap=form.tap_id)
            flash("已撤销。", "ok")
            return to("record", record_id=record_id)
    except Invalid as error:
        form.refuse(error)
    web.refuse()
    return _page(queries.record_for(user, record_id), form)
