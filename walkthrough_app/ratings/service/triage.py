"""What becomes of a comment or a bad rating: a problem in the ledger, an answer of the unit, or a reason why not."""

from dataclasses import dataclass

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.ratings import proposals, queries
from walkthrough_app.ratings.models import OUTCOMES, CaseState, RatingCase
from walkthrough_app.rectification import service as rectification
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, Source
from walkthrough_app.rectification.service.taking_in import Found, take_in

ENOUGH = 500  # characters


@dataclass(frozen=True)
class Problem:
    """What the office makes of a case: words of its own, never the comment as it came unless it says so."""

    title: str
    fact: str
    category: str
    severity: str


def take_up(case: RatingCase, problem: Problem, *, by: User) -> Finding:
    """Make a case a problem and hand it over (交办), to be put right within the form's working days."""
    if case.state is CaseState.FINDING and case.finding:
        return case.finding
    _from(case, CaseState.NEW, CaseState.ANSWERED)
    asked = queries.asked_of(case.campaign, case.rating.point.form_key)
    if problem.category not in {code for code, _ in proposals.categories(asked.document)}:
        raise Invalid("category", "请选择问题类别。")
    finding = take_in(case.campaign, _found(case, problem), by=by, point=case.rating.point.name)
    if finding.state is State.REGISTERED:
        due_on = clock.add_workdays(clock.today(), asked.form.answer_days)
        rectification.assign(finding, rectification.Order(case.unit, due_on), by=by)
    case.finding_id = finding.id
    _end(case, CaseState.FINDING, by=by, finding=finding.code)
    return finding


def _found(case: RatingCase, problem: Problem) -> Found:
    asked = queries.asked_of(case.campaign, case.rating.point.form_key)
    return Found(
        unit=case.unit,
        source=Source.EVALUATION if asked.form.kind == "evaluation" else Source.RATING,
        category=problem.category,
        severity=problem.severity,
        title=problem.title,
        fact=problem.fact,
        clause=str(asked.form.clause),
        found_on=case.rating.given_on,
        key=case.rating_id,
        task_name=case.rating.point.name,
    )


def ask(case: RatingCase, text: str, *, by: User) -> None:
    """Pass a case on to the unit (转单位答复), in the words it is to read; its working days begin."""
    if case.state is CaseState.ASKED:
        return
    _from(case, CaseState.NEW)
    case.passed_on = _needed("passed_on", text, "请写明转给单位的内容。")
    form = queries.asked_of(case.campaign, case.rating.point.form_key).form
    case.state, case.asked_on = CaseState.ASKED, clock.today()
    case.due_on = clock.add_workdays(clock.today(), form.answer_days)
    _note(case, "asked", by)


def answer(case: RatingCase, outcome: str, text: str, *, by: User) -> None:
    """Answer as the unit, after looking into it: put right, or explained."""
    if case.state is CaseState.ANSWERED:
        return
    _from(case, CaseState.ASKED)
    if outcome not in OUTCOMES:
        raise Invalid("outcome", "请选已整改或者已解释。")
    case.answer = _needed("answer", text, "请写明核实的情况和怎么办的。")
    case.outcome, case.answered_on, case.state = outcome, clock.today(), CaseState.ANSWERED
    _note(case, "answered", by, outcome=outcome)


def send_back(case: RatingCase, reason: str, *, by: User) -> None:
    """Have the unit answer again, within the same number of days."""
    _from(case, CaseState.ANSWERED)
    case.note = _needed("note", reason, "请写明为什么退回。")
    form = queries.asked_of(case.campaign, case.rating.point.form_key).form
    case.state, case.due_on = CaseState.ASKED, clock.add_workdays(clock.today(), form.answer_days)
    _note(case, "sent_back", by)


def close(case: RatingCase, note: str, *, by: User) -> None:
    """End a case whose answer the office accepts."""
    if case.state is CaseState.CLOSED:
        return
    _from(case, CaseState.ANSWERED)
    case.note = note.strip()[:ENOUGH]
    _end(case, CaseState.CLOSED, by=by)


def decline(case: RatingCase, reason: str, *, by: User) -> None:
    """Do not take a case up (不采用), and say why."""
    if case.state is CaseState.DECLINED:
        return
    _from(case, CaseState.NEW)
    case.note = _needed("note", reason, "请写明不采用的理由。")
    _end(case, CaseState.DECLINED, by=by)


def _from(case: RatingCase, *states: CaseState) -> None:
    if case.state not in states:
        raise Conflict(f"这一条现在是“{case.state.label}”，请刷新后再看。")


def _end(case: RatingCase, state: CaseState, *, by: User, **details: str) -> None:
    case.state, case.ended_on = state, clock.today()
    _note(case, state.value, by, **details)


def _note(case: RatingCase, verb: str, by: User, **details: str) -> None:
    audit.record(f"rating_case.{verb}", case.rating.point, by=by, case=str(case.id), **details)


def _needed(field: str, text: str, message: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise Invalid(field, message)
    if len(tidy) > ENOUGH:
        raise Invalid(field, f"最多{ENOUGH}个字。")
    return tidy
