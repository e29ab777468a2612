"""Who may open which page: every route carries a guard, and a route without one is not there."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, jsonify, redirect, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from walkthrough_app.accounts import cookies, current, service, who
from walkthrough_app.accounts.current import Me
from walkthrough_app.accounts.models import Role, User
from walkthrough_app.core import db, web
from walkthrough_app.core.errors import Forbidden, NotFound

View = TypeVar("View", bound=Callable[..., Any])
Guard = str | frozenset[Role]
NAVIGATION = "accounts.navigation"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation, for the roles that use it; `shown` leaves it out where there is nothing to see."""

    label: str
    endpoint: str
    roles: frozenset[Role]
    order: int
    count: Callable[[uuid.UUID], int] | None = None
    shown: Callable[[User], bool] | None = None


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


def init_app(app: Flask, navigation: Sequence[NavItem]) -> None:
    """Guard every route of the app; call it after core.web's init_app."""
    app.extensions[NAVIGATION] = tuple(navigation)
    cookies.init_app(app)
    app.before_request(_check)
    app.after_request(who.tell)
    app.teardown_request(_refresh_session)
    app.context_processor(_for_templates)


def first_page(user: User) -> str:
    """Return the endpoint of what the user's role does first."""
    mine = _navigation(user.role)
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
    return {"me": me, "navigation": _links(me.role) if me else [], "new_behind": partial(_new_behind, me)}


def _new_behind(me: Me | None, url: str) -> int:
    """Count what is new behind an entry of the navigation; asked only where the navigation is drawn."""
    items = [item for item in _navigation(me.role) if item.count and url_for(item.endpoint) == url] if me else []
    try:
        return sum(item.count(me.id) for item in items if item.count and me)
    except SQLAlchemyError:
        return 0


def _navigation(role: Role) -> list[NavItem]:
    return [item for item in current_app.extensions[NAVIGATION] if role in item.roles]


def _links(role: Role) -> list[tuple[str, str, bool]]:
    """Return (label, address, is current); current is the entry whose address begins this one, the longest."""
    links = [(item.label, url_for(item.endpoint)) for item in _navigation(role) if _is_shown(item)]
    here = max((url for _, url in links if _is_under(request.path, url)), key=len, default=None)
    return [(label, url, url == here) for label, url in links]


def _is_shown(item: NavItem) -> bool:
    user = current.maybe_user() if item.shown else None
    try:
        return item.shown is None or (user is not None and item.shown(user))
    except SQLAlchemyError:
        return False  # an error page must come up without the database


def _is_under(path: str, url: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")
