"""What keeps a campaign open: every problem that is neither closed nor dismissed."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, func, select

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign, CampaignState
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding


@dataclass
class UnitStanding:
    """How many problems of a unit stand in each state; `kept` of those under way are kept up for good."""

    unit: Unit
    states: Counter[State] = field(default_factory=Counter)
    kept: int = 0

    @property
    def open(self) -> int:
        return sum(count for state, count in self.states.items() if not state.is_over) - self.kept

    def left(self, state: State) -> int:
        """Return how many in a state keep the campaign open."""
        return self.states[state] - (self.kept if state is State.RECTIFYING else 0)


@dataclass(frozen=True)
class Standing:
    units: Sequence[UnitStanding]

    @property
    def total(self) -> int:
        return sum(sum(one.states.values()) for one in self.units)

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.units)

    @property
    def open(self) -> int:
        return sum(one.open for one in self.units)

    @property
    def present(self) -> set[State]:
        """Return the states in which something keeps the campaign open."""
        return {state for one in self.units for state in one.states if not state.is_over and one.left(state)}

    def count(self, state: State) -> int:
        return sum(one.states[state] for one in self.units)


def of(campaign: Campaign) -> Standing:
    """Count the problems of a campaign by responsible unit and state."""
    found: dict[uuid.UUID, UnitStanding] = {}
    kept_up = func.sum(case((is_kept_up(), 1), else_=0))
    query = (
        select(Unit, Finding.state, func.count(), kept_up)
        .join(Finding, Finding.resp_id == Unit.id)
        .where(Finding.campaign_id == campaign.id, Finding.is_standing)
        .group_by(Unit.id, Finding.state)
        .order_by(Unit.name)
    )
    for unit, state, count, kept in db.session.execute(query):
        one = found.setdefault(unit.id, UnitStanding(unit))
        one.states[state] = count
        one.kept += int(kept or 0)
    return Standing(list(found.values()))


def counties_open(campaign: Campaign) -> list[str]:
    """Return the counties whose own campaign below this one has been opened and is not put away yet."""
    query = select(Unit.name).join(Campaign, Campaign.county_id == Unit.id).where(Campaign.parent_id == campaign.id)
    query = query.where(Campaign.state.not_in([CampaignState.DRAFT, CampaignState.ARCHIVED]))
    return list(db.session.scalars(query.order_by(Unit.name)))


def is_kept_up() -> ColumnElement[bool]:
    """Return the condition: 长期坚持, passed, the next look still to come; a failed look would have set a new term."""
    return and_(
        Finding.rectify_type == "ongoing",
        Finding.state == State.RECTIFYING,
        Finding.next_look_on == Finding.due_on,
        Finding.next_look_on >= clock.today(),
    )


def keeps_open(finding: Finding) -> bool:
    """Tell of one finding whether its campaign may not be put away because of it."""
    is_kept = finding.rectify_type == "ongoing" and finding.state is State.RECTIFYING
    next_look = finding.next_look_on if finding.next_look_on == finding.due_on else None
    is_kept = is_kept and next_look is not None and next_look >= clock.today()
    return finding.is_standing and not finding.state.is_over and not is_kept
