"""What is published and what is being written; new drafts; versions compared; files."""

import uuid
from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.authoring import files, queries, service, skeleton
from walkthrough_app.authoring import shown as ready
from walkthrough_app.authoring.difference import difference
from walkthrough_app.authoring.forms import CopyForm, NewForm, UploadForm
from walkthrough_app.authoring.routes.blueprint import bp, download, to
from walkthrough_app.authoring.words import PURPOSES
from walkthrough_app.campaigns.queries import STEWARDS
from walkthrough_app.core import web
from walkthrough_app.core.errors import AppError, Conflict, Invalid
from walkthrough_app.core.forms import BaseForm, options
from walkthrough_app.questionnaires.models import Questionnaire

YAML = "application/yaml; charset=utf-8"


@bp.get("/questionnaires")
@allow(*STEWARDS)
def questionnaires() -> str:
    user = current.user()
    is_writer = queries.may_write(user)
    return render_template(
        "authoring/questionnaires.html",
        programmes=list(queries.programmes().values()),
        drafts=queries.open_drafts() if is_writer else [],
        is_writer=is_writer,
    )


@bp.get("/questionnaires/new")
@allow(*STEWARDS)
def new_draft() -> str:
    queries.must_write(current.user())
    return _new_page(NewForm(formdata=None), _copy_form(), UploadForm(formdata=None))


@bp.post("/questionnaires/new/empty")
@allow(*STEWARDS)
def start_empty() -> Response | str:
    queries.must_write(current.user())
    form = NewForm()
    if form.validate_on_submit():
        document = skeleton.empty(
            form.key.data or "",
            form.title.data or "",
            basis=form.basis.data or "",
            number=form.number.data or "",
            clause=form.clause.data or "",
        )
        if answer := _started(form, document, "新建"):
            return answer
    return _new_page(form, _copy_form(), UploadForm(formdata=None))


@bp.post("/questionnaires/new/copy")
@allow(*STEWARDS)
def start_copy() -> Response | str:
    """Begin a programme of its own from a published one."""
    queries.must_write(current.user())
    form = _copy_form(is_posted=True)
    if form.validate_on_submit():
        source = queries.published_for(current.user(), uuid.UUID(form.source.data))
        document = {**source.document, "id": form.key.data, "title": form.title.data}
        if answer := _started(form, document, f"从“{source.title}”复制"):
            return answer
    return _new_page(NewForm(formdata=None), form, UploadForm(formdata=None))


@bp.post("/questionnaires/new/file")
@allow(*STEWARDS)
@web.accepts_tables
def start_file() -> Response | str:
    """Begin a draft from a file: the next version of what has its id, or a programme of its own."""
    queries.must_write(current.user())
    form = UploadForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            with file.stream:
                document, left = files.read_file(
                    file.read(), file.filename or "", key=form.key.data or "", title=form.title.data or ""
                )
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            known = None if form.key.data else queries.newest(str(document.get("id", "")))
            origin = f"从文件“{(file.filename or '')[:40]}”导入"
            if answer := _started(form, document, origin, left_out=left, based_on=known):
                return answer
    return _new_page(NewForm(formdata=None), _copy_form(), form)


@bp.post("/questionnaires/<uuid:questionnaire_id>/next")
@allow(*STEWARDS)
def start_next(questionnaire_id: uuid.UUID) -> Response:
    """Begin the next version of a published questionnaire, or open the draft there is."""
    queries.must_write(current.user())
    source = queries.published_for(current.user(), questionnaire_id)
    known = queries.open_draft(source.key)
    if known is None:
        origin = f"从第{source.version}版改起"
        known = service.start(source.document, by=current.user(), based_on=source, origin=origin)
    else:
        flash("这份问卷已经有一份草稿，接着改。", "info")
    return to("draft", draft_id=known.id)


@bp.get("/questionnaires/<uuid:questionnaire_id>")
@allow(*STEWARDS)
def published(questionnaire_id: uuid.UUID) -> str:
    """Show one version; with ?from= what changed since another one of the same questionnaire."""
    shown = queries.published_for(current.user(), questionnaire_id)
    versions = queries.versions(shown.key)
    before = _before(shown, list(versions))
    return render_template(
        "authoring/published.html",
        shown=shown,
        steps=[*ready.cards(shown.document, "steps"), *ready.cards(shown.document, "addons")],
        versions=versions,
        before=before,
        sections=difference(before.document, shown.document) if before else [],
        purpose=PURPOSES.get(shown.document.get("purpose", "walk"), ""),
        is_writer=queries.may_write(current.user()),
    )


def _before(shown: Questionnaire, versions: list[Questionnaire]) -> Questionnaire | None:
    """Return the version to compare with: the one asked for, or the one before."""
    asked = request.args.get("from", type=uuid.UUID)
    if asked:
        return queries.published_for(current.user(), asked)
    older = [one for one in versions if one.version < shown.version]
    return older[0] if older else None


@bp.get("/questionnaires/<uuid:questionnaire_id>/file.<any(yaml,xlsx):kind>")
@allow(*STEWARDS)
def published_file(questionnaire_id: uuid.UUID, kind: str) -> Response:
    shown = queries.published_for(current.user(), questionnaire_id)
    return sent(dict(shown.document), f"{shown.key}-{shown.version}", kind)


def sent(document: dict[str, object], name: str, kind: str) -> Response:
    if kind == "yaml":
        return download(files.to_yaml(document), f"{name}.yaml", YAML)
    return download(files.to_xlsform(document), f"{name}.xlsx", web.XLSX)


def _started(form: BaseForm, document: dict[str, object], origin: str, **rest: Any) -> Response | None:
    """Start a draft and open it; refused, the form says why."""
    try:
        draft = service.start(document, by=current.user(), origin=origin, **rest)
    except (Invalid, Conflict) as error:
        _refuse(form, error)
        return None
    return to("draft", draft_id=draft.id)


def _refuse(form: BaseForm, error: AppError) -> None:
    form.refuse(error if isinstance(error, Invalid) else Invalid("", error.message))
    web.refuse()


def _copy_form(*, is_posted: bool = False) -> CopyForm:
    form = CopyForm() if is_posted else CopyForm(formdata=None)
    newest = [versions[0] for versions in queries.programmes().values()]
    form.source.choices = options((str(one.id), f"{one.title} 第 {one.version} 版") for one in newest)
    return form


def _new_page(empty: NewForm, copy: CopyForm, file: UploadForm) -> str:
    return render_template("authoring/new_draft.html", empty=empty, copy=copy, file=file)
