"""The delegation rule (S002-6, 8, 9, 10): hard, and its refusal names the clause."""

from datetime import timedelta

import pytest

from tests.campaigns.conftest import planned
from tests.campaigns.doors import deeds, entries, refusal
from tests.scenes import add_item
from walkthrough_app.campaigns import rules, service
from walkthrough_app.campaigns.models import Mode
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.walkthroughs import service as walking

CLAUSE = "重要的、涉及核心职能的以及群众反映强烈的审批事项，一把手必须亲身体验"
FLAGS = ("is_important", "is_core_function", "is_complaint")


def test_the_head_walks_what_must_be_walked(plan_it, must_walk_item, cast) -> None:
    assert plan_it(must_walk_item).status_code == 303
    assert entries()[0].walker == cast.head


def test_a_deputy_walks_anything_else_with_a_reason_and_the_delegation_is_noted(plan_it, item, cast) -> None:
    answer = plan_it(item, walker=cast.deputy.id, delegation_reason="因事项较多，不能在规定时间内完成体验")
    (made,) = entries()
    assert answer.status_code == 303
    assert (made.walker, made.delegated_by_id) == (cast.deputy, cast.liaison.id)
    assert made.delegation_reason == "因事项较多，不能在规定时间内完成体验"
    assert made.delegated_at is not None


def test_the_deputy_reads_who_delegated_and_why(client_for, cast, entry) -> None:
    page = client_for(cast.deputy).get(f"/plan/{entry.id}").text
    assert "事项较多" in page
    assert cast.liaison.name in page


def test_a_county_head_walks_the_countys_items(plan_it, campaign, cast, client_for) -> None:
    item = add_item(cast.county.unit, "结婚登记", is_core_function=True)
    answer = plan_it(item, client=client_for(cast.county_liaison), walker=cast.county.id)
    assert answer.status_code == 303


@pytest.mark.parametrize("flag", FLAGS)
def test_a_deputy_may_not_walk_what_the_head_must(plan_it, item, cast, flag, no_entry) -> None:
    setattr(item, flag, True)
    db.session.commit()
    said = refusal(plan_it(item, walker=cast.deputy.id, delegation_reason="事项较多"), "walker")
    assert CLAUSE in said
    assert "S002-10" in said
    assert item.must_walk_reasons[0] in said


def test_the_form_offers_no_deputy_for_what_the_head_must_walk(liaison, campaign, must_walk_item, item, cast) -> None:
    strict = liaison.get(f"/plan/new?item={must_walk_item.id}").text
    free = liaison.get(f"/plan/new?item={item.id}").text
    assert (str(cast.head.id) in strict, str(cast.deputy.id) in strict) == (True, False)
    assert str(cast.deputy.id) in free
    assert CLAUSE in strict
    assert "委托理由（委托分管领导时必填）" in free


@pytest.mark.parametrize("reason", ["", "   ", "\u3000"])
def test_a_delegation_without_a_reason_is_refused_beside_the_reason(plan_it, item, cast, reason, no_entry) -> None:
    said = refusal(plan_it(item, walker=cast.deputy.id, delegation_reason=reason), "delegation_reason")
    assert "因事项较多，不能在规定时间内完成体验" in said
    assert "S002-8" in said


@pytest.mark.parametrize("name", ["liaison", "stranger", "county", "office", "style", "coord", "admin", "party"])
def test_nobody_else_may_walk_not_even_by_a_forged_form(plan_it, item, cast, name, no_entry) -> None:
    answer = plan_it(item, walker=getattr(cast, name).id, delegation_reason="事项较多")
    said = refusal(answer, "walker")
    assert "本单位分管领导" in said
    assert "S002-9" in said


@pytest.mark.parametrize("name", ["head", "deputy"])
def test_a_disabled_account_may_not_walk(plan_it, item, cast, name, no_entry) -> None:
    walker = getattr(cast, name)
    walker.is_active = False
    db.session.commit()
    assert "S002-9" in refusal(plan_it(item, walker=walker.id, delegation_reason="事项较多"), "walker")


@pytest.mark.parametrize("walker", ["", "1", "head", "00000000-0000-4000-8000-000000000000"])
def test_a_walker_who_is_nobody_is_refused(plan_it, item, walker, no_entry) -> None:
    assert refusal(plan_it(item, walker=walker), "walker")


def test_changing_a_plan_keeps_the_rule(liaison, cast, campaign, must_walk_item, filled) -> None:
    made = planned(cast.head, must_walk_item, campaign, by=cast.liaison)
    answer = liaison.post(f"/plan/{made.id}", data=filled(walker=cast.deputy.id, delegation_reason="事项较多"))
    assert CLAUSE in refusal(answer, "walker")
    assert entries()[0].walker == cast.head


def test_handing_on_to_another_deputy_is_a_new_delegation(liaison, entry, cast, filled, client_for) -> None:
    head = client_for(cast.head)
    head.post(f"/plan/{entry.id}", data=filled(walker=cast.deputy2.id, delegation_reason="事项较多"))
    assert (entries()[0].walker, entries()[0].delegated_by_id) == (cast.deputy2, cast.head.id)


def test_an_item_flagged_after_it_was_delegated_breaks_the_plan(liaison, entry, item, cast) -> None:
    assert rules.is_compliant(entry)
    service.change_item(item, is_complaint=True, by=cast.liaison)
    db.session.commit()
    assert not rules.is_compliant(entry)
    for address in ("/plan", f"/plan/{entry.id}"):
        page = liaison.get(address).text
        assert "不合规" in page
        assert CLAUSE in page
    with pytest.raises(Conflict):
        walking.check_start(entry, by=cast.deputy)


def test_a_broken_plan_is_mended_by_giving_it_to_the_head(liaison, entry, item, cast, filled) -> None:
    service.change_item(item, is_important=True, by=cast.liaison)
    db.session.commit()
    liaison.post(f"/plan/{entry.id}", data=filled(walker=cast.head.id))
    assert rules.is_compliant(entries()[0])


def test_the_service_holds_the_rule_without_a_form(campaign, must_walk_item, cast, no_entry) -> None:
    today = clock.today()
    wish = {"mode": Mode.IN_PERSON, "from_on": today, "to_on": today + timedelta(days=1), "delegation_reason": "忙"}
    with pytest.raises(Invalid) as refused:
        service.plan(campaign=campaign, item=must_walk_item, walker=cast.deputy, by=cast.head, **wish)
    assert refused.value.field == "walker"
    db.session.rollback()


def test_changing_the_flags_is_noted(cast, item) -> None:
    service.change_item(item, is_important=True, by=cast.liaison)
    service.change_item(item, fee="不收费", by=cast.liaison)
    assert deeds(item.id) == ["item.changed", "item.must_walk_changed", "item.changed"]
