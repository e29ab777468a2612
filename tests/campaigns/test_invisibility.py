"""A coming walk is invisible (S002-25): its walker, the unit's head and liaison and the office see it, nobody else."""

import pytest

from tests.campaigns.doors import entries
from walkthrough_app.campaigns.models import PlanState

OWN = {"head": 200, "liaison": 200}
ONLOOKERS = {"deputy": 403, "office": 403}
STRANGERS = ("deputy2", "stranger", "stranger_liaison", "county", "county_liaison", "party", "style", "coord", "admin")


@pytest.mark.parametrize("name", [*OWN, *ONLOOKERS])
def test_those_it_concerns_see_it(client_for, cast, entry, name) -> None:
    page = client_for(getattr(cast, name)).get(f"/plan/{entry.id}")
    assert page.status_code == 200
    assert "居住证申领" in page.text


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_learns_that_it_is_there(client_for, cast, entry, filled, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get(f"/plan/{entry.id}").status_code == 404
    assert client.post(f"/plan/{entry.id}", data=filled()).status_code == 404
    assert client.post(f"/plan/{entry.id}/drop").status_code == 404
    assert entries()[0].state is PlanState.CONFIRMED


@pytest.mark.parametrize("name", ONLOOKERS)
def test_those_who_may_only_look_cannot_change_it(client_for, cast, entry, filled, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.post(f"/plan/{entry.id}", data=filled()).status_code == 403
    assert client.post(f"/plan/{entry.id}/drop").status_code == 403
    assert 'name="walker"' not in client.get(f"/plan/{entry.id}").text
    assert entries()[0].walker == cast.deputy


@pytest.mark.parametrize("name", ["deputy", "style", "coord", "admin"])
def test_the_list_is_closed_to_all_who_neither_plan_nor_oversee(client_for, cast, entry, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/plan").status_code == 403
    assert client.get(f"/plan?unit={cast.head.unit_id}").status_code == 403


def test_the_list_of_another_unit_is_not_found(client_for, cast, entry) -> None:
    client = client_for(cast.stranger)
    assert client.get(f"/plan?unit={cast.head.unit_id}").status_code == 404
    assert "居住证申领" not in client.get("/plan").text


def test_the_office_reads_the_plan_of_a_unit_and_plans_nothing(office, cast, entry, item, filled) -> None:
    page = office.get(f"/plan?unit={cast.head.unit_id}")
    assert "居住证申领" in page.text
    assert "/plan/new" not in page.text
    assert office.get(f"/plan/new?item={item.id}").status_code == 403
    assert office.post(f"/plan/new?item={item.id}", data=filled()).status_code == 403


@pytest.mark.parametrize("name", ["stranger", "stranger_liaison", "county", "party"])
def test_nobody_plans_for_another_unit(client_for, cast, item, filled, campaign, name, no_entry) -> None:
    client = client_for(getattr(cast, name))
    assert client.get(f"/plan/new?item={item.id}").status_code == 404
    assert client.post(f"/plan/new?item={item.id}", data=filled()).status_code == 404


@pytest.mark.parametrize("name", ["deputy", "style", "coord", "admin"])
def test_others_do_not_plan_at_all(client_for, cast, item, filled, campaign, name, no_entry) -> None:
    assert client_for(getattr(cast, name)).post(f"/plan/new?item={item.id}", data=filled()).status_code == 403


def test_signed_out_people_are_asked_to_sign_in(anonymous, entry) -> None:
    for address in ("/plan", f"/plan/{entry.id}"):
        assert "/sign-in" in anonymous.get(address).headers["Location"]
