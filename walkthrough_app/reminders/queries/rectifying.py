"""What units still owe of their problems, and what of them waits for the desks."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from walkthrough_app.accounts import realm
from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.escalation import queries as escalation
from walkthrough_app.rectification.escalation import rulebook
from walkthrough_app.rectification.escalation.models import EscalationStep, EscalationStop
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Extension, Finding
from walkthrough_app.reminders.queries.desks import GROUPS

LEADS = (Role.HEAD, Role.LIAISON)
UNSIGNED = frozenset({State.ASSIGNED, State.RELAPSED})
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Term:
    """A problem that a unit has to put right: until when, since when it waits to be signed for, and what is paused."""

    id: uuid.UUID
    due_on: date | None
    unsigned_since: date | None
    is_quiet: bool  # more time was asked for, or the reminder was stopped: nothing is said of its being late


@dataclass(frozen=True, slots=True)
class Rectifying:
    """What one unit owes in one campaign, and its people to be told."""

    campaign: Campaign
    unit: Unit
    leads: tuple[User, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a desk in a campaign, by what it is."""

    user: User
    campaign: Campaign
    counts: Mapping[str, int]


def rectifying(unit_ids: Sequence[uuid.UUID] | None = None) -> list[Rectifying]:
    """Return what units owe, by campaign and unit; of all of them or some."""
    found: dict[tuple[uuid.UUID, uuid.UUID], list[Any]] = defaultdict(list)
    for row in db.session.execute(_owed(unit_ids)):
        found[row.campaign_id, row.resp_id].append(row)
    owed = [row.id for rows in found.values() for row in rows]
    quiet, unproved = _quiet(owed), _unproved(owed)
    people = leads_of({unit for _, unit in found})
    return [
        Rectifying(
            db.session.get_one(Campaign, campaign),
            db.session.get_one(Unit, unit),
            tuple(people[unit]),
            tuple(_term(row, quiet) for row in rows if row.id not in unproved),
        )
        for (campaign, unit), rows in found.items()
    ]


def _unproved(ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return what came back by a report that was taken back since: nobody is pressed for it."""
    parts = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return set().union(*map(ledger.unproved, parts))


def _owed(unit_ids: Sequence[uuid.UUID] | None) -> Select[*tuple[Any, ...]]:
    columns = (Finding.id, Finding.campaign_id, Finding.resp_id, Finding.state, Finding.due_on, Finding.assigned_at)
    query = select(*columns).join(Campaign, Finding.campaign_id == Campaign.id)
    query = query.where(
        Finding.is_standing, rights.told(), Finding.state.in_(State.unfinished()), Campaign.state != CampaignState.DRAFT
    )
    if unit_ids is not None:
        query = query.where(Finding.resp_id.in_(unit_ids))
    return query.order_by(Campaign.report_due, Campaign.id, Finding.resp_id, Finding.due_on, Finding.code)


def _term(row: Any, quiet: set[uuid.UUID]) -> Term:
    since = clock.to_local(row.assigned_at).date() if row.assigned_at and row.state in UNSIGNED else None
    return Term(row.id, row.due_on, since, row.id in quiet)


def _quiet(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    wanted, found = list(ids), set[uuid.UUID]()
    reminders = [rule.id for rule in rulebook.builtin().rules if rule.act == rulebook.REMIND]
    stops = select(EscalationStop.finding_id).where(EscalationStop.resumed_at.is_(None))
    stops = stops.where(EscalationStop.rule.in_(reminders))
    asking = select(Extension.finding_id).where(Extension.decided_at.is_(None))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found |= set(db.session.scalars(stops.where(EscalationStop.finding_id.in_(part))))
        found |= set(db.session.scalars(asking.where(Extension.finding_id.in_(part))))
    return found


def leads_of(units: Collection[uuid.UUID]) -> dict[uuid.UUID, list[User]]:
    """Return head and liaison of each unit."""
    found: dict[uuid.UUID, list[User]] = defaultdict(list)
    query = select(User).where(User.unit_id.in_(units), User.is_active, User.role.in_(LEADS))
    for user in db.session.scalars(query.order_by(User.created_at)):
        found[user.unit_id].append(user)
    return found


def reminded_since(moment: datetime) -> set[uuid.UUID]:
    """Return the problems that a step of escalation says are late, taken since a moment."""
    return escalation.reminded_since(moment)


def waiting(only: User | None = None) -> list[Waiting]:
    """Return what waits for each person of the two groups, of the own lane."""
    query = select(User).where(User.role.in_(GROUPS), User.is_active)
    people = [only] if only else db.session.scalars(query.order_by(User.created_at)).all()
    return [one for user in people if user.role in GROUPS for one in _waiting(user)]


def _waiting(user: User) -> list[Waiting]:
    found: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for words, query in (
        ("异议", _mine(user).where(Finding.state == State.DISPUTED)),
        ("延期申请", _mine(user).join(Extension).where(Extension.decided_at.is_(None))),
        ("已整改待核", _mine(user).where(Finding.state == State.RECTIFIED)),
    ):
        for campaign_id, count in db.session.execute(query):
            found[campaign_id][words] = count
    for campaign_id in db.session.scalars(_proposed(user)):
        campaign = db.session.get_one(Campaign, campaign_id)
        found[campaign_id]["该发督办通知单"] = len(escalation.waiting(user, campaign, rulebook.NOTICE))
    campaigns = [db.session.get_one(Campaign, key) for key, counts in found.items() if +counts]
    return [Waiting(user, one, dict(+found[one.id])) for one in campaigns]


def _mine(user: User) -> Select[*tuple[Any, ...]]:
    query = select(Finding.campaign_id, func.count()).join(Campaign, Finding.campaign_id == Campaign.id)
    own = realm.campaigns(user, Campaign)
    return query.where(rights.visible(user), own, Campaign.state != CampaignState.DRAFT).group_by(Finding.campaign_id)


def _proposed(user: User) -> Select[Any]:
    """Select the campaigns in which a notice was ever proposed and not settled."""
    query = select(Finding.campaign_id).join(EscalationStep, EscalationStep.finding_id == Finding.id)
    query = query.join(Campaign, Finding.campaign_id == Campaign.id)
    query = query.where(EscalationStep.act == rulebook.NOTICE, EscalationStep.settled_at.is_(None))
    return query.where(rights.visible(user), realm.campaigns(user, Campaign)).distinct()
