"""Every move by everyone in every state: what the table allows is done, all else is refused in one sentence."""

import itertools
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.rectification import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import AppError, Conflict, Forbidden, Invalid
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import machine, queries, rights, service, terms
from walkthrough_app.rectification.machine import MOVES, Actor, State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry

Make = Callable[..., Finding]
TRIED = ("head", "liaison", "stranger", "style", "coord", "office", "admin", "county_office")  # one of each kind


def deeds(shown: MediaFile) -> dict[Verb, Callable[..., Any]]:
    """Return how each verb is done by hand, with all that it asks for."""
    later = stage.soon() + timedelta(days=30)
    return {
        Verb.DISMISS: lambda one, **k: service.dismiss(one, "与其他问题重复", **k),
        Verb.ASSIGN: lambda one, **k: service.assign(one, service.Order(one.resp), **k),
        Verb.SIGN: service.sign,
        Verb.DISPUTE: lambda one, **k: service.dispute(one, "不属于本单位职责", **k),
        Verb.UPHOLD: lambda one, **k: service.uphold(one, "经核对属实", **k),
        Verb.YIELD: lambda one, **k: service.yield_(one, "经核对不属实", **k),
        Verb.NOTE: lambda one, **k: service.note(one, "已增开1个窗口", **k),
        Verb.ASK_EXTENSION: lambda one, **k: service.ask_extension(one, later, "设备未到", "已下单", **k),
        Verb.GRANT_EXTENSION: lambda one, **k: service.answer_extension(one, grant=True, **k),
        Verb.REFUSE_EXTENSION: lambda one, **k: service.answer_extension(one, grant=False, reason="抓紧", **k),
        Verb.REPORT_DONE: lambda one, **k: service.report_done(one, "已增开窗口", [shown], **k),
        Verb.SEND_BACK: lambda one, **k: service.send_back(one, "照片看不清", **k),
        Verb.CLOSE: lambda one, **k: service.close(one, "材料属实", **k),
        Verb.RELAPSE: lambda one, **k: service.relapse(one, "又排队50分钟", **k),
        Verb.RESTART: service.sign,
    }


def allowed(verb: Verb, user: User, finding: Finding) -> bool:
    return finding.state in MOVES[verb].sources and bool(MOVES[verb].actors & rights.actors_of(user, finding))


@pytest.mark.parametrize("state", State)
def test_only_what_the_table_allows_is_done(
    state: State, make: Make, everyone: dict[str, User], store: LocalStore
) -> None:
    shown = stage.photo(3, store)
    db.session.commit()
    for (verb, deed), user in itertools.product(deeds(shown).items(), [everyone[name] for name in TRIED]):
        finding = make(state=state, severity="minor", relapse_count=int(state is State.RELAPSED))
        if verb in {Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION}:
            ask(finding, user)
        # 签收 and 重新签收 are one button: which of them it is follows from the state.
        wanted = {Verb.SIGN, Verb.RESTART} if verb in {Verb.SIGN, Verb.RESTART} else {verb}
        if any(allowed(one, user, finding) for one in wanted):
            done = deed(finding, by=user)
            assert done.verb in wanted
            assert finding.state is (MOVES[done.verb].target or state)
        else:
            with pytest.raises((Conflict, Forbidden)) as refused:
                deed(finding, by=user)
            assert refused.value.message.endswith(("。", "："))
            assert finding.state is state
            assert len(queries.entries_of(finding)) == 1
        db.session.rollback()


def ask(finding: Finding, by: User) -> None:
    assert finding.due_on
    db.session.add(
        Extension(
            finding_id=finding.id,
            reason="设备未到",
            progress="已下单",
            old_due_on=finding.due_on,
            new_due_on=finding.due_on + timedelta(days=20),
            asked_by_id=by.id,
        )
    )
    db.session.flush()


def test_rules_do_only_what_is_theirs(make: Make) -> None:
    finding = make(state=State.CLOSED)
    assert service.relapse(finding, "同类问题又出现", by=None)
    for state in set(State) - {State.REGISTERED}:
        with pytest.raises(Conflict):
            service.assign(make(state=state), service.Order(finding.resp), by=None)


def test_the_same_form_twice_is_one_deed(cast: SimpleNamespace, make: Make) -> None:
    finding, form = make(), uuid.uuid4()
    assert service.sign(finding, by=cast.liaison, entry_id=form)
    assert service.sign(finding, by=cast.liaison, entry_id=form) is None
    assert [one.verb for one in queries.entries_of(finding)] == [Verb.REGISTER, Verb.SIGN]
    with pytest.raises(Conflict, match="已经用过"):
        service.note(finding, "进展", by=cast.liaison, entry_id=form)


def test_what_was_done_is_never_rewritten(cast: SimpleNamespace, make: Make) -> None:
    finding = make()
    service.sign(finding, by=cast.liaison)
    service.note(finding, "已增开1个窗口", by=cast.liaison)
    found = queries.entries_of(finding)
    assert [(one.seq, one.from_state, one.to_state) for one in found] == [
        (1, None, State.ASSIGNED),
        (2, State.ASSIGNED, State.RECTIFYING),
        (3, State.RECTIFYING, State.RECTIFYING),
    ]


def test_a_plan_is_asked_for_what_it_lacks(cast: SimpleNamespace, make: Make) -> None:
    plan = service.plan_of(make())
    for change, field in (
        ({"measure": " "}, "measure"),
        ({"steps": ""}, "steps"),
        ({"rectify_type": "someday"}, "rectify_type"),
        ({"rectify_type": "escalate"}, "escalate_to"),
        ({"due_on": stage.soon() + timedelta(days=1)}, "due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            service.sign(make(), by=cast.head, plan=service.Plan(**vars(plan) | change))
        assert refused.value.field == field
        db.session.rollback()


def test_who_rectified_does_not_close(cast: SimpleNamespace, make: Make) -> None:
    finding = make(state=State.RECTIFIED, severity="minor", rectified_by_id=cast.head.id)
    with pytest.raises(Forbidden, match="不能自己销号"):
        service.close(finding, "材料属实", by=cast.head)
    with pytest.raises(Forbidden, match="不能自己销号"):
        service.order_recheck(finding, cast.head, by=cast.style)
    assert service.close(finding, "材料属实", by=cast.style)


@pytest.mark.parametrize("wanted", [{"severity": "serious"}, {"must_recheck": True}, {"rectify_type": "ongoing"}])
def test_nothing_that_needs_a_recheck_is_closed_on_paper(
    cast: SimpleNamespace, make: Make, wanted: dict[str, Any]
) -> None:
    finding = make(**{"state": State.RECTIFIED, "severity": "minor"} | wanted)
    with pytest.raises(Conflict, match="回头看"):
        service.close(finding, "材料属实", by=cast.style)


def test_only_who_checks_decides_a_recheck(cast: SimpleNamespace, make: Make) -> None:
    finding = make(state=State.RECHECKING, rectified_by_id=cast.liaison.id)
    with pytest.raises(Forbidden):
        service.passed(finding, "现场已改", by=cast.liaison)
    assert service.passed(finding, "现场已改", by=cast.style)
    assert (finding.state, finding.closed_by_id, finding.checked_on) == (State.CLOSED, cast.style.id, clock.today())


def test_what_is_to_be_kept_up_is_looked_at_again_in_a_year(cast: SimpleNamespace, make: Make) -> None:
    with clock.pinned(datetime(2028, 2, 29, 4, tzinfo=UTC)):
        finding = make(state=State.RECHECKING, rectify_type="ongoing")
        service.passed(finding, "坚持得好", by=cast.style)
    assert (finding.state, finding.next_look_on) == (State.RECTIFYING, date(2029, 2, 28))


def test_a_recheck_that_fails_starts_the_work_again_and_never_ends_on_paper(cast: SimpleNamespace, make: Make) -> None:
    finding = make(state=State.RECHECKING, severity="minor")
    service.failed(finding, "仍然只开1个窗口", by=cast.style)
    assert (finding.state, finding.must_recheck) == (State.RECTIFYING, True)
    assert finding.due_on == clock.add_workdays(clock.today(), 3)


def test_a_relapse_is_one_degree_more_serious_and_has_its_history(cast: SimpleNamespace, make: Make) -> None:
    finding = make(state=State.CLOSED, severity="minor")
    service.relapse(finding, "又排队50分钟", by=cast.office)
    assert (finding.severity, finding.relapse_count, finding.closed_at) == ("moderate", 1, None)
    assert finding.due_on == clock.add_workdays(clock.today(), 15)
    service.sign(finding, by=cast.head)
    assert [one.verb for one in queries.entries_of(finding)] == [Verb.REGISTER, Verb.RELAPSE, Verb.RESTART]


def test_after_half_a_year_it_is_a_new_problem(cast: SimpleNamespace, make: Make) -> None:
    edge = make(state=State.CLOSED, closed_at=clock.now() - timedelta(days=180))
    assert service.relapse(edge, "又出现", by=cast.office)
    over = make(state=State.CLOSED, closed_at=clock.now() - timedelta(days=181))
    with pytest.raises(Conflict, match="新问题"):
        service.relapse(over, "又出现", by=cast.office)


def test_an_objection_has_its_term_around_the_national_day(cast: SimpleNamespace, make: Make) -> None:
    handed_over = datetime(2025, 9, 26, 4, tzinfo=UTC)  # 28 September is worked, 1 to 8 October are not
    for day, may in ((date(2025, 10, 9), True), (date(2025, 10, 10), True), (date(2025, 10, 11), False)):
        with clock.pinned(handed_over):
            finding = make()
        assert service.objection_until(finding) == clock.add_workdays(date(2025, 9, 26), 5)
        with clock.pinned(clock.from_local(datetime(day.year, day.month, day.day, 23, 59))):
            if may and day <= service.objection_until(finding):
                assert service.dispute(finding, "不属于本单位", by=cast.liaison)
            else:
                with pytest.raises(Conflict, match="已经过了"):
                    service.dispute(finding, "不属于本单位", by=cast.liaison)
        db.session.rollback()


def test_more_time_is_asked_for_before_the_due_day_is_over_and_once(cast: SimpleNamespace, make: Make) -> None:
    finding = make(state=State.RECTIFYING)
    assert finding.due_on
    first, later = finding.due_on, finding.due_on + timedelta(days=14)
    with clock.pinned(clock.end_of_day(first)):
        assert service.ask_extension(finding, later, "设备未到", "已下单", by=cast.liaison)
        with pytest.raises(Conflict, match="请等答复"):
            service.ask_extension(finding, later, "设备未到", "已下单", by=cast.liaison)
        service.answer_extension(finding, grant=True, by=cast.style)
        assert finding.due_on == later
        with pytest.raises(Conflict, match="最多延期1次"):
            service.ask_extension(finding, later + timedelta(days=1), "又未到", "已下单", by=cast.liaison)
    over = make(state=State.RECTIFYING)
    with clock.pinned(clock.end_of_day(first) + timedelta(seconds=1)), pytest.raises(Conflict, match="时限已经过了"):
        service.ask_extension(over, later, "设备未到", "已下单", by=cast.liaison)


def test_work_is_done_with_a_picture_of_its_own(cast: SimpleNamespace, make: Make, store: LocalStore) -> None:
    finding, other = make(state=State.RECTIFYING), make(state=State.RECTIFYING)
    with pytest.raises(Invalid, match="照片"):
        service.report_done(finding, "已增开窗口", [], by=cast.liaison)
    db.session.rollback()
    shown = stage.photo(1, store)
    service.report_done(finding, "已增开窗口", [shown], by=cast.liaison)
    db.session.commit()
    with pytest.raises(Invalid, match=finding.code):
        service.report_done(other, "已增开窗口", [shown], by=cast.liaison)
    db.session.rollback()
    service.send_back(finding, "看不清", by=cast.style)
    db.session.commit()
    with pytest.raises(Invalid, match="照片"):
        service.report_done(finding, "又改了", [shown], by=cast.liaison)


def test_terms_are_those_of_the_campaign(make: Make) -> None:
    finding = make()
    assert terms.of(finding.campaign_id) == terms.DEFAULT
    terms.put(finding.campaign_id, {"minor_days": 5})
    assert terms.of(finding.campaign_id).minor_days == 5
    with pytest.raises(Invalid) as refused:
        terms.put(finding.campaign_id, {"sample_percent": 101})
    assert refused.value.field == "sample_percent"


def test_overdue_is_computed_and_ends_with_the_work(make: Make) -> None:
    yesterday = clock.today() - timedelta(days=1)
    assert make(due_on=yesterday).is_overdue
    assert not make(due_on=clock.today()).is_overdue
    assert not make(due_on=yesterday, state=State.RECTIFIED).is_overdue


def test_each_person_is_somebody_or_nobody_to_a_finding(make: Make, everyone: dict[str, User]) -> None:
    finding = make()
    towards = {name: rights.actors_of(user, finding) for name, user in everyone.items()}
    assert towards["head"] == {Actor.UNIT, Actor.UNIT_HEAD}
    assert towards["deputy"] == towards["liaison"] == {Actor.UNIT}
    assert towards["style"] == towards["office"] == {Actor.DESK}
    nobody = {"stranger", "stranger_liaison", "county", "party", "coord", "admin", "county_office", "county_style"}
    assert all(not towards[name] for name in nobody)
    assert {name for name, user in everyone.items() if rights.sees(user, finding)} == {
        name for name, found in towards.items() if found
    }
    listed = {
        name
        for name, user in everyone.items()
        if db.session.query(Finding).filter(rights.visible(user), Finding.id == finding.id).count()
    }
    assert listed == {name for name, found in towards.items() if found}


def test_refusals_say_who_may(make: Make, cast: SimpleNamespace) -> None:
    with pytest.raises(AppError, match="责任单位办理"):
        service.sign(make(), by=cast.office)
    assert machine.is_open(Verb.SIGN, State.ASSIGNED)
    assert db.session.query(FindingEntry).count() == 1
