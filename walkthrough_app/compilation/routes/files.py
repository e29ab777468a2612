"""The files of a version: PDF, Word, workbook and the bound reports."""

import uuid

from flask import send_file
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.compilation import queries, service
from walkthrough_app.compilation.models import CompilationVersion
from walkthrough_app.compilation.routes.blueprint import bp, compilers, own, store, to
from walkthrough_app.core.errors import Conflict, NotFound

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": ("pdf_sha256", "application/pdf", "汇总报告", "pdf"),
    "docx": ("docx_sha256", f"{OFFICE}.wordprocessingml.document", "汇总报告", "docx"),
    "xlsx": ("xlsx_sha256", f"{OFFICE}.spreadsheetml.sheet", "汇总表和整改台账", "xlsx"),
    "binder": ("binder_sha256", "application/pdf", "专项报告汇编", "pdf"),
}
SANDBOX = "sandbox; default-src 'none'"


@bp.get("/compilations/<uuid:compilation_id>/v<int:number>/<any(pdf, docx, xlsx, binder):kind>")
@compilers
def file(compilation_id: uuid.UUID, number: int, kind: str) -> Response:
    version = queries.version_for(current.user(), compilation_id, number)
    field, media_type, what, suffix = KINDS[kind]
    sha256 = getattr(version, field)
    if not sha256:
        raise Conflict("这个文件还没有生成好，请稍等。")
    name = f"{version.compilation.scope.label}{what}V{number}.{suffix}"
    response = send_file(
        store().path(sha256), mimetype=media_type, download_name=name, as_attachment=suffix != "pdf", max_age=0
    )
    response.headers["Cache-Control"] = "private, no-cache"
    if suffix == "pdf":
        response.headers["Content-Security-Policy"] = SANDBOX
    response.set_etag(sha256)
    return response


@bp.post("/compilations/<uuid:compilation_id>/v<int:number>/papers")
@compilers
def make_papers(compilation_id: uuid.UUID, number: int) -> Response:
    """Try again to make the papers of a version."""
    service.papers.ask_again(_own_version(compilation_id, number), by=current.user())
    return to("draft", compilation_id=compilation_id)


@bp.post("/compilations/<uuid:compilation_id>/v<int:number>/binder")
@compilers
def make_binder(compilation_id: uuid.UUID, number: int) -> Response:
    service.binding.ask(_own_version(compilation_id, number), by=current.user())
    return to("draft", compilation_id=compilation_id)


def _own_version(compilation_id: uuid.UUID, number: int) -> CompilationVersion:
    version = next((one for one in own(compilation_id).versions if one.number == number), None)
    if version is None:
        raise NotFound
    return version
