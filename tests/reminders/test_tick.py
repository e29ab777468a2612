"""Each morning those who owe something are told so, once, and nobody else."""

from datetime import date, timedelta

import pytest

from tests.reminders.conftest import MONDAY, ask_for, at, deliveries, plan_for, report_of, tick, told
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts.models import OrgClass, Role, Unit
from walkthrough_app.campaigns.models import Campaign, CampaignState, PlanState
from walkthrough_app.core import clock, db
from walkthrough_app.reminders import service, tasks
from walkthrough_app.reminders.models import Notice
from walkthrough_app.reports.models import ReportState
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

REPORT_WEEK = MONDAY + timedelta(days=11)  # a week before the reports are due, and a Friday


def walk(plan, state: WalkState) -> None:
    db.session.add(
        Walkthrough(
            campaign=plan.campaign,
            unit=plan.walker.unit,
            item=plan.item,
            plan=plan,
            walker=plan.walker,
            questionnaire=plan.campaign.questionnaire,
            mode=plan.mode,
            is_simulated=False,
            state=state,
        )
    )
    db.session.commit()


def test_a_walker_is_told_how_many_walks_are_left(cast, plan) -> None:
    tick()
    assert told(cast.head) == ["还有1个事项没有走完流程，11月30日截止，还有7天。"]
    assert told(cast.liaison) == []
    assert told(cast.deputy) == []


def test_a_unit_without_a_plan_is_told_to_make_one(cast, campaign) -> None:
    tick()
    for user in (cast.stranger, cast.stranger_liaison, cast.county, cast.county_liaison, cast.party):
        assert told(user) == ["本单位还没有安排体验计划，11月30日截止，还有7天。"]
    assert told(cast.deputy) == []


def test_what_the_head_must_walk_and_has_not_planned_is_said_to_head_and_liaison(cast, campaign, item) -> None:
    plan_for(cast.deputy, item, campaign)
    add_item(cast.head.unit, "护照换发", is_core_function=True)
    tick()
    assert told(cast.liaison) == ["有1个必须由一把手亲身体验的事项还没有安排，11月30日截止，还有7天。"]
    assert told(cast.deputy) == ["还有1个事项没有走完流程，11月30日截止，还有7天。"]


@pytest.mark.parametrize("state", [WalkState.AWAITING_RESULT, WalkState.FINISHED])
def test_who_has_walked_is_left_in_peace(cast, plan, state) -> None:
    walk(plan, state)
    tick()
    assert told(cast.head) == []


@pytest.mark.parametrize("state", [WalkState.IN_PROGRESS, WalkState.VOID])
def test_a_walk_begun_or_void_is_still_owed(cast, plan, state) -> None:
    walk(plan, state)
    tick()
    assert len(told(cast.head)) == 1


def test_a_dropped_plan_is_not_owed(cast, campaign, plan) -> None:
    plan.state = PlanState.DROPPED
    db.session.commit()
    tick()
    assert "走完" not in "".join(told(cast.head))


def test_head_and_liaison_are_told_of_the_report(cast, plan) -> None:
    walk(plan, WalkState.FINISHED)
    tick(REPORT_WEEK)
    for user in (cast.head, cast.liaison):
        assert told(user, REPORT_WEEK) == ["专项报告还没有报送，12月11日截止，还有7天。"]
    assert told(cast.deputy, REPORT_WEEK) == []


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.RECEIVED])
def test_who_has_reported_is_left_in_peace(cast, campaign, plan, state) -> None:
    walk(plan, WalkState.FINISHED)
    report_of(cast.head, campaign, state)
    tick(REPORT_WEEK)
    assert told(cast.head, REPORT_WEEK) == told(cast.liaison, REPORT_WEEK) == []


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.CONFIRMED])
def test_a_report_that_is_only_written_is_owed(cast, campaign, plan, state) -> None:
    walk(plan, WalkState.FINISHED)
    report_of(cast.head, campaign, state)
    tick(REPORT_WEEK)
    assert len(told(cast.liaison, REPORT_WEEK)) == 1


def test_a_county_owes_a_report_for_each_of_its_heads(cast, campaign) -> None:
    from tests.people import person

    second = person("second", "县委书记", Role.HEAD, cast.county.unit)
    report_of(cast.county, campaign, ReportState.SUBMITTED)
    tick(REPORT_WEEK)
    assert any("专项报告" in line for line in told(second, REPORT_WEEK))
    assert any("专项报告还没有报送" in line for line in told(cast.county_liaison, REPORT_WEEK))
    assert not any("专项报告" in line for line in told(cast.county, REPORT_WEEK))


def test_days_of_grace_are_not_called_late(cast, campaign, plan) -> None:
    walk(plan, WalkState.FINISHED)
    campaign.grace_days = 2
    db.session.commit()
    day = date(2026, 12, 14)
    tick(day)
    assert told(cast.head, day) == ["专项报告还没有报送，12月11日已经截止，宽限到12月15日。"]


def test_overdue_reports_are_said_on_working_days_only(cast, campaign, plan) -> None:
    walk(plan, WalkState.FINISHED)
    said = [str(day)[5:] for day in _span(date(2026, 12, 12), 12) if tick(day)["people"] and told(cast.head, day)]
    assert said == ["12-14", "12-17", "12-22"]
    assert told(cast.head, date(2026, 12, 17)) == ["专项报告还没有报送，12月11日已经截止，超期6天。"]


def _span(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def test_a_returned_report_is_asked_for_again(cast, campaign, plan) -> None:
    walk(plan, WalkState.FINISHED)
    report = report_of(cast.head, campaign, ReportState.RETURNED)
    tuesday = MONDAY + timedelta(days=1)
    tick(tuesday)
    assert told(cast.liaison, tuesday) == ["专项报告退回补充，请修改后重新报送。"]
    ask_for(report, date(2026, 12, 2))
    wednesday = date(2026, 11, 25)
    tick(wednesday)
    assert told(cast.head, wednesday) == ["专项报告退回补充，请在12月2日前重新报送。"]


def test_everything_one_person_owes_is_one_message(cast, campaign, plan) -> None:
    second = Campaign(**{c.key: getattr(campaign, c.key) for c in Campaign.__table__.columns if c.key != "id"})
    second.title = "第二批"
    db.session.add(second)
    db.session.commit()
    tick()
    assert len(told(cast.head)) == 2
    assert db.session.query(Notice).filter_by(user_id=cast.head.id).count() == 1


def test_a_tick_done_again_adds_nothing(cast, plan) -> None:
    tick()
    before = [(one.user_id, one.lines) for one in db.session.query(Notice)]
    tick()
    assert [(one.user_id, one.lines) for one in db.session.query(Notice)] == before


@pytest.mark.parametrize("state", [CampaignState.DRAFT, CampaignState.CLOSED])
def test_only_open_campaigns_remind(cast, campaign, plan, state) -> None:
    campaign.state = state
    db.session.commit()
    assert tick()["people"] == 0


def test_a_campaign_that_has_not_begun_says_nothing(cast, campaign, plan) -> None:
    campaign.opens_on = MONDAY + timedelta(days=1)
    db.session.commit()
    assert tick()["people"] == 0


def test_who_has_left_is_told_nothing(cast, plan) -> None:
    cast.head.is_active = False
    db.session.commit()
    tick()
    assert told(cast.head) == []


def test_a_group_is_told_what_waits_on_its_desk(cast, campaign) -> None:
    report_of(cast.head, campaign, ReportState.SUBMITTED)
    tick()
    assert told(cast.style) == ["有1份专项报告等着处理，其中新到1份。"]
    assert told(cast.coord) == told(cast.office) == told(cast.admin) == []
    tick(MONDAY + timedelta(days=2))
    assert told(cast.style, MONDAY + timedelta(days=2)) == ["有1份专项报告等着处理。"]


def test_a_group_with_an_empty_desk_is_told_nothing(cast, campaign) -> None:
    report_of(cast.head, campaign, ReportState.RECEIVED)
    tick()
    assert told(cast.style) == []


def test_a_county_reminds_its_own_units_only(cast, campaign) -> None:
    from tests.people import person

    own = Unit(name="示例县公安局", org_class=OrgClass.CITY_DEPT, parent_id=cast.county.unit_id)
    office = Unit(name="示例县作风办", org_class=OrgClass.OFFICE, parent_id=cast.county.unit_id)
    db.session.add_all([own, office])
    db.session.flush()
    head, clerk = person("x", "局长", Role.HEAD, own), person("y", "组长", Role.GROUP_STYLE, office)
    db.session.commit()
    tick()
    assert told(head) == []  # the city's campaign is not the county's departments'
    campaign.county_id = cast.county.unit_id
    report_of(cast.head, campaign, ReportState.SUBMITTED)
    tuesday = MONDAY + timedelta(days=1)
    campaign.walk_due = tuesday
    db.session.commit()
    tick(tuesday)
    assert len(told(head, tuesday)) == 1
    assert told(cast.stranger, tuesday) == []
    assert len(told(clerk, tuesday)) == 1


def test_the_job_does_today_and_never_another_day(cast, plan) -> None:
    for day in (MONDAY - timedelta(days=3), MONDAY):
        jobs.add(tasks.TICK, str(day), {"day": str(day)})
    db.session.commit()
    jobs.run_pending()
    assert {one.day for one in db.session.query(Notice)} == {MONDAY}


def test_nothing_is_sent_where_nobody_set_a_mail_server(cast, plan) -> None:
    cast.head.email = "head@example.gov.cn"
    db.session.commit()
    assert tick()["mails"] == 0
    assert deliveries() == []


def test_looking_writes_nothing(cast, plan) -> None:
    with clock.pinned(at(MONDAY)):
        assert service.look(MONDAY).people
    assert db.session.query(Notice).count() == 0
