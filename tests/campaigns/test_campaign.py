"""The office opens a campaign with its basis, its deadlines and its two routes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.campaigns.conftest import planned
from tests.campaigns.doors import deeds, refusal, value
from walkthrough_app.accounts.models import Lane
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import db


def test_the_office_opens_a_campaign_with_two_routes(office, typed, campaign) -> None:
    answer = office.post("/campaigns/new", data=typed(title="第二轮", limit_wait_minutes="45"))
    made = find("第二轮")
    assert answer.headers["Location"].endswith(f"/campaigns/{made.id}")
    assert (made.basis_number, made.walk_due, made.report_due) == ("〔2018〕13号", date(2018, 7, 15), date(2018, 7, 20))
    assert made.route(Lane.STYLE).receiver == "市作风整顿办作风评议组（市直机关工委）"
    assert made.route(Lane.COORD).receiver == "市作风整顿办综合协调组"
    assert made.thresholds == {"wait_minutes": 45}
    assert deeds(made.id) == ["campaign.created"]


def test_a_new_campaign_names_no_real_person(office, typed, campaign) -> None:
    office.post("/campaigns/new", data=typed(title="第二轮"))
    for route in find("第二轮").routes:
        assert (route.contact, route.phone, route.email) == ("", "", "")


def test_a_change_is_kept(office, typed, campaign) -> None:
    page = office.get(f"/campaigns/{campaign.id}")
    assert value(page, "basis_number") == "〔2018〕13号"
    answer = office.post(f"/campaigns/{campaign.id}", data=typed(state="closed", title="收官"))
    db.session.expire_all()
    assert answer.status_code == 303
    assert (campaign.title, campaign.state) == ("收官", CampaignState.CLOSED)
    assert queries.open_campaigns() == []


def test_a_route_says_where_reports_go_and_whom_to_ask(office, campaign, typed) -> None:
    contact = {"coord-contact": "某同志", "coord-phone": "0000-1234567", "coord-email": "a@example.cn"}
    assert office.post(f"/campaigns/{campaign.id}", data=typed(**contact)).status_code == 303
    db.session.expire_all()
    assert campaign.route(Lane.COORD).contact == "某同志"
    assert campaign.route(Lane.STYLE).contact == ""
    office.post("/campaigns/new", data=typed(title="第二轮", **contact))
    assert find("第二轮").route(Lane.COORD).phone == "0000-1234567"


@pytest.mark.parametrize(
    ("field", "typed_there"), [("receiver", {"coord-receiver": ""}), ("email", {"coord-email": "没有"})]
)
def test_a_route_that_leads_nowhere_is_refused(office, campaign, typed, field, typed_there) -> None:
    for address in ("/campaigns/new", f"/campaigns/{campaign.id}"):
        assert refusal(office.post(address, data=typed(title="改", **typed_there)), f"coord-{field}")
    db.session.expire_all()
    assert campaign.title != "改"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "长" * 61}),
        ("basis_number", {"basis_number": ""}),
        ("walk_due", {"walk_due": "2018-07-04"}),
        ("walk_due", {"walk_due": "七月"}),
        ("report_due", {"report_due": "2018-07-14"}),
        ("basis_issued_on", {"basis_made_on": "2018-07-04", "basis_issued_on": "2018-07-03"}),
        ("questionnaire", {"questionnaire": "x"}),
        ("limit_windows", {"limit_windows": "0"}),
        ("state", {"state": "over"}),
        ("grace_days", {"grace_days": "-1"}),
        ("grace_days", {"grace_days": "31"}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(office, typed, campaign, field, changes) -> None:
    for address in ("/campaigns/new", f"/campaigns/{campaign.id}"):
        assert refusal(office.post(address, data=typed(**changes)), field), address
    assert len(queries.campaigns()) == 1
    db.session.expire_all()
    assert campaign.title == "“一把手走流程”专项行动"


def test_units_do_not_see_a_campaign_that_is_being_prepared(cast, campaign, client_for, item) -> None:
    campaign.state = CampaignState.DRAFT
    db.session.commit()
    assert "现在没有进行中的活动" in client_for(cast.liaison).get("/plan").text
    assert client_for(cast.liaison).post("/items/confirm", data={"campaign": campaign.id}).status_code == 404


def test_the_office_sees_how_far_every_unit_is(office, cast, campaign, item) -> None:
    planned(cast.head, item, campaign, by=cast.liaison)
    by_unit = {one.unit.name: one for one in queries.coverages(campaign)}
    assert (by_unit["示例市公安局"].items, by_unit["示例市公安局"].planned) == (1, 1)
    assert "示例市作风整顿办" not in by_unit
    assert "已有体验计划" in office.get(f"/campaigns/{campaign.id}").text
    assert "已计划" in office.get(f"/campaigns/{campaign.id}/units").text


def test_the_administrator_keeps_campaigns_but_sees_no_plans(client_for, cast, campaign, typed) -> None:
    client = client_for(cast.admin)
    page = client.get(f"/campaigns/{campaign.id}/units")
    assert page.status_code == 200
    assert "计划" not in page.text
    assert "体验计划" not in client.get(f"/campaigns/{campaign.id}").text
    assert client.post(f"/campaigns/{campaign.id}", data=typed()).status_code == 303


@pytest.mark.parametrize("name", ["head", "deputy", "liaison", "style", "coord", "county"])
def test_nobody_else_opens_or_changes_one(client_for, cast, campaign, typed, name) -> None:
    client = client_for(getattr(cast, name))
    for address in ("/campaigns", "/campaigns/new", f"/campaigns/{campaign.id}"):
        assert client.get(address).status_code == 403
    assert client.post(f"/campaigns/{campaign.id}", data=typed()).status_code == 403


def test_a_campaign_that_is_nowhere_is_not_found(office, typed, campaign, nowhere) -> None:
    assert office.get(f"/campaigns/{nowhere}").status_code == 404
    assert office.post(f"/campaigns/{nowhere}", data=typed()).status_code == 404
    assert office.get("/campaigns/x").status_code == 404


def find(title: str) -> Campaign:
    made = db.session.scalar(select(Campaign).where(Campaign.title == title))
    assert made is not None
    return made


@pytest.fixture
def typed(campaign):
    """Fill in the form with the notice of 2018."""

    def fill(**changes):
        usual = {
            "title": "“一把手走流程”",
            "programme": "集中整治窗口服务突出问题专项",
            "basis_title": "关于进一步做好“一把手走流程”工作的通知",
            "basis_number": "〔2018〕13号",
            "basis_issuer": "示例市深化机关作风整顿领导小组办公室",
            "basis_made_on": "2018-07-03",
            "basis_issued_on": "2018-07-04",
            "opens_on": date(2018, 7, 15) - timedelta(days=10),
            "walk_due": "2018-07-15",
            "report_due": "2018-07-20",
            "state": "open",
            "questionnaire": campaign.questionnaire_id,
            "grace_days": "0",
            "style-receiver": "市作风整顿办作风评议组（市直机关工委）",
            "coord-receiver": "市作风整顿办综合协调组",
        }
        return {name: str(value) for name, value in {**usual, **changes}.items()}

    return fill
