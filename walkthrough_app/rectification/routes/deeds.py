"""Deeds at one finding: a form each; refused values come back beside their field, the wrong state as a sentence."""

import uuid
from typing import BinaryIO, cast

from flask import current_app, flash, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.core.forms import DeedForm
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.rectification import queries, service
from walkthrough_app.rectification.forms import DoneForm, pictures_in
from walkthrough_app.rectification.ledger import pictures
from walkthrough_app.rectification.ledger.deeds import DEEDS, PROVED, Deed
from walkthrough_app.rectification.machine import Verb, is_open
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.routes.blueprint import READERS, bp, to
from walkthrough_app.rectification.routes.finding import page

NAMES = "sign, note, extension, dispute, answer, assign, dismiss, uphold, yield, close, back, relapse"


@bp.post(f"/findings/<uuid:finding_id>/<any({NAMES}):name>")
@allow(*READERS)
def do(finding_id: uuid.UUID, name: str) -> Response | str:
    user, deed = current.user(), DEEDS[name]
    found = queries.finding_for(user, finding_id, verb=deed.verbs[0])
    form = deed.form()
    try:
        if _is_valid(form, deed, found):
            deed.do(found, form, user)
            flash(deed.said, "ok")
            return to("rectification.finding", finding_id=finding_id)
    except Invalid as error:
        form.refuse(error)
    web.refuse()
    return page(queries.finding_for(user, finding_id), name, form)


def _is_valid(form: DeedForm, deed: Deed, found: Finding) -> bool:
    """Validate the fields; where the deed is shut by now, the service says so whatever stands in them."""
    is_shut = not any(is_open(verb, found.state) for verb in deed.verbs)
    return is_shut or bool(form.validate())


@bp.post("/findings/<uuid:finding_id>/<any(done, fix):name>")
@allow(*READERS)
@accepts_pictures
def done(finding_id: uuid.UUID, name: str) -> Response | str:
    """Report the work as done, with pictures; text stays on the page when a picture is refused."""
    user, verb = current.user(), PROVED[name]
    found = queries.finding_for(user, finding_id, verb=verb)
    form = DoneForm()
    try:
        if _may_report(found, verb, form):
            _report(found, verb, form)
            flash("已报告整改完成，等工作组核对。", "ok")
            return to("rectification.finding", finding_id=finding_id)
    except Invalid as error:
        form.refuse(error)
    web.refuse()
    return page(queries.finding_for(user, finding_id), name, form)


def _may_report(found: Finding, verb: Verb, form: DoneForm) -> bool:
    """Validate before pictures are decoded; Conflict in the wrong state, unless this very form was done before."""
    if queries.entry(form.tap_id) is None and not is_open(verb, found.state):
        raise Conflict(service.why_not(verb, found.state, current.user()))
    return bool(form.validate())


def _report(found: Finding, verb: Verb, form: DoneForm) -> None:
    files = pictures_in(request.files, "photos")
    uploads = [(file.filename or "", cast("BinaryIO", file.stream)) for file in files]
    taken = pictures.take_in(uploads, store=current_app.extensions["media_store"])
    if queries.entry(form.tap_id) is None:
        pictures.must_be_new(found, [name for name, _ in uploads], taken)
    report = service.fix_now if verb is Verb.FIX_NOW else service.report_done
    report(found, form.result.data or "", taken, by=current.user(), done_on=form.done_on.data, entry_id=form.tap_id)
