"""Never a word about a coming walk to anyone but its walker, the unit's head and liaison, and the office (S002-25).

Every channel is opened for everybody: what each person and each group can read, hear or fetch is searched for the
item's name, the plan and its window, before and after reminders went out and units were urged.
"""

import re
from datetime import date, timedelta

import pytest

from tests.reminders.conftest import MONDAY, Postmaster, Robots, at, plan_for, tick, told
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts.models import Lane
from walkthrough_app.core import audit, clock, db
from walkthrough_app.reminders import commands, queries, service
from walkthrough_app.reminders.models import Channel, Delivery, Notice

SECRET = "老年优待证秘密事项"
FIRST, LAST = date(2026, 11, 26), date(2026, 11, 27)
WINDOW = re.compile(r"11月2[67]日|2026-?11-?2[67]")
STRANGERS = ("deputy2", "stranger", "stranger_liaison", "county", "county_liaison", "party", "style", "coord", "admin")
EVERYBODY = (*STRANGERS, "head", "liaison", "deputy", "office")
DAYS = [MONDAY + timedelta(days=n) for n in (0, 4, 8, 11, 21)]  # before, late, and of the reports


@pytest.fixture
def secret_plan(cast, campaign):
    """The deputy is to walk an item whose name nobody else may meet, in a window of two days."""
    item = add_item(cast.head.unit, SECRET)
    made = plan_for(cast.deputy, item, campaign)
    made.from_on, made.to_on, made.focus_point = FIRST, LAST, SECRET
    for name in EVERYBODY:
        getattr(cast, name).email = f"{name}@example.gov.cn"
    db.session.commit()
    return made


@pytest.fixture
def loud(cast, campaign, secret_plan, mail_server, robots: Robots, reach):
    """All channels are open in both lanes; mornings go by, and everybody is urged."""
    origin = robots.url.split("/cgi-bin")[0]
    reach(mail=mail_server, webhook_hosts=(origin,), base_url="https://walk.example.gov.cn")
    for lane in Lane:
        for channel in (Channel.WECOM, Channel.DINGTALK):
            service.set_robot(campaign, lane, channel, is_on=True, url=robots.url, secret="s", by=cast.office)
    for day in DAYS:
        with clock.pinned(at(day)):
            service.tick(service.look(day))
    service.urge(campaign, [cast.head.unit, cast.stranger.unit, cast.county.unit], cast.office)
    db.session.commit()
    jobs.run_pending()
    return secret_plan


def test_no_letter_group_or_row_names_a_plan_to_anybody(loud, post: Postmaster, robots: Robots) -> None:
    """Without deliveries this would prove nothing: everybody who owes something has a letter."""
    assert {letter["To"].split("@")[0] for letter in post.letters} >= {"head", "liaison", "deputy", "stranger"}
    assert len(robots.heard) >= 4
    said = [str(letter) + _text(letter) for letter in post.letters] + [str(heard) for heard in robots.heard]
    assert not [one for one in said if _tells(_without_date(one))]
    for heard in robots.heard:
        assert "专项报告" in str(heard)
        assert not re.search("体验计划|走完流程|体验截止|亲身体验", str(heard))
    assert not [one for one in _kept() if _tells(one)]


def _kept() -> list[str]:
    """Return what the database keeps of what was said."""
    verbs = ("unit.", "outlet.", "feed.")
    return [
        *(str(one.lines) for one in db.session.query(Notice)),
        *(one.text for one in db.session.query(Delivery)),
        *(f"{one.title} {one.args} {one.error}" for one in db.session.query(jobs.Job)),
        *(str(one.details) for one in db.session.query(audit.AuditEntry) if one.verb.startswith(verbs)),
    ]


def _tells(said: str) -> bool:
    return SECRET in said or bool(WINDOW.search(said))


@pytest.fixture
def quiet(cast, campaign, secret_plan):
    """A morning went by, and everybody was urged; nothing was sent outside."""
    tick()
    service.urge(campaign, [cast.head.unit, cast.stranger.unit, cast.county.unit], cast.office)
    db.session.commit()
    return secret_plan


def test_strangers_are_not_even_told_that_a_walk_is_owed_there(quiet, cast) -> None:
    assert "还有1个事项没有走完流程" in str(told(cast.deputy))
    for name in STRANGERS:
        lines = told(getattr(cast, name))
        assert not [line for line in lines if "走完" in line or "公安局" in line], name


def test_no_page_of_reminders_names_it(quiet, cast, client_for, campaign) -> None:
    pages = ("", "/owing", "/settings", f"/settings/{campaign.id}/style/wecom")
    for name in EVERYBODY:
        client = client_for(getattr(cast, name))
        for page in pages:
            assert SECRET not in client.get(f"/reminders{page}").text, (name, page)


def test_only_the_walkers_own_calendar_has_it(quiet, cast, anonymous) -> None:
    for name in EVERYBODY:
        feed = service.renew_feed(getattr(cast, name))
        db.session.commit()
        body = anonymous.get(f"/calendar/{service.token_of(feed)}.ics").text
        assert (SECRET in body.replace("\r\n ", "")) == (name == "deputy"), name
        assert bool(WINDOW.search(body)) == (name == "deputy"), name
        assert (str(quiet.id) in body.replace("\r\n ", "")) == (name == "deputy"), name


def test_the_operators_command_does_not_name_it(quiet, capsys) -> None:
    for day in (FIRST, MONDAY):
        commands.run(day, dry_run=True)
    said = capsys.readouterr().out
    assert "deputy甲" in said
    assert SECRET not in said


def test_who_owes_is_about_reports_only(quiet, cast, campaign, client_for) -> None:
    assert {row.state for row in queries.owing(campaign, Lane.STYLE)} == {"没有开始"}
    assert "体验" not in client_for(cast.style).get("/reminders/owing").text.split("<main")[1]


def _text(letter) -> str:
    return "".join(part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")


def _without_date(said: str) -> str:
    """Leave out the day on which a letter was written."""
    return re.sub(r"（1[12]月\d+日）|Date:.*|timestamp\S*", "", said)
