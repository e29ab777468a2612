"""Reading steps: what is due, what waits for a desk, what was stopped."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import queries as ledger
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.escalation import ladder, rulebook
from walkthrough_app.rectification.escalation.ladder import Circumstances, Rung
from walkthrough_app.rectification.escalation.models import EscalationSetting, EscalationStep, EscalationStop
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry

RUNNING = (CampaignState.OPEN, CampaignState.CLOSED)
CHUNK = 500
Stopped = dict[tuple[uuid.UUID, str], EscalationStop]


def book_of(campaign_id: uuid.UUID) -> rulebook.Rulebook:
    """Return the rules as a campaign has set them."""
    setting = db.session.get(EscalationSetting, campaign_id)
    return rulebook.builtin().changed(setting.changes if setting else {})


def due(day: date) -> list[Rung]:
    """Return the steps that are due by `day`, not taken and not stopped, in their order."""
    query = select(Finding).join(Campaign, Finding.campaign_id == Campaign.id)
    pressing = query.where(Finding.is_standing, Campaign.state.in_(RUNNING), _may_be_pressed(day))
    return due_of(db.session.scalars(pressing.order_by(Finding.due_on, Finding.code)).unique().all(), day)


def _may_be_pressed(day: date) -> ColumnElement[bool]:
    late = and_(Finding.state.in_(State.unfinished()), Finding.due_on < day)
    return or_(late, and_(Finding.relapse_count > 0, Finding.state.not_in([State.CLOSED, State.DISMISSED])))


def due_of(findings: Sequence[Finding], day: date) -> list[Rung]:
    """Return the same of some findings."""
    taken, halted = taken_of(findings), stops_of(findings)
    return [
        rung
        for rung in rungs_of(findings)
        if rung.due_on <= day and rung.key not in taken and (rung.finding.id, rung.rule.id) not in halted
    ]


def rungs_of(findings: Sequence[Finding]) -> list[Rung]:
    """Return all steps of some findings, taken or not, those to come included."""
    known = _circumstances(findings)
    books = {key: book_of(key) for key in {one.campaign_id for one in findings}}
    return [rung for one in findings for rung in ladder.rungs(one, books[one.campaign_id], known)]


def taken_of(findings: Iterable[Finding]) -> dict[tuple[uuid.UUID, str, date], EscalationStep]:
    found = {}
    for ids in _chunks(findings):
        for one in db.session.scalars(select(EscalationStep).where(EscalationStep.finding_id.in_(ids))):
            found[one.finding_id, one.rule, one.from_on] = one
    return found


def stops_of(findings: Iterable[Finding]) -> Stopped:
    """Return what is stopped now."""
    found = {}
    halted = select(EscalationStop).where(EscalationStop.resumed_at.is_(None))
    for ids in _chunks(findings):
        for one in db.session.scalars(halted.where(EscalationStop.finding_id.in_(ids))):
            found[one.finding_id, one.rule] = one
    return found


def all_stops_of(finding: Finding) -> Sequence[EscalationStop]:
    query = select(EscalationStop).where(EscalationStop.finding_id == finding.id)
    return db.session.scalars(query.order_by(EscalationStop.created_at)).all()


def waiting(user: User, campaign: Campaign, act: str) -> list[EscalationStep]:
    """Return the proposals of a kind that wait for the user, the longest first."""
    query = _open_proposals(act).where(Finding.campaign_id == campaign.id, rights.visible(user))
    found = db.session.scalars(query.order_by(EscalationStep.due_on, Finding.code)).unique().all()
    findings = {one.finding_id: one.finding for one in found}
    live, halted = {rung.key for rung in rungs_of(list(findings.values()))}, stops_of(findings.values())
    kept = [one for one in found if (one.finding_id, one.rule, one.from_on) in live]
    return _each_once(one for one in kept if (one.finding_id, one.rule) not in halted)


def _each_once(steps: Iterable[EscalationStep]) -> list[EscalationStep]:
    """Keep one proposal of a finding: what came back and is late again need not stand twice in a list."""
    return list({one.finding_id: one for one in steps}.values())


def _open_proposals(act: str) -> Select[EscalationStep]:
    query = select(EscalationStep).join(Finding, EscalationStep.finding_id == Finding.id)
    return query.where(EscalationStep.act == act, EscalationStep.settled_at.is_(None), Finding.is_standing)


def stopped(user: User, campaign: Campaign) -> Sequence[EscalationStop]:
    """Return what is stopped now of findings the user sees, the latest first."""
    query = select(EscalationStop).join(Finding, EscalationStop.finding_id == Finding.id)
    mine = query.where(EscalationStop.resumed_at.is_(None), Finding.campaign_id == campaign.id, rights.visible(user))
    return db.session.scalars(mine.order_by(EscalationStop.created_at.desc())).unique().all()


def taken(user: User, campaign: Campaign, *, limit: int) -> Sequence[EscalationStep]:
    """Return the last steps that were taken, the latest first."""
    query = select(EscalationStep).join(Finding, EscalationStep.finding_id == Finding.id)
    mine = query.where(Finding.campaign_id == campaign.id, rights.visible(user))
    return db.session.scalars(mine.order_by(EscalationStep.done_at.desc(), Finding.code).limit(limit)).unique().all()


def reminded_since(moment: datetime) -> set[uuid.UUID]:
    """Return the findings whose unit is to be told that the term is over, by a step taken after a moment."""
    query = select(EscalationStep.finding_id).where(EscalationStep.act == rulebook.REMIND)
    return set(db.session.scalars(query.where(EscalationStep.done_at > moment)))


def _circumstances(findings: Sequence[Finding]) -> Circumstances:
    due_on = {one.id: one.due_on for one in findings}
    asking, refused = set[uuid.UUID](), dict[uuid.UUID, date]()
    relapsed, unproved = dict[uuid.UUID, date](), set[uuid.UUID]()
    for ids in _chunks(findings):
        for one in db.session.scalars(select(Extension).where(Extension.finding_id.in_(ids))):
            if one.decided_at is None:
                asking.add(one.finding_id)
            elif not one.is_granted and one.old_due_on == due_on[one.finding_id]:
                refused[one.finding_id] = clock.to_local(one.decided_at).date()
        relapsed |= _relapses(ids)
        unproved |= ledger.unproved(ids)
    return Circumstances(frozenset(asking), refused, relapsed, frozenset(unproved))


def _relapses(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    at = func.max(FindingEntry.at, type_=db.UTCDateTime())
    query = select(FindingEntry.finding_id, at).where(FindingEntry.verb == Verb.RELAPSE)
    rows = db.session.execute(query.where(FindingEntry.finding_id.in_(ids)).group_by(FindingEntry.finding_id))
    return {row[0]: clock.to_local(row[1]).date() for row in rows}


def _chunks(findings: Iterable[Finding]) -> Iterator[list[uuid.UUID]]:
    ids = [one.id for one in findings]
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
