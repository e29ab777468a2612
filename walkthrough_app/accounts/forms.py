"""The forms of accounts."""

import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import DataRequired, EqualTo

from walkthrough_app.accounts.models import OrgClass, Role, Unit
from walkthrough_app.core.forms import BaseForm, options, text, tidy

PLAIN = {"autocapitalize": "none", "spellcheck": "false"}
PLEASE = SelectChoice("", "请选择")
AGAIN = EqualTo("password", "两次填的密码不一样。")


def _password(label: str, needed: str, kind: str, *rules: Any) -> PasswordField:
    return PasswordField(label, validators=[DataRequired(needed), *rules], render_kw={"autocomplete": kind})


def _pick(label: str, needed: str, among: Iterable[OrgClass | Role] = ()) -> SelectField:
    choices = options(((one.value, one.label) for one in among), ask=True)
    return SelectField(label, choices=choices, validators=[DataRequired(needed)])


class SignInForm(BaseForm):
    username = StringField(
        "用户名",
        filters=[tidy],
        validators=[DataRequired("请填用户名。")],
        render_kw={"autocomplete": "username", **PLAIN},
    )
    password = _password("密码", "请填密码。", "current-password")


class InvitationForm(BaseForm):
    password = _password("设置密码", "请设一个密码。", "new-password")
    again = _password("再填一次", "请把密码再填一次。", "new-password", AGAIN)


class PasswordForm(BaseForm):
    current = _password("现在的密码", "请填现在的密码。", "current-password")
    password = _password("新密码", "请填新密码。", "new-password")
    again = _password("再填一次新密码", "请把新密码再填一次。", "new-password", AGAIN)


class EmailForm(BaseForm):
    email = text("邮箱", limit=254, render_kw={"autocomplete": "email", "inputmode": "email", **PLAIN})


class UnitForm(BaseForm):
    name = text("单位名称", limit=60, needed="请填单位名称。")
    org_class = _pick("类别", "请选单位类别。", OrgClass)
    parent = SelectField("上级单位")

    def offer(self, counties: Iterable[Unit], own: uuid.UUID | None = None) -> "UnitForm":
        """Offer the counties a unit may stand below: to a county's administrator only the `own` one."""
        if own:
            self.parent.choices = _options(unit for unit in counties if unit.id == own)
        else:
            self.parent.choices = [SelectChoice("", "没有上级单位"), *_options(counties)]
        return self

    @property
    def parent_id(self) -> uuid.UUID | None:
        return uuid.UUID(self.parent.data) if self.parent.data else None


class PersonForm(BaseForm):
    """Adding and changing a person; the user name is asked only when adding."""

    username = text("用户名", limit=32, needed="请填用户名。", render_kw=PLAIN)
    name = text("姓名", limit=30, needed="请填姓名。")
    unit = _pick("单位", "请选单位。")
    post = text("职务", limit=40, needed="请填职务，例如局长。")
    role = _pick("身份", "请选身份。", Role)
    email = text("邮箱", limit=254, render_kw=PLAIN)

    def offer(self, units: Iterable[Unit]) -> "PersonForm":
        self.unit.choices = [PLEASE, *_options(units)]
        return self

    @property
    def unit_id(self) -> uuid.UUID:
        return uuid.UUID(self.unit.data)


def _options(units: Iterable[Unit]) -> list[SelectChoice]:
    return [SelectChoice(str(unit.id), f"{unit.name}（{unit.class_label}）") for unit in units]
