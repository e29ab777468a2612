"""Puts walks told in tests/reports/story.py into the database, and confirms reports without laying each one out."""

import uuid
from datetime import timedelta

from tests.reports.story import Walk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, Mode, PlanEntry, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import queries as desk
from walkthrough_app.reception.values import Filters
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.service.papers import Papers
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs.models import Walkthrough

MIB = 1024 * 1024
PDF = b"%PDF-1.7 laid out elsewhere"
DOCX = b"PK written elsewhere"


def put_walk(walker: User, campaign: Campaign, item: ServiceItem, told: Walk, store: LocalStore) -> Walkthrough:
    """Plan the item for the walker and store what the phone sent."""
    today = clock.today()
    plan = PlanEntry(
        campaign_id=campaign.id,
        unit_id=item.unit_id,
        item=item,
        walker=walker,
        mode=Mode(told.mode),
        is_simulated=told.is_simulated,
        from_on=today - timedelta(days=3),
        to_on=today,
        delegation_reason=told.reason,
    )
    walk = Walkthrough(
        id=uuid.UUID(told.id),
        campaign=campaign,
        unit=item.unit,
        item=item,
        plan=plan,
        walker=walker,
        questionnaire=campaign.questionnaire,
        mode=Mode(told.mode),
        is_simulated=told.is_simulated,
    )
    db.session.add_all([plan, walk])
    db.session.flush()
    for picture in told.pictures.values():
        store.put(picture, limit=MIB)
    log.append(walk, told.events, by=walker, door="sync")
    db.session.commit()
    return walk


def confirm(report: Report, *, by: User, store: LocalStore) -> ReportVersion:
    """Confirm as the page does, with a paper that was laid out elsewhere."""
    version = service.confirm(report, by=by, ticked=True, store=store)
    service.papers.put_down(version, Papers(store.put(PDF, limit=MIB), len(PDF), 3, store.put(DOCX, limit=MIB)))
    db.session.commit()
    return version


def on_desk(user: User) -> list[Report]:
    """Return the reports that lie before a receiver."""
    listed, _ = desk.page(user, Filters())
    return [one.report for one in listed]
