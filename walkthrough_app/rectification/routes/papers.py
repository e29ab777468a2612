"""The list of papers, a paper with what can be done about it, and its files."""

import io
import uuid
from pathlib import Path
from typing import Any

from flask import current_app, make_response, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import allow
from walkthrough_app.core.errors import Conflict
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.rectification.papers import forms, prefill, present, queries, service
from walkthrough_app.rectification.papers.life import Kind, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperPrint
from walkthrough_app.rectification.rights import DESKS
from walkthrough_app.rectification.routes.blueprint import READERS, bp, to

PAPER = "/papers/<uuid:paper_id>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SANDBOX = "sandbox; default-src 'none'"
REFRESH_SECONDS = "2"
DECIDING = {
    Verb.REPLY: forms.ReplyForm,
    Verb.APPROVE: forms.ApproveForm,
    Verb.SEND_BACK: forms.SendBackForm,
    Verb.URGE: forms.UrgeForm,
    Verb.HEAR: forms.HearForm,
    Verb.OBJECT: forms.AnswerForm,
    Verb.REVIEW: forms.ReviewForm,
    Verb.REOPEN: forms.ReopenForm,
}


def store() -> MediaStore:
    found: MediaStore = current_app.extensions["media_store"]
    return found


@bp.get("/papers")
@allow(*READERS)
def papers() -> str:
    user, filters = current.user(), _filters()
    found, total = queries.page(user, filters)
    return render_template(
        "rectification/papers.html",
        rows=present.rows(found),
        tabs=_tabs(filters, is_desk=user.role in DESKS),
        page=filters.page,
        pages=-(-total // queries.PAGE),
        previous=_here(filters, filters.page - 1) if filters.page > 1 else "",
        following=_here(filters, filters.page + 1) if filters.page * queries.PAGE < total else "",
        is_desk=user.role in DESKS,
    )


def _filters() -> queries.Filters:
    kinds = {kind.value: kind for kind in Kind}
    page, only = request.args.get("page", "1"), request.args.get("only", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    kind = kinds.get(request.args.get("kind", ""))
    return queries.Filters(kind, is_late=only == "late", is_waiting=only == "waiting", page=max(1, number))


def _tabs(filters: queries.Filters, *, is_desk: bool) -> list[tuple[str, str, bool]]:
    only = "late" if filters.is_late else "waiting" if filters.is_waiting else ""
    is_whole = filters.kind is None and not only
    kinds = [
        (kind.label, _address(kind=kind.value), filters.kind is kind and not only)
        for kind in Kind
        if is_desk or kind.is_published
    ]
    late = [("逾期没办结", _address(only="late"), only == "late")] if is_desk else []
    return [
        ("全部", _address(), is_whole),
        ("等我办", _address(only="waiting"), only == "waiting"),
        *late,
        *kinds,
    ]


def _address(**values: Any) -> str:
    return url_for("rectification.papers", **{name: value for name, value in values.items() if value})


def _here(filters: queries.Filters, page: int) -> str:
    only = "late" if filters.is_late else "waiting" if filters.is_waiting else ""
    return _address(kind=filters.kind.value if filters.kind else "", only=only, page=page)


@bp.get(PAPER)
@allow(*READERS)
def paper(paper_id: uuid.UUID) -> Response | str:
    return paper_page(queries.paper_for(current.user(), paper_id))


def paper_page(found: OfficialPaper, refused: tuple[Verb, forms.EntryForm] | None = None) -> Response | str:
    """Show a paper with the forms that are open to the user; `refused` is one that was sent and not taken."""
    page = present.page(found, current.user())
    opened = {verb.value: _form(verb, page) for verb in page.verbs if verb in DECIDING}
    if refused:
        opened[refused[0].value] = refused[1]
    shown = render_template(
        "rectification/paper.html", page=page, forms=opened, entry=forms.EntryForm(), finding_url=_finding
    )
    if not page.is_making:
        return shown
    response = make_response(shown)
    response.headers["Refresh"] = REFRESH_SECONDS
    return response


def _finding(finding_id: uuid.UUID) -> str:
    return url_for("rectification.finding", finding_id=finding_id)


def _form(verb: Verb, page: present.Page) -> forms.EntryForm:
    given = {"until": prefill.hearing_until()} if verb is Verb.HEAR else page.last if verb is Verb.REPLY else {}
    return DECIDING[verb](formdata=None, prefix=f"{verb.value}-", data=given)


@bp.get(f"{PAPER}/v<int:edition>.<any(pdf, docx):suffix>")
@allow(*READERS)
def paper_file(paper_id: uuid.UUID, edition: int, suffix: str) -> Response:
    made = service.prints.print_for(current.user(), paper_id, edition)
    sha256 = made.pdf_sha256 if suffix == "pdf" else made.docx_sha256
    if not sha256:
        raise Conflict("这个文件还没有生成好，请稍等。")
    response = _send(store().path(sha256), f"{name_of(made)}.{suffix}", suffix)
    response.set_etag(sha256)
    return response


def name_of(made: PaperPrint) -> str:
    return f"{made.paper.name}{'（办结）' if made.edition > 1 else ''}"


def _send(source: Path | io.BytesIO, name: str, suffix: str) -> Response:
    is_pdf = suffix == "pdf"
    mimetype = "application/pdf" if is_pdf else WORD
    response = send_file(source, mimetype=mimetype, download_name=name, as_attachment=not is_pdf, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    if is_pdf:
        response.headers["Content-Security-Policy"] = SANDBOX
    return response


@bp.post(f"{PAPER}/v<int:edition>/again")
@allow(*DESKS)
def make_paper_again(paper_id: uuid.UUID, edition: int) -> Response:
    """Try again to make the files of a paper."""
    service.prints.ask_again(service.prints.print_for(current.user(), paper_id, edition), by=current.user())
    return to("rectification.paper", paper_id=paper_id)


@bp.get(f"{PAPER}/draft.docx")
@allow(*DESKS)
def draft_docx(paper_id: uuid.UUID) -> Response:
    found = queries.paper_for(current.user(), paper_id, verb=Verb.AMEND)
    if found.number:
        raise Conflict("这份文书已经签发，请下载签发的文件。")
    written = service.prints.docx_of_draft(found, store())
    return _send(io.BytesIO(written), f"{found.kind.label}草稿.docx", "docx")


@bp.post(f"{PAPER}/preview")
@allow(*DESKS)
def preview_paper(paper_id: uuid.UUID) -> Response:
    """Have the draft laid out as it stands."""
    found = queries.paper_for(current.user(), paper_id, verb=Verb.AMEND)
    name = service.prints.ask_preview(found, store())
    return to("rectification.paper_preview", paper_id=paper_id, name=name)


@bp.get(f"{PAPER}/preview/<name>")
@allow(*DESKS)
def paper_preview(paper_id: uuid.UUID, name: str) -> Response | str:
    """Wait for a preview, then lead to it."""
    found = queries.paper_for(current.user(), paper_id, verb=Verb.AMEND)
    making = present.making(service.prints.preview_job(found, name))
    if making and making.is_done:
        return to("rectification.paper_preview_pdf", paper_id=paper_id, name=name)
    response = make_response(render_template("rectification/paper_preview.html", paper=found, making=making))
    if making and not making.error:
        response.headers["Refresh"] = REFRESH_SECONDS
    return response


@bp.get(f"{PAPER}/preview/<name>.pdf")
@allow(*DESKS)
def paper_preview_pdf(paper_id: uuid.UUID, name: str) -> Response:
    found = queries.paper_for(current.user(), paper_id, verb=Verb.AMEND)
    return _send(service.prints.preview_pdf(found, name, store()), f"{found.kind.label}预览.pdf", "pdf")
