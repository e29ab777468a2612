"""The web layer: security headers, error pages, one commit at the end of a request, template helpers."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import jinja2
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, send_file
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFError, CSRFProtect
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from walkthrough_app.core import assets, clock, db, pausing
from walkthrough_app.core.errors import AppError

SAFE = {"GET", "HEAD", "OPTIONS"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
SANDBOX = "sandbox; default-src 'none'"
MIB = 1024 * 1024
UPLOAD_LIMIT = 200 * MIB
TABLE_LIMIT = 6 * MIB
View = TypeVar("View", bound=Callable[..., Any])
csrf = CSRFProtect()

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
CSP = "; ".join(f"{name} {sources}" for name, sources in DIRECTIVES.items())
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Served-By": "walkthrough",  # a hall's sign-in page for its Wi-Fi must not be kept in place of ours
}
HTTP_TEXT = {
    400: "请求不完整，请返回上一页再试。",
    403: "您没有权限做这件事。",
    404: "没有找到这个页面或记录。",
    405: "这个地址不能这样打开。",
    413: "文件太大了，请换一个小一些的。",
    429: "操作太频繁，请稍后再试。",
    500: "系统出错了，已经记下，请稍后再试。",
}


def init_app(app: Flask) -> None:
    app.config["WTF_I18N_ENABLED"] = False  # Flask-WTF would drop WTForms' own Chinese messages without flask-babel
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # checked in check_form(), once the body may be read
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Chinese as it is: half the bytes
    csrf.init_app(app)
    app.session_interface = QuietSessions()
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(asset=assets.asset, icon=lambda name: Markup(assets.icon(name)), uuid4=uuid.uuid4)  # noqa: S704 - our own files
    app.jinja_env.filters.update(day=show_day, moment=show_moment, clock=show_clock, minutes=show_minutes)
    app.register_blueprint(assets.bp)
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_forget)
    app.register_error_handler(AppError, _app_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)


class QuietSessions(SecureCookieSessionInterface):
    """Leaves a page that the phone may keep without `Vary: Cookie`, or it would not open without a network."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not g.get("keepable") or session.modified:
            super().save_session(app, session, response)


def keepable(page: str, seconds: int) -> Response:
    """Answer with a page that the phone may open again without a network for so many seconds."""
    response = make_response(page)
    response.headers["Cache-Control"] = f"private, max-age={seconds}"
    g.keepable = True
    return response


def accepts_pictures(view: View) -> View:
    """Mark a view whose forms carry pictures: those who may open it may post more than a form's worth."""
    view.upload_limit = UPLOAD_LIMIT  # type: ignore[attr-defined]
    return view


def accepts_tables(view: View) -> View:
    """Mark a view whose form carries a spreadsheet."""
    view.upload_limit = TABLE_LIMIT  # type: ignore[attr-defined]
    return view


def admits(admit: Callable[[], int]) -> Callable[[View], View]:
    """Mark a view that strangers may send a file to: `admit` counts them first, and says how many bytes each may."""

    def mark(view: View) -> View:
        view.admit = admit  # type: ignore[attr-defined]
        return view

    return mark


def check_form() -> None:
    """Check a posted form's token; call it when it is known who posts, for reading the body is what limits guard."""
    view = current_app.view_functions[request.endpoint or ""]
    admit = getattr(view, "admit", None)
    limit = admit() if admit and request.method not in SAFE else getattr(view, "upload_limit", None)
    if limit:
        request.max_content_length = limit
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    if request.method not in SAFE and pausing.is_on(current_app.config["SETTINGS"].data_dir):
        raise pausing.Paused
    if request.method in SAFE and request.endpoint != "assets.serve":
        db.begin_readonly()


def _finish(response: Response) -> Response:
    """Commit once, after a good answer; a refused or failed request leaves nothing behind."""
    if request.method not in SAFE and response.status_code < 400 and not g.get("rolled_back"):
        db.session.commit()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "assets.serve":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def _forget(_error: BaseException | None) -> None:
    db.session.remove()


def refuse() -> None:
    """Leave nothing of this request in the database though the page itself is fine (a form shown again)."""
    db.session.rollback()
    g.rolled_back = True


def spreadsheet(book: bytes, name: str) -> Response:
    """Answer with a workbook made for this moment: `name` and today's date are the file's."""
    response = make_response(book)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def paper(source: Path | BinaryIO, name: str, *, etag: str = "") -> Response:
    """Answer with an official paper: a PDF opens in the browser, anything else is saved."""
    is_pdf = name.endswith(".pdf")
    kind = PDF if is_pdf else DOCX
    response = send_file(source, mimetype=kind, download_name=name, as_attachment=not is_pdf, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    if is_pdf:
        response.headers["Content-Security-Policy"] = SANDBOX
    if etag:
        response.set_etag(etag)
    return response


def wants_json() -> bool:
    return request.path.startswith("/api/")


def _page(status: int, message: str) -> tuple[Response | str, int]:
    db.session.rollback()
    if wants_json():
        return jsonify(error=message, request_id=g.get("request_id")), status
    return render_template("errors/page.html", status=status, message=message, request_id=g.get("request_id")), status


def _app_error(error: AppError) -> tuple[Response | str, int]:
    return _page(error.status, error.message)


def _csrf_error(_error: CSRFError) -> tuple[Response | str, int]:
    return _page(400, "页面放得太久了，请返回上一页、刷新后再提交一次，填写的内容还在。")


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error
    if isinstance(error, RequestEntityTooLarge):
        return _page(413, HTTP_TEXT[413])
    return _page(error.code or 500, HTTP_TEXT.get(error.code or 500, HTTP_TEXT[400]))


def _crash(error: Exception) -> Any:
    if current_app.testing:
        raise error
    current_app.logger.error("request %s failed", g.get("request_id"), exc_info=error)
    return _page(500, HTTP_TEXT[500])


def show_day(value: date | datetime | None, *, year: bool = False) -> str:
    """Write a day as the papers do: 7月5日, or 2018年7月5日."""
    if value is None:
        return ""
    day = clock.to_local(value).date() if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def show_moment(value: datetime | None) -> str:
    if value is None:
        return ""
    return f"{show_day(value)} {show_clock(value)}"


def show_clock(value: datetime | None) -> str:
    return clock.to_local(value).strftime("%H:%M") if value else ""


def show_minutes(seconds: float | None) -> str:
    """Write a length in whole minutes, at least one: 47 分, 1 小时 52 分."""
    if not seconds:
        return "0 分"
    minutes = max(1, clock.minutes(seconds))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} 分"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
