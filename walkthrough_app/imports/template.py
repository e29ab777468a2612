"""The template people fill in: the sheet itself, an example, and how each column is written."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.documents import workbook
from walkthrough_app.documents.workbook import Cell, Column, Sheet
from walkthrough_app.imports import queries, units
from walkthrough_app.imports.columns import FIELDS, ITEMS, LIMITS, Field, Kind, Shape

Row = Sequence[Cell]
EXAMPLE_UNITS: tuple[dict[str, str], ...] = (
    {"name": "示例市公安局", "org_class": "市直部门", "head_name": "王某某", "head_post": "局长",
     "head_username": "gonganju",
     "deputy1_name": "李某某", "deputy1_post": "副局长", "liaison_name": "赵某某", "liaison_post": "办公室主任"},
    {"name": "示例县", "org_class": "县（市）区", "head_name": "陈某某", "head_post": "县委书记",
     "second_name": "孙某某", "second_post": "县长", "liaison_name": "周某某", "liaison_post": "县作风办主任"},
    {"name": "示例县民政局", "org_class": "县直部门", "parent": "示例县", "head_name": "吴某某", "head_post": "局长"},
)  # fmt: skip
EXAMPLE_ITEMS: tuple[dict[str, str], ...] = (
    {"unit": "示例市公安局", "task_name": "居民身份证补领", "item_kind": "公共服务事项", "is_core_function": "是",
     "promise_day": "20", "promise_type": "工作日", "anticipate_day": "60", "anticipate_type": "日",
     "limit_scene_num": "1", "materials": "居民户口簿；居民身份证领取凭证", "fee": "40元/证",
     "transact_time": "工作日 9:00—17:00"},
    {"unit": "示例市公安局", "task_name": "无犯罪记录证明", "item_kind": "公共服务事项", "promise_type": "当场办结",
     "materials": "居民身份证", "fee": "不收费"},
)  # fmt: skip
EXAMPLES = {Kind.UNITS: EXAMPLE_UNITS, Kind.ITEMS: EXAMPLE_ITEMS}
NOTES = {
    Kind.UNITS: "一个单位一行；带*的必填。已经有的单位，再导入就是更新人员，不会删人。填法见“说明”。",
    Kind.ITEMS: "一个事项一行；带*的必填。已经有的事项，再导入就是更新。填法见“说明”。",
}


def book(kind: Kind, *, by: User, is_filled: bool) -> bytes:
    """Return the template as xlsx: empty, or filled with what is there in the user's realm, to change and import."""
    rows = _known(kind, by) if is_filled else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        workbook.write_xlsx(path, [_sheet(kind, rows), _example(kind), _explained(kind)], title=f"{kind.label}导入模板")
        return path.read_bytes()


def _sheet(kind: Kind, rows: Sequence[Row]) -> Sheet:
    fields = FIELDS[kind]
    choices = [(_title(field), _offered(field)) for field in fields if _offered(field)]
    return Sheet(kind.label, _columns(fields), rows, note=NOTES[kind], choices=choices)


def _example(kind: Kind) -> Sheet:
    rows = [[example.get(field.key, "") for field in FIELDS[kind]] for example in EXAMPLES[kind]]
    return Sheet("示例", _columns(FIELDS[kind]), rows, note="这一页是样子，不会导入；请填在第一页。")


def _explained(kind: Kind) -> Sheet:
    columns = [Column("列", 24), Column("必填", 8), Column("怎么写", 60, is_wrapped=True)]
    return Sheet(
        "说明", columns, [[field.title, "必填" if field.is_needed else "", _how(field)] for field in FIELDS[kind]]
    )


def _how(field: Field) -> str:
    offered = f"从这些里选：{'、'.join(_offered(field))}" if _offered(field) else ""
    limit = f"最多{field.limit}个字" if field.shape in {Shape.TEXT, Shape.LINES} else ""
    whole = f"0到{field.limit}的整数" if field.shape is Shape.NUMBER else ""
    return "；".join(part for part in (field.hint, offered, whole, limit) if part)


def _offered(field: Field) -> Sequence[str]:
    return ("是", "否") if field.shape is Shape.YESNO else field.choices


def _columns(fields: Sequence[Field]) -> list[Column]:
    return [Column(_title(field), field.width, is_wrapped=field.shape is Shape.LINES) for field in fields]


def _title(field: Field) -> str:
    return f"{field.title}*" if field.is_needed else field.title


def _known(kind: Kind, by: User) -> Sequence[Row]:
    here = queries.units(by)
    if kind is Kind.UNITS:
        return units.as_rows(here, queries.members(here))
    return [_item(item) for item in queries.items_by_name(here).values() if item.is_active]


def _item(item: ServiceItem) -> Row:
    words = {kind: label for label, kind in LIMITS.items()}
    shown = {
        "unit": item.unit.name,
        "item_kind": item.item_kind.label,
        "materials": "\n".join(item.materials),
        "promise_type": words[item.promise_type] if item.promise_type else "",
        "anticipate_type": words[item.anticipate_type] if item.anticipate_type else "",
    }
    return [_cell(item, field, shown) for field in ITEMS]


def _cell(item: ServiceItem, field: Field, shown: dict[str, str]) -> Cell:
    if field.key in shown:
        return shown[field.key]
    value: Cell = getattr(item, field.key)
    if field.shape is Shape.YESNO:
        return "是" if value else ""
    is_onspot = field.shape is Shape.NUMBER and shown.get(field.key.replace("day", "type")) == "当场办结"
    return None if is_onspot else value
