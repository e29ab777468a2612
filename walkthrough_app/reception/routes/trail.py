"""Who did what with a report, and when."""

import uuid

from flask import render_template

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.reception import queries
from walkthrough_app.reception import trail as telling
from walkthrough_app.reception.routes.blueprint import READERS, bp, is_own


@bp.get("/reports/<uuid:report_id>/trail")
@allow(*READERS)
def trail(report_id: uuid.UUID) -> str:
    report = queries.report_for(current.user(), report_id)
    told = telling.tell(queries.deeds_of(report), report, is_own=is_own(report))
    return render_template("reception/trail.html", report=report, told=told)
