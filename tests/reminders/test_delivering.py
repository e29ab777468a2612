"""On its way a message is tried again with patience, never said twice, and its end is written down."""

from datetime import timedelta

import pytest

from tests.reminders.conftest import MONDAY, Postmaster, Robots, at, delivered, deliveries, tick, told
from walkthrough_app import jobs
from walkthrough_app.accounts.models import Lane
from walkthrough_app.core import clock, db
from walkthrough_app.jobs import ledger
from walkthrough_app.reminders import service
from walkthrough_app.reminders.models import Channel, DeliveryState

FRIDAY = MONDAY + timedelta(days=11)


@pytest.fixture
def mailed(cast, plan, mail_server):
    """The head has an address, and was told what is owed."""
    cast.head.email = "head@example.gov.cn"
    db.session.commit()
    assert tick()["mails"] == 1
    return cast.head


@pytest.fixture
def outlet(cast, campaign, robots: Robots):
    made = service.set_robot(campaign, Lane.STYLE, Channel.WECOM, is_on=True, url=robots.url, secret="", by=cast.office)
    db.session.commit()
    return made


def test_what_a_person_owes_goes_out_as_one_letter(mailed, post: Postmaster) -> None:
    assert delivered().state is DeliveryState.SENT
    (letter,) = post.letters
    assert letter["To"] == "head@example.gov.cn"
    assert letter["Subject"] == "走流程提醒：1件事要办（11月23日）"
    text = letter.get_body(("plain",)).get_content()
    assert told(mailed)[0] in text
    assert "https://walk.example.gov.cn/reminders" in text
    assert deliveries()[0].sent_at


def test_a_second_tick_and_a_second_worker_send_nothing_more(mailed, post: Postmaster) -> None:
    jobs.run_pending()
    tick()
    job = jobs.find(service.DELIVER, str(deliveries()[0].id))
    ledger.retry(job)
    db.session.commit()
    jobs.run_pending()
    assert len(post.letters) == 1


def test_a_server_that_asks_for_patience_gets_it(mailed, post: Postmaster) -> None:
    post.answers = {"RCPT": "451 later"}
    waits = []
    for _ in range(3):
        one = delivered()
        assert one.state is DeliveryState.WAITING
        job = jobs.find(service.DELIVER, str(one.id))
        waits.append(round((job.updated_at - ledger.clock()).total_seconds() / 60))
    assert waits == [1, 2, 4]
    assert "451" in one.reason
    post.answers = {}
    assert delivered().state is DeliveryState.SENT
    assert deliveries()[0].reason == ""
    assert post.letters[0]["Message-ID"] == f"<reminder.{one.id}@example.gov.cn>"


def test_after_the_last_try_it_has_failed_with_its_reason(mailed, post: Postmaster) -> None:
    post.answers = {"DATA": "452 full"}
    for _ in range(service.MOST):
        one = delivered()
    assert (one.state, one.attempts) == (DeliveryState.FAILED, service.MOST)
    assert "452" in one.reason
    assert jobs.find(service.DELIVER, str(one.id)).state is jobs.JobState.DONE


def test_a_refusal_for_good_is_not_tried_again(mailed, post: Postmaster) -> None:
    post.answers = {"RCPT": "550 no such user"}
    assert delivered().state is DeliveryState.FAILED
    post.answers = {}
    assert (delivered().attempts, post.letters) == (1, [])


def test_a_letter_whose_worker_died_is_sent_again_under_the_same_name(mailed, post: Postmaster) -> None:
    (one,) = deliveries()
    service.take(one.id)  # and then the power went
    db.session.commit()
    assert delivered().state is DeliveryState.SENT
    assert post.letters[0]["Message-ID"] == f"<reminder.{one.id}@example.gov.cn>"


def test_an_address_taken_away_meanwhile_gets_nothing(mailed, post: Postmaster) -> None:
    mailed.email = None
    db.session.commit()
    assert delivered().state is DeliveryState.FAILED
    assert post.letters == []


def test_mail_switched_off_by_the_office_is_not_sent(cast, campaign, plan, mail_server) -> None:
    cast.head.email = "head@example.gov.cn"
    service.set_mail(campaign, Lane.STYLE, is_on=False, by=cast.office)
    db.session.commit()
    assert tick()["mails"] == 0
    assert told(cast.head)


def test_a_robot_tells_its_group_who_has_not_reported(outlet, robots: Robots) -> None:
    assert tick(FRIDAY)["robots"] == 1
    with clock.pinned(at(FRIDAY)):
        assert delivered().state is DeliveryState.SENT
    (heard,) = robots.heard
    content = heard["markdown"]["content"]
    assert "12月11日截止，还有7天" in content
    assert "应报3家，已报0家，未报3家" in content
    assert "示例市公安局" in content
    assert "示例县" not in content  # the other lane's
    assert tick(FRIDAY)["robots"] == 0


@pytest.mark.parametrize("day", [MONDAY, FRIDAY + timedelta(days=1)])
def test_a_robot_is_silent_on_other_days(outlet, day) -> None:
    assert tick(day)["robots"] == 0


def test_a_robot_that_is_off_says_nothing(outlet, robots: Robots) -> None:
    tick(FRIDAY)
    outlet.is_on = False
    db.session.commit()
    assert delivered().state is DeliveryState.FAILED
    assert robots.heard == []
    assert tick(FRIDAY + timedelta(days=4))["robots"] == 0


def test_what_a_robot_may_have_said_is_not_said_again(outlet, robots: Robots) -> None:
    tick(FRIDAY)
    one = deliveries()[-1]
    service.take(one.id)  # and then the power went
    db.session.commit()
    assert delivered().state is DeliveryState.FAILED
    assert "不知道" in deliveries()[-1].reason
    assert robots.heard == []


def test_a_group_that_is_spoken_to_too_fast_is_given_time(outlet, robots: Robots) -> None:
    robots.answer = b'{"errcode":45009}'
    tick(FRIDAY)
    assert delivered().state is DeliveryState.WAITING
    robots.answer = b'{"errcode":0}'
    assert delivered().state is DeliveryState.SENT
    assert len(robots.heard) == 2
