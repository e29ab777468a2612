"""Who may hold which post in which unit."""

import re
import unicodedata

from walkthrough_app.accounts import queries, realm
from walkthrough_app.accounts.models import UNIT_ROLES, OrgClass, Role, Unit, User
from walkthrough_app.core.errors import Invalid

USERNAME = re.compile(r"[a-z0-9_.\-\u4e00-\u9fff]{2,32}")


EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def check_email(email: str) -> None:
    is_odd = email.startswith(".") or ".." in email or ".@" in email
    if email and (len(email) > 254 or is_odd or not EMAIL.fullmatch(email)):
        raise Invalid("email", "邮箱地址不对，例如 name@example.gov.cn。")


def tidy_username(text: str) -> str:
    """Fold case and width: phones start a line with a capital letter."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Invalid("username", "用户名要 2 到 32 个字，只能用字母、数字、汉字、点、横线和下划线。")


def check_place(parent: Unit | None, by: User | None) -> None:
    """Raise Invalid unless a new unit stands where it may: in the city, or right below a county of the user's realm."""
    if parent and (parent.org_class is not OrgClass.COUNTY or parent.parent_id):
        raise Invalid("parent", "上级单位只能是县（市）区，其他单位下面不再分单位。")
    county = realm.county_of(by) if by else None
    if county and (parent is None or parent.id != county):
        raise Invalid("parent", "您只能添加本县（市）区的单位，上级单位请选本县（市）区。")


def check_post(role: Role, unit: Unit, *, but: User | None = None) -> None:
    """Raise Invalid when the role does not belong to the unit's class, or the unit has its head(s) already."""
    if role in UNIT_ROLES and unit.org_class is OrgClass.OFFICE:
        raise Invalid("unit", f"{role.label}要属于一个走流程的单位，不能放在作风整顿办下面。")
    if role not in UNIT_ROLES and unit.org_class is not OrgClass.OFFICE:
        raise Invalid("unit", f"{role.label}要属于作风整顿办一类的单位。")
    if role is Role.HEAD:
        _check_heads(unit, but)


def _check_heads(unit: Unit, but: User | None) -> None:
    """A county has two heads, of party and of government (S002-74); every other unit has one."""
    places = 2 if unit.org_class is OrgClass.COUNTY else 1
    others = [head for head in queries.heads_of(unit, for_update=True) if head is not but]
    if len(others) < places:
        return
    if places == 1:
        raise Invalid("role", f"{unit.name}已经有一把手了，先停用或修改原来的账号。")
    raise Invalid("role", f"{unit.name}党政两位一把手都已经有了，先停用或修改原来的账号。")


def is_last_admin(user: User) -> bool:
    """Tell whether nobody could administer the city's accounts without this user; a county's can be replaced."""
    if user.role is not Role.ADMIN or not user.is_active or user.unit.parent_id:
        return False
    return len([admin for admin in queries.admins() if admin.unit.parent_id is None]) <= 1
