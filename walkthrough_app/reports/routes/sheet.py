"""The sheet of one walk as a PDF: for those who may see the walk, made when it is asked for."""

import io
import uuid

from flask import send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import signed_in
from walkthrough_app.reports import sheet as sheets
from walkthrough_app.reports.routes.blueprint import bp
from walkthrough_app.walkthroughs import export, queries

SANDBOX = "sandbox; default-src 'none'"


@bp.get("/walks/<uuid:walk_id>/sheet.pdf")
@signed_in
def sheet(walk_id: uuid.UUID) -> Response:
    walk = queries.walk_for(current.user(), walk_id)
    made = sheets.render(export.package_data([walk]))
    name = f"{walk.item.task_name}单项体验记录表.pdf"
    response = send_file(io.BytesIO(made.pdf), mimetype="application/pdf", download_name=name, max_age=0)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
