"""The files of a report: preview, frozen PDF and package."""

import uuid
from pathlib import Path
from typing import BinaryIO

from flask import send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import signed_in
from walkthrough_app.reports import bundle, queries
from walkthrough_app.reports.routes.blueprint import bp, own, store

SANDBOX = "sandbox; default-src 'none'"


@bp.get("/reports/<uuid:report_id>/preview.pdf")
@signed_in
def preview(report_id: uuid.UUID) -> Response:
    """Lay out the draft as it stands; nothing is kept."""
    report = own(report_id)
    return _pdf(bundle.preview(report, store()), f"{bundle.name_of(report)}预览.pdf")


@bp.get("/reports/<uuid:report_id>/v<int:number>.pdf")
@signed_in
def version(report_id: uuid.UUID, number: int) -> Response:
    found = queries.version_for(current.user(), report_id, number)
    response = _pdf(store().path(found.pdf_sha256), bundle.file_name(found))
    response.set_etag(found.pdf_sha256)
    return response


@bp.get("/reports/<uuid:report_id>/package.zip")
@signed_in
def package(report_id: uuid.UUID) -> Response:
    """Pack the report's data, its masked pictures and its PDF."""
    report = queries.report_for(current.user(), report_id)
    found = report.current if queries.is_own(current.user(), report) else queries.last_submitted(report)
    file = bundle.pack(report, found, store())
    return send_file(
        file, mimetype="application/zip", as_attachment=True, download_name=f"{bundle.stem(report, found)}.zip"
    )


def _pdf(file: BinaryIO | Path, name: str) -> Response:
    response = send_file(file, mimetype="application/pdf", download_name=name, as_attachment=False, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
