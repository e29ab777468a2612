"""Public pages: checking a report's PDF, and what is registered under the code on a paper."""

import shutil
import tempfile
from typing import Any, BinaryIO, cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current
from walkthrough_app.accounts.guard import public
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.config import Settings
from walkthrough_app.core import web
from walkthrough_app.core.errors import NotFound
from walkthrough_app.core.pace import Pace
from walkthrough_app.reports import proof
from walkthrough_app.verification import isolated, register
from walkthrough_app.verification.forms import VerifyForm
from walkthrough_app.verification.order import Relayout
from walkthrough_app.verification.verdict import Verdict

bp = Blueprint("verification", __name__, template_folder="templates")
nav: list[NavItem] = []
PACE = Pace(30, "查得太频繁，请过一分钟再试。")
STRANGERS_LIMIT = 32 * web.MIB  # some hundred photos
LOCAL = ("127.", "::1")
UNKNOWN = "没有登记这个核对码，请对照纸上再输一次；也可能是在别的服务器上定稿的。"


@bp.get("/verify")
@public
def verify() -> str:
    return render_template("verification/verify.html", form=VerifyForm(), verdict=None, name="")


def _admit() -> int:
    """Count who sends a file, before any of it is read; who is signed in may send more."""
    PACE.spend(_address())
    return web.UPLOAD_LIMIT if current.maybe_user() else STRANGERS_LIMIT


@bp.post("/verify")
@web.admits(_admit)
@public
def judge() -> str:
    """Check a file and say what it proves; the file is not kept."""
    form = VerifyForm()
    if not form.validate_on_submit():
        return render_template("verification/verify.html", form=form, verdict=None, name="")
    verdict = _checked(form.upload)
    verdict = verdict.adding(register.compare(verdict))
    return render_template("verification/verify.html", form=VerifyForm(), verdict=verdict, name=form.name)


def _checked(upload: BinaryIO) -> Verdict:
    settings: Settings = current_app.config["SETTINGS"]
    with tempfile.TemporaryFile() as file:  # small uploads are only in memory, and the child needs a real file
        shutil.copyfileobj(upload, file)
        return isolated.check(
            cast("BinaryIO", file),
            data_dir=settings.data_dir,
            trusted=settings.signing.trusted,
            relayout=Relayout.TRUSTED,
        )


@bp.get("/v")
@public
def find() -> Response:
    """Lead from a typed code to its page."""
    code = request.args.get("code", "")
    return redirect(url_for("verification.paper", code=proof.tidy_code(code) or code[:40] or "-"), code=303)


@bp.get("/v/<code>")
@public
def paper(code: str) -> str:
    """Show what is registered under the code on a paper."""
    PACE.spend(_address())
    known = register.entry(code)
    if known is None:
        raise NotFound(UNKNOWN)
    return render_template("verification/paper.html", known=known)


def _address() -> str:
    """Return whom to count: the address itself, or what our own proxy says that it serves."""
    address = request.remote_addr or ""
    forwarded: Any = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip() if forwarded and address.startswith(LOCAL) else address
