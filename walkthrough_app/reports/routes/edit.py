"""The page of one report, and rewriting its paragraphs."""

import uuid

from flask import render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow, signed_in
from walkthrough_app.accounts.models import Role
from walkthrough_app.core.errors import Invalid, NotFound
from walkthrough_app.core.forms import tidy
from walkthrough_app.reports import desk, present, queries, service
from walkthrough_app.reports.forms import ContactForm, TextForm
from walkthrough_app.reports.routes.blueprint import bp, own, to, waiting


@bp.get("/reports/<uuid:report_id>")
@signed_in
def report(report_id: uuid.UUID) -> Response | str:
    return show(report_id)


def show(
    report_id: uuid.UUID,
    *,
    contact: ContactForm | None = None,
    errors: dict[str, str] | None = None,
) -> Response | str:
    """Show a report to its unit, with what was refused beside its field; receivers see it on their desk."""
    found = queries.report_for(current.user(), report_id)
    if not queries.is_own(current.user(), found):
        return desk.show(found)  # type: ignore[no-any-return]
    page = present.page(found, current.user())
    shown = render_template(
        "reports/report.html",
        page=page,
        report=found,
        contact=contact or ContactForm(contact=found.contact),
        threads=desk.threads_of(found),
        errors=errors or {},
    )
    return waiting(shown) if page.making and not page.making.error else shown


@bp.get("/reports/<uuid:report_id>/text/<key>")
@allow(Role.HEAD, Role.LIAISON)
def paragraph(report_id: uuid.UUID, key: str) -> str:
    found = own(report_id)
    known = present.page(found, current.user()).composed.paragraph(key)
    if known is None:
        raise NotFound("报告里没有这一段了，请回到报告看一看。")
    return render_template("reports/text.html", report=found, paragraph=known, form=TextForm(text=known.text))


@bp.post("/reports/<uuid:report_id>/text/<key>")
@allow(Role.HEAD, Role.LIAISON)
def rewrite(report_id: uuid.UUID, key: str) -> Response | str:
    found, form = own(report_id), TextForm()
    if request.form.get("do") == "restore":
        service.restore(found, key, by=current.user())
        return to("report", f"p-{key}", report_id=report_id)
    if form.validate_on_submit():
        try:
            service.rewrite(found, key, form.text.data or "", by=current.user())
            return to("report", f"p-{key}", report_id=report_id)
        except Invalid as error:
            form.refuse(error)
    known = present.page(found, current.user()).composed.paragraph(key)
    return render_template("reports/text.html", report=found, paragraph=known, form=form)


@bp.post("/reports/<uuid:report_id>/explain")
@allow(Role.HEAD, Role.LIAISON)
def explain(report_id: uuid.UUID) -> Response | str:
    """Save every explanation on the page; a refused one does not lose the others."""
    found, errors = own(report_id), {}
    page = present.page(found, current.user())
    for gap in [*page.gaps, *page.explained]:
        reason = tidy(request.form.get(f"why-{gap.key}"))
        if gap.level == "explain" and reason is not None:
            try:
                service.explain(found, gap.key, reason, by=current.user())
            except Invalid as error:
                errors[gap.key] = error.message
    return show(report_id, errors=errors) if errors else to("report", "gaps", report_id=report_id)


@bp.post("/reports/<uuid:report_id>/contact")
@allow(Role.HEAD, Role.LIAISON)
def set_contact(report_id: uuid.UUID) -> Response | str:
    found, form = own(report_id), ContactForm()
    if not form.validate_on_submit():
        return show(report_id, contact=form)
    service.set_contact(found, form.contact.data or "", by=current.user())
    return to("report", "contact", report_id=report_id)
