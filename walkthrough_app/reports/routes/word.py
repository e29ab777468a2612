"""The report as Word: downloading it, and taking over what was rewritten in it."""

import uuid
from pathlib import Path
from typing import BinaryIO, cast

from flask import render_template, request, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy
from walkthrough_app.core.web import accepts_pictures
from walkthrough_app.reports import present, queries, service, word_files
from walkthrough_app.reports.forms import AdoptForm, WordForm
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.reports.routes.blueprint import bp, own, store, to
from walkthrough_app.reports.word_back import Changes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/reports/<uuid:report_id>/draft.docx")
@signed_in
def draft_docx(report_id: uuid.UUID) -> Response:
    """Write the draft as it stands; nothing is kept."""
    report = own(report_id)
    return _docx(word_files.draft(report, store()), word_files.name(report, None))


@bp.get("/reports/<uuid:report_id>/versions/<int:number>.docx")
@signed_in
def version_docx(report_id: uuid.UUID, number: int) -> Response:
    found = queries.version_for(current.user(), report_id, number)
    return _docx(word_files.frozen(found, store()), word_files.name(found.report, found))


@bp.get("/reports/<uuid:report_id>/word")
@allow(Role.HEAD, Role.LIAISON)
def word(report_id: uuid.UUID) -> Response | str:
    report = own(report_id)
    return _page(report, WordForm()) if report.state is ReportState.DRAFT else to("report", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/word")
@accepts_pictures
@allow(Role.HEAD, Role.LIAISON)
def look_through(report_id: uuid.UUID) -> Response | str:
    """Read an uploaded file and show what it changes; the file itself is not kept."""
    report, form = own(report_id), WordForm()
    service.must_be_open(report, current.user())
    try:
        return _preview(report, present.changes(report, _uploaded()), AdoptForm(revision=report.revision))
    except Invalid as error:
        form.refuse(error)
        return _page(report, form)


def _uploaded() -> BinaryIO:
    file = request.files.get("word")
    if file is None or not file.filename:
        raise Invalid("word", "请先选择改好的Word文件。")
    return cast("BinaryIO", file.stream)


@bp.post("/reports/<uuid:report_id>/word/adopt")
@allow(Role.HEAD, Role.LIAISON)
def adopt(report_id: uuid.UUID) -> Response | str:
    """Take over the ticked paragraphs; what the form carried is checked as if it had been typed."""
    report, form = own(report_id), AdoptForm()
    posted = {key[5:]: tidy(text) or "" for key, text in request.form.items() if key.startswith("text-")}
    ticked = {key: text for key, text in posted.items() if key in (form.take.data or [])}
    try:
        service.adopt(report, ticked, by=current.user(), revision=form.revision.data or 0)
    except Invalid as error:
        form.refuse(error)
        web.refuse()
        return _preview(own(report_id), present.posted(own(report_id), posted), form)
    return to("report", f"p-{next(iter(ticked))}", report_id=report_id)


def _preview(report: Report, changes: Changes, form: AdoptForm) -> str:
    return render_template("reports/word_changes.html", report=report, changes=changes, form=form)


def _page(report: Report, form: WordForm) -> str:
    return render_template("reports/word.html", report=report, word=form)


def _docx(file: BinaryIO | Path, name: str) -> Response:
    response = send_file(file, mimetype=DOCX, download_name=name, as_attachment=True, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
