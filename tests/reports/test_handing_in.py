"""The way through the lane: submitted (late is marked), withdrawn, returned with reasons, received, supplemented."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from tests import people
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.accounts.models import Lane, OrgClass, Role
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportKind, ReportState
from walkthrough_app.walkthroughs import log

MIDNIGHT = timedelta(seconds=1)


def last_second(report: Report) -> datetime:
    return clock.end_of_day(report.campaign.report_due)


def test_a_confirmed_report_is_handed_in(confirmed: Report, cast: SimpleNamespace) -> None:
    version = service.submit(confirmed, by=cast.liaison)
    assert confirmed.state is ReportState.SUBMITTED
    assert version.submitted_by_id == cast.liaison.id
    assert not version.is_late


def test_handing_in_twice_is_handing_in_once(submitted: Report, cast: SimpleNamespace) -> None:
    version = submitted.versions[0]
    moment = version.submitted_at
    assert service.submit(submitted, by=cast.head) is version
    assert version.submitted_at == moment


@pytest.mark.parametrize(
    ("after", "is_late"), [(timedelta(0), False), (timedelta(seconds=0.9), False), (MIDNIGHT, True)]
)
def test_late_begins_at_midnight_of_beijing(
    confirmed: Report, cast: SimpleNamespace, after: timedelta, *, is_late: bool
) -> None:
    with time_machine.travel(last_second(confirmed) + after, tick=False):
        assert service.submit(confirmed, by=cast.head).is_late is is_late
    assert confirmed.state is ReportState.SUBMITTED


def test_a_draft_cannot_be_handed_in(report: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="确认后再报送"):
        service.submit(report, by=cast.liaison)


@pytest.mark.parametrize("name", ["deputy", "stranger", "stranger_liaison", "style", "office"])
def test_nobody_else_hands_it_in(confirmed: Report, cast: SimpleNamespace, name: str) -> None:
    with pytest.raises(Forbidden):
        service.submit(confirmed, by=getattr(cast, name))


@pytest.mark.parametrize(
    ("org_class", "lane"),
    [
        (OrgClass.CITY_DEPT, Lane.STYLE),
        (OrgClass.PARTY_DEPT, Lane.STYLE),
        (OrgClass.MASS_ORG, Lane.STYLE),
        (OrgClass.COUNTY, Lane.COORD),
    ],
)
def test_the_class_of_the_unit_fixes_the_lane(
    cast: SimpleNamespace, campaign: Campaign, store: LocalStore, org_class: OrgClass, lane: Lane
) -> None:
    head = people.person("someone", "主任", Role.HEAD, people.unit(f"示例单位{org_class}", org_class))
    walk = stage.put_walk(head, campaign, add_item(head.unit, "居住证申领"), story.short(), store)
    report = service.draft(campaign, head, [walk], by=head)
    assert report.lane is lane
    assert stage.confirm(report, by=head, store=store).data["receiver"] == campaign.route(lane).receiver


def test_a_withdrawn_report_counts_as_not_submitted(submitted: Report, cast: SimpleNamespace) -> None:
    service.withdraw(submitted, by=cast.liaison)
    assert submitted.state is ReportState.CONFIRMED
    assert submitted.versions[0].submitted_at is None
    assert stage.on_desk(cast.style) == []


def test_a_report_withdrawn_and_handed_in_after_the_deadline_is_late(submitted: Report, cast: SimpleNamespace) -> None:
    service.withdraw(submitted, by=cast.liaison)
    with time_machine.travel(last_second(submitted) + MIDNIGHT, tick=False):
        assert service.submit(submitted, by=cast.liaison).is_late


def test_the_lane_receives(submitted: Report, cast: SimpleNamespace) -> None:
    service.receive(submitted, by=cast.style)
    assert submitted.state is ReportState.RECEIVED
    assert submitted.versions[0].decided_by_id == cast.style.id


def test_the_lane_returns_with_reasons(submitted: Report, cast: SimpleNamespace) -> None:
    service.return_(submitted, ["佐证照片不足", " "], by=cast.style)
    assert submitted.state is ReportState.RETURNED
    assert submitted.versions[0].return_reasons == ["佐证照片不足"]


def test_returning_needs_a_reason(submitted: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Invalid, match="退回的原因"):
        service.return_(submitted, ["", "  "], by=cast.style)
    assert submitted.state is ReportState.SUBMITTED


@pytest.mark.parametrize("name", ["coord", "office", "head", "admin"])
def test_only_its_own_lane_decides(submitted: Report, cast: SimpleNamespace, name: str) -> None:
    with pytest.raises(Forbidden):
        service.receive(submitted, by=getattr(cast, name))


def test_a_received_report_cannot_be_withdrawn(received: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="不能撤回"):
        service.withdraw(received, by=cast.head)


def test_a_returned_report_comes_again_as_a_new_version(
    submitted: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    service.return_(submitted, ["附件不全"], by=cast.style)
    with pytest.raises(Conflict, match="被退回"):
        service.submit(submitted, by=cast.head)
    service.take_back(submitted, by=cast.liaison)
    stage.confirm(submitted, by=cast.head, store=store)
    service.submit(submitted, by=cast.head)
    assert [version.number for version in submitted.versions] == [1, 2]
    assert submitted.versions[0].return_reasons == ["附件不全"]


def test_a_report_that_came_in_time_is_not_late_when_it_comes_again(
    submitted: Report, cast: SimpleNamespace, store: LocalStore
) -> None:
    service.return_(submitted, ["附件不全"], by=cast.style)
    service.take_back(submitted, by=cast.liaison)
    with time_machine.travel(last_second(submitted) + timedelta(days=2), tick=False):
        stage.confirm(submitted, by=cast.head, store=store)
        assert not service.submit(submitted, by=cast.head).is_late


def test_a_result_that_comes_later_is_told_in_a_supplement(
    cast: SimpleNamespace, campaign: Campaign, must_walk_item: ServiceItem, store: LocalStore
) -> None:
    told = story.passport()
    told.role = "head"
    walk = stage.put_walk(cast.head, campaign, must_walk_item, told, store)
    report = service.draft(campaign, cast.head, [walk], by=cast.head)
    stage.confirm(report, by=cast.head, store=store)
    service.submit(report, by=cast.head)
    service.receive(report, by=cast.style)
    with pytest.raises(Conflict, match="还没有新拿到结果"):
        service.supplement(report, by=cast.head)
    told.tap("step_start", "result", after=60)
    told.tap("result", "result", on=datetime.now(UTC).date().isoformat())
    told.tap("finish", after=5)
    log.append(walk, told.events, by=cast.head, door="sync")
    made = service.supplement(report, by=cast.liaison)
    assert made.kind is ReportKind.SUPPLEMENT
    assert made.supplements_id == report.id
    assert made.walks == [walk]
    assert service.supplement(report, by=cast.liaison) is made


def test_only_a_received_report_is_supplemented(submitted: Report, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="接收以后"):
        service.supplement(submitted, by=cast.head)
