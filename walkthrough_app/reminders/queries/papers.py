"""Papers that wait for a unit: to be signed for, answered or confirmed, and bulletins whose draft it may object to."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from walkthrough_app.accounts.models import Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.papers.life import Kind, State
from walkthrough_app.rectification.papers.models import OfficialPaper, Part
from walkthrough_app.rectification.papers.service import hearing
from walkthrough_app.reminders.queries.rectifying import leads_of

RUNNING = (CampaignState.OPEN, CampaignState.CLOSED)


class Owed(StrEnum):
    """What is waited for; the words are those of the line that tells it."""

    SIGN = "等着签收"
    ANSWER = "要填写办理情况"
    CONFIRM = "的办理情况等着一把手确认"
    OBJECT = "征求您单位的意见"


OWED = {
    (Kind.NOTICE, State.ISSUED): Owed.SIGN,
    (Kind.NOTICE, State.SIGNED): Owed.ANSWER,
    (Kind.NOTICE, State.RETURNED): Owed.ANSWER,
    (Kind.NOTICE, State.ANSWERED): Owed.CONFIRM,
    (Kind.LETTER, State.ISSUED): Owed.SIGN,
    (Kind.BULLETIN, State.HEARING): Owed.OBJECT,
}


@dataclass(frozen=True, slots=True)
class PaperOwed:
    """One paper that waits for a unit `since` a day, until `due_on`, and the people of the unit who are told."""

    campaign: Campaign
    unit: Unit
    people: tuple[User, ...]
    kind: Kind
    what: Owed
    since: date
    due_on: date | None


def papers(unit_ids: Sequence[uuid.UUID] | None = None) -> list[PaperOwed]:
    """Return what waits for units, of all of them or some, in the order in which it was written."""
    kinds, states = zip(*OWED, strict=True)
    query = select(OfficialPaper).join(Campaign, OfficialPaper.campaign_id == Campaign.id)
    query = query.where(OfficialPaper.kind.in_(set(kinds)), OfficialPaper.state.in_(set(states)))
    query = query.where(Campaign.state.in_(RUNNING)).order_by(OfficialPaper.created_at, OfficialPaper.id)
    wanted = None if unit_ids is None else set(unit_ids)
    waiting = [
        (paper, unit)
        for paper in db.session.scalars(query).unique()
        for unit in _units(paper)
        if wanted is None or unit.id in wanted
    ]
    people = leads_of({unit.id for _, unit in waiting})
    return [_owed(paper, unit, people[unit.id]) for paper, unit in waiting]


def _units(paper: OfficialPaper) -> Iterator[Unit]:
    """Yield the units from which something is waited for; of a draft of a bulletin those named and silent so far."""
    if (paper.kind, paper.state) not in OWED:
        return
    if paper.kind is not Kind.BULLETIN:
        if paper.unit:
            yield paper.unit
        return
    heard = hearing.answers(paper)
    yield from (one for one in paper.units_of(Part.NAMED) if one.id not in heard)


def _owed(paper: OfficialPaper, unit: Unit, people: Sequence[User]) -> PaperOwed:
    what = OWED[paper.kind, paper.state]
    due_on = hearing.term(paper) if paper.kind is Kind.BULLETIN else paper.due_on
    told = [one for one in people if one.role is Role.HEAD] if what is Owed.CONFIRM else people
    return PaperOwed(paper.campaign, unit, tuple(told), paper.kind, what, _since(paper), due_on)


def _since(paper: OfficialPaper) -> date:
    """Return the day of the deed that brought the paper to where it is; a reminder or a change moves nothing."""
    brought = next((one for one in paper.entries if one.to_state is paper.state), None)
    for one in reversed(paper.entries):
        if one.to_state is not paper.state:
            break
        brought = one
    return clock.to_local(brought.at if brought else paper.created_at).date()
