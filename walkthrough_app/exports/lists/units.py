"""The units, one a row for each campaign: what their walks come to. A lane sees what its reports hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select

from walkthrough_app.accounts.models import Lane, Unit, User
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.core import clock
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import Batch, Listing
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.reports import reach
from walkthrough_app.walkthroughs.models import WalkState

COLUMNS = (
    Column("活动", 26, is_wrapped=True),
    Column("单位", 26, is_wrapped=True),
    Column("工作组"),
    Column("走流程次数", 11),
    Column("走过的事项数", 12),
    Column("一把手亲自走", 12),
    Column("亲身办", 9),
    Column("代理办", 9),
    Column("陪同办", 9),
    Column("走完全程", 9),
    Column("总用时（分钟）"),
    Column("等候（分钟）"),
    Column("跑动次数", 9),
    Column("发现问题", 9),
)
W = WalkFigure
KEY = (W.unit_id,)


def _many(condition: ColumnElement[bool] | Any) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


FIGURES = (
    func.count(),
    func.count(W.item_id.distinct()),
    _many(W.is_by_head),
    *(_many(W.mode == mode) for mode in Mode),
    _many(W.is_full),
    func.sum(W.total_seconds),
    func.sum(W.wait_seconds),
    func.sum(W.trips),
    func.sum(W.findings),
)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    found = select(*KEY, Campaign.title, Unit.name, Unit.org_class, *FIGURES).select_from(W)
    found = found.join(Unit, Unit.id == W.unit_id).join(Campaign, Campaign.id == W.campaign_id)
    found = found.where(reach.walks(user, W), W.is_counted, W.state != WalkState.VOID)
    found = found.where(paging.of_unit(filters, W.unit_id))
    if filters.text:
        found = found.where(Unit.name.contains(filters.text, autoescape=True))
    return found.group_by(*KEY, Campaign.title, Unit.name, Unit.org_class)


def batch(user: User, filters: Filters, after: Any) -> Batch:
    return paging.by_campaign(user, filters, after, query(user, filters), W.campaign_id, KEY, cells)


def count(user: User, filters: Filters) -> int:
    grouped = query(user, filters).where(paging.of_campaigns(user, filters, W.campaign_id))
    return paging.count(select(1).select_from(grouped.with_only_columns(W.unit_id).subquery()))


def cells(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[tuple[Cell, ...]]:
    return [_cells(row) for row in rows]


def _cells(row: Row[*tuple[Any, ...]]) -> tuple[Cell, ...]:
    _, campaign, unit, org_class, walks, items, by_head, *modes, full, seconds, waited, trips, findings = row
    lane: Lane | None = org_class.lane
    minutes = (clock.minutes(seconds), clock.minutes(waited))
    return (
        campaign,
        unit,
        lane.label if lane else "",
        walks,
        items,
        by_head,
        *modes,
        full,
        *minutes,
        trips,
        findings,
    )


LISTING = Listing(
    key="units",
    title="各单位情况",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("campaign", "unit", "lane", "text"),
)
