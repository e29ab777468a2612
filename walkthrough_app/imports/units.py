"""Rows of the units' template against the units and people there are, and writing the good ones."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.accounts import realm
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import OrgClass, Unit, User
from walkthrough_app.imports import cells, people, queries
from walkthrough_app.imports.columns import CLASSES, POSTS, UNITS
from walkthrough_app.imports.verdicts import Review, Verdict

NAME, CLASS, PARENT = "单位名称", "类别", "上级（县）"


@dataclass
class World:
    """What rows are held against: what there is, and what earlier rows of the file bring."""

    own: Unit | None
    units: Mapping[str, Unit]
    counties: set[str]
    people: people.Register
    seen: dict[str, int] = field(default_factory=dict)


def review(rows: Sequence[Mapping[str, Any]], by: User | None) -> Review:
    """Say of each row what importing it would do; nothing is written."""
    world = _world(by)
    verdicts = [_read(row) for row in rows]
    world.counties |= {one.values.get("name", "") for one in verdicts if _is_county(one)}
    for verdict in verdicts:
        _judge(verdict, world)
    return Review(verdicts)


def _world(by: User | None) -> World:
    known = queries.units(by)
    county = realm.county_of(by) if by else None
    counties = {unit.name for unit in known if unit.org_class is OrgClass.COUNTY and unit.parent_id is None}
    own = next((unit for unit in known if unit.id == county), None)
    return World(own, {unit.name: unit for unit in queries.all_units()}, counties, people.Register(queries.people()))


def _read(row: Mapping[str, Any]) -> Verdict:
    verdict = Verdict(row["number"], str(row.get("name") or "")[:40])
    cells.read_row(verdict, row, UNITS)
    return verdict


def _is_county(verdict: Verdict) -> bool:
    org_class, is_below = CLASSES.get(verdict.values.get("org_class", ""), (None, False))
    return org_class is OrgClass.COUNTY and not is_below


def _judge(verdict: Verdict, world: World) -> None:
    name = verdict.values.get("name", "")
    first = world.seen.setdefault(name, verdict.number) if name else verdict.number
    if first != verdict.number:
        verdict.refuse(NAME, f"和第{first}行是同一个单位，请合并成一行。")
        return
    unit = world.units.get(name)
    _check_place(verdict, world)
    if unit:
        _check_known(verdict, unit, world)
    people.judge(verdict, unit, world.people)
    verdict.is_new = unit is None
    if unit and not verdict.problems:
        verdict.changes = people.changes(verdict)


def _check_place(verdict: Verdict, world: World) -> None:
    """A unit of the city has no parent; one of a county names the county, and its class is the county's."""
    label, parent = verdict.values.get("org_class", ""), verdict.values.get("parent", "")
    if world.own and verdict.values.get("name") == world.own.name:
        return _check_own(verdict)
    if world.own and not parent:
        parent = verdict.values["parent"] = world.own.name
    if parent and parent not in world.counties:
        return verdict.refuse(PARENT, _no_county(parent, world))
    if not label:
        return None
    org_class, is_below = CLASSES[label]
    mine = [one for one, (kind, below) in CLASSES.items() if kind is org_class and below]
    if parent and not is_below and label != mine[0]:
        return verdict.refuse(CLASS, f"有上级的是县里的单位，类别请写“{mine[0]}”；市里的单位请把“{PARENT}”空着。")
    if not parent and is_below:
        return verdict.refuse(PARENT, f"“{label}”是县里的单位，请写它所在的县（市）区。")
    return None


def _check_own(verdict: Verdict) -> None:
    """A county's office may bring its own county up to date, as it stands in the city."""
    if verdict.values.get("parent"):
        verdict.refuse(PARENT, "县（市）区自己没有上级，请空着。")


def _no_county(name: str, world: World) -> str:
    if world.own:
        return f"您只能导入{world.own.name}的单位，上级请写“{world.own.name}”或者空着。"
    close = queries.closest(name, world.counties)
    hint = f"是不是“{close}”？" if close else "请先把县（市）区写成一行，类别选“县（市）区”。"
    return f"没有叫“{name}”的县（市）区。{hint}"


def _check_known(verdict: Verdict, unit: Unit, world: World) -> None:
    """A unit that is there keeps its class and its place: lanes and plans hang on them."""
    label, parent = verdict.values.get("org_class"), verdict.values.get("parent", "")
    above = next((one.name for one in world.units.values() if one.id == unit.parent_id), "")
    if unit.org_class is OrgClass.OFFICE or (world.own and not _is_of(unit, world.own)):
        verdict.refuse(NAME, "已经有这个名称的单位，它不归您导入，请换一个名称。")
    elif label and CLASSES[label][0] is not unit.org_class:
        verdict.refuse(CLASS, f"这个单位已经登记为“{unit.class_label}”，导入不能改类别，请写“{unit.class_label}”。")
    elif "parent" in verdict.values and parent != above:
        verdict.refuse(PARENT, f"这个单位登记的上级是“{above or '空'}”，导入不能改上级，请照原来的写。")


def _is_of(unit: Unit, own: Unit) -> bool:
    return own.id in {unit.id, unit.parent_id}


def apply(verdicts: Sequence[Verdict], by: User | None) -> None:
    """Add what is new, the counties first, and bring the people up to date."""
    known = {unit.name: unit for unit in queries.all_units()}
    for verdict in sorted(verdicts, key=lambda one: bool(one.values.get("parent"))):
        name = verdict.values["name"]
        unit = known.get(name) or _add(verdict, known.get(verdict.values.get("parent", "")), by)
        known[name] = unit
        people.apply(verdict, unit, by)


def _add(verdict: Verdict, parent: Unit | None, by: User | None) -> Unit:
    org_class, _ = CLASSES[verdict.values["org_class"]]
    return accounts.add_unit(name=verdict.values["name"], org_class=org_class, parent=parent, by=by)


def as_rows(units: Sequence[Unit], members: Mapping[uuid.UUID, Sequence[User]]) -> list[list[str]]:
    """Return the units as rows of the template, for changing and importing again."""
    names = {unit.id: unit.name for unit in units}
    return [_as_row(unit, names, members.get(unit.id, ())) for unit in units if unit.lane]


def _as_row(unit: Unit, names: Mapping[uuid.UUID, str], members: Sequence[User]) -> list[str]:
    row = [unit.name, unit.class_label, names.get(unit.parent_id, "") if unit.parent_id else ""]
    rest = list(members)
    for post in POSTS:
        person = next((one for one in rest if one.role is post.role), None)
        if person:
            rest.remove(person)
        row += [person.name, person.post, person.username] if person else ["", "", ""]
    return row
