"""What a visit found goes into the ledger once, and what it says is frozen."""

import uuid
from functools import partial
from types import SimpleNamespace

import pytest

from tests.rectification.conftest import Make
from tests.rectification.stage import photo
from tests.visits import stage
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import PhotoRole, Source
from walkthrough_app.visits import queries, service
from walkthrough_app.visits.models import Focus, Frequency, Visit, VisitState
from walkthrough_app.visits.service import Aim, Wish
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Purpose


def test_the_walk_is_a_visit_of_the_unit_by_the_inspector(
    visit: Visit, cast: SimpleNamespace, store: LocalStore
) -> None:
    stage.walk(visit, store, S_V1="yes")
    walk = visit.walk
    assert walk
    assert (walk.purpose, walk.unit, walk.walker, walk.plan) == (Purpose.VISIT, cast.head.unit, cast.style, None)
    assert (visit.state, walk.mode.label) == (VisitState.UNDER_WAY, "暗访")


def test_the_axes_are_answered_at_the_start(visit: Visit, store: LocalStore) -> None:
    stage.walk(visit, store, S_V1="yes")
    assert visit.walk
    answers = log.record_of(visit.walk).answers
    assert (answers["S-X1"], answers["S-X2"]) == ("surprise", "process")


def test_each_problem_comes_into_the_ledger_with_all_that_was_said(
    visit: Visit, cast: SimpleNamespace, store: LocalStore
) -> None:
    keys = stage.walk(visit, store, S_V1="no", S_V3="no")
    wish = Wish(tags=["unwilling", "slow"], post="3号窗口受理岗")
    made = service.hand_in(visit, {keys["S-V1"]: wish}, by=cast.style, tap=uuid.uuid4())
    first, second = made
    assert (first.source, first.state, first.unit, first.resp) == (
        Source.COVERT,
        State.REGISTERED,
        cast.head.unit,
        cast.head.unit,
    )
    assert (first.category, first.severity, first.clause) == ("G6", "serious", "解决“不作为”问题")
    assert (first.tags, first.resp_person, first.task_name) == (["unwilling", "slow"], "3号窗口受理岗", visit.place)
    assert (first.mode, first.found_on, first.must_recheck) == ("暗访", clock.today(), True)
    assert len(ledger.photos_of(first, PhotoRole.BEFORE)) == 1
    assert (second.tags, second.resp_person) == ([], "")
    assert (visit.state, visit.findings) == (VisitState.HANDED_IN, 2)


def test_handed_in_again_nothing_is_added(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    made = stage.hand_in(visit, store, S_V1="no")
    again = service.hand_in(visit, {}, by=cast.style, tap=uuid.uuid4())
    assert [one.id for one in again] == [one.id for one in made]


def test_an_open_visit_says_so_in_the_ledger(visiting: Campaign, cast: SimpleNamespace, store: LocalStore) -> None:
    aim = Aim("办公室", Mode("open"), Frequency.ROUTINE, Focus.EFFECT)
    found = stage.order(visiting, cast.head.unit, cast.stranger, cast.office, aim)
    (made,) = stage.hand_in(found, store, S_M1="no")
    assert (made.source, made.mode) == (Source.OPEN, "明查")


def test_facts_are_frozen_without_who_went(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.hand_in(visit, store, S_V1="no", S_V3="yes")
    answers = {one["id"]: one for one in visit.facts["answers"]}
    assert (answers["S-V1"]["answer"], answers["S-V1"]["is_bad"]) == ("否", True)
    assert (answers["S-V3"]["answer"], answers["S-V3"]["is_bad"]) == ("是", False)
    assert len(visit.facts["photos"]) == 1
    assert cast.style.name not in str(visit.facts)
    assert cast.style.post not in str(visit.facts)
    assert visit.score["total"] == 50.0  # one of two


def test_a_scored_visit_keeps_its_score_with_coverage_and_evidence(cast: SimpleNamespace, store: LocalStore) -> None:
    within = stage.campaign("effective", cast.office)
    found = stage.order(within, cast.head.unit, cast.style, cast.office)
    stage.hand_in(found, store, F_Z1="yes", F_Z2="no", F_Z14=0)
    assert found.score["total"] == 78.6  # (7.5 + 20) ÷ 35
    assert (found.score["asked"], found.score["of"], found.score["evidence"]) == (3, 23, 1)


def test_it_is_walked_first(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    with pytest.raises(Conflict, match="先走完"):
        service.hand_in(visit, {}, by=cast.style, tap=uuid.uuid4())
    stage.walk(visit, store, is_over=False, S_V1="no")
    with pytest.raises(Conflict, match="先走完"):
        service.hand_in(visit, {}, by=cast.style, tap=uuid.uuid4())
    assert not queries.findings_of(visit)


def test_a_picture_that_nobody_has_masked_holds_it_up(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.walk(visit, store, is_over=False, S_V1="no")
    assert visit.walk
    door = FormDoor(visit.walk, cast.style, uuid.uuid4())
    taken = walkthroughs.add_photo(door, photo(31, store), step="conduct")
    key = str(uuid.uuid4())
    door.add("finding", "conduct", finding=key, title="空岗", severity="minor", category="G6", photos=[taken])
    door.commit()
    walkthroughs.finish(visit.walk, by=cast.style, tap=uuid.uuid4())
    with pytest.raises(Conflict, match="打码"):
        service.hand_in(visit, {}, by=cast.style, tap=uuid.uuid4())


def test_a_tag_that_nobody_knows_is_refused(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    keys = stage.walk(visit, store, S_V1="no")
    with pytest.raises(Invalid, match="作风表现"):
        service.hand_in(visit, {keys["S-V1"]: Wish(tags=["asleep"])}, by=cast.style, tap=uuid.uuid4())


def test_what_came_back_is_reopened_and_not_handed_over_twice(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, make: Make
) -> None:
    old = make(state=State.CLOSED, category="B5", severity="minor")
    keys = stage.walk(visit, store, S_M8="no")
    (new,) = service.hand_in(visit, {keys["S-M8"]: Wish(relapsed=old.id)}, by=cast.style, tap=uuid.uuid4())
    assert (old.state, old.relapse_count, old.severity) == (State.RELAPSED, 1, "moderate")
    assert (new.state, new.duplicate_of_id) == (State.DISMISSED, old.id)
    told = ledger.entries_of(old)[-1]
    assert (told.verb, told.data["found"]) == (Verb.RELAPSE, new.code)


def test_only_closed_problems_of_the_unit_come_back(
    visit: Visit, cast: SimpleNamespace, store: LocalStore, make: Make
) -> None:
    going_on = make(state=State.RECTIFYING)
    keys = stage.walk(visit, store, S_M8="no", S_V1="no")
    for question, chosen in (("S-M8", going_on.id), ("S-M8", uuid.uuid4())):
        with pytest.raises(Invalid, match="已销号"):
            service.hand_in(visit, {keys[question]: Wish(relapsed=chosen)}, by=cast.style, tap=uuid.uuid4())
        db.session.rollback()


def test_a_walk_that_was_voided_is_begun_anew(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.walk(visit, store, is_over=False, S_V1="yes")
    first = visit.walk
    assert first
    walkthroughs.void(first, "走错了窗口", by=cast.style, tap=uuid.uuid4())
    second = service.start(visit, by=cast.style, tap=uuid.uuid4())
    assert second is not first
    assert visit.walk is second


def test_handed_in_its_walk_stays_as_it_is(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.hand_in(visit, store, S_V1="no")
    walk = visit.walk
    assert walk
    for undo in (walkthroughs.reopen, partial(walkthroughs.void, reason="想改一改")):
        with pytest.raises(Conflict, match="已经移交，记录不能再改"):
            undo(walk, by=cast.style, tap=uuid.uuid4())


@pytest.mark.parametrize("kind", ["reopen", "void"])
def test_no_phone_undoes_it_either(kind: str, visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.hand_in(visit, store, S_V1="no")
    assert visit.walk
    door = FormDoor(visit.walk, cast.style, uuid.uuid4())
    door.device = "phone-1"
    made = door.add(kind, **({"reason": "想改一改"} if kind == "void" else {}))
    taken = log.take(visit.walk, door.events, by=cast.style, door="sync")
    assert taken.rejected == [(made, "这次督查已经移交，记录不能再改。")]
    assert taken.record.state.status == "finished"


def test_it_is_called_off_with_its_walk(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.walk(visit, store, is_over=False, S_V1="no")
    with pytest.raises(Invalid):
        service.call_off(visit, " ", by=cast.office, tap=uuid.uuid4())
    service.call_off(visit, "活动调整", by=cast.office, tap=uuid.uuid4())
    assert visit.walk
    assert (visit.state, visit.walk.state.value) == (VisitState.VOID, "void")
    with pytest.raises(Conflict):
        service.start(visit, by=cast.style, tap=uuid.uuid4())


def test_what_is_handed_in_is_not_called_off(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    stage.hand_in(visit, store, S_V1="no")
    with pytest.raises(Conflict):
        service.call_off(visit, "不算", by=cast.office, tap=uuid.uuid4())


def test_fed_back_the_problems_are_handed_over(visit: Visit, cast: SimpleNamespace, store: LocalStore) -> None:
    (finding,) = stage.hand_in(visit, store, S_V1="no")
    tap = uuid.uuid4()
    assert service.feed_back(visit, "请立即整改。", by=cast.office, tap=tap) == 1
    assert (finding.state, visit.state, visit.feedback) == (State.ASSIGNED, VisitState.FED_BACK, "请立即整改。")
    assert finding.due_on
    assert service.feed_back(visit, "再说一遍", by=cast.office, tap=uuid.uuid4()) == 0
    assert visit.feedback == "请立即整改。"


def test_nothing_is_fed_back_before_it_is_handed_in(visit: Visit, cast: SimpleNamespace) -> None:
    with pytest.raises(Conflict, match="移交以后"):
        service.feed_back(visit, "", by=cast.office, tap=uuid.uuid4())
