"""The form of a service item, under the national names (domain §3.2)."""

from typing import Any, cast

from wtforms import BooleanField, IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional

from walkthrough_app.campaigns.models import DayType, ItemKind, ServiceItem
from walkthrough_app.campaigns.values import ItemChanges
from walkthrough_app.core.forms import BaseForm, choice, long_text, text

DAY_TYPES = [("", "没有规定"), *((kind.value, kind.label) for kind in DayType)]
TEXTS = ("task_name", "task_code", "catalog_code", "sector", "dept_name", "anticipate_explain", "promise_explain",
         "fee", "transact_addr", "transact_time", "link_way", "known_problems")  # fmt: skip
AS_THEY_ARE = ("anticipate_day", "promise_day", "limit_scene_num", "is_important", "is_core_function", "is_complaint")
MOST_MATERIALS, LONGEST_MATERIAL = 60, 100


def _number(label: str, most: int) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(0, most, f"请填 0 到 {most}。")])


def _days(label: str) -> Any:
    return choice(label, DAY_TYPES, needed="", default="")


class ItemForm(BaseForm):
    task_name = text("事项名称", limit=100, needed="请填事项名称。")
    item_kind = choice("事项类别", [(kind.value, kind.label) for kind in ItemKind], needed="请选事项类别。")
    task_code = text("实施编码", limit=64)
    catalog_code = text("基本编码", limit=64)
    sector = text("行业", limit=30)
    dept_name = text("实施主体", limit=60)
    anticipate_day = _number("法定办结时限", 999)
    anticipate_type = _days("法定时限单位")
    anticipate_explain = text("法定时限说明", limit=200)
    promise_day = _number("承诺办结时限", 999)
    promise_type = _days("承诺时限单位")
    promise_explain = text("承诺时限说明", limit=200)
    limit_scene_num = _number("到办事现场次数", 99)
    fee = text("收费", limit=200)
    transact_addr = text("办理地点", limit=200)
    transact_time = text("办理时间", limit=200)
    link_way = text("咨询方式", limit=200)
    materials = long_text("申请材料", limit=4000)
    is_important = BooleanField("重要事项")
    is_core_function = BooleanField("涉及核心职能")
    is_complaint = BooleanField("群众反映强烈")
    known_problems = long_text("已知突出问题", limit=1000)

    @property
    def material_names(self) -> list[str]:
        lines = (line.strip() for line in (self.materials.data or "").splitlines())
        return [line for line in lines if line]

    def validate_materials(self, _field: Any) -> None:
        if len(self.material_names) > MOST_MATERIALS:
            raise ValidationError(f"最多 {MOST_MATERIALS} 项材料。")
        if any(len(name) > LONGEST_MATERIAL for name in self.material_names):
            raise ValidationError(f"每行一项材料，一项最多 {LONGEST_MATERIAL} 个字。")

    def fields_by_name(self) -> ItemChanges:
        """Return what the service takes."""
        fields: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        fields |= {name: self[name].data for name in AS_THEY_ARE}
        for name in ("anticipate_type", "promise_type"):
            fields[name] = DayType(self[name].data) if self[name].data else None
        fields["item_kind"] = ItemKind(self.item_kind.data)
        fields["materials"] = self.material_names
        return cast("ItemChanges", fields)


def filled(item: ServiceItem) -> dict[str, Any]:
    """Return an item as the form shows it."""
    kept = {name: getattr(item, name) for name in (*TEXTS, *AS_THEY_ARE)}
    kinds = {name: getattr(item, name) for name in ("item_kind", "anticipate_type", "promise_type")}
    shown = {name: kind.value if kind else "" for name, kind in kinds.items()}
    return {**kept, **shown, "materials": "\n".join(item.materials)}
