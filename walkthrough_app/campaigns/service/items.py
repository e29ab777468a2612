"""The catalogue: head or liaison of the unit keeps it, and says when it is complete."""

import uuid
from collections.abc import Sequence
from typing import Unpack

from sqlalchemy.exc import IntegrityError

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import Campaign, CatalogConfirmation, DayType, ItemKind, ServiceItem
from walkthrough_app.campaigns.values import ItemChanges, ItemDetails
from walkthrough_app.core import audit, db
from walkthrough_app.core.errors import Conflict, Invalid

TAKEN = "目录里已经有这个名称的事项了；移出目录的，可以在“已移出”里恢复。"
FLAGS = ("is_important", "is_core_function", "is_complaint")


def add_item(
    *, unit: Unit, task_name: str, item_kind: ItemKind, by: User | None, **details: Unpack[ItemDetails]
) -> ServiceItem:
    """Add an item to the unit's catalogue; Invalid when its name is in it already or a time limit is incomplete."""
    item = ServiceItem(unit=unit, unit_id=unit.id)
    _fill(item, {**details, "task_name": task_name, "item_kind": item_kind})
    audit.record("item.added", item, by=by, task_name=task_name, must_walk=item.must_walk_reasons)
    return item


def add_items(items: Sequence[ServiceItem], *, by: User | None) -> None:
    """Add many new items at once, all or none; Invalid when a name is in a catalogue already or a limit incomplete."""
    for item in items:
        item.id = uuid.uuid4()  # the audit names it before the one insert for all
        for limit in ("anticipate", "promise"):
            _check_limit(item, limit)
    try:
        with db.session.begin_nested():
            db.session.add_all(items)
    except IntegrityError as error:
        raise Invalid("task_name", TAKEN) from error
    for item in items:
        audit.record("item.added", item, by=by, task_name=item.task_name, must_walk=item.must_walk_reasons)
    db.session.flush()


def change_item(item: ServiceItem, *, by: User | None, **changes: Unpack[ItemChanges]) -> None:
    """Change what is named; a change of the must-walk flags is noted for itself."""
    queries.lock(item)
    before = _flags(item)
    _fill(item, changes)
    audit.record("item.changed", item, by=by, fields=sorted(changes))
    if _flags(item) != before:
        audit.record("item.must_walk_changed", item, by=by, before=before, after=_flags(item))


def retire_item(item: ServiceItem, *, by: User) -> None:
    """Take an item out of the catalogue; Conflict while it is planned."""
    if queries.is_planned(item):
        raise Conflict("这个事项已经安排了体验，请先取消体验计划，再移出目录。")
    _set_active(item, is_active=False, by=by)


def restore_item(item: ServiceItem, *, by: User | None) -> None:
    _set_active(item, is_active=True, by=by)


def confirm_catalog(campaign: Campaign, unit: Unit, *, by: User) -> CatalogConfirmation:
    """Say that the unit's catalogue is complete (S002-11); saying it again changes nothing."""
    known = queries.confirmation(campaign, unit)
    if known:
        return known
    items = queries.items_of(unit)
    if not items:
        raise Conflict("目录里还没有事项，请先添加本单位的审批和公共服务事项，再确认目录。")
    made = CatalogConfirmation(campaign_id=campaign.id, unit_id=unit.id, confirmed_by_id=by.id)
    db.session.add(made)
    db.session.flush()
    audit.record("catalog.confirmed", made, by=by, unit=unit.name, items=len(items))
    return made


def _set_active(item: ServiceItem, *, is_active: bool, by: User | None) -> None:
    if item.is_active is is_active:
        return
    item.is_active = is_active
    db.session.flush()
    audit.record("item.restored" if is_active else "item.retired", item, by=by)


def _flags(item: ServiceItem) -> dict[str, bool]:
    return {name: bool(getattr(item, name)) for name in FLAGS}


def _fill(item: ServiceItem, changes: ItemChanges) -> None:
    try:
        with db.session.begin_nested():
            for name, value in changes.items():
                setattr(item, name, value)
            for limit in ("anticipate", "promise"):
                _check_limit(item, limit)
            db.session.add(item)
    except IntegrityError as error:
        raise Invalid("task_name", TAKEN) from error


def _check_limit(item: ServiceItem, limit: str) -> None:
    """Hold a time limit together: a number with its unit, or 当场办结 alone."""
    days, day_type = getattr(item, f"{limit}_day"), getattr(item, f"{limit}_type")
    if day_type is DayType.ONSPOT:
        setattr(item, f"{limit}_day", 0)
    elif day_type and not days:
        raise Invalid(f"{limit}_day", "请填天数，或者把单位改为当场办结。")
    elif days and not day_type:
        raise Invalid(f"{limit}_type", "请选天数的单位。")
