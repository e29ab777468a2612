"""Reading walks. Loading is authorising: strangers get NotFound, those who may only look get Forbidden on writing."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, PlanEntry, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.errors import Forbidden, NotFound
from walkthrough_app.walkthroughs.models import Purpose, WalkEvent, WalkState, Walkthrough

COUNTED = (Walkthrough.purpose == Purpose.WALK, Walkthrough.state != WalkState.VOID)  # what a plan or a report knows of

# For many walks of one campaign: what they share is not read again with every row, but looked up when it is asked for.
LIGHT = (
    lazyload(Walkthrough.campaign),
    lazyload(Walkthrough.unit),
    lazyload(Walkthrough.questionnaire),
    joinedload(Walkthrough.item, innerjoin=True).lazyload(ServiceItem.unit),
    joinedload(Walkthrough.walker, innerjoin=True).lazyload(User.unit),
    joinedload(Walkthrough.plan).options(
        lazyload(PlanEntry.campaign), lazyload(PlanEntry.item), lazyload(PlanEntry.walker)
    ),
)


def walk_for(user: User, walk_id: uuid.UUID, *, write: bool = False) -> Walkthrough:
    """Load a walk: its walker may write; head and liaison of the unit and the office of its realm may look.

    Of one that looks again, or is a visit, the unit learns nothing, for nobody may be warned (S002-25).
    """
    walk = db.session.get(Walkthrough, walk_id)
    if walk is None or not _may_see(user, walk):
        raise NotFound
    if write and walk.walker_id != user.id:
        raise Forbidden("只有体验人本人可以记录，您可以查看。")
    return walk


def walk_to_measure(user: User, walk_id: uuid.UUID) -> Walkthrough:
    """Load a walk to set measures for its findings: the walker, or head and liaison of the unit once it is walked."""
    walk = walk_for(user, walk_id)
    if walk.walker_id == user.id or (_leads(user, walk) and walk.state is not WalkState.IN_PROGRESS):
        return walk
    raise Forbidden("走完以后才能填写整改措施。" if _leads(user, walk) else "")


def _may_see(user: User, walk: Walkthrough) -> bool:
    return user.id == walk.walker_id or _leads(user, walk) or _oversees(user, walk)


def _oversees(user: User, walk: Walkthrough) -> bool:
    return user.role is Role.OFFICE and realm.sees_campaign(user, walk.campaign)


def _leads(user: User, walk: Walkthrough) -> bool:
    return user.unit_id == walk.unit_id and user.role in {Role.HEAD, Role.LIAISON} and walk.purpose is Purpose.WALK


def events_of(walk: Walkthrough) -> Sequence[WalkEvent]:
    """Return the whole log, in the order it was received (the fold finds the true one)."""
    query = select(WalkEvent).where(WalkEvent.walk_id == walk.id)
    return db.session.scalars(query.order_by(WalkEvent.received_at, WalkEvent.device, WalkEvent.seq)).all()


def last_event(walk: Walkthrough, device: str) -> WalkEvent | None:
    query = select(WalkEvent).where(WalkEvent.walk_id == walk.id, WalkEvent.device == device)
    return db.session.scalars(query.order_by(WalkEvent.seq.desc()).limit(1)).first()


def walk_of_plan(plan: PlanEntry) -> Walkthrough | None:
    """Return the walk that counts for a plan entry: the latest one that is not void."""
    query = select(Walkthrough).where(Walkthrough.plan_id == plan.id, *COUNTED)
    return db.session.scalars(query.order_by(Walkthrough.created_at.desc()).limit(1)).first()


def walks_of_plans(plans: Sequence[PlanEntry]) -> dict[uuid.UUID, Walkthrough]:
    """Return the walks that count, by plan entry."""
    query = select(Walkthrough).where(Walkthrough.plan_id.in_([plan.id for plan in plans]), *COUNTED)
    found = db.session.scalars(query.order_by(Walkthrough.created_at))
    return {walk.plan_id: walk for walk in found if walk.plan_id}


def walks_of_unit(unit: Unit, campaign: Campaign) -> Sequence[Walkthrough]:
    """Return the walks of a unit that a report may cover, oldest first; void ones are left out."""
    query = select(Walkthrough).where(Walkthrough.unit_id == unit.id, Walkthrough.campaign_id == campaign.id, *COUNTED)
    return db.session.scalars(query.options(*LIGHT).order_by(Walkthrough.created_at)).all()


def known_ids(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    return set(db.session.scalars(select(WalkEvent.id).where(WalkEvent.id.in_(ids))))


def homes_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the walk each known event belongs to."""
    query = select(WalkEvent.id, WalkEvent.walk_id).where(WalkEvent.id.in_(ids))
    return {row.id: row.walk_id for row in db.session.execute(query)}


def lock_plan(plan: PlanEntry) -> None:
    """Let one request at a time begin the walk of a plan entry."""
    db.session.execute(select(PlanEntry.id).where(PlanEntry.id == plan.id).with_for_update())


def lock(walk: Walkthrough) -> None:
    """Let one writer at a time add to this walk's log."""
    db.session.execute(select(Walkthrough.id).where(Walkthrough.id == walk.id).with_for_update())
