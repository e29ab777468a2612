"""Planning: what is not yet planned comes first, who walks what and when."""

import uuid
from datetime import timedelta

import pytest

from tests.campaigns.conftest import planned
from tests.campaigns.doors import deeds, entries, refusal, value
from walkthrough_app.campaigns import progress, queries, service
from walkthrough_app.campaigns.models import CampaignState, Mode, PlanState
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs import service as walking
from walkthrough_app.walkthroughs.service import Beginning


def test_the_liaison_plans_a_walk_for_the_head(plan_it, item, cast) -> None:
    answer = plan_it(item, focus_point="一次性告知", difficulty="换窗口", test_question="几个窗口？")
    (made,) = entries()
    assert answer.status_code == 303
    assert (made.walker, made.item, made.mode, made.state) == (cast.head, item, Mode.IN_PERSON, PlanState.CONFIRMED)
    assert (made.focus_point, made.difficulty, made.test_question) == ("一次性告知", "换窗口", "几个窗口？")
    assert not made.is_delegated
    assert deeds(made.id) == ["plan.made"]


def test_the_plan_shows_first_what_is_not_planned_and_what_the_head_must_walk(liaison, item, must_walk_item, campaign):
    page = liaison.get("/plan").text
    assert "还没有安排 2 项" in page
    assert page.index("居民身份证补领") < page.index("居住证申领")
    assert "须一把手本人" in page


def test_the_plan_counts_what_is_planned_begun_and_walked(cast, campaign, item, must_walk_item) -> None:
    made = planned(cast.head, must_walk_item, campaign, by=cast.liaison)
    walking.start(made, Beginning(), by=cast.head, tap=uuid.uuid4())
    seen = queries.coverage(campaign, cast.head.unit)
    assert (seen.items, seen.must_walk, seen.planned, seen.must_walk_planned) == (2, 1, 1, 1)
    assert (seen.begun, seen.done, seen.unplanned, seen.delegated) == (1, 0, 1, 0)


def test_a_change_is_kept(liaison, entry, filled, cast) -> None:
    answer = liaison.post(f"/plan/{entry.id}", data=filled(mode="accompanied", focus_point="排队"))
    (made,) = entries()
    assert answer.status_code == 303
    assert (made.walker, made.mode, made.focus_point) == (cast.head, Mode.ACCOMPANIED, "排队")
    assert not made.is_delegated
    assert made.delegated_by_id is None
    assert deeds(made.id) == ["plan.made", "plan.changed"]


def test_a_new_form_proposes_the_head_and_the_days_that_are_left(liaison, campaign, item, cast) -> None:
    page = liaison.get(f"/plan/new?item={item.id}")
    assert value(page, "from_on") == clock.today().isoformat()
    assert value(page, "to_on") == campaign.walk_due.isoformat()
    assert f'value="{cast.head.id}" checked' in page.text


def test_the_form_to_change_shows_what_is_planned(liaison, entry) -> None:
    page = liaison.get(f"/plan/{entry.id}")
    assert value(page, "delegation_reason") == "事项较多"
    assert value(page, "from_on") == clock.today().isoformat()


def test_dropping_takes_it_out_of_the_plan_and_dropping_twice_is_dropping_once(liaison, entry, cast) -> None:
    for _ in range(2):
        assert liaison.post(f"/plan/{entry.id}/drop").status_code == 303
    assert entries()[0].state is PlanState.DROPPED
    assert queries.tasks_of(cast.deputy) == []
    assert deeds(entry.id) == ["plan.made", "plan.dropped"]
    assert "已取消" in liaison.get(f"/plan/{entry.id}").text


def test_the_walkers_tasks_come_by_deadline(cast, campaign, item, must_walk_item) -> None:
    later = planned(cast.head, item, campaign, by=cast.liaison)
    first = planned(cast.head, must_walk_item, campaign, by=cast.liaison)
    first.to_on = later.to_on - timedelta(days=1)
    assert list(queries.tasks_of(cast.head)) == [first, later]


def test_an_item_is_planned_once_for_a_walker(plan_it, item) -> None:
    plan_it(item)
    assert "不用重复安排" in refusal(plan_it(item), "walker")
    assert len(entries()) == 1


def test_another_walker_may_walk_the_same_item(plan_it, item, cast) -> None:
    plan_it(item)
    plan_it(item, walker=cast.deputy.id, delegation_reason="事项较多")
    assert len(entries()) == 2


def test_a_dropped_item_can_be_planned_again(liaison, entry, item, plan_it, cast) -> None:
    liaison.post(f"/plan/{entry.id}/drop")
    plan_it(item, walker=cast.deputy.id, delegation_reason="事项较多")
    assert [made.state for made in entries()].count(PlanState.CONFIRMED) == 1


@pytest.mark.parametrize(
    ("field", "from_day", "to_day"),
    [("from_on", -6, 3), ("to_on", 0, 11), ("to_on", 4, 3)],
    ids=["before the campaign", "after the deadline", "the end before the beginning"],
)
def test_dates_outside_the_campaign_are_refused(plan_it, item, field, from_day, to_day, no_entry) -> None:
    today = clock.today()
    dates = {"from_on": today + timedelta(days=from_day), "to_on": today + timedelta(days=to_day)}
    assert refusal(plan_it(item, **dates), field)


def test_the_first_and_the_last_day_of_the_campaign_are_inside(plan_it, item, campaign) -> None:
    assert plan_it(item, from_on=campaign.opens_on, to_on=campaign.walk_due).status_code == 303


@pytest.mark.parametrize("day", ["", "明天", "2026-13-01", "2026-02-30"])
def test_a_day_that_is_none_is_refused_and_the_rest_is_kept(plan_it, item, day, no_entry) -> None:
    answer = plan_it(item, to_on=day, focus_point="一次性告知")
    assert refusal(answer, "to_on")
    assert value(answer, "focus_point") == "一次性告知"


@pytest.mark.parametrize("mode", ["", "督查"])
def test_a_mode_that_is_none_is_refused(plan_it, item, mode, no_entry) -> None:
    assert refusal(plan_it(item, mode=mode), "mode")


@pytest.mark.parametrize("mode", ["on_behalf", "accompanied"])
def test_only_a_walk_in_person_is_simulated(plan_it, item, mode, no_entry) -> None:
    assert "只有亲身办" in refusal(plan_it(item, mode=mode, is_simulated="y"), "is_simulated")


def test_a_walk_in_person_may_be_simulated(plan_it, item) -> None:
    plan_it(item, is_simulated="y")
    assert entries()[0].is_simulated


@pytest.mark.parametrize("field", ["focus_point", "difficulty", "test_question", "delegation_reason"])
def test_a_text_that_is_too_long_is_refused_beside_its_field(plan_it, item, field, no_entry) -> None:
    answer = plan_it(item, **{field: "长" * 501})
    assert "个字" in refusal(answer, field)


@pytest.mark.parametrize("query", ["", "?item=", "?item=1", "?item=00000000-0000-4000-8000-000000000000"])
def test_planning_nothing_is_not_found(liaison, campaign, query) -> None:
    assert liaison.get(f"/plan/new{query}").status_code == 404
    assert liaison.post(f"/plan/new{query}").status_code == 404


@pytest.mark.parametrize("address", ["/plan/1", "/plan/x/drop"])
def test_an_id_that_is_none_is_not_found(liaison, address) -> None:
    assert liaison.post(address).status_code == 404


def test_a_campaign_that_is_over_takes_no_plan(liaison, plan_it, entry, item, campaign, filled) -> None:
    campaign.state = CampaignState.CLOSED
    db.session.commit()
    assert plan_it(item).status_code == 404
    assert liaison.post(f"/plan/{entry.id}", data=filled()).status_code == 409
    assert "现在没有进行中的活动" in liaison.get("/plan").text


def test_an_item_taken_out_of_the_catalogue_is_not_planned(plan_it, item, cast, no_entry) -> None:
    service.retire_item(item, by=cast.liaison)
    db.session.commit()
    assert plan_it(item).status_code == 409


def test_once_walked_the_plan_stays_as_it_is(liaison, cast, campaign, item, filled) -> None:
    made = planned(cast.head, item, campaign, by=cast.liaison)
    walking.start(made, Beginning(), by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    assert progress.has_begun(made)
    assert liaison.post(f"/plan/{made.id}", data=filled()).status_code == 409
    assert liaison.post(f"/plan/{made.id}/drop").status_code == 409
    assert "进行中" in liaison.get("/plan").text
    assert 'name="walker"' not in liaison.get(f"/plan/{made.id}").text


def test_with_two_campaigns_the_plan_is_of_the_one_named(liaison, cast, campaign, item, nowhere) -> None:
    other = second_campaign(campaign, cast)
    planned(cast.head, item, campaign, by=cast.liaison)
    assert "已安排 1 项" in liaison.get(f"/plan?campaign={campaign.id}").text
    assert "还没有安排 1 项" in liaison.get(f"/plan?campaign={other.id}").text
    assert liaison.get(f"/plan?campaign={nowhere}").status_code == 404
    assert liaison.get("/plan?campaign=x").status_code == 404


def second_campaign(campaign, cast):
    names = ("programme", "basis_title", "basis_number", "basis_issuer", "opens_on", "walk_due", "report_due")
    fields = {name: getattr(campaign, name) for name in names}
    made = service.create_campaign(title="第二轮", questionnaire=campaign.questionnaire, by=cast.office, **fields)
    db.session.commit()
    return made
