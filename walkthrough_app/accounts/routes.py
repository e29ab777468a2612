"""Pages of accounts: signing in, one's own account, and the administrator's lists of units and people."""

import uuid
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from walkthrough_app.accounts import current, qr, queries, realm, service
from walkthrough_app.accounts.forms import (
    EmailForm,
    InvitationForm,
    PasswordForm,
    PersonForm,
    SignInForm,
    UnitForm,
)
from walkthrough_app.accounts.guard import allow, public, safe_next, signed_in
from walkthrough_app.accounts.models import OrgClass, Role, Unit
from walkthrough_app.accounts.navigation import Group, NavItem
from walkthrough_app.config import Settings
from walkthrough_app.core import web
from walkthrough_app.core.errors import Conflict, Invalid

bp = Blueprint("accounts", __name__, template_folder="templates")
HOME = "/"
ADMIN = frozenset({Role.ADMIN})
nav = [
    NavItem("人员", "accounts.people", ADMIN, 80, Group.SYSTEM),
    NavItem("单位", "accounts.units", ADMIN, 81, Group.SYSTEM),
    NavItem("我", "accounts.me", frozenset(Role), 90, Group.SYSTEM),
]


def _go(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, **values), code=303)


def _device() -> str:
    return request.user_agent.string


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | str:
    """Ask for name and password; a miss answers 200, so that core.web commits its count."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            token = service.sign_in(
                form.data["username"], form.data["password"], device=_device(), old_token=current.token()
            )
        except Invalid as error:
            form.refuse(error)
        else:
            current.start(token)
            return redirect(safe_next(request.args.get("next")) or HOME, code=303)
    elif request.method == "GET" and current.maybe_user():
        return redirect(HOME, code=303)
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    service.sign_out(current.token())
    current.end()
    return _go("accounts.sign_in")


@bp.route("/invite/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> Response | str:
    """Show whom the link is for; only the posted form uses it up."""
    invited = queries.open_invitation(token).user
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            user = service.accept_invitation(token, form.data["password"])
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            service.sign_out(current.token())
            current.start(service.open_session(user, _device()))
            return redirect(HOME, code=303)
    return render_template("accounts/invitation.html", form=form, invited=invited)


@bp.route("/me", methods=["GET", "POST"])
@signed_in
def me() -> Response | str:
    """Show one's post and devices, and change the password; a miss answers 200, so that its count is kept."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            service.change_password(current.user(), form.data["current"], form.data["password"], token=current.token())
        except Invalid as error:
            form.refuse(error)
        else:
            flash("密码已经改好，其他设备都已退出。")
            return _go("accounts.me")
    return _my_page(form, EmailForm(formdata=None, email=current.user().email))


@bp.post("/me/email")
@signed_in
def set_email() -> Response | str:
    form = EmailForm()
    if form.validate_on_submit():
        try:
            service.set_email(current.user(), form.data["email"] or "", by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("邮箱已保存。")
            return _go("accounts.me")
    return _my_page(PasswordForm(formdata=None), form)


def _my_page(form: PasswordForm, email: EmailForm) -> str:
    devices = queries.devices_of(current.user(), current.token())
    return render_template("accounts/me.html", form=form, email=email, devices=devices)


@bp.post("/me/devices/<uuid:device_id>/sign-out")
@signed_in
def sign_out_device(device_id: uuid.UUID) -> Response:
    service.sign_out_device(current.user(), device_id)
    flash("那台设备已经退出。")
    return _go("accounts.me")


@bp.post("/me/devices/sign-out-others")
@signed_in
def sign_out_others() -> Response:
    service.sign_out_others(current.user(), current.token())
    flash("其他设备都已退出。")
    return _go("accounts.me")


@bp.route("/admin/units", methods=["GET", "POST"])
@allow(Role.ADMIN)
def units() -> Response | str:
    every = queries.units_for(current.user())
    form = UnitForm().offer(queries.counties(), realm.county_of(current.user()))
    if form.validate_on_submit():
        try:
            unit = _add_unit(form)
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash(f"已添加{unit.name}。")
            return _go("accounts.units")
    tools = current_app.extensions.get("unit_tools", [])
    return render_template("accounts/units.html", form=form, units=every, counts=queries.people_counts(), tools=tools)


def _add_unit(form: UnitForm) -> Unit:
    parent = queries.unit_for(current.user(), form.parent_id) if form.parent_id else None
    return service.add_unit(
        name=form.data["name"], org_class=OrgClass(form.org_class.data), parent=parent, by=current.user()
    )


@bp.get("/admin/people")
@allow(Role.ADMIN)
def people() -> str:
    chosen = request.args.get("unit", type=uuid.UUID)
    user = current.user()
    if chosen:
        listed, after = queries.users_of(queries.unit_for(user, chosen)), None
    else:
        listed, after = queries.users_for(user, request.args.get("after", type=uuid.UUID))
    return render_template(
        "accounts/people.html",
        people=listed,
        units=queries.units_for(user),
        chosen=chosen,
        total=len(listed) if chosen else queries.count_for(user),
        next=url_for("accounts.people", after=after) if after else "",
    )


@bp.route("/admin/people/new", methods=["GET", "POST"])
@allow(Role.ADMIN)
def add_person() -> Response | str:
    form = PersonForm().offer(queries.units_for(current.user()))
    if form.validate_on_submit():
        try:
            user = service.add_user(username=form.data["username"], **_post(form), by=current.user())
            service.set_email(user, form.data["email"] or "", by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已添加。把邀请链接交给本人，由本人设置密码。")
            return _go("accounts.person", user_id=user.id)
    return render_template("accounts/add_person.html", form=form)


@bp.route("/admin/people/<uuid:user_id>", methods=["GET", "POST"])
@allow(Role.ADMIN)
def person(user_id: uuid.UUID) -> Response | str:
    """Show an account and change it."""
    user = queries.get_user_for(current.user(), user_id)
    filled = {"name": user.name, "post": user.post, "role": user.role.value, "unit": str(user.unit_id)}
    form = PersonForm(data={**filled, "email": user.email}).offer(queries.units_for(current.user()))
    del form.username
    if form.validate_on_submit():
        try:
            service.change_user(user, **_post(form), by=current.user())
            service.set_email(user, form.data["email"] or "", by=current.user())
        except Invalid as error:
            form.refuse(error)
            web.refuse()
        else:
            flash("已保存。")
            return _go("accounts.people")
    return render_template("accounts/person.html", form=form, user=user)


def _post(form: PersonForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "post": form.post.data,
        "role": Role(form.role.data),
        "unit": queries.unit_for(current.user(), form.unit_id),
    }


@bp.post("/admin/people/<uuid:user_id>/disable")
@allow(Role.ADMIN)
def disable(user_id: uuid.UUID) -> Response:
    user = queries.get_user_for(current.user(), user_id)
    service.disable_user(user, by=current.user())
    flash(f"{user.name}的账号已停用，所有设备都已退出。")
    return _go("accounts.person", user_id=user_id)


@bp.post("/admin/people/<uuid:user_id>/enable")
@allow(Role.ADMIN)
def enable(user_id: uuid.UUID) -> Response:
    user = queries.get_user_for(current.user(), user_id)
    try:
        service.enable_user(user, by=current.user())
    except Invalid as error:
        raise Conflict(error.message) from error
    flash(f"{user.name}的账号已启用。")
    return _go("accounts.person", user_id=user_id)


@bp.post("/admin/people/<uuid:user_id>/invite")
@allow(Role.ADMIN)
def invite(user_id: uuid.UUID) -> str:
    """Show the one-time link on this page only: it is stored nowhere."""
    user = queries.get_user_for(current.user(), user_id)
    link = _full_address(url_for("accounts.invitation", token=service.invite(user, by=current.user())))
    return render_template("accounts/invite.html", user=user, link=link, code=Markup(qr.svg(link)))  # noqa: S704 - drawn by segno


def _full_address(path: str) -> str:
    """Put the site's public name before a path, or the name the administrator uses."""
    settings: Settings = current_app.config["SETTINGS"]
    return (settings.base_url or request.host_url.rstrip("/")) + path
