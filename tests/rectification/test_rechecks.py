"""回头看: ordered without a warning, walked again at the very step, decided by who looked, counted nowhere."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.rectification import stage
from tests.rectification.conftest import Make
from tests.rectification.looking import SOON, walked
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.figures.models import FindingFigure, StepFigure, UnitFigure, WalkFigure
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.quality import queries as quality
from walkthrough_app.quality.models import PhotoTrace, WalkTrace
from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.rectification.rechecks import material, questions, secrecy, service
from walkthrough_app.rectification.rechecks import queries as rechecks
from walkthrough_app.rectification.rechecks.models import Method, Outcome, Recheck
from walkthrough_app.rectification.rechecks.service import Verdict
from walkthrough_app.reports import queries as reports
from walkthrough_app.walkthroughs import log, snapshot
from walkthrough_app.walkthroughs import queries as walks
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

Client = Callable[[User], FlaskClient]


def test_it_is_ordered_walked_and_passed(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    assert (done.state, ordered.method) == (State.RECHECKING, Method.WALK)
    walk = walked(ordered, store)
    assert (walk.is_recheck, walk.state, walk.walker_id) == (True, WalkState.FINISHED, cast.style.id)
    service.decide(ordered, Verdict(is_solved=True, text="只等了2分钟"), by=cast.style, tap=uuid.uuid4())
    assert (done.state, done.closed_by_id) == (State.CLOSED, cast.style.id)
    assert (ordered.outcome, ordered.text) == (Outcome.PASSED, "只等了2分钟")
    assert [one.role for one in queries.photos_of(done, PhotoRole.RECHECK)] == [PhotoRole.RECHECK]
    assert done.checked_on == clock.today()


def test_it_begins_at_its_own_step_with_what_failed_first(ordered: Recheck, store: LocalStore) -> None:
    record = log.record_of(service.start(ordered, by=ordered.checker, tap=uuid.uuid4()))
    assert record.state.current == "queue"
    assert record.screens == ("queue",)
    assert record.questions_on("queue")[0].id == "W-K2"
    assert [one.id for one in record.closing_questions()] == [questions.SOLVED, "W-I1", "W-I2", "W-I3"]
    assert record.suggestions == []


def test_any_problem_of_the_programme_gives_a_questionnaire() -> None:
    whole = source.programme("walkthrough")
    known = Document.parse(whole)
    codes = [sub.id for one in known.categories for sub in one.subs]
    for step in [*(one.id for one in known.steps), None]:
        for number, question in enumerate([None, *(one.id for one in known.all_questions())]):
            made = questions.document(whole, step=step, question=question, category=codes[number % len(codes)])
            parsed = Document.parse(made)
            assert (len(parsed.screens), parsed.is_recheck) == (1, True)
            assert question in {None, "W-I4"} or parsed.find(str(question))


def test_then_and_now_stand_side_by_side(ordered: Recheck, done: Finding, store: LocalStore) -> None:
    walked(ordered, store, photo=4)
    both = material.of(ordered)
    assert (both.step, both.then.wait_seconds, both.then.post) == ("排队", 40 * 60, "局长")
    assert (both.now.post, both.now.day, both.solved) == ("组长", clock.today(), "yes")
    assert ("40分钟", "2分钟") in {(one.then, one.now) for one in both.answers}
    assert len(both.now.photos) == 1


def test_what_is_not_gone_is_done_again_and_must_be_seen_again(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    walked(ordered, store, solved="no")
    verdict = Verdict(is_solved=False, text="仍然要等40分钟", due_on=SOON)
    service.decide(ordered, verdict, by=cast.style, tap=uuid.uuid4())
    assert (done.state, done.due_on, done.must_recheck) == (State.RECTIFYING, SOON, True)
    assert ordered.outcome is Outcome.FAILED


def test_what_is_to_be_kept_up_is_seen_again_in_a_year(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    done.rectify_type = "ongoing"
    walked(ordered, store)
    service.decide(ordered, Verdict(is_solved=True, text="每月都有检查"), by=cast.style, tap=uuid.uuid4())
    assert (done.state, ordered.outcome) == (State.RECTIFYING, Outcome.KEPT_UP)
    assert done.next_look_on and done.next_look_on > clock.today() + timedelta(days=360)


def test_nothing_is_decided_before_it_is_walked_and_pictured(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    verdict = Verdict(is_solved=True, text="好了")
    with pytest.raises(Conflict, match="再走一遍"):
        service.decide(ordered, verdict, by=cast.style, tap=uuid.uuid4())
    walk = walked(ordered, store)
    door = FormDoor(walk, cast.style, uuid.uuid4())
    for photo in log.record_of(walk).state.photos:
        door.add("retract", event=photo)
    door.commit()
    with pytest.raises(Invalid) as refused:
        service.decide(ordered, verdict, by=cast.style, tap=uuid.uuid4())
    assert refused.value.field == "photos"
    assert done.state is State.RECHECKING


def test_who_saw_that_it_is_not_gone_cannot_pass_it(ordered: Recheck, cast: SimpleNamespace, store: LocalStore) -> None:
    walked(ordered, store, solved="no")
    with pytest.raises(Invalid) as refused:
        service.decide(ordered, Verdict(is_solved=True, text="好了"), by=cast.style, tap=uuid.uuid4())
    assert refused.value.field == "outcome"


def test_a_walk_again_is_not_over_before_the_question_is_answered(ordered: Recheck, store: LocalStore) -> None:
    walk = walked(ordered, store, is_over=False)
    door = FormDoor(walk, ordered.checker, uuid.uuid4())
    door.add("answer", question=questions.SOLVED, value=None, is_unique=True)
    door.commit()
    with pytest.raises(Invalid, match="问题解决了没有"):
        walkthroughs.finish(walk, by=ordered.checker, tap=uuid.uuid4())


def test_who_rectified_never_looks_and_nobody_else_decides(
    done: Finding, cast: SimpleNamespace, store: LocalStore
) -> None:
    done.rectified_by_id = cast.head.id
    assert cast.head not in rechecks.candidates(done, cast.office)
    with pytest.raises(Invalid):
        service.order(done, cast.head, SOON, by=cast.office, tap=uuid.uuid4())
    with pytest.raises(Invalid):
        service.order(done, cast.stranger, SOON, by=cast.office, tap=uuid.uuid4())
    found = service.order(done, cast.style, SOON, by=cast.office, tap=uuid.uuid4())
    assert found
    walked(found, store)
    for other in (cast.office, cast.head, cast.coord):
        with pytest.raises(Forbidden):
            service.decide(found, Verdict(is_solved=True, text="好了"), by=other, tap=uuid.uuid4())


def test_the_unit_head_looks_when_ordered_or_of_own_accord(done: Finding, cast: SimpleNamespace) -> None:
    assert cast.head in rechecks.candidates(done, cast.office)
    assert rechecks.candidates(done, cast.head) == [cast.head]
    assert rechecks.candidates(done, cast.liaison) == []


def test_the_desk_sends_somebody_else_and_the_first_walk_does_not_count(
    ordered: Recheck, cast: SimpleNamespace, store: LocalStore
) -> None:
    begun = walked(ordered, store, is_over=False)
    service.hand_over(ordered, cast.office, by=cast.style, tap=uuid.uuid4())
    assert (ordered.checker_id, ordered.walk, begun.state) == (cast.office.id, None, WalkState.VOID)
    assert service.start(ordered, by=cast.office, tap=uuid.uuid4()).walker_id == cast.office.id


def test_a_problem_without_a_walk_is_looked_at_on_the_spot(
    make: Make, cast: SimpleNamespace, store: LocalStore
) -> None:
    finding = make(state=State.RECTIFIED, rectified_by_id=cast.liaison.id)
    found = service.order(finding, cast.office, SOON, by=cast.office, tap=uuid.uuid4())
    assert found and found.method is Method.VISIT
    with pytest.raises(Conflict):
        service.start(found, by=cast.office, tap=uuid.uuid4())
    verdict = Verdict(is_solved=True, text="座椅已摆好", photos=[stage.photo(3, store)])
    service.decide(found, verdict, by=cast.office, tap=uuid.uuid4())
    assert finding.state is State.CLOSED
    assert len(material.of(found).now.photos) == 1


# ---- nobody is warned


def test_the_unit_sees_nothing_until_it_is_decided(
    ordered: Recheck, done: Finding, cast: SimpleNamespace, store: LocalStore, client_for: Client
) -> None:
    walk = walked(ordered, store)
    for user in (cast.head, cast.deputy, cast.liaison):
        assert secrecy.state_for(user, done) is State.RECTIFIED
        assert Verb.ORDER_RECHECK not in {one.verb for one in secrecy.entries_for(user, done)}
        assert shown(user, done) == State.RECTIFIED
        client = client_for(user)
        for address in (f"/rechecks/{ordered.id}", f"/rechecks/walks/{walk.id}", f"/walks/{walk.id}/review"):
            assert client.get(address).status_code == 404
        with pytest.raises(NotFound):
            walks.walk_for(user, walk.id)
    for user in (cast.office, cast.style):
        assert (secrecy.state_for(user, done), shown(user, done)) == (State.RECHECKING, State.RECHECKING)
    service.decide(ordered, Verdict(is_solved=True, text="好了"), by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    assert Verb.ORDER_RECHECK in {one.verb for one in secrecy.entries_for(cast.liaison, done)}
    assert client_for(cast.liaison).get(f"/rechecks/{ordered.id}").status_code == 200


def shown(user: User, finding: Finding) -> State:
    found = db.session.scalar(select(secrecy.shown_state(user)).where(Finding.id == finding.id))
    return State(found)


def test_a_refused_move_does_not_tell_either(ordered: Recheck, done: Finding, cast: SimpleNamespace) -> None:
    from walkthrough_app.rectification import service as desk

    with pytest.raises(Conflict) as refused:
        desk.send_back(done, "再看看", by=cast.head)
    assert "回头看" not in refused.value.message


# ---- it counts nowhere


def test_it_changes_no_figure(ordered: Recheck, first: Walkthrough, cast: SimpleNamespace, store: LocalStore) -> None:
    before = counted(first, cast)
    again = walked(ordered, store)
    assert counted(first, cast) == before
    assert snapshot.walk_json(again, [])["questionnaire"]["key"].startswith("recheck_")
    service.decide(ordered, Verdict(is_solved=True, text="好了"), by=cast.style, tap=uuid.uuid4())
    assert counted(first, cast) == before


def counted(first: Walkthrough, cast: SimpleNamespace) -> dict[str, Any]:
    """Everything that lists, boards, reports, reminders and the look for thin work start from."""
    from walkthrough_app.board.queries import waiting
    from walkthrough_app.figures import queries as figures

    db.session.flush()
    rows = {
        model.__name__: sorted(
            str([getattr(row, column.key) for column in model.__table__.columns if column.key != "revision"])
            for row in db.session.scalars(select(model))
        )
        for model in (WalkFigure, StepFigure, FindingFigure, UnitFigure, WalkTrace, PhotoTrace)
    }
    line = SimpleNamespace(id=first.unit_id, name="", figures={}, owed=[])
    return rows | {
        "of plan": walks.walk_of_plan(first.plan),
        "of plans": walks.walks_of_plans([first.plan]),
        "of unit": walks.walks_of_unit(first.unit, first.campaign),
        "in a report": reports.walks_for(cast.head, first.campaign),
        "without figures": figures.walks_without_figures(),
        "looked over": quality.counted_walks(),
        "stopped": waiting.count_stopped(first.campaign, [line]),  # type: ignore[list-item]
    }


def test_a_rest_of_days_is_no_walk_that_stands_still(
    ordered: Recheck, first: Walkthrough, cast: SimpleNamespace, store: LocalStore
) -> None:
    from walkthrough_app.board.queries import waiting

    again = walked(ordered, store, is_over=False)
    again.updated_at = clock.now() - timedelta(days=9)
    line = SimpleNamespace(id=first.unit_id, name="", figures={}, owed=[])
    db.session.flush()
    assert waiting.count_stopped(first.campaign, [line]) == 0  # type: ignore[list-item]


def test_two_may_look_again_at_one_plan(
    ordered: Recheck, first: Walkthrough, make: Make, cast: SimpleNamespace
) -> None:
    other = make(state=State.RECTIFIED, walk_id=first.id, key=uuid.uuid4(), rectified_by_id=cast.liaison.id)
    found = service.order(other, cast.office, SOON, by=cast.office, tap=uuid.uuid4())
    assert found
    one = service.start(ordered, by=cast.style, tap=uuid.uuid4())
    two = service.start(found, by=cast.office, tap=uuid.uuid4())
    assert one.plan_id == two.plan_id == first.plan_id
    assert walks.walk_of_plan(first.plan) == first
