"""Reports of a county's campaign go to the county's own groups; the city looks on, the county never looks up."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import queries, service
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.walkthroughs import queries as walkthroughs

ClientFor = Callable[[User], FlaskClient]


@pytest.fixture
def theirs(cast: SimpleNamespace, county: SimpleNamespace, campaign: Campaign, store: LocalStore) -> Report:
    """What the county's bureau handed in to the county's own campaign."""
    campaign.county_id = cast.county.unit_id
    item = add_item(county.head.unit, "最低生活保障审核确认", is_core_function=True)
    walk = stage.put_walk(county.head, campaign, item, story.short(), store)
    report = service.draft(campaign, county.head, [walk], by=county.liaison)
    stage.confirm(report, by=county.head, store=store)
    service.submit(report, by=county.liaison)
    db.session.commit()
    return report


def test_it_lies_before_the_countys_group_and_its_office(
    theirs: Report, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    readers = {name: stage.on_desk(user) for name, user in (("style", county.style), ("office", county.office))}
    assert readers == {"style": [theirs], "office": [theirs]}
    assert stage.on_desk(county.coord) == []
    assert stage.on_desk(cast.style) == [], "the city's group has no work with it"
    assert stage.on_desk(cast.office) == [theirs]


def test_the_city_looks_on_and_the_county_decides(
    theirs: Report, cast: SimpleNamespace, county: SimpleNamespace, client_for: ClientFor
) -> None:
    for user in (cast.style, cast.office):
        assert client_for(user).get(f"/reports/{theirs.id}").status_code == 200
        with pytest.raises(Forbidden):
            queries.report_to_decide(user, theirs.id)
        with pytest.raises(Forbidden):
            service.receive(theirs, by=user)
    assert client_for(county.style).post(f"/reports/{theirs.id}/receive").status_code == 303
    db.session.expire_all()
    assert theirs.state is ReportState.RECEIVED


def test_a_county_never_sees_what_goes_to_the_city(submitted: Report, county: SimpleNamespace) -> None:
    for user in (county.style, county.office, county.admin):
        with pytest.raises(NotFound):
            queries.report_for(user, submitted.id)
        assert stage.on_desk(user) == []


def test_walks_are_seen_by_the_office_of_their_campaign(
    theirs: Report, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    [walk] = theirs.walks
    for user in (county.office, cast.office):
        assert walkthroughs.walk_for(user, walk.id) is walk
    theirs.campaign.county_id = None
    db.session.flush()
    with pytest.raises(NotFound):
        walkthroughs.walk_for(county.office, walk.id)


@pytest.mark.parametrize(("seconds", "days_late"), [(0, 0), (1, 1), (86_400 * 2, 2)])
def test_working_days_of_grace_pass_before_it_is_late(
    confirmed: Report, cast: SimpleNamespace, seconds: int, days_late: int
) -> None:
    from walkthrough_app.reports import present

    confirmed.campaign.grace_days = 2
    last = clock.end_of_day(clock.add_workdays(confirmed.campaign.report_due, 2))
    with time_machine.travel(last + timedelta(seconds=seconds), tick=False):
        version = service.submit(confirmed, by=cast.head)
    assert version.is_late is (days_late > 0)
    assert present.days_late(confirmed, version) == days_late
