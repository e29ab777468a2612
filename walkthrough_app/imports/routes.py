"""Pages of imports: the template, the upload, the preview of every bad row, and the result."""

import uuid
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.imports import queries, service, template
from walkthrough_app.imports.columns import FIELDS, Kind
from walkthrough_app.imports.forms import ConfirmForm, UploadForm
from walkthrough_app.imports.models import ImportBatch
from walkthrough_app.imports.reading import MOST_ROWS
from walkthrough_app.imports.verdicts import Fate, Review

bp = Blueprint("imports", __name__, template_folder="templates")
nav: list[NavItem] = []
TOOLS = [  # text, endpoint, arguments, icon
    ("导入单位和人员", "imports.upload", {"kind": "units"}, "upload"),
    ("导入事项", "imports.upload", {"kind": "items"}, "upload"),
]
PAGE = 200  # bad rows on one page


@bp.route("/imports/<any(units, items):kind>", methods=["GET", "POST"])
@allow(*STEWARDS)
@web.accepts_tables
def upload(kind: str) -> BaseResponse | str:
    form = UploadForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            with file.stream:
                batch = service.upload(Kind(kind), file.read(), file.filename or "", by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return _to("batch", batch_id=batch.id)
    fields = [field.title for field in FIELDS[Kind(kind)] if field.is_needed]
    return render_template("imports/upload.html", form=form, what=Kind(kind), needed=fields, most=MOST_ROWS[Kind(kind)])


@bp.get("/imports/<any(units, items):kind>/template.xlsx")
@allow(*STEWARDS)
def download(kind: str) -> Response:
    """Send the template, empty or with ?filled=1 as things are."""
    is_filled = "filled" in request.args
    response = make_response(template.book(Kind(kind), by=current.user(), is_filled=is_filled))
    response.headers["Content-Type"] = web.XLSX
    name = f"{kind}{'-filled' if is_filled else ''}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/imports/batches/<uuid:batch_id>")
@allow(*STEWARDS)
def batch(batch_id: uuid.UUID) -> str:
    """Show what the file would do; once it is confirmed, what it did."""
    shown = queries.batch_for(current.user(), batch_id)
    if shown.confirmed_at:
        return render_template("imports/done.html", batch=shown)
    found = service.review(shown.kind, shown.rows, by=current.user())
    return _preview(shown, found, ConfirmForm(formdata=None, seen=found.seen))


@bp.post("/imports/batches/<uuid:batch_id>")
@allow(*STEWARDS)
def confirm(batch_id: uuid.UUID) -> BaseResponse | str:
    shown, form = queries.batch_for(current.user(), batch_id, for_update=True), ConfirmForm()
    try:
        service.confirm(shown, only_good=form.only_good.data, seen=form.seen.data or "", by=current.user())
    except (Invalid, Conflict) as error:
        web.refuse()
        again = queries.batch_for(current.user(), batch_id)
        found = service.review(again.kind, again.rows, by=current.user())
        return _preview(again, found, ConfirmForm(formdata=None, seen=found.seen), refusal=error.message)
    return _to("batch", batch_id=batch_id)


@bp.post("/imports/batches/<uuid:batch_id>/discard")
@allow(*STEWARDS)
def discard(batch_id: uuid.UUID) -> BaseResponse:
    shown = queries.batch_for(current.user(), batch_id, for_update=True)
    kind = shown.kind
    service.discard(shown, by=current.user())
    flash("已经放弃，什么也没有导入。")
    return _to("upload", kind=kind.value)


def _preview(shown: ImportBatch, found: Review, form: ConfirmForm, refusal: str = "") -> str:
    """Show the bad rows after row ?after=, so many on a page."""
    after = request.args.get("after", 0, type=int)
    rest = [one for one in found.bad if one.number > after]
    return render_template(
        "imports/preview.html",
        batch=shown,
        form=form,
        refusal=refusal,
        bad=rest[:PAGE],
        counts={"bad": len(found.bad), "good": len(found.good), "rest": max(len(rest) - PAGE, 0)},
        groups={fate.value: found.of(fate) for fate in (Fate.NEW, Fate.CHANGED, Fate.SAME)},
        to_do=len(found.to_do),
    )


def _to(endpoint: str, **values: Any) -> BaseResponse:
    return redirect(url_for(f"imports.{endpoint}", **values), code=303)
