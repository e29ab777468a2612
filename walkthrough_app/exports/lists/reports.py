"""The special reports: how far each is, when it came. A lane sees its own from their handing in on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.documents.workbook import Cell, Column
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.lists import paging
from walkthrough_app.exports.registry import Batch, Listing
from walkthrough_app.reports import reach
from walkthrough_app.reports.models import STATE_LABELS, Report, ReportVersion, report_walk

COLUMNS = (
    Column("活动", 26, is_wrapped=True),
    Column("单位", 26, is_wrapped=True),
    Column("工作组"),
    Column("报告", 10),
    Column("报送人", 14),
    Column("状态", 14),
    Column("版次", 7),
    Column("报送截止"),
    Column("报送时间", 17),
    Column("是否逾期", 9),
    Column("接收时间", 17),
    Column("退回时间", 17),
    Column("退回原因", 36, is_wrapped=True),
    Column("走流程次数", 11),
)
KEY = (Report.created_at, Report.id)
VERSION = aliased(ReportVersion)
VERSION_COLUMNS = (
    VERSION.number,
    VERSION.submitted_at,
    VERSION.is_late,
    VERSION.received_at,
    VERSION.returned_at,
    VERSION.return_reasons,
)


def query(user: User, filters: Filters) -> Select[*tuple[Any, ...]]:
    walks = select(func.count()).where(report_walk.c.report_id == Report.id).scalar_subquery()
    latest = select(func.max(ReportVersion.number)).where(
        ReportVersion.report_id == Report.id, ReportVersion.submitted_at.is_not(None)
    )
    this = and_(VERSION.report_id == Report.id, VERSION.number == latest.scalar_subquery())
    found = select(*KEY, Report, Unit.name, Campaign.title, walks, *VERSION_COLUMNS)
    found = found.select_from(Report).outerjoin(VERSION, this)
    found = found.join(Unit, Unit.id == Report.unit_id).join(Campaign, Campaign.id == Report.campaign_id)
    found = found.where(reach.in_realm(user, Report.unit_id), paging.of_unit(filters, Report.unit_id))
    if user.role is not Role.OFFICE:
        found = found.where(Report.lane == user.role.lane, Report.state.in_(reach.HANDED_IN))
    if filters.state:
        found = found.where(Report.state == filters.state)
    if filters.text:
        found = found.where(Unit.name.contains(filters.text, autoescape=True))
    return found


def batch(user: User, filters: Filters, after: Any) -> Batch:
    return paging.by_campaign(user, filters, after, query(user, filters), Report.campaign_id, KEY, cells)


def count(user: User, filters: Filters) -> int:
    return paging.count(query(user, filters).where(paging.of_campaigns(user, filters, Report.campaign_id)))


def cells(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[tuple[Cell, ...]]:
    return [_cells(*row[2:]) for row in rows]


def _cells(report: Report, unit: str, campaign: str, walks: int, *version: Any) -> tuple[Cell, ...]:
    number, submitted_at, is_late, received_at, returned_at, reasons = version
    return (
        campaign,
        unit,
        report.lane.label,
        report.kind.label,
        report.head.post,
        report.state.label,
        number,
        report.campaign.report_due,
        submitted_at,
        ("逾期" if is_late else "按期") if submitted_at else "",
        received_at,
        returned_at,
        "；".join(map(str, reasons or [])),
        walks,
    )


LISTING = Listing(
    key="reports",
    title="专项报告",
    columns=COLUMNS,
    batch=batch,
    count=count,
    filters=("campaign", "unit", "lane", "state", "text"),
    states={state.value: label for state, label in STATE_LABELS.items()},
)
