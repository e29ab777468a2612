"""The 21 sample items: real figures of public guides, in invented units."""

from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

import yaml

from walkthrough_app.campaigns.models import DayType, ItemKind

NOTE = "示例数据，以当地办事指南为准"
ENUMS: dict[str, type[DayType] | type[ItemKind]] = {
    "item_kind": ItemKind,
    "anticipate_type": DayType,
    "promise_type": DayType,
}


class SampleItem(TypedDict):
    """`unit` is the unit's name; `fields` is what service.add_item takes besides `unit` and `by`."""

    key: str
    unit: str
    fields: dict[str, Any]


def sample_items() -> list[SampleItem]:
    return [_item(dict(row)) for row in _rows()]


@cache
def _rows() -> list[dict[str, Any]]:
    text = files(__package__).joinpath("data", "service_items.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def _item(row: dict[str, Any]) -> SampleItem:
    key, unit = row.pop("key"), row.pop("unit")
    fields = {name: ENUMS[name](value) if name in ENUMS else value for name, value in row.items()}
    fields["source_flag"] = f"{NOTE}。数据来源：{row['source_flag']}。"
    return {"key": key, "unit": unit, "fields": fields}
