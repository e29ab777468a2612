"""The problems, one a row, with what is done about them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, or_, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.names import Names
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import Batch, Listing
from walkthrough_app.figures.models import FindingFigure
from walkthrough_app.reports import reach
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

COLUMNS = (
    Column("活动", 26, is_wrapped=True),
    Column("单位", 24, is_wrapped=True),
    Column("事项", 28, is_wrapped=True),
    Column("环节", 10),
    Column("类别", 22, is_wrapped=True),
    Column("严重程度", 9),
    Column("问题", 36, is_wrapped=True),
    Column("事实", 50, is_wrapped=True),
    Column("整改类型", 10),
    Column("整改措施", 50, is_wrapped=True),
    Column("整改时限"),
    Column("发现时间", 17),
    Column("佐证照片", 9),
)
KEY = (FindingFigure.found_at, FindingFigure.id, FindingFigure.walk_id)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    found = select(*KEY, FindingFigure, Unit.name, Campaign.title).select_from(FindingFigure)
    found = found.join(Unit, Unit.id == FindingFigure.unit_id).join(Campaign, Campaign.id == FindingFigure.campaign_id)
    found = found.where(reach.walks(user, FindingFigure), paging.of_unit(filters, FindingFigure.unit_id))
    if filters.category:
        found = found.where(FindingFigure.category.startswith(filters.category, autoescape=True))
    if filters.state:
        found = found.where(FindingFigure.rectify_type == filters.state)
    if filters.text:
        words = (FindingFigure.title, FindingFigure.fact, FindingFigure.task_name)
        found = found.where(or_(*(one.contains(filters.text, autoescape=True) for one in words)))
    return found


def batch(user: User, filters: Filters, after: Any) -> Batch:
    return paging.by_campaign(user, filters, after, query(user, filters), FindingFigure.campaign_id, KEY, cells)


def count(user: User, filters: Filters) -> int:
    return paging.count(query(user, filters).where(paging.of_campaigns(user, filters, FindingFigure.campaign_id)))


def cells(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[tuple[Cell, ...]]:
    names = Names()
    return [_cells(names, finding, unit, campaign) for *_, finding, unit, campaign in rows]


def _cells(names: Names, one: FindingFigure, unit: str, campaign: str) -> tuple[Cell, ...]:
    return (
        campaign,
        unit,
        one.task_name,
        names.step(one.campaign_id, one.step),
        names.category(one.campaign_id, one.category),
        names.severity(one.campaign_id, one.severity),
        one.title,
        one.fact,
        RECTIFY_TYPES.get(one.rectify_type or "", ""),
        one.measure,
        one.due_on,
        one.found_at,
        one.photos,
    )


LISTING = Listing(
    key="problems",
    title="发现的问题",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("campaign", "unit", "lane", "category", "state", "text"),
    states=RECTIFY_TYPES,
)
