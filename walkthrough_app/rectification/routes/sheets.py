"""The ledger as a spreadsheet: downloaded, and taken in again after a look at what it would do."""

import io
import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.models import UNIT_ROLES
from walkthrough_app.core import ids, web
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.core.forms import options
from walkthrough_app.core.web import accepts_tables
from walkthrough_app.documents.workbook import write_xlsx
from walkthrough_app.imports.models import ImportBatch
from walkthrough_app.imports.verdicts import Fate, Review
from walkthrough_app.rectification.forms import ConfirmForm, SheetForm
from walkthrough_app.rectification.ledger import filters
from walkthrough_app.rectification.queries import ledger as queries
from walkthrough_app.rectification.routes.blueprint import READERS, bp
from walkthrough_app.rectification.sheets import rows, taking

MOST = 500  # rows that are written while somebody waits; more go through the exports
PAGE = 200  # bad rows on one page


@bp.get("/ledger.xlsx")
@allow(*READERS)
def download() -> Response:
    """Send what the ledger is narrowed to; what is too long goes to the page that makes files in the background."""
    user, wanted = current.user(), filters.of(request.args)
    if user.role not in UNIT_ROLES and queries.count(user, wanted) > MOST:
        args: dict[str, Any] = {**filters.args_of(wanted), "state": request.args.get("state") or "open"}
        if wanted.is_all:
            del args["state"]
        return redirect(url_for("exports.exports", list="ledger", **args), code=303)
    found = queries.for_sheet(user, wanted)
    file = io.BytesIO()
    write_xlsx(file, rows.book(found, user), title="问题整改台账")
    return web.spreadsheet(file.getvalue(), "ledger")


@bp.route("/ledger/import", methods=["GET", "POST"])
@allow(*READERS)
@accepts_tables
def take_sheet() -> Response | str:
    form = SheetForm()
    user = current.user()
    if form.validate_on_submit():
        file = form.file.data
        try:
            with file.stream:
                batch = taking.upload(file.read(), file.filename or "", ids.parse(form.unit.data), by=user)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            return _to("sheet", batch_id=batch.id)
    form.unit.choices = options([(str(one.id), one.name) for one in queries.units(user)], ask=True)
    return render_template("rectification/import_upload.html", form=form)


@bp.get("/ledger/imports/<uuid:batch_id>")
@allow(*READERS)
def sheet(batch_id: uuid.UUID) -> str:
    """Show what the sheet would do; once it is confirmed, what it did."""
    shown = taking.batch_for(current.user(), batch_id)
    if shown.confirmed_at:
        return render_template("rectification/import_done.html", batch=shown)
    return _preview(shown, taking.review(shown, by=current.user()))


@bp.post("/ledger/imports/<uuid:batch_id>")
@allow(*READERS)
def confirm_sheet(batch_id: uuid.UUID) -> Response | str:
    shown, form = taking.batch_for(current.user(), batch_id, for_update=True), ConfirmForm()
    try:
        taking.confirm(shown, only_good=form.only_good.data, seen=form.seen.data or "", by=current.user())
    except (Invalid, Conflict) as error:
        web.refuse()
        again = taking.batch_for(current.user(), batch_id)
        return _preview(again, taking.review(again, by=current.user()), refusal=error.message)
    return _to("sheet", batch_id=batch_id)


@bp.post("/ledger/imports/<uuid:batch_id>/discard")
@allow(*READERS)
def discard_sheet(batch_id: uuid.UUID) -> Response:
    taking.discard(taking.batch_for(current.user(), batch_id, for_update=True), by=current.user())
    flash("已经放弃，什么也没有导入。")
    return _to("take_sheet")


def _preview(shown: ImportBatch, found: Review, refusal: str = "") -> str:
    after = request.args.get("after", 0, type=int)
    return render_template(
        "rectification/import_preview.html",
        batch=shown,
        form=ConfirmForm(formdata=None, data={"seen": found.seen}),
        refusal=refusal,
        bad=found.bad[after : after + PAGE],
        after=after + PAGE if len(found.bad) > after + PAGE else 0,
        counts={"bad": len(found.bad), "do": len(found.to_do), "same": len(found.of(Fate.SAME))},
        to_do=found.to_do,
    )


def _to(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(f"rectification.{endpoint}", **values), code=303)
