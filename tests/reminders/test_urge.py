"""催办: the lane and the office press those who have not reported, once a day and unit."""

import uuid
from datetime import timedelta

import pytest

from tests.people import person, unit
from tests.reminders.conftest import MONDAY, at, deliveries, report_of, tick, told
from walkthrough_app.accounts.models import Lane, OrgClass, Role
from walkthrough_app.campaigns.models import CampaignState
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden
from walkthrough_app.reminders import queries, service
from walkthrough_app.reminders.models import Notice, Urge
from walkthrough_app.reports.models import ReportState

LINE = "作风评议组催办：请尽快报送专项报告。12月11日截止，还有18天。"


def owing(client, **asked: str) -> str:
    return client.get("/reminders/owing", query_string=asked).text


def test_the_lane_sees_who_of_its_units_has_not_reported(cast, campaign, client_for) -> None:
    report_of(cast.stranger, campaign, ReportState.SUBMITTED)
    report_of(cast.head, campaign, ReportState.RETURNED)
    page = owing(client_for(cast.style))
    assert "示例市公安局" in page
    assert "退回补充" in page
    assert "示例市委组织部" in page
    assert "人力资源" not in page
    assert "示例县" not in page
    assert "催办未报2家" in page


def test_the_office_sees_both_lanes_and_may_narrow(cast, campaign, client_for) -> None:
    client = client_for(cast.office)
    assert "催办未报4家" in owing(client)
    assert "催办未报1家" in owing(client, lane="coord")
    assert "催办未报1家" in owing(client, q="公安")
    assert "没有这样的单位" in owing(client, state="退回补充")
    assert "催办未报4家" in owing(client, lane="nonsense", state="nonsense", after="nonsense")


def test_a_group_cannot_ask_for_the_other_lane(cast, campaign, client_for) -> None:
    assert "示例县" not in owing(client_for(cast.style), lane="coord")


def test_urging_tells_head_and_liaison_in_the_system_and_by_mail(cast, campaign, client_for, mail_server) -> None:
    for user in (cast.head, cast.liaison, cast.deputy):
        user.email = f"{user.username}@example.gov.cn"
    db.session.commit()
    answer = client_for(cast.style).post("/reminders/owing/urge", follow_redirects=True)
    assert "已催办3家，发出邮件2封。" in answer.text
    assert told(cast.head) == told(cast.liaison) == [LINE]
    assert told(cast.deputy) == []
    assert len(deliveries()) == 2
    assert db.session.query(audit.AuditEntry).filter_by(verb="unit.urged", subject_id=cast.head.unit_id).count() == 1


def test_a_unit_is_urged_once_a_day(cast, campaign, client_for) -> None:
    client = client_for(cast.style)
    client.post("/reminders/owing/urge", data={"unit": cast.head.unit_id})
    page = client.post("/reminders/owing/urge", follow_redirects=True).text
    assert "已催办2家" in page
    assert "1家今天已经催办过" in page
    assert told(cast.head) == [LINE]
    assert "没有要催办的单位；3家今天已经催办过。" in client.post("/reminders/owing/urge", follow_redirects=True).text
    assert db.session.query(Urge).count() == 3
    with clock.pinned(at(MONDAY + timedelta(days=1))):
        assert len(service.urge(campaign, [cast.head.unit], cast.office).done) == 1


def test_one_unit_is_urged_by_its_own_button(cast, campaign, client_for) -> None:
    client_for(cast.style).post("/reminders/owing/urge", data={"unit": cast.head.unit_id})
    assert told(cast.head)
    assert told(cast.stranger) == []


def test_what_was_filtered_out_is_not_urged(cast, campaign, client_for) -> None:
    client_for(cast.office).post("/reminders/owing/urge?q=公安")
    assert told(cast.head)
    assert told(cast.stranger) == told(cast.county) == []


def test_who_has_reported_is_not_urged(cast, campaign) -> None:
    report_of(cast.head, campaign, ReportState.SUBMITTED)
    result = service.urge(campaign, [cast.head.unit], cast.style)
    assert (result.done, result.settled) == ([], [cast.head.unit])
    assert told(cast.head) == []


def test_urged_on_a_day_of_reminders_one_gets_one_message(cast, campaign, plan, mail_server) -> None:
    cast.head.email = "head@example.gov.cn"
    tick()
    service.urge(campaign, [cast.head.unit], cast.office)
    db.session.commit()
    assert len(told(cast.head)) == 2
    assert db.session.query(Notice).filter_by(user_id=cast.head.id).count() == 1
    assert len(deliveries()) == 1


def test_a_unit_without_anybody_is_named(cast, campaign, client_for) -> None:
    unit("示例市档案馆", OrgClass.CITY_DEPT)
    db.session.commit()
    page = client_for(cast.style).post("/reminders/owing/urge", follow_redirects=True).text
    assert "示例市档案馆1家没有一把手和联络员的账号，收不到" in page


@pytest.mark.parametrize("name", ["head", "deputy", "liaison", "stranger", "admin"])
def test_others_neither_see_nor_urge(cast, campaign, client_for, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/reminders/owing").status_code == 403
    assert client.post("/reminders/owing/urge").status_code == 403
    with pytest.raises(Forbidden):
        service.urge(campaign, [cast.county.unit], getattr(cast, name))


def test_a_lane_urges_only_its_own_units(cast, campaign) -> None:
    with pytest.raises(Forbidden):
        service.urge(campaign, [cast.head.unit, cast.county.unit], cast.style)
    assert told(cast.head) == []


def test_a_county_sees_and_urges_only_its_own(cast, campaign, client_for) -> None:
    own = unit("示例县公安局", OrgClass.CITY_DEPT)
    office = unit("示例县作风办", OrgClass.OFFICE)
    own.parent_id = office.parent_id = cast.county.unit_id
    clerk = person("clerk", "主任", Role.OFFICE, office)
    db.session.commit()
    client = client_for(clerk)
    assert "还没有活动" in owing(client)
    assert client.get(f"/reminders/owing?campaign={campaign.id}").status_code == 404
    assert client.post(f"/reminders/owing/urge?campaign={campaign.id}").status_code == 404
    assert client.get(f"/reminders/settings?campaign={campaign.id}").status_code == 404
    with pytest.raises(Forbidden):
        service.urge(campaign, [cast.head.unit], clerk)
    campaign.county_id = cast.county.unit_id
    db.session.commit()
    page = owing(client)
    assert "示例县公安局" in page
    assert "示例市公安局" not in page


def test_a_closed_campaign_is_not_urged(cast, campaign, client_for) -> None:
    campaign.state = CampaignState.CLOSED
    db.session.commit()
    client = client_for(cast.style)
    assert "催办未报" not in owing(client, campaign=str(campaign.id))
    assert client.post(f"/reminders/owing/urge?campaign={campaign.id}").status_code == 409
    with pytest.raises(Conflict):
        service.urge(campaign, [cast.head.unit], cast.style)


def test_a_campaign_that_is_not_there_is_404(cast, campaign, client_for) -> None:
    assert client_for(cast.style).get(f"/reminders/owing?campaign={uuid.uuid4()}").status_code == 404


def test_before_there_is_a_campaign_the_page_says_so(cast, client_for) -> None:
    assert "还没有活动" in owing(client_for(cast.office))
    assert client_for(cast.office).post("/reminders/owing/urge").status_code == 404


def test_the_board_can_ask_who_owes(cast, campaign) -> None:
    campaign.walk_due = campaign.report_due = MONDAY - timedelta(days=2)
    report_of(cast.head, campaign, ReportState.CONFIRMED)
    rows = {row.unit.name: row for row in queries.owing(campaign, Lane.STYLE)}
    assert rows["示例市公安局"].state == "已确认，待报送"
    assert rows["示例市委组织部"].state == "没有开始"
    assert rows["示例市公安局"].days_late == 2


def test_long_lists_come_in_pages(cast, campaign, client_for, monkeypatch) -> None:
    from walkthrough_app.reminders.routes import owing as module

    monkeypatch.setattr(module, "PAGE", 2)
    client = client_for(cast.style)
    first = owing(client)
    assert "下一页" in first
    after = first.split("after=")[1].split('"')[0]
    second = owing(client, after=after)
    assert "下一页" not in second
    assert ("示例市公安局" in first) != ("示例市公安局" in second)
