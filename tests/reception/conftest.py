"""The desk's scenes: a submitted report, the same sent back and corrected, and many from many units."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import people
from tests.reports import stage, story
from tests.reports.conftest import confirmed, received, report, store, submitted, walk
from tests.scenes import add_item
from walkthrough_app.accounts.models import OrgClass, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import service as desk
from walkthrough_app.reception.models import Thread
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportVersion

__all__ = ["confirmed", "received", "report", "store", "submitted", "walk"]
Doors = Callable[[User], FlaskClient]
PLACE = "p:outlook"


@pytest.fixture
def corrected(cast: SimpleNamespace, submitted: Report, store: LocalStore) -> Report:
    """Sent back, corrected and handed in again as version 2."""
    service.return_(submitted, ["附件不全"], by=cast.style)
    service.take_back(submitted, by=cast.liaison)
    service.rewrite(submitted, "outlook", "下一步，我局将逐条落实整改措施。", by=cast.liaison)
    stage.confirm(submitted, by=cast.head, store=store)
    service.submit(submitted, by=cast.liaison)
    db.session.commit()
    return submitted


@pytest.fixture
def thread(cast: SimpleNamespace, submitted: Report) -> Thread:
    made = desk.comment(submitted.versions[0], PLACE, "请写明时限。", by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    return made


@pytest.fixture
def county_desk(cast: SimpleNamespace) -> User:
    """Somebody of the same lane who sits in a county's own office."""
    office = Unit(name="示例县作风整顿办", org_class=OrgClass.OFFICE, parent_id=cast.county.unit_id)
    db.session.add(office)
    db.session.flush()
    made = people.person("county_style", "组长", Role.GROUP_STYLE, office)
    db.session.commit()
    return made


@pytest.fixture
def hand_in(campaign: Campaign, store: LocalStore) -> Callable[..., Report]:
    """Have a new unit hand in a report; its walk is the same as everybody's."""

    def make(name: str, org_class: OrgClass = OrgClass.CITY_DEPT, parent: Unit | None = None) -> Report:
        unit = people.unit(name, org_class)
        unit.parent_id = parent.id if parent else None
        head = people.person(f"head-{name}", "局长", Role.HEAD, unit)
        told = story.short(name, must_walk=[])
        made = service.draft(
            campaign, head, [stage.put_walk(head, campaign, add_item(unit, name), told, store)], by=head
        )
        stage.confirm(made, by=head, store=store)
        service.submit(made, by=head)
        db.session.commit()
        return made

    return make


def version(report: Report, number: int = 1) -> ReportVersion:
    return next(one for one in report.versions if one.number == number)
