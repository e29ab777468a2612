"""Walking a visit: on the phone page of every walk, at the unit that is visited."""

import uuid
from collections.abc import Iterator

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.visits import queries
from walkthrough_app.visits.models import Visit, VisitState
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Purpose, WalkState, Walkthrough


def start(visit: Visit, *, by: User, tap: uuid.UUID) -> Walkthrough:
    """Begin to walk; a second tap returns the walk already begun, one that was voided is begun anew."""
    queries.lock(visit)
    must_be_open(visit)
    queries.must_be_open(visit.campaign)
    if visit.walk and visit.walk.state is not WalkState.VOID:
        return visit.walk
    if visit.from_on > clock.today():
        raise Conflict(f"{visit.from_on.month}月{visit.from_on.day}日才开始，现在还不能去。")
    visit.walk = _walk(visit, by, tap)
    visit.state, visit.started_at = VisitState.UNDER_WAY, clock.now()
    db.session.flush()
    audit.record("visit.started", visit, by=by)
    return visit.walk


def must_be_open(visit: Visit) -> None:
    if not visit.state.is_open:
        raise Conflict(f"这次督查{visit.state.label}，请刷新后再看。")


def _walk(visit: Visit, by: User, tap: uuid.UUID) -> Walkthrough:
    walk = Walkthrough(
        campaign=visit.campaign,
        unit=visit.unit,
        item=visit.item,
        walker=by,
        questionnaire=visit.campaign.questionnaire,
        purpose=Purpose.VISIT,
        mode=visit.mode,
        is_simulated=False,
    )
    db.session.add(walk)
    db.session.flush()
    document = questionnaires.document_of(walk.questionnaire).for_mode(walk.mode.value)
    door = FormDoor(walk, by, tap)
    door.add("start", mode=walk.mode.value, is_simulated=False, simulation_stop=None)
    for question, value in _axes(visit):
        door.add("answer", question=question, value=value)
    door.add("step_start", document.steps[0].id)
    door.commit()
    return walk


def _axes(visit: Visit) -> Iterator[tuple[str, str]]:
    """Yield the answers to what is asked at the start: they were given when the visit was ordered."""
    given = {visit.frequency.value, visit.focus.value}
    document = questionnaires.document_of(visit.campaign.questionnaire)
    for addon in document.addons_for(visit.mode.value):
        for question in addon.questions if addon.at == "start" else ():
            chosen = next((one.id for one in question.options if one.id in given), None)
            if chosen:
                yield question.id, chosen
