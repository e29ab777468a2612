"""反弹: what a later walk meets again reopens what was closed, once, with its history; the desk may do it by hand."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import desks
from tests.rectification import stage
from tests.rectification.conftest import Make
from tests.reports import stage as reports
from tests.reports import story
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import queries, service
from walkthrough_app.rectification.escalation import queries as escalation
from walkthrough_app.rectification.escalation import service as escalating
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.reminders import queries as reminders
from walkthrough_app.reports import service as reports_service
from walkthrough_app.reports.models import Report

Client = Callable[[User], FlaskClient]
Walk = Callable[..., Finding]


@pytest.fixture
def walk_again(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore) -> Walk:
    """Walk the item now, meet a problem, hand the report in; return the problem as the ledger has it."""

    def walk(category: str = "C2", of: ServiceItem = item) -> Finding:
        begun = clock.now() + timedelta(minutes=1)
        told = story.Walk(of.task_name, at=begun.isoformat())
        told.queue(35)
        key = told.finding("取号后又排队等候35分钟", category, severity="moderate", fact="窗口还是只有1个。")
        told.measure(key, "deadline", "增开窗口", steps="调配；增开", due_on=str(stage.soon()))
        told.discreet()
        told.tap("finish", after=1)
        made = reports.put_walk(cast.head, campaign, of, told, store)
        desks.hand_in(SimpleNamespace(campaign=campaign, store=store), cast.head, made)
        return queries.of_walk(made.id)[uuid.UUID(key)]

    return walk


def closed(make: Make, days: int = 10, **wanted: object) -> Finding:
    return make(state=State.CLOSED, closed_at=clock.now() - timedelta(days=days), **wanted)


def test_the_same_thing_met_again_reopens_what_was_closed(make: Make, walk_again: Walk) -> None:
    old = closed(make)
    found = walk_again()
    assert (old.state, old.relapse_count, old.severity, old.must_recheck) == (State.RELAPSED, 1, "serious", True)
    entry = queries.entries_of(old)[-1]
    assert (entry.verb, entry.by, entry.data["found"]) == (Verb.RELAPSE, None, found.code)
    assert entry.data["walk"] == str(found.walk_id)
    assert (found.state, found.duplicate_of_id) == (State.DISMISSED, old.id)
    assert old.code in queries.entries_of(found)[-1].text


def test_a_later_version_of_the_report_changes_nothing_more(make: Make, walk_again: Walk) -> None:
    old = closed(make)
    walk_again()
    service.note_report(db.session.query(Report).one())
    assert old.relapse_count == 1
    assert len([one for one in queries.entries_of(old) if one.verb is Verb.RELAPSE]) == 1


def test_when_its_proof_is_taken_back_it_is_said_and_nobody_is_pressed(
    make: Make, walk_again: Walk, cast: SimpleNamespace, campaign: Campaign, client_for: Client
) -> None:
    old = closed(make, source=Source.OPEN)  # a problem that no report of today tells
    found = walk_again()
    report, told = db.session.query(Report).one(), "说它反弹的报告已经退回修改"
    doors = [client_for(user) for user in (cast.liaison, cast.style)]

    def shown() -> list[bool]:
        return [told in door.get(f"/findings/{old.id}").text for door in doors]

    assert shown() == [False, False]
    with clock.pinned(clock.now() + timedelta(days=7)):  # today may be a day off
        escalating.run()
    assert [one.finding for one in escalation.waiting(cast.style, campaign, "bulletin")] == [old]
    reports_service.return_(report, ["照片看不清"], by=cast.style)
    db.session.commit()
    assert (found.is_standing, old.state, old.relapse_count) == (False, State.RELAPSED, 1)  # what was done stays
    assert shown() == [True, True]
    assert escalation.waiting(cast.style, campaign, "bulletin") == []
    with clock.pinned(clock.now() + timedelta(days=90)):
        assert escalation.due(clock.today()) == []
    assert [one.terms for one in reminders.rectifying()] == [()]
    reports_service.take_back(report, by=cast.head)
    reports.confirm(report, by=cast.head, store=doors[0].application.extensions["media_store"])
    reports_service.submit(report, by=cast.head)
    db.session.commit()
    assert (found.is_standing, shown()) == (True, [False, False])
    assert [one.finding for one in escalation.waiting(cast.style, campaign, "bulletin")] == [old]


def test_what_was_signed_for_again_goes_on_whatever_becomes_of_its_proof(
    make: Make, walk_again: Walk, cast: SimpleNamespace
) -> None:
    old = closed(make)
    walk_again()
    service.sign(old, by=cast.liaison)
    reports_service.return_(db.session.query(Report).one(), ["照片看不清"], by=cast.style)
    db.session.commit()
    assert queries.unproved([old.id]) == set()


@pytest.mark.parametrize(
    "other",
    [{"category": "C4"}, {"days": 200}, {"item_id": None}, {"state": State.RECTIFIED}],
    ids=["another kind", "too long ago", "no item", "not closed"],
)
def test_something_else_is_a_problem_of_its_own(other: dict[str, object], make: Make, walk_again: Walk) -> None:
    wanted = dict(other)
    state = wanted.pop("state", State.CLOSED)
    at = clock.now() - timedelta(days=int(str(wanted.pop("days", 10))))
    old = make(state=state, closed_at=at, **wanted)
    found = walk_again()
    assert old.state is state
    assert (found.state, found.duplicate_of_id) == (State.ASSIGNED, None)


def test_what_was_met_before_it_was_closed_has_not_come_back(make: Make, walk_again: Walk) -> None:
    old = make(state=State.CLOSED, closed_at=clock.now() + timedelta(hours=5))
    assert walk_again().state is State.ASSIGNED
    assert old.state is State.CLOSED


def test_another_unit_has_its_own_problems(make: Make, walk_again: Walk, cast: SimpleNamespace) -> None:
    old = closed(make)
    old.unit = old.resp = cast.stranger.unit
    db.session.commit()
    assert walk_again().state is State.ASSIGNED
    assert old.state is State.CLOSED


def test_the_desk_writes_it_down_by_hand_once(make: Make, cast: SimpleNamespace, client_for: Client) -> None:
    old = closed(make)
    client, address = client_for(cast.style), f"/findings/{old.id}/relapse"
    assert "记为反弹" in client.get(f"/findings/{old.id}").get_data(as_text=True)
    form = {"reason": "群众来电反映又要排队40分钟", "tap": str(uuid.uuid4())}
    assert client.post(address, data={**form, "reason": " "}).status_code == 200
    assert old.state is State.CLOSED
    for _ in range(2):
        assert client.post(address, data=form).status_code == 303
    assert (old.state, old.relapse_count) == (State.RELAPSED, 1)
    assert client.post(address, data={**form, "tap": str(uuid.uuid4())}).status_code == 409


def test_who_may_write_it_down(make: Make, cast: SimpleNamespace, county: SimpleNamespace, client_for: Client) -> None:
    address = f"/findings/{closed(make).id}/relapse"
    form = {"reason": "又来了", "tap": str(uuid.uuid4())}
    for user in (cast.head, cast.deputy, cast.liaison, cast.admin):
        assert client_for(user).post(address, data=form).status_code == 403
    for user in (cast.stranger, cast.coord, county.office):
        assert client_for(user).post(address, data=form).status_code == 404


def test_after_too_long_it_is_a_new_problem(make: Make, cast: SimpleNamespace, client_for: Client) -> None:
    old = closed(make, days=200)
    form = {"reason": "又来了", "tap": str(uuid.uuid4())}
    answer = client_for(cast.office).post(f"/findings/{old.id}/relapse", data=form)
    assert answer.status_code == 409
    assert "作为新问题" in answer.get_data(as_text=True)
