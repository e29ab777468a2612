"""Party departments and mass organisations list their items first, then plan (S002-11)."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.campaigns.doors import entries
from tests.scenes import add_item
from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.core import db


def test_planning_waits_for_the_catalogue_and_says_why(party, party_item, cast, plan_it, no_entry) -> None:
    answer = plan_it(party_item, client=party, walker=cast.party.id)
    assert answer.status_code == 409
    assert "先梳理本单位审批事项" in answer.text
    assert party.get(f"/plan/new?item={party_item.id}").status_code == 409
    assert "/plan/new" not in party.get("/plan").text


def test_once_confirmed_it_plans(party, party_item, campaign, cast, plan_it) -> None:
    assert party.post("/items/confirm", data={"campaign": campaign.id}).status_code == 303
    assert "目录已确认" in party.get("/items").text
    assert plan_it(party_item, client=party, walker=cast.party.id).status_code == 303
    assert len(entries()) == 1


def test_mass_organisations_wait_too(party, party_item, cast, plan_it, no_entry) -> None:
    cast.party.unit.org_class = OrgClass.MASS_ORG
    db.session.commit()
    assert plan_it(party_item, client=party, walker=cast.party.id).status_code == 409


def test_city_departments_do_not_wait(plan_it, item) -> None:
    assert plan_it(item).status_code == 303


def test_confirming_twice_is_confirming_once(party, party_item, campaign, cast) -> None:
    for _ in range(2):
        assert party.post("/items/confirm", data={"campaign": campaign.id}).status_code == 303
    assert queries.confirmed_units(campaign) == {cast.party.unit_id}


def test_an_empty_catalogue_is_not_confirmed(party, campaign) -> None:
    answer = party.post("/items/confirm", data={"campaign": campaign.id})
    assert answer.status_code == 409
    assert "还没有事项" in answer.text


@pytest.mark.parametrize("campaign_id", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_campaign_that_is_not_there_is_not_found(party, party_item, campaign_id) -> None:
    assert party.post("/items/confirm", data={"campaign": campaign_id}).status_code == 404
    assert party.post("/items/confirm").status_code == 404


@pytest.mark.parametrize("name", ["deputy", "office", "admin", "style", "coord"])
def test_only_head_and_liaison_confirm(client_for, cast, campaign, item, name) -> None:
    answer = client_for(getattr(cast, name)).post("/items/confirm", data={"campaign": campaign.id})
    assert answer.status_code == 403
    assert queries.confirmed_units(campaign) == set()


@pytest.fixture
def party(client_for: Callable[..., FlaskClient], cast) -> FlaskClient:
    return client_for(cast.party)


@pytest.fixture
def party_item(campaign, cast) -> ServiceItem:
    return add_item(cast.party.unit, "干部档案查阅")
