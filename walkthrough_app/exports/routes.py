"""Pages of exports: choosing a list, waiting for its file, fetching it."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid
from walkthrough_app.exports import filters, present, queries, registry, service
from walkthrough_app.exports.forms import ExportForm, export_form
from walkthrough_app.exports.models import FileKind
from walkthrough_app.exports.registry import Listing
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports.reach import DESKS

bp = Blueprint("exports", __name__, template_folder="templates")
nav = [NavItem("导出", "exports.exports", DESKS, 80, Group.SYSTEM)]
REFRESH_SECONDS = "2"
TYPES = {
    FileKind.XLSX: web.XLSX,
    FileKind.CSV: "text/csv; charset=utf-8",
}


@bp.get("/exports")
@allow(*DESKS)
def exports() -> str:
    """Choose a list; what stands in the address is filled in, so that a page leads here with its own filters."""
    listing = _listing(request.args.get("list", ""))
    choices = queries.choices(current.user(), listing)
    given = {name: request.args[name] for name in listing.filters if request.args.get(name)}
    form = export_form(listing, choices, given)
    try:
        filters.read(given, listing.filters, choices)
    except Invalid as error:
        form = export_form(listing, choices)
        form.refuse(error)
    return _page(listing, form, given)


@bp.post("/exports")
@allow(*DESKS)
def ask() -> Response | str:
    listing = _listing(request.form.get("list", ""))
    form = export_form(listing, queries.choices(current.user(), listing))
    if form.validate_on_submit():
        try:
            made = service.ask(current.user(), listing.key, FileKind(form.kind.data), form.given())
            return redirect(url_for("exports.export", export_id=made.id), code=303)
        except Invalid as error:
            form.refuse(error)
    web.refuse()
    return _page(listing, form, form.given())


def _listing(key: str) -> Listing:
    user = current.user()
    return registry.listing_for(user, key) if key else registry.listings(user)[0]


def _page(listing: Listing, form: ExportForm, given: Mapping[str, str]) -> str:
    user = current.user()
    tabs = [(one.title, _address(one, given), one.key == listing.key) for one in registry.listings(user)]
    mine = present.all_shown(queries.exports_of(user))
    return render_template("exports/exports.html", listing=listing, form=form, tabs=tabs, mine=mine)


def _address(listing: Listing, given: Mapping[str, str]) -> str:
    """Return the page of another list, with those filters that mean the same there."""
    kept: dict[str, Any] = {name: value for name, value in given.items() if name in listing.filters and name != "state"}
    return url_for("exports.exports", list=listing.key, **kept)


@bp.get("/exports/<uuid:export_id>")
@allow(*DESKS)
def export(export_id: uuid.UUID) -> Response | str:
    """Wait for the file: the page asks again by itself."""
    shown = present.shown(queries.export_for(current.user(), export_id))
    response = make_response(render_template("exports/export.html", shown=shown))
    if shown.is_open:
        response.headers["Refresh"] = REFRESH_SECONDS
    return response


@bp.post("/exports/<uuid:export_id>/again")
@allow(*DESKS)
def again(export_id: uuid.UUID) -> Response:
    service.again(queries.export_for(current.user(), export_id), by=current.user())
    return redirect(url_for("exports.export", export_id=export_id), code=303)


@bp.get("/exports/<uuid:export_id>/file")
@allow(*DESKS)
def file(export_id: uuid.UUID) -> Response:
    found = queries.export_for(current.user(), export_id)
    store: MediaStore = current_app.extensions["media_store"]
    response = send_file(
        service.file_of(found, store),
        mimetype=TYPES[found.file_kind],
        download_name=found.file_name,
        as_attachment=True,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
