"""The service items of the units, as their catalogues have them."""

from typing import Any

from sqlalchemy import Select, select, tuple_

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import BATCH, Batch, Listing
from walkthrough_app.reports import reach

STATES = {"must": "一把手必须亲身体验", "active": "在目录里", "retired": "已移出"}
COLUMNS = (
    Column("单位", 26, is_wrapped=True),
    Column("事项名称", 32, is_wrapped=True),
    Column("事项类型", 14),
    Column("基本编码", 22),
    Column("实施编码", 22),
    Column("行业", 12),
    Column("必须亲身体验的原因", 22),
    Column("法定时限", 12),
    Column("承诺时限", 12),
    Column("到现场次数", 10),
    Column("收费", 16, is_wrapped=True),
    Column("办理地点", 28, is_wrapped=True),
    Column("办理时间", 20, is_wrapped=True),
    Column("咨询方式", 18),
    Column("申请材料", 40, is_wrapped=True),
    Column("在目录里", 9),
)
KEY = (ServiceItem.unit_id, ServiceItem.id)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    found = select(ServiceItem).select_from(ServiceItem).join(Unit, Unit.id == ServiceItem.unit_id)
    found = found.where(reach.units(user), paging.of_unit(filters, ServiceItem.unit_id))
    found = found.where(ServiceItem.is_place.is_(False))
    if filters.state:
        found = found.where(ServiceItem.is_active.is_(filters.state != "retired"))
    if filters.state == "must":
        found = found.where(ServiceItem.is_important | ServiceItem.is_core_function | ServiceItem.is_complaint)
    if filters.text:
        found = found.where(ServiceItem.task_name.contains(filters.text, autoescape=True))
    return found


def batch(user: User, filters: Filters, after: Any) -> Batch:
    found = query(user, filters).order_by(*KEY).limit(BATCH)
    rows = db.session.scalars(found.where(tuple_(*KEY) > after) if after else found).all()
    more = (rows[-1].unit_id, rows[-1].id) if len(rows) == BATCH else None
    return Batch([_cells(one) for one in rows], more)


def count(user: User, filters: Filters) -> int:
    return paging.count(query(user, filters))


def _cells(item: ServiceItem) -> tuple[Cell, ...]:
    return (
        item.unit.name,
        item.task_name,
        item.item_kind.label,
        item.catalog_code,
        item.task_code,
        item.sector,
        "、".join(item.must_walk_reasons),
        item.anticipate,
        item.promise,
        item.limit_scene_num,
        item.fee,
        item.transact_addr,
        item.transact_time,
        item.link_way,
        "、".join(map(str, item.materials)),
        paging.yes(item.is_active),
    )


LISTING = Listing(
    key="items",
    title="事项目录",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("unit", "lane", "state", "text"),
    states=STATES,
)
