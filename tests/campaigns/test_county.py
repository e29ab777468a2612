"""A county runs its own campaign within the city's; its office sees its own county and nothing else (S002-12)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.campaigns.conftest import planned
from tests.campaigns.doors import entries, value
from tests.people import unit
from tests.scenes import add_item
from walkthrough_app.accounts.models import Lane, OrgClass
from walkthrough_app.campaigns import queries, service
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict


@pytest.fixture
def typed(campaign):
    """Fill in the set-up of the county's campaign: the city's basis, dates of its own."""

    def fill(**changes):
        usual = {
            name: getattr(campaign, name)
            for name in ("title", "programme", "basis_title", "basis_number", "basis_issuer", "opens_on", "walk_due")
        }
        own = {
            "report_due": campaign.report_due - timedelta(days=3),
            "grace_days": "2",
            "state": "open",
            "questionnaire": campaign.questionnaire_id,
            "style-receiver": "示例县作风整顿办作风评议组",
            "coord-receiver": "示例县作风整顿办综合协调组",
        }  # fmt: skip
        return {name: str(text) for name, text in {**usual, **own, **changes}.items()}

    return fill


@pytest.fixture
def own(county, campaign, typed, client_for) -> Campaign:
    """The county's campaign, opened by its office."""
    answer = client_for(county.office).post(f"/campaigns/new?parent={campaign.id}", data=typed(title="示例县走流程"))
    assert answer.status_code == 303
    return db.session.scalars(select(Campaign).where(Campaign.parent_id == campaign.id)).one()


def test_a_county_opens_its_own_within_the_citys(county, cast, campaign, client_for, own) -> None:
    assert (own.county_id, own.parent_id, own.questionnaire_id) == (
        cast.county.unit_id,
        campaign.id,
        campaign.questionnaire_id,
    )
    assert own.route(Lane.COORD).receiver == "示例县作风整顿办综合协调组"
    assert [one.name for one in queries.units_of(own)] == ["示例县民政局"]
    names = {one.name for one in queries.units_of(campaign)}
    assert "示例县" in names
    assert "示例县民政局" not in names


def test_the_form_begins_with_the_citys_basis(county, campaign, client_for) -> None:
    client = client_for(county.office)
    assert "开展本县的活动" in client.get("/campaigns").text
    page = client.get(f"/campaigns/new?parent={campaign.id}")
    assert value(page, "basis_number") == campaign.basis_number
    assert value(page, "title") == f"示例县{campaign.title}"
    assert value(page, "style-receiver") == "示例县作风整顿办作风评议组"


def test_it_is_opened_once(county, cast, campaign, client_for, typed, own) -> None:
    client = client_for(county.office)
    assert client.post(f"/campaigns/new?parent={campaign.id}", data=typed()).status_code == 409
    assert "开展本县的活动" not in client.get("/campaigns").text
    with pytest.raises(Conflict):
        service.create_campaign(
            by=cast.office, descent={"county": cast.county.unit, "parent": campaign}, **fields_of(own)
        )


def test_the_city_opens_one_for_a_county_and_sees_it_rolled_up(cast, county, campaign, client_for, typed, item) -> None:
    client = client_for(cast.office)
    assert "代为开展" in client.get(f"/campaigns/{campaign.id}").text
    address = f"/campaigns/new?parent={campaign.id}&county={cast.county.unit_id}"
    assert client.post(address, data=typed()).status_code == 303
    page = client.get(f"/campaigns/{campaign.id}").text
    assert "进行中 · 1 个单位 · 已安排 0 项" in page
    [own] = queries.children_of(campaign)
    assert client.get(f"/campaigns/{own.id}").status_code == 200
    assert client.post(f"/campaigns/{own.id}", data=typed(title="市里改的")).status_code == 303


@pytest.mark.parametrize("which", ["draft", "county", "nowhere"])
def test_it_hangs_only_on_the_citys_open_campaign(county, campaign, own, client_for, nowhere, which) -> None:
    campaign.state = CampaignState.DRAFT if which == "draft" else CampaignState.OPEN
    db.session.commit()
    parent = {"draft": campaign.id, "county": own.id, "nowhere": nowhere}[which]
    assert client_for(county.office).get(f"/campaigns/new?parent={parent}").status_code == 404


def test_only_a_county_has_its_own(cast, campaign, client_for, typed) -> None:
    address = f"/campaigns/new?parent={campaign.id}&county={cast.head.unit_id}"
    assert client_for(cast.office).post(address, data=typed()).status_code == 409


def test_reporting_later_than_the_city_is_warned_of_and_taken(county, campaign, own, client_for, typed) -> None:
    client = client_for(county.office)
    assert "晚于市里" not in client.get(f"/campaigns/{own.id}").text
    late = campaign.report_due + timedelta(days=1)
    assert client.post(f"/campaigns/{own.id}", data=typed(report_due=late)).status_code == 303
    assert "晚于市里" in client.get(f"/campaigns/{own.id}").text


def test_units_plan_only_where_they_take_part(county, cast, campaign, own, client_for, item, filled) -> None:
    theirs = add_item(county.head.unit, "最低生活保障审核确认")
    client = client_for(county.liaison)
    assert client.get("/plan").text.count("示例县民政局")
    fields = filled(walker=county.head.id)
    assert client.post(f"/plan/new?item={theirs.id}&campaign={campaign.id}", data=fields).status_code == 404
    assert client.post(f"/plan/new?item={theirs.id}", data=fields).status_code == 303
    assert [entry.campaign_id for entry in entries()] == [own.id]
    with pytest.raises(Conflict, match="不参加这个活动"):
        planned(cast.deputy, item, own, by=cast.liaison)
    assert client.post("/items/confirm", data={"campaign": campaign.id}).status_code == 404


def test_a_countys_office_sees_its_county_and_nothing_else(
    county, cast, campaign, own, client_for, item, nowhere
) -> None:
    theirs = add_item(county.head.unit, "最低生活保障审核确认")
    city_entry = planned(cast.deputy, item, campaign, by=cast.liaison)
    county_entry = planned(county.head, theirs, own, by=county.liaison)
    clients = {name: client_for(user) for name, user in {"county": county.office, "city": cast.office}.items()}
    addresses = {
        f"/campaigns/{campaign.id}": (404, 200),
        f"/campaigns/{own.id}": (200, 200),
        f"/campaigns/{campaign.id}/units": (404, 200),
        f"/campaigns/{own.id}/units": (200, 200),
        f"/items?unit={cast.head.unit_id}": (404, 200),
        f"/items?unit={county.head.unit_id}": (200, 200),
        f"/items/{item.id}": (404, 200),
        f"/items/{theirs.id}": (200, 200),
        f"/plan/{city_entry.id}": (404, 200),
        f"/plan/{county_entry.id}": (200, 200),
        f"/plan?unit={county.head.unit_id}": (200, 200),
        f"/plan?unit={cast.head.unit_id}": (404, 200),
        f"/invitations?unit={cast.head.unit_id}": (404, 200),
        f"/invitations?campaign={campaign.id}": (404, 200),
    }
    for address, expected in addresses.items():
        assert tuple(clients[name].get(address).status_code for name in ("county", "city")) == expected, address
    assert "示例市公安局" not in clients["county"].get("/units").text
    assert campaign.title not in clients["county"].get("/campaigns").text
    assert "示例县民政局" in clients["city"].get("/units").text


def test_the_countys_plan_in_the_citys_campaign_is_not_its_offices(county, cast, campaign, client_for) -> None:
    theirs = add_item(cast.county.unit, "最低生活保障")
    entry = planned(cast.county, theirs, campaign, by=cast.county_liaison)
    client = client_for(county.office)
    assert client.get(f"/plan/{entry.id}").status_code == 404
    assert "最低生活保障" not in client.get(f"/plan?unit={cast.county.unit_id}").text


def test_a_campaign_of_a_county_is_hidden_from_other_units(county, cast, own, client_for) -> None:
    other = unit("别县", OrgClass.COUNTY)
    db.session.commit()
    assert not queries.takes_part(own, other)
    for user in (cast.head, cast.liaison, cast.county):
        assert own not in queries.open_campaigns(user.unit)


def fields_of(own: Campaign) -> dict:
    names = (
        "title",
        "programme",
        "basis_title",
        "basis_number",
        "basis_issuer",
        "opens_on",
        "walk_due",
        "report_due",
        "questionnaire",
    )
    return {name: getattr(own, name) for name in names}
