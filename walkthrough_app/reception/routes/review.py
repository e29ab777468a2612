"""One report on the desk: as composed and, beside it, as it was tapped."""

import uuid

from flask import render_template, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.quality import queries as quality
from walkthrough_app.reception import queries
from walkthrough_app.reception.forms import ReturnForm
from walkthrough_app.reception.review import review
from walkthrough_app.reception.routes.blueprint import READERS, bp
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.service.deciding import due_by_default


def show(report: Report) -> str:
    """Show what was submitted last: this is what receivers see under the report's own address."""
    return page(queries.version_to_review(current.user(), report.id))


@bp.get("/reports/<uuid:report_id>/versions/<int:number>")
@allow(*READERS)
def version(report_id: uuid.UUID, number: int) -> str:
    """Show an earlier version as it was submitted; the unit sees its own in the same way."""
    return page(queries.version_to_review(current.user(), report_id, number))


def page(found: ReportVersion, refused: ReturnForm | None = None) -> str:
    flags = quality.flags_of_walks(current.user(), [uuid.UUID(walk["id"]) for walk in found.data["walks"]])
    return render_template(
        "reception/review.html",
        page=review(
            found,
            current.user(),
            walk=request.args.get("walk", ""),
            flags=flags,
        ),
        report=found.report,
        decision=refused or ReturnForm(number=found.number, due_on=due_by_default()),
    )
