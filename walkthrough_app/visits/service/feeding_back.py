"""信息反馈 (S001-37): the unit is told what was found and gets its problems to put right; or a visit is called off."""

import uuid

from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import Actor
from walkthrough_app.rectification.service import desk
from walkthrough_app.visits import queries
from walkthrough_app.visits.models import Visit, VisitState
from walkthrough_app.visits.service.giving_out import give_out
from walkthrough_app.visits.service.walking import must_be_open
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.models import WalkState

LONGEST = 2000  # characters


def feed_back(visit: Visit, text: str, *, by: User, tap: uuid.UUID) -> int:
    """Tell the unit and hand its problems over (交办); return how many. Said again it changes nothing."""
    queries.lock(visit)
    if visit.state is VisitState.FED_BACK:
        return 0
    if visit.state is not VisitState.HANDED_IN:
        raise Conflict("移交以后才能反馈。")
    if len(text) > LONGEST:
        raise Invalid("text", f"最多{LONGEST}个字。")
    handed_over = [one for one in queries.waiting(visit) if Actor.DESK in rights.actors_of(by, one)]
    for one in handed_over:
        desk.assign(one, desk.Order(visit.unit), by=by, entry_id=uuid.uuid5(tap, str(one.id)))
    visit.feedback, visit.state = text.strip(), VisitState.FED_BACK
    visit.fed_back_at, visit.fed_back_by = clock.now(), by
    db.session.flush()
    give_out(visit)
    audit.record("visit.fed_back", visit, by=by, assigned=len(handed_over))
    return len(handed_over)


def call_off(visit: Visit, reason: str, *, by: User, tap: uuid.UUID) -> None:
    """Call off a visit that is not handed in; what was walked of it counts for nothing."""
    queries.lock(visit)
    if visit.state is VisitState.VOID:
        return
    must_be_open(visit)
    if not reason.strip():
        raise Invalid("reason", "请写明作废的原因。")
    if visit.walk and visit.walk.state is not WalkState.VOID:
        walkthroughs.void(visit.walk, reason.strip(), by=by, tap=tap)
    visit.state, visit.void_reason = VisitState.VOID, reason.strip()
    db.session.flush()
    audit.record("visit.called_off", visit, by=by, reason=visit.void_reason)
