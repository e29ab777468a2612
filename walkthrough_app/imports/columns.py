"""The columns of the two templates: what people fill in, and under which name the service takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from walkthrough_app.accounts.models import COUNTY_CLASS_LABELS, ORG_CLASS_LABELS, OrgClass, Role
from walkthrough_app.campaigns.models import DayType, ItemKind


class Kind(StrEnum):
    """What a file holds."""

    UNITS = "units"
    ITEMS = "items"
    LEDGER = "ledger"  # read and taken in by the feature of that name

    @property
    def label(self) -> str:
        return KIND_LABELS[self]

    @property
    def other(self) -> "Kind":
        """Return the kind whose template people mistake this one's for."""
        return Kind.ITEMS if self is Kind.UNITS else Kind.UNITS


KIND_LABELS = {Kind.UNITS: "单位和人员", Kind.ITEMS: "事项", Kind.LEDGER: "台账"}
TEMPLATES = (Kind.UNITS, Kind.ITEMS)


class Shape(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    YESNO = "yesno"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: `limit` is the most characters of a text, the most of a number; `choices` are offered in the file."""

    key: str
    title: str
    limit: int = 60
    shape: Shape = Shape.TEXT
    is_needed: bool = False
    choices: Sequence[str] = ()
    hint: str = ""
    width: float = 14


@dataclass(frozen=True, slots=True)
class Post:
    """The three columns of one person, and the role they give."""

    key: str
    title: str
    role: Role


HEAD, SECOND = Post("head", "主要负责同志", Role.HEAD), Post("second", "第二位主要负责同志", Role.HEAD)
DEPUTIES = tuple(Post(f"deputy{number}", f"分管领导{number}", Role.DEPUTY) for number in (1, 2, 3))
LIAISON = Post("liaison", "联络员", Role.LIAISON)
POSTS = (HEAD, SECOND, *DEPUTIES, LIAISON)

CLASSES = {ORG_CLASS_LABELS[one]: (one, False) for one in OrgClass if one is not OrgClass.OFFICE} | {
    COUNTY_CLASS_LABELS[one]: (one, True) for one in OrgClass if one is not OrgClass.OFFICE
}
LIMITS = {"工作日": DayType.WORKDAY, "日": DayType.DAY, "当场办结": DayType.ONSPOT}
KINDS = {kind.label: kind for kind in ItemKind}


def _person(post: Post) -> list[Field]:
    hints = {
        HEAD: "没有定下来可以先空着，以后再导入",
        SECOND: "只有县（市）区、乡镇（街道）填：党政各一位",
        LIAISON: "负责填目录、安排计划、起草报告",
    }
    login = "2到32个字母、数字或汉字；空着就用姓名"
    return [
        Field(f"{post.key}_name", f"{post.title}姓名", 30, hint=hints.get(post, "")),
        Field(f"{post.key}_post", f"{post.title}职务", 40, hint="例如局长"),
        Field(f"{post.key}_username", f"{post.title}账号", 32, hint=login),
    ]


UNITS: tuple[Field, ...] = (
    Field("name", "单位名称", is_needed=True, width=28, hint="写全称"),
    Field("org_class", "类别", shape=Shape.CHOICE, is_needed=True, choices=tuple(CLASSES), hint="类别决定报送给哪个组"),
    Field("parent", "上级（县）", hint="县里的单位填它所在的县（市）区全称；市里的单位空着"),
    *(field for post in POSTS for field in _person(post)),
)


def _days(key: str, title: str, what: str) -> list[Field]:
    return [
        Field(f"{key}_day", title, 999, Shape.NUMBER, hint="只写数字，例如20；当场办结就空着", width=10),
        Field(f"{key}_type", f"{what}单位", shape=Shape.CHOICE, choices=tuple(LIMITS), width=10),
        Field(f"{key}_explain", f"{what}说明", 200, width=16),
    ]


ITEMS: tuple[Field, ...] = (
    Field("unit", "单位名称", is_needed=True, width=26, hint="和单位表里的一样"),
    Field("task_name", "事项名称", 100, is_needed=True, width=30, hint="同一个单位里不能重名"),
    Field("item_kind", "事项类别", shape=Shape.CHOICE, is_needed=True, choices=tuple(KINDS)),
    Field("is_important", "重要事项", shape=Shape.YESNO, hint="有一项写“是”，就必须一把手亲身体验", width=8),
    Field("is_core_function", "涉及核心职能", shape=Shape.YESNO, width=8),
    Field("is_complaint", "群众反映强烈", shape=Shape.YESNO, width=8),
    *_days("promise", "承诺办结时限", "承诺时限"),
    *_days("anticipate", "法定办结时限", "法定时限"),
    Field("limit_scene_num", "到办事现场次数", 99, Shape.NUMBER, hint="办事指南公布的次数", width=10),
    Field("materials", "申请材料", 4000, Shape.LINES, hint="一项一行，或者用分号隔开", width=32),
    Field("fee", "收费", 200),
    Field("transact_addr", "办理地点", 200, width=20),
    Field("transact_time", "办理时间", 200, width=20),
    Field("link_way", "咨询方式", 200),
    Field("sector", "行业", 30),
    Field("dept_name", "实施主体"),
    Field("task_code", "实施编码", 64),
    Field("catalog_code", "基本编码", 64),
    Field("known_problems", "已知突出问题", 1000, width=26, hint="从投诉、好差评和查摆中梳理"),
)
FIELDS = {Kind.UNITS: UNITS, Kind.ITEMS: ITEMS}
