"""The walks, one a row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import Batch, Listing
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.reports import reach
from walkthrough_app.walkthroughs.models import STATE_LABELS

COLUMNS = (
    Column("活动", 26, is_wrapped=True),
    Column("单位", 24, is_wrapped=True),
    Column("工作组"),
    Column("事项", 28, is_wrapped=True),
    Column("体验日期"),
    Column("体验人", 10),
    Column("方式", 9),
    Column("模拟体验", 9),
    Column("状态", 13),
    Column("走完全程", 9),
    Column("总用时（分钟）"),
    Column("等候（分钟）"),
    Column("跑动次数", 9),
    Column("窗口数", 9),
    Column("要求材料数", 10),
    Column("指南以外材料数", 13),
    Column("指南材料数", 10),
    Column("承诺工作日", 10),
    Column("实际工作日", 10),
    Column("照片", 7),
    Column("录像录音", 9),
    Column("发现问题", 9),
)
KEY = (WalkFigure.day, WalkFigure.walk_id)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    found = select(*KEY, WalkFigure, Unit.name, Campaign.title).select_from(WalkFigure)
    found = found.join(Unit, Unit.id == WalkFigure.unit_id).join(Campaign, Campaign.id == WalkFigure.campaign_id)
    found = found.where(reach.walks(user, WalkFigure), paging.of_unit(filters, WalkFigure.unit_id))
    if filters.state:
        found = found.where(WalkFigure.state == filters.state)
    if filters.text:
        found = found.where(WalkFigure.task_name.contains(filters.text, autoescape=True))
    return found


def batch(user: User, filters: Filters, after: Any) -> Batch:
    return paging.by_campaign(user, filters, after, query(user, filters), WalkFigure.campaign_id, KEY, cells)


def count(user: User, filters: Filters) -> int:
    return paging.count(query(user, filters).where(paging.of_campaigns(user, filters, WalkFigure.campaign_id)))


def cells(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[tuple[Cell, ...]]:
    return [_cells(walk, unit, campaign) for _, _, walk, unit, campaign in rows]


def _cells(walk: WalkFigure, unit: str, campaign: str) -> tuple[Cell, ...]:
    return (
        campaign,
        unit,
        walk.lane.label if walk.lane else "",
        walk.task_name,
        walk.day,
        "一把手" if walk.is_by_head else "分管领导",
        walk.mode.label,
        paging.yes(walk.is_simulated),
        walk.state.label,
        paging.yes(walk.is_full),
        clock.minutes(walk.total_seconds),
        clock.minutes(walk.wait_seconds),
        walk.trips,
        walk.windows,
        walk.materials,
        walk.extra_materials,
        walk.listed_materials,
        walk.promise_days,
        walk.actual_days,
        walk.photos,
        walk.clips,
        walk.findings,
    )


LISTING = Listing(
    key="walks",
    title="走流程记录",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("campaign", "unit", "lane", "state", "text"),
    states={state.value: label for state, label in STATE_LABELS.items()},
)
