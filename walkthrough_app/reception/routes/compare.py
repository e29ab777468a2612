"""Two versions side by side."""

import uuid

from flask import render_template, request

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core.errors import NotFound
from walkthrough_app.reception import compare as comparing
from walkthrough_app.reception import queries
from walkthrough_app.reception.routes.blueprint import READERS, bp, is_own
from walkthrough_app.reports.models import ReportVersion


@bp.get("/reports/<uuid:report_id>/compare")
@allow(*READERS)
def compare(report_id: uuid.UUID) -> str:
    """Compare `from` with `to`; left out, the last two versions that the reader may see."""
    report = queries.report_for(current.user(), report_id)
    versions = report.versions if is_own(report) else queries.submitted_versions(report)
    old, new = _two(versions)
    return render_template(
        "reception/compare.html",
        report=report,
        old=old,
        new=new,
        versions=versions,
        differences=comparing.compare(old.data, new.data),
    )


def _two(versions: list[ReportVersion]) -> tuple[ReportVersion, ReportVersion]:
    if len(versions) < 2:
        raise NotFound("只有一版，没有可以对比的。")
    numbers = [version.number for version in versions]
    new = request.args.get("to", numbers[-1], type=int)
    old = request.args.get("from", next((one for one in reversed(numbers) if one < new), numbers[0]), type=int)
    found = {version.number: version for version in versions}
    if old not in found or new not in found:
        raise NotFound("没有这一版，请回到报告再选。")
    return found[old], found[new]
