"""提醒: what one owes now, what one was told, and a mark while it is new."""

from datetime import timedelta

import pytest

from tests.reminders.conftest import ITEM, MONDAY, plan_for, report_of, tick
from walkthrough_app.core import db
from walkthrough_app.reminders import service
from walkthrough_app.reminders.models import Notice
from walkthrough_app.reports.models import ReportState


def test_the_page_says_what_is_owed_and_where_it_is_done(cast, plan, client_for) -> None:
    page = client_for(cast.head).get("/reminders").text
    assert "还有1个事项没有走完流程，11月30日截止，还有7天。" in page
    assert "专项报告还没有报送，12月11日截止，还有18天。" in page
    assert 'href="/tasks"' in page
    assert 'href="/reports"' in page


def test_a_group_is_led_from_its_digest_to_its_desk(cast, campaign, client_for) -> None:
    report_of(cast.head, campaign, ReportState.SUBMITTED)
    page = client_for(cast.style).get("/reminders")
    assert page.status_code == 200
    assert 'href="/inbox"' in page.text.partition("<main")[2]


def test_who_owes_nothing_is_told_so(cast, client_for) -> None:
    page = client_for(cast.head).get("/reminders").text
    assert "没有要办的" in page
    assert "还没有收到提醒" in page


def test_new_notices_are_counted_in_the_navigation_until_read(cast, plan, client_for) -> None:
    client = client_for(cast.head)
    tick()
    assert "条未读" in client.get("/tasks").text
    page = client.get("/reminders").text
    assert "都看过了" in page
    assert client.post("/reminders/read").status_code == 303
    assert "条未读" not in client.get("/tasks").text
    assert "都看过了" not in client.get("/reminders").text


def test_reading_does_not_read_for_others(cast, plan, client_for) -> None:
    tick()
    client_for(cast.stranger).post("/reminders/read")
    unread = db.session.query(Notice).filter(Notice.read_at.is_(None)).all()
    assert cast.head.id in {one.user_id for one in unread}
    assert cast.stranger.id not in {one.user_id for one in unread}


def test_something_new_on_the_same_day_is_new_again(cast, campaign, plan, client_for) -> None:
    tick()
    client = client_for(cast.head)
    client.post("/reminders/read")
    service.urge(campaign, [cast.head.unit], cast.office)
    db.session.commit()
    assert "条未读" in client.get("/tasks").text


def test_older_notices_are_on_the_next_page(cast, plan, client_for) -> None:
    lines = [{"kind": "walk", "campaign": str(plan.campaign_id), "title": "活动", "lane": "style", "text": "旧的"}]
    for n in range(25):
        db.session.add(Notice(user_id=cast.head.id, day=MONDAY - timedelta(days=n), lines=lines))
    db.session.commit()
    client = client_for(cast.head)
    first = client.get("/reminders").text
    assert first.count("旧的") == 20
    after = first.split("after=")[1].split('"')[0]
    assert client.get(f"/reminders?after={after}").text.count("旧的") == 5
    assert client.get("/reminders?after=nonsense").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("style", 200), ("coord", 200), ("office", 403), ("admin", 403)])
def test_who_has_a_page_of_notices(cast, client_for, name, status) -> None:
    client = client_for(getattr(cast, name))
    assert client.get("/reminders").status_code == status
    assert client.post("/reminders/read").status_code in {303, status}


def test_the_walk_page_bears_nothing_of_this(cast, campaign, item, client_for) -> None:
    plan_for(cast.head, item, campaign)
    tick()
    client = client_for(cast.head)
    page = client.get("/tasks").text
    assert ITEM in page
    assert "/reminders" in page


def test_one_is_told_where_the_address_is_missing(cast, plan, mail_server, client_for) -> None:
    client = client_for(cast.head)
    assert "还没有填邮箱" in client.get("/reminders").text
    assert client.post("/me/email", data={"email": "head@example.gov.cn"}).status_code == 303
    assert "邮件发到 head@example.gov.cn" in client.get("/reminders").text
