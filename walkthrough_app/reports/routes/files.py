"""The files of a report: preview, frozen PDF and package."""

import uuid
from pathlib import Path
from urllib.parse import quote

from flask import render_template, send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.reports import bundle, present, queries, service
from walkthrough_app.reports.routes.blueprint import bp, own, store, to, waiting

SANDBOX = "sandbox; default-src 'none'"


@bp.post("/reports/<uuid:report_id>/preview")
@allow(Role.HEAD, Role.LIAISON)
def make_preview(report_id: uuid.UUID) -> Response:
    """Have the draft laid out as it stands."""
    name = service.previews.ask(own(report_id), store())
    return to("preview", report_id=report_id, name=name)


@bp.get("/reports/<uuid:report_id>/preview/<name>")
@signed_in
def preview(report_id: uuid.UUID, name: str) -> Response | str:
    """Wait for a preview, then lead to it."""
    report = own(report_id)
    making = present.making(service.previews.job_of(report, name))
    if making.is_done:
        return to("preview_pdf", report_id=report_id, name=name)
    page = render_template("reports/preview.html", report=report, making=making)
    return page if making.error else waiting(page)


@bp.get("/reports/<uuid:report_id>/preview/<name>/pdf")
@signed_in
def preview_pdf(report_id: uuid.UUID, name: str) -> Response:
    report = own(report_id)
    return _pdf(service.previews.pdf_of(report, name, store()), f"{bundle.name_of(report)}预览.pdf")


@bp.get("/reports/<uuid:report_id>/v<int:number>.pdf")
@signed_in
def version(report_id: uuid.UUID, number: int) -> Response:
    found = queries.version_for(current.user(), report_id, number)
    sha256 = service.papers.pdf_of(found)
    response = _pdf(store().path(sha256), bundle.file_name(found))
    response.set_etag(sha256)
    return response


@bp.get("/reports/<uuid:report_id>/package.zip")
@signed_in
def package(report_id: uuid.UUID) -> Response:
    """Pack papers, data and evidence while they are being sent: no package is too large for that."""
    report = queries.report_for(current.user(), report_id)
    found = report.current if queries.is_own(current.user(), report) else queries.last_submitted(report)
    packed = bundle.pack(report, found, store())
    response = Response(iter(packed), mimetype="application/zip")
    response.headers.set("Content-Length", str(len(packed)))
    name = quote(f"{bundle.stem(report, found)}.zip")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _pdf(file: Path, name: str) -> Response:
    response = send_file(file, mimetype="application/pdf", download_name=name, as_attachment=False, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
