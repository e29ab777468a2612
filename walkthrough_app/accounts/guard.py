"""Who may open which page: every route carries a guard, and a route without one is not there."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from walkthrough_app.accounts import cookies, current, navigation, service, who
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.accounts.navigation import NavItem
from walkthrough_app.core import db, web
from walkthrough_app.core.errors import Forbidden, NotFound

View = TypeVar("View", bound=Callable[..., Any])
Guard = str | frozenset[Role]


def public(view: View) -> View:
    return _mark(view, "public")


def signed_in(view: View) -> View:
    return _mark(view, "signed_in")


def allow(*roles: Role) -> Callable[[View], View]:
    return lambda view: _mark(view, frozenset(roles))


def by_token(view: View) -> View:
    """For views that check a bearer token themselves: no session is read, so no form of another site can use one."""
    return _mark(view, "token")


def _mark(view: View, guard: Guard) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def init_app(app: Flask, entries: Sequence[NavItem]) -> None:
    """Guard every route of the app; call it after core.web's init_app."""
    navigation.init_app(app, entries)
    cookies.init_app(app)
    app.before_request(_check)
    app.after_request(who.tell)
    app.teardown_request(_refresh_session)
    app.context_processor(_for_templates)


def first_page(user: User) -> str:
    """Return the endpoint of what the user's role does first."""
    mine = navigation.items_of(user.role)
    return mine[0].endpoint if mine else "accounts.me"


def safe_next(target: str | None) -> str:
    """Return `target` if it is a path of this site, else ''."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return ""
    is_odd = "\\" in target or any(ord(c) < 33 or ord(c) == 127 for c in target)
    return "" if is_odd else target


def _check() -> BaseResponse | None:
    if request.endpoint is None:
        return None  # no such address: the routing error is raised next
    guard: Guard | None = getattr(current_app.view_functions[request.endpoint], "guard", None)
    if guard is None:
        current_app.logger.error("route %s has no guard", request.endpoint)
        raise NotFound
    if guard == "token":
        return None
    if guard == "public":
        web.check_form()
        return None
    user = current.maybe_user()
    if user is None:
        return _ask_to_sign_in()
    if isinstance(guard, frozenset) and user.role not in guard:
        raise Forbidden("您没有权限打开这个页面。")
    web.check_form()
    return None


def _ask_to_sign_in() -> BaseResponse:
    if web.wants_json():
        answer: Response = jsonify(error="请先登录。")
        answer.status_code = 401
        return answer
    return redirect(url_for("accounts.sign_in", next=_page_to_return_to() or None), code=303)


def _page_to_return_to() -> str:
    """Return the page asked for; for a posted form the page it stood on."""
    if request.method in web.SAFE:
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return safe_next(came_from.path) if came_from.netloc == request.host else ""


def _refresh_session(_error: BaseException | None) -> None:
    """Write the last use after the request's own transaction is over: reads never write, writers never wait."""
    session_id = current.stale_session()
    if session_id is None:
        return
    db.session.remove()
    try:
        with db.transaction():
            service.refresh_session(session_id)
    except SQLAlchemyError:
        current_app.logger.warning("could not refresh session %s", session_id, exc_info=True)


def _for_templates() -> dict[str, Any]:
    try:
        me = current.me()
    except SQLAlchemyError:
        me = None  # an error page must come up without the database
    return {"me": me, "navigation": navigation.of_request() if me else None}
