"""The pool of pending errands from which 代理办 is taken (S002-16): what, never who."""

import pytest

from tests.campaigns.doors import entries, refusal
from tests.scenes import add_item
from walkthrough_app.campaigns import queries, service
from walkthrough_app.campaigns.models import Errand
from walkthrough_app.core import db


def test_the_liaison_collects_an_errand(liaison, cast, item) -> None:
    typed = {"principal": "firm", "item": item.id, "summary": "企业员工集体办居住证，跑过两次"}
    assert liaison.post("/errands", data=typed).status_code == 303
    (made,) = queries.errands_of(cast.head.unit)
    assert (made.item, made.principal, made.is_taken) == (item, "firm", False)
    assert "跑过两次" in liaison.get("/errands").text


def test_planning_takes_it_out_of_the_pool_and_dropping_gives_it_back(liaison, plan_it, item, errand, cast) -> None:
    plan_it(item, mode="on_behalf", errand=errand.id)
    (made,) = entries()
    assert (made.errand_id, errand.is_taken) == (errand.id, True)
    liaison.post(f"/plan/{made.id}/drop")
    assert (entries()[0].errand_id, errand.is_taken) == (None, False)
    assert liaison.post(f"/errands/{errand.id}/remove").status_code == 303
    assert queries.errands_of(cast.head.unit) == []


def test_changing_the_plan_changes_the_errand(liaison, plan_it, item, errand, filled, cast) -> None:
    plan_it(item, mode="on_behalf", errand=errand.id)
    other = add(item, cast)
    liaison.post(f"/plan/{entries()[0].id}", data=filled(mode="on_behalf", errand=other.id))
    assert entries()[0].errand_id == other.id
    assert (errand.is_taken, other.is_taken) == (False, True)


def test_an_errand_is_walked_once(plan_it, item, errand, cast) -> None:
    plan_it(item, mode="on_behalf", errand=errand.id)
    again = plan_it(item, walker=cast.deputy.id, delegation_reason="事项较多", mode="on_behalf", errand=errand.id)
    assert "已经安排了体验" in refusal(again, "errand")
    assert len(entries()) == 1


def test_an_errand_that_is_planned_is_not_removed(liaison, plan_it, item, errand) -> None:
    plan_it(item, mode="on_behalf", errand=errand.id)
    assert liaison.post(f"/errands/{errand.id}/remove").status_code == 409


@pytest.mark.parametrize("mode", ["in_person", "accompanied"])
def test_only_a_walk_on_behalf_takes_an_errand(plan_it, item, errand, mode, no_entry) -> None:
    assert "只有代理办" in refusal(plan_it(item, mode=mode, errand=errand.id), "errand")


def test_an_errand_of_another_item_is_refused(plan_it, must_walk_item, errand, no_entry) -> None:
    answer = plan_it(must_walk_item, mode="on_behalf", errand=errand.id)
    assert "不属于这个事项" in refusal(answer, "errand")


def test_an_errand_of_another_unit_is_not_found(plan_it, item, cast, campaign, no_entry) -> None:
    other = add(add_item(cast.stranger.unit, "失业保险金申领"), cast)
    assert plan_it(item, mode="on_behalf", errand=other.id).status_code == 404


@pytest.mark.parametrize(
    "number", ["13912345678", "139 1234 5678", "0453-1234567", "１３９１２３４５６７８", "23100119800101123X"]
)
def test_a_number_that_could_name_somebody_is_refused(liaison, cast, item, number) -> None:
    typed = {"principal": "citizen", "item": item.id, "summary": f"补办证件，电话{number}"}
    assert "不要写电话" in refusal(liaison.post("/errands", data=typed), "summary")
    assert queries.errands_of(cast.head.unit) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [("principal", {"principal": "friend"}), ("item", {"item": "x"}), ("summary", {"summary": ""}),
     ("summary", {"summary": "长" * 201})],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(liaison, item, field, changes) -> None:
    typed = {"principal": "citizen", "item": item.id, "summary": "补办居住证", **changes}
    assert refusal(liaison.post("/errands", data=typed), field)


@pytest.mark.parametrize("name", ["stranger_liaison", "county_liaison"])
def test_another_unit_sees_neither_the_pool_nor_the_errand(client_for, cast, errand, name) -> None:
    client = client_for(getattr(cast, name))
    assert "跑过两次" not in client.get("/errands").text
    assert client.post(f"/errands/{errand.id}/remove").status_code == 404


@pytest.mark.parametrize("name", ["deputy", "office", "style", "admin"])
def test_those_who_do_not_plan_have_no_pool(client_for, cast, errand, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/errands").status_code == 403
    assert client.post(f"/errands/{errand.id}/remove").status_code == 403


def add(item, cast) -> Errand:
    made = service.add_errand(item=item, principal="firm", summary="集体办居住证，跑过两次", by=cast.liaison)
    db.session.commit()
    return made


@pytest.fixture
def errand(item, cast, campaign) -> Errand:
    return add(item, cast)
