"""No tables of its own: the orders in which the board reads those of lower features."""

from sqlalchemy import Index

from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.reports.models import ReportVersion, report_walk
from walkthrough_app.walkthroughs.models import Walkthrough

# Catalogues are counted by unit without opening an item.
Index(
    "ix_service_item_board",
    ServiceItem.unit_id,
    ServiceItem.is_active,
    ServiceItem.is_important,
    ServiceItem.is_core_function,
    ServiceItem.is_complaint,
    ServiceItem.id,
)
# A version's row is as long as its report; where it stands is read beside it.
Index(
    "ix_report_version_board",
    ReportVersion.report_id,
    ReportVersion.number,
    ReportVersion.confirmed_at,
    ReportVersion.submitted_at,
    ReportVersion.is_late,
    ReportVersion.returned_at,
    ReportVersion.received_at,
)
Index("ix_report_walk_walk", report_walk.c.walk_id)
Index("ix_walkthrough_stopped", Walkthrough.campaign_id, Walkthrough.state, Walkthrough.updated_at)
