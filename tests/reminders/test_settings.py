"""提醒设置: the office sets the channels; what is secret is never shown again."""

import uuid

import pytest

from tests.reminders.conftest import MONDAY, Robots, deliveries, tick
from walkthrough_app import jobs
from walkthrough_app.accounts.models import Lane
from walkthrough_app.core import audit, db
from walkthrough_app.reminders import queries
from walkthrough_app.reminders.models import Channel, DeliveryState

URL = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef"
SECRET = "SEC-very-secret"


@pytest.fixture
def office(cast, campaign, client_for):
    return client_for(cast.office)


@pytest.fixture
def place(campaign) -> str:
    return f"/reminders/settings/{campaign.id}/style/dingtalk"


@pytest.fixture
def spoken(campaign) -> str:
    return f"/reminders/settings/{campaign.id}/style/wecom"


def test_a_robot_is_kept_and_its_secrets_are_not_shown(office, campaign, place) -> None:
    assert "没有设置" in office.get(f"/reminders/settings?campaign={campaign.id}").text
    assert office.post(place, data={"is_on": "y", "url": URL, "secret": SECRET}).status_code == 303
    kept = queries.outlet(campaign, Lane.STYLE, Channel.DINGTALK)
    assert (kept.url, kept.secret, kept.is_on) == (URL, SECRET, True)
    for page in (office.get(place).text, office.get(f"/reminders/settings?campaign={campaign.id}").text):
        assert "0123456789abcdef" not in page
        assert SECRET not in page
    assert "不再显示" in office.get(place).text
    assert SECRET not in str([one.details for one in db.session.query(audit.AuditEntry)])


def test_what_is_left_empty_stays(office, campaign, place) -> None:
    office.post(place, data={"is_on": "y", "url": URL, "secret": SECRET})
    office.post(place, data={"url": "", "secret": ""})
    kept = queries.outlet(campaign, Lane.STYLE, Channel.DINGTALK)
    assert (kept.url, kept.secret, kept.is_on) == (URL, SECRET, False)


@pytest.mark.parametrize(
    "url", ["", "https://example.org/robot/send?access_token=1", "http://oapi.dingtalk.com/x", "javascript:alert(1)"]
)
def test_an_address_elsewhere_is_refused_beside_its_field(office, campaign, place, url) -> None:
    answer = office.post(place, data={"is_on": "y", "url": url})
    assert answer.status_code == 200
    assert "地址" in answer.text.split('role="alert"')[1]
    assert queries.outlet(campaign, Lane.STYLE, Channel.DINGTALK) is None


def test_one_message_to_try_shows_the_answer_in_words(office, spoken, robots: Robots) -> None:
    office.post(spoken, data={"is_on": "y", "url": robots.url})
    assert office.post(f"{spoken}/try").status_code == 303
    page = office.get(spoken)
    assert "等待发送" in page.text
    assert page.headers["Refresh"] == "2"
    office.post(f"{spoken}/try")  # pressed twice
    jobs.run_pending()
    assert len(robots.heard) == 1
    page = office.get(spoken)
    assert "已发送" in page.text
    assert "Refresh" not in page.headers
    robots.answer = b'{"errcode":93000}'
    office.post(f"{spoken}/try")
    jobs.run_pending()
    assert "移出群" in office.get(spoken).text


def test_a_robot_that_is_off_can_be_tried(office, spoken, robots: Robots) -> None:
    office.post(spoken, data={"url": robots.url})
    office.post(f"{spoken}/try")
    jobs.run_pending()
    assert deliveries()[-1].state is DeliveryState.SENT


def test_a_robot_is_forgotten_with_its_address(office, campaign, spoken, robots: Robots) -> None:
    office.post(spoken, data={"url": robots.url})
    office.post(f"{spoken}/try")
    jobs.run_pending()
    assert office.post(f"{spoken}/drop").status_code == 303
    assert queries.outlet(campaign, Lane.STYLE, Channel.WECOM) is None
    assert office.post(f"{spoken}/drop").status_code == 404
    assert office.post(f"{spoken}/try").status_code == 404


def test_mail_is_switched_off_and_on(office, campaign) -> None:
    place = f"/reminders/settings/{campaign.id}/coord/mail"
    office.post(place)
    assert queries.silenced() == {(str(campaign.id), "coord")}
    office.post(place, data={"is_on": "y"})
    assert queries.silenced() == set()


def test_letters_that_could_not_be_sent_are_listed(office, cast, plan, post, mail_server) -> None:
    cast.head.email = "head@example.gov.cn"
    tick(MONDAY)
    post.answers = {"RCPT": "550 no"}
    jobs.run_pending()
    page = office.get("/reminders/settings").text
    assert "head甲" in page
    assert "收信地址被拒绝（550）" in page


@pytest.mark.parametrize("name", ["head", "liaison", "style", "coord", "admin"])
def test_only_the_office_sets_channels(cast, campaign, client_for, place, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/reminders/settings").status_code == 403
    for address in (place, f"{place}/try", f"{place}/drop", f"/reminders/settings/{campaign.id}/style/mail"):
        assert client.post(address, data={"url": URL}).status_code == 403
    assert queries.outlets(campaign) == {}


def test_a_campaign_that_is_not_there_is_404(office) -> None:
    assert office.get(f"/reminders/settings?campaign={uuid.uuid4()}").status_code == 404
    assert office.get(f"/reminders/settings/{uuid.uuid4()}/style/wecom").status_code == 404
