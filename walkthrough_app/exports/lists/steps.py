"""How long each step of each walk took."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import clock
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import Batch, Listing
from walkthrough_app.figures.models import StepFigure, WalkFigure
from walkthrough_app.reports import reach

COLUMNS = (
    Column("活动", 26, is_wrapped=True),
    Column("单位", 24, is_wrapped=True),
    Column("事项", 28, is_wrapped=True),
    Column("体验日期"),
    Column("环节", 12),
    Column("用时（分钟）"),
    Column("手工填写", 9),
)
KEY = (WalkFigure.day, WalkFigure.walk_id, StepFigure.step)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    found = select(*KEY, StepFigure, Unit.name, Campaign.title).select_from(WalkFigure)
    found = found.join(StepFigure, StepFigure.walk_id == WalkFigure.walk_id)
    found = found.join(Unit, Unit.id == WalkFigure.unit_id).join(Campaign, Campaign.id == WalkFigure.campaign_id)
    found = found.where(reach.walks(user, WalkFigure), paging.of_unit(filters, WalkFigure.unit_id))
    if filters.text:
        found = found.where(WalkFigure.task_name.contains(filters.text, autoescape=True))
    return found


def batch(user: User, filters: Filters, after: Any) -> Batch:
    return paging.by_campaign(user, filters, after, query(user, filters), WalkFigure.campaign_id, KEY, cells)


def count(user: User, filters: Filters) -> int:
    return paging.count(query(user, filters).where(paging.of_campaigns(user, filters, WalkFigure.campaign_id)))


def cells(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[tuple[Cell, ...]]:
    names = Names()
    return [
        (
            campaign,
            unit,
            step.task_name,
            day,
            names.step(step.campaign_id, step.step),
            clock.minutes(step.seconds),
            paging.yes(step.is_typed),
        )
        for day, _, _, step, unit, campaign in rows
    ]


LISTING = Listing(
    key="steps",
    title="各环节用时",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("campaign", "unit", "lane", "text"),
)
