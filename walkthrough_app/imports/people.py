"""The people of one row of the units' template: who they are, and what importing them would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts import rules
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.core.errors import Invalid
from walkthrough_app.imports.columns import CLASSES, POSTS, SECOND, Post
from walkthrough_app.imports.verdicts import Verdict

NAME = "单位名称"
HOMELESS = "写了人，没有写单位名称，不知道是哪个单位的。合并的单元格要先取消合并，每一行都写上。"


@dataclass(slots=True)
class Member:
    """One person of a row; `user` is who that is already."""

    title: str
    role: Role
    name: str
    post: str
    username: str
    user: User | None = None

    @property
    def is_changed(self) -> bool:
        user = self.user
        return user is None or (user.name, user.post, user.role) != (self.name, self.post, self.role)

    @property
    def told(self) -> str:
        if self.user is None:
            return f"添加{self.role.label}{self.name}（账号 {self.username}）"
        return f"{self.user.name}：{self.user.post}，{self.user.role.label}→{self.name}：{self.post}，{self.role.label}"


class Register:
    """Whose user name is whose: in the database, and in the rows of the file so far."""

    def __init__(self, users: Sequence[User]) -> None:
        self.by_name = {user.username: user for user in users}
        self.by_unit: dict[Any, list[User]] = {}
        self.rows: dict[str, int] = {}
        for user in users:
            self.by_unit.setdefault(user.unit_id, []).append(user)

    def of(self, unit: Unit | None) -> list[User]:
        return self.by_unit.get(unit.id, []) if unit else []

    def free_name(self, name: str) -> str:
        """Return a user name made of a person's name that nobody has yet, or '' when none can be made."""
        stem = "".join(char for char in rules.tidy_username(name) if rules.USERNAME.fullmatch(char * 2))[:28]
        if len(stem) < 2:
            return ""
        numbered = (stem if number == 1 else f"{stem}{number}" for number in range(1, 1000))
        return next(one for one in numbered if one not in self.by_name and one not in self.rows)


def judge(verdict: Verdict, unit: Unit | None, register: Register) -> None:
    """Read the people of a row into `values["members"]`, with a problem for each that cannot be."""
    members = [one for post in POSTS if (one := _member(verdict, post))]
    verdict.values["members"] = members
    if not verdict.values.get("name"):
        if members and not verdict.label:
            verdict.problems = [one for one in verdict.problems if one.column != NAME]
            verdict.refuse(NAME, HOMELESS)
        return
    _check_second(verdict, unit)
    for member in members:
        _recognise(verdict, member, unit, register)
    _check_heads(verdict, members, unit, register)


def _member(verdict: Verdict, post: Post) -> Member | None:
    name, what, login = (verdict.values.get(f"{post.key}_{part}", "") for part in ("name", "post", "username"))
    is_bad = any(problem.column.startswith(post.title) for problem in verdict.problems)
    if not (name or what or login) or is_bad:
        return None
    if not name:
        verdict.refuse(f"{post.title}姓名", "写了职务或账号，没有写姓名。请补上姓名；没有这个人就都空着。")
    if not what:
        verdict.refuse(f"{post.title}职务", "没有写职务，请补上，例如局长。")
    return Member(post.title, post.role, name, what, rules.tidy_username(login)) if name and what else None


def _check_second(verdict: Verdict, unit: Unit | None) -> None:
    """Only a county (and a township) has two heads, of party and of government (S002-74)."""
    has_second = any(verdict.values.get(f"{SECOND.key}_{part}") for part in ("name", "post", "username"))
    org_class, _ = CLASSES.get(verdict.values.get("org_class", ""), (unit.org_class if unit else None, False))
    if has_second and org_class and org_class is not OrgClass.COUNTY:
        text = "只有县（市）区和乡镇（街道）有党政两位主要负责同志；其他单位请只填一位，另一位可以填为分管领导。"
        verdict.refuse(f"{SECOND.title}姓名", text)


def _recognise(verdict: Verdict, member: Member, unit: Unit | None, register: Register) -> None:
    """Find who a member is: by the user name; without one by the name among the unit's people; else somebody new."""
    column = f"{member.title}账号"
    if not member.username:
        member.user = _namesake(member, register.of(unit), verdict)
        member.username = member.user.username if member.user else register.free_name(member.name)
        if not member.username:
            return verdict.refuse(column, f"“{member.name}”不能直接用作账号，请填一个账号，2到32个字母、数字或汉字。")
    try:
        rules.check_username(member.username)
    except Invalid as error:
        return verdict.refuse(column, f"账号“{member.username[:20]}”不行：{error.message}")
    first = register.rows.setdefault(member.username, verdict.number)
    if first != verdict.number or any(one.username == member.username for one in _before(verdict, member)):
        where = f"第{first}行" if first != verdict.number else "这一行前面的人"
        return verdict.refuse(column, f"账号“{member.username}”和{where}重复，每人要有自己的账号。")
    known = register.by_name.get(member.username)
    if known and (unit is None or known.unit_id != unit.id):
        return verdict.refuse(column, f"账号“{member.username}”已经有别的单位的人在用，请换一个。")
    if known and not known.is_active:
        return verdict.refuse(column, f"账号“{member.username}”已停用，请先由系统管理员启用，或者换一个账号。")
    member.user = known
    return None


def _before(verdict: Verdict, member: Member) -> list[Member]:
    members: list[Member] = verdict.values["members"]
    return members[: next(place for place, one in enumerate(members) if one is member)]


def _namesake(member: Member, users: Sequence[User], verdict: Verdict) -> User | None:
    """Return the unit's one active person of this name whom no other column of the row means."""
    taken = {one.username for one in verdict.values["members"]}
    same = [user for user in users if user.is_active and user.name == member.name and user.username not in taken]
    return next((user for user in same if user.role is member.role), same[0] if len(same) == 1 else None)


def _check_heads(verdict: Verdict, members: Sequence[Member], unit: Unit | None, register: Register) -> None:
    """Refuse a row after which the unit would have more heads than it may."""
    org_class = unit.org_class if unit else CLASSES.get(verdict.values.get("org_class", ""), (None, False))[0]
    named = {one.user.id for one in members if one.user}
    stay = [one for one in register.of(unit) if one.role is Role.HEAD and one.is_active and one.id not in named]
    heads = [one for one in members if one.role is Role.HEAD]
    if stay and heads and len(stay) + len(heads) > (2 if org_class is OrgClass.COUNTY else 1):
        who = "、".join(f"{one.name}（账号 {one.username}）" for one in stay)
        text = f"这个单位已经有一把手{who}。还是本人请写这个账号；换了人，请先由系统管理员停用原来的账号。"
        verdict.refuse(f"{heads[-1].title}姓名", text)


def changes(verdict: Verdict) -> list[str]:
    """Say what importing the row does to people that are there, and who comes."""
    return [one.told for one in verdict.values["members"] if one.is_changed]


def apply(verdict: Verdict, unit: Unit, by: User | None) -> None:
    """Add and change the people of a row: who stops being head first, for a unit has its heads once."""
    members: list[Member] = [one for one in verdict.values["members"] if one.is_changed]
    for one in sorted(members, key=lambda one: one.role is Role.HEAD):
        if one.user:
            accounts.change_user(one.user, name=one.name, post=one.post, role=one.role, unit=unit, by=by)
        else:
            accounts.add_user(username=one.username, name=one.name, post=one.post, role=one.role, unit=unit, by=by)
