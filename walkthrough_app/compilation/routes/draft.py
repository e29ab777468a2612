"""The draft: its text, rewriting it, gathering again, freezing."""

import uuid

from flask import flash, make_response, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.compilation import present, queries, service
from walkthrough_app.compilation.compose import compose
from walkthrough_app.compilation.forms import BeginForm, TextForm
from walkthrough_app.compilation.models import Compilation
from walkthrough_app.compilation.pen import Text
from walkthrough_app.compilation.routes.blueprint import REFRESH_SECONDS, bp, compilers, own, to
from walkthrough_app.core import web
from walkthrough_app.core.errors import Invalid, NotFound


@bp.get("/compilations/<uuid:compilation_id>")
@compilers
def draft(compilation_id: uuid.UUID) -> Response | str:
    found = queries.compilation_for(current.user(), compilation_id)
    page = present.page(found, current.user())
    form = BeginForm(with_counties=found.with_counties)
    has_counties = queries.has_counties(found.campaign)
    shown = render_template("compilation/draft.html", page=page, form=form, has_counties=has_counties)
    if not page.is_waiting:
        return shown
    response = make_response(shown)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response


@bp.post("/compilations/<uuid:compilation_id>/refresh")
@compilers
def refresh(compilation_id: uuid.UUID) -> Response:
    found = own(compilation_id)
    wanted = bool(BeginForm().with_counties.data) if queries.has_counties(found.campaign) else None
    service.refresh(found, by=current.user(), with_counties=wanted)
    return to("draft", compilation_id=compilation_id)


@bp.post("/compilations/<uuid:compilation_id>/freeze")
@compilers
def freeze(compilation_id: uuid.UUID) -> Response:
    version = service.freeze(own(compilation_id), by=current.user())
    flash(f"已定稿为V{version.number}。")
    return to("draft", compilation_id=compilation_id)


@bp.get("/compilations/<uuid:compilation_id>/text/<key>")
@compilers
def paragraph(compilation_id: uuid.UUID, key: str) -> str:
    found = own(compilation_id)
    known = _paragraph(found, key)
    return _text_page(found, known, TextForm(text=known.text))


@bp.post("/compilations/<uuid:compilation_id>/text/<key>")
@compilers
def rewrite(compilation_id: uuid.UUID, key: str) -> Response | str:
    found, form, do = own(compilation_id), TextForm(), request.form.get("do")
    if do == "restore":
        service.restore(found, key, by=current.user())
    elif do == "accept":
        service.accept(found, key, by=current.user())
    elif form.validate_on_submit():
        try:
            service.rewrite(found, key, form.text.data or "", by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
            return _text_page(found, _paragraph(found, key), form)
    else:
        return _text_page(found, _paragraph(found, key), form)
    return to("draft", f"p-{key}", compilation_id=compilation_id)


def _paragraph(found: Compilation, key: str) -> Text:
    known = compose(service.content_of(found)).find(key)
    if known is None:
        raise NotFound("汇总报告里没有这一段了，请回到汇总看一看。")
    return known


def _text_page(found: Compilation, known: Text, form: TextForm) -> str:
    return render_template("compilation/text.html", compilation=found, paragraph=known, form=form)
