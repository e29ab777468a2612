"""Rows of the items' template against the catalogues as they are, and writing the good ones into them."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import DayType, ServiceItem, show_limit
from walkthrough_app.imports import cells, queries
from walkthrough_app.imports.columns import ITEMS, KINDS, LIMITS
from walkthrough_app.imports.verdicts import Review, Verdict

TITLES = {field.key: field.title for field in ITEMS}
ONSPOT = "当场办结"


def review(rows: Sequence[Mapping[str, Any]], by: User | None) -> Review:
    """Say of each row what importing it would do; nothing is written."""
    units = {unit.name: unit for unit in queries.units(by) if unit.lane}
    known = queries.items_by_name(units.values())
    seen: dict[tuple[str, str], int] = {}
    return Review([_verdict(row, units, known, seen) for row in rows])


def _verdict(
    row: Mapping[str, Any],
    units: Mapping[str, Unit],
    known: Mapping[tuple[uuid.UUID, str], ServiceItem],
    seen: dict[tuple[str, str], int],
) -> Verdict:
    verdict = Verdict(row["number"], str(row.get("task_name") or row.get("unit") or "")[:40])
    cells.read_row(verdict, row, ITEMS)
    values = verdict.values
    unit = _unit(verdict, units)
    _check_twice(verdict, seen)
    _check_limit(verdict, "promise")
    _check_limit(verdict, "anticipate")
    _check_promise(verdict)
    if verdict.problems or unit is None:
        return verdict
    verdict.values = _fields(values) | {"unit": unit}
    item = known.get((unit.id, values["task_name"]))
    verdict.is_new = item is None
    if item:
        verdict.values["item"] = item
        verdict.changes = _changes(item, verdict.values)
    return verdict


def _unit(verdict: Verdict, units: Mapping[str, Unit]) -> Unit | None:
    name = verdict.values.get("unit", "")
    if not name:
        return None
    if name not in units:
        close = queries.closest(name, units)
        hint = f"是不是“{close}”？" if close else "请先导入单位，或者照“单位与事项”里的全称写。"
        verdict.refuse(TITLES["unit"], f"没有名称是“{name}”的单位。{hint}")
    return units.get(name)


def _check_twice(verdict: Verdict, seen: dict[tuple[str, str], int]) -> None:
    key = (verdict.values.get("unit", ""), verdict.values.get("task_name", ""))
    if not all(key):
        return
    first = seen.setdefault(key, verdict.number)
    if first != verdict.number:
        verdict.refuse(TITLES["task_name"], f"和第{first}行是同一个单位的同一个事项，请只留一行。")


def _check_limit(verdict: Verdict, limit: str) -> None:
    """Hold a time limit together: a number with its unit, or 当场办结 alone."""
    days, day_type = verdict.values.get(f"{limit}_day"), verdict.values.get(f"{limit}_type")
    title, unit = TITLES[f"{limit}_day"], TITLES[f"{limit}_type"]
    if day_type == ONSPOT and days:
        verdict.refuse(title, f"“{unit}”写了当场办结，就不要再写{days}，请空着。")
    elif day_type and day_type != ONSPOT and not days and not _is_bad(verdict, title):
        verdict.refuse(title, f"有单位“{day_type}”但没有天数，请填天数，当场能办的把单位改为当场办结。")
    elif days and not day_type and not _is_bad(verdict, unit):
        verdict.refuse(unit, f"写了{days}但没有单位，请选工作日或日。")


def _is_bad(verdict: Verdict, column: str) -> bool:
    return any(problem.column == column for problem in verdict.problems)


def _check_promise(verdict: Verdict) -> None:
    """Refuse a promise that is surely longer than the law allows: n working days are never fewer days than n days."""
    promise, law = (_limit(verdict.values, name) for name in ("promise", "anticipate"))
    if verdict.problems or promise is None or law is None:
        return
    is_comparable = promise[1] == law[1] or law[1] is not DayType.WORKDAY
    if is_comparable and promise[0] > law[0]:
        text = f"承诺的{show_limit(*promise)}比法定的{show_limit(*law)}还长，请核对两个时限。"
        verdict.refuse(TITLES["promise_day"], text)


def _limit(values: Mapping[str, Any], name: str) -> tuple[int, DayType] | None:
    day_type = LIMITS.get(values.get(f"{name}_type", ""))
    return (values.get(f"{name}_day") or 0, day_type) if day_type else None


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the service takes, but for the unit."""
    fields = {name: value for name, value in values.items() if name != "unit"}
    for name in ("promise_type", "anticipate_type"):
        if name in fields:
            fields[name] = LIMITS.get(fields[name])
            if fields[name] is DayType.ONSPOT:
                fields[name.replace("type", "day")] = 0
    return fields | {"item_kind": KINDS[fields["item_kind"]]}


def _changes(item: ServiceItem, values: Mapping[str, Any]) -> list[str]:
    changes = [] if item.is_active else ["恢复到目录"]
    for name, value in values.items():
        was = getattr(item, name, None)
        if name in TITLES and name != "unit" and was != value:
            changes.append(f"{TITLES[name]}：{_shown(was)}→{_shown(value)}")
    return changes


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return f"{len(value)}项"
    if isinstance(value, DayType):
        return next(words for words, kind in LIMITS.items() if kind is value)
    text = str(getattr(value, "label", value) if value is not None else "")
    return (text[:20] + "…" if len(text) > 20 else text) or "空"


def apply(verdicts: Sequence[Verdict], by: User | None) -> None:
    """Write the rows that change something into the catalogues."""
    campaigns.add_items([ServiceItem(**one.values) for one in verdicts if one.is_new], by=by)
    for verdict in verdicts:
        item = verdict.values.get("item")
        if item is None:
            continue
        fields = {name: value for name, value in verdict.values.items() if name not in {"item", "unit"}}
        if not item.is_active:
            campaigns.restore_item(item, by=by)
        campaigns.change_item(item, by=by, **fields)
