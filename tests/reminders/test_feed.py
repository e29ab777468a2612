"""The calendar: a secret address, one's own deadlines, the walker's own plans, in the form calendar programs read."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.reminders.conftest import MUST, ask_for, report_of
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.core import db
from walkthrough_app.reminders import service
from walkthrough_app.reports.models import ReportState


@pytest.fixture
def fetch(anonymous):
    """Make a person's address and fetch it as a calendar program does."""

    def get(user) -> dict[str, object]:
        from walkthrough_app.reminders import queries

        feed = queries.feed_of(user) or service.renew_feed(user)
        db.session.commit()
        answer = anonymous.get(f"/calendar/{service.token_of(feed)}.ics")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert max(map(len, answer.data.split(b"\r\n"))) <= 75
        calendar = Calendar.from_ical(answer.data)
        return {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}

    return get


TITLE = "“一把手走流程”专项行动"
WALKS, REPORTS = f"体验截止（{TITLE}）", f"专项报告报送截止（{TITLE}）"


def test_a_head_sees_deadlines_and_own_plans(cast, plan, fetch) -> None:
    found = fetch(cast.head)
    assert set(found) == {WALKS, REPORTS, f"办事：{MUST}"}
    assert found[WALKS]["DTSTART"].dt == date(2026, 11, 30)
    assert found[WALKS]["DTEND"].dt == date(2026, 12, 1)
    own = found[f"办事：{MUST}"]
    assert (own["DTSTART"].dt, own["DTEND"].dt) == (plan.from_on, plan.to_on + timedelta(days=1))
    assert own["CLASS"] == "PRIVATE"


def test_it_is_what_rfc_5545_asks_for(cast, plan, anonymous) -> None:
    feed = service.renew_feed(cast.head)
    db.session.commit()
    data = anonymous.get(f"/calendar/{service.token_of(feed)}.ics").data
    calendar = Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-TIMEZONE"] == "Asia/Shanghai"
    assert b"\n" not in data.replace(b"\r\n", b"")
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"} <= set(event)
        assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
        assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(hours=-15), timedelta(hours=9)]
    assert data == anonymous.get(f"/calendar/{service.token_of(feed)}.ics").data


def test_the_same_thing_keeps_its_uid_and_counts_its_changes(cast, campaign, plan, fetch) -> None:
    campaigns.change_campaign(campaign, by=cast.office, **_dates(campaign))
    before = fetch(cast.head)[REPORTS]
    campaigns.change_campaign(campaign, by=cast.office, **_dates(campaign, report_due=date(2026, 12, 18)))
    after = fetch(cast.head)[REPORTS]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2026, 12, 18)


def test_nothing_rings_any_more_when_it_is_done(cast, campaign, plan, fetch) -> None:
    report_of(cast.head, campaign, ReportState.SUBMITTED)
    assert fetch(cast.head)[REPORTS].walk("VALARM") == []
    assert fetch(cast.head)[WALKS].walk("VALARM")


def test_a_returned_report_stands_on_the_day_it_is_asked_for(cast, campaign, fetch) -> None:
    report = report_of(cast.head, campaign, ReportState.RETURNED)
    ask_for(report, date(2026, 12, 2))
    assert fetch(cast.liaison)["专项报告重新报送"]["DTSTART"].dt == date(2026, 12, 2)
    assert "专项报告重新报送" not in fetch(cast.deputy)


def test_an_address_taken_back_is_dead(cast, plan, anonymous, client_for) -> None:
    client = client_for(cast.head)
    assert "生成日历地址" in client.get("/reminders").text
    client.post("/reminders/calendar")
    first = re.search(r"http://localhost(/calendar/\w+\.ics)", client.get("/reminders").text)[1]
    assert anonymous.get(first).status_code == 200
    client.post("/reminders/calendar")
    second = re.search(r"http://localhost(/calendar/\w+\.ics)", client.get("/reminders").text)[1]
    assert anonymous.get(first).status_code == 404
    assert anonymous.get(second).status_code == 200
    client.post("/reminders/calendar/drop")
    assert anonymous.get(second).status_code == 404


def test_who_may_not_sign_in_has_no_calendar(cast, plan, anonymous) -> None:
    feed = service.renew_feed(cast.head)
    cast.head.is_active = False
    db.session.commit()
    assert anonymous.get(f"/calendar/{service.token_of(feed)}.ics").status_code == 404


def test_a_made_up_address_is_404(cast, plan, anonymous) -> None:
    feed = service.renew_feed(cast.head)
    db.session.commit()
    token = service.token_of(feed)
    for wrong in (
        token[:-1],
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        feed.id.hex + "0" * 32,
        "x" * 64,
        "é" * 64,
    ):
        assert anonymous.get(f"/calendar/{wrong}.ics").status_code == 404


@pytest.mark.parametrize("name", ["style", "office", "admin"])
def test_who_walks_not_has_none(cast, client_for, name) -> None:
    assert client_for(getattr(cast, name)).post("/reminders/calendar").status_code == 403


def _dates(campaign, **changes: date) -> dict[str, object]:
    fields = (
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
    return {name: getattr(campaign, name) for name in fields} | changes
