"""Short lists of a questionnaire as tables: modes, thresholds, papers, tags, focal points. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.authoring.posted import Values, number
from walkthrough_app.core.forms import tidy

BLANK_ROWS = 2


@dataclass(frozen=True)
class Cell:
    """A column: `name` is the path of the member (clause.text), `width` is narrow, middle or wide."""

    name: str
    title: str
    width: str = "middle"
    is_number: bool = False
    is_source: bool = False


@dataclass(frozen=True)
class Table:
    part: str
    hint: str
    stem: str
    cells: tuple[Cell, ...]


CLAUSE = (Cell("clause.seed", "依据文件", "narrow", is_source=True), Cell("clause.text", "原文", "wide"))
TABLES = {
    "modes": Table(
        "modes",
        "每种方式走一遍同样的环节，或者只走其中几个。",
        "mode",
        (Cell("name", "名称"), Cell("hint", "怎么走", "wide"), *CLAUSE),
    ),
    "thresholds": Table(
        "thresholds",
        "提示规则里用的数，活动可以另定。",
        "limit",
        (Cell("name", "名称", "wide"), Cell("value", "数值", "narrow", is_number=True), Cell("unit", "单位", "narrow")),
    ),
    "sources": Table(
        "sources",
        "题目和方式的依据从这些文件引用；名称不用写书名号。",
        "S",
        (Cell("title", "文件名称", "wide"), Cell("number", "文号")),
    ),
    "tags": Table(
        "tags",
        "问题可以打上的标签，同一组的放在一起。",
        "tag",
        (Cell("name", "名称"), Cell("group", "分组", "narrow"), Cell("hint", "提示", "wide")),
    ),
    "focus": Table("focus", "题目对应的关注点。", "F", (Cell("name", "名称"), Cell("text", "内容", "wide"))),
}


def cell_of(member: Mapping[str, Any], name: str) -> str:
    """Return what a cell shows."""
    head, _, tail = name.partition(".")
    value = member.get(head)
    if tail:
        value = value.get(tail) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


def read_table(table: Table, values: Values, old: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the members of the rows that are not empty; what the table does not show of one stays."""
    known = {str(one.get("id")): one for one in old}
    names = [tidy(one) or "" for one in values.getlist("row")]
    columns = {cell.name: [tidy(one) or "" for one in values.getlist(cell.name)] for cell in table.cells}
    used, found = set(names), []
    for at, name in enumerate(names):
        given = {title: (texts[at] if at < len(texts) else "") for title, texts in columns.items()}
        if not any(text for title, text in given.items() if title != "clause.seed"):
            continue
        mine = name or _free(table.stem, used)
        used.add(mine)
        found.append(_member(table, {**known.get(name, {}), "id": mine}, given))
    return found


def _free(stem: str, used: set[str]) -> str:
    digits = {"S": 3, "F": 2}.get(stem, 1)
    return next(name for name in (f"{stem}{number_:0{digits}}" for number_ in range(1, 1000)) if name not in used)


def _member(table: Table, member: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    for cell in table.cells:
        text = given[cell.name]
        value: Any = number(text, cell.title) if cell.is_number and text else text
        head, _, tail = cell.name.partition(".")
        if tail:
            member[head] = {**(member.get(head) or {}), tail: value}
        elif text:
            member[head] = value
        else:
            member.pop(head, None)
    return member
