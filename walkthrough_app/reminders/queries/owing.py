"""谁还没报: the units of a campaign whose report is still out."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from walkthrough_app.accounts.models import Lane, Role, Unit, User
from walkthrough_app.campaigns.models import Campaign, CampaignPurpose, CampaignState
from walkthrough_app.campaigns.queries import opened
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import NotFound
from walkthrough_app.reminders.models import Urge
from walkthrough_app.reminders.queries.debts import Debt, debts

CLERKS = frozenset({Role.GROUP_STYLE, Role.GROUP_COORD, Role.OFFICE})


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that owes its report: never begun, being written, or sent back to it; and how often it was urged."""

    debt: Debt
    due: date
    urged: int
    urged_on: date | None

    @property
    def unit(self) -> Unit:
        return self.debt.unit

    @property
    def is_returned(self) -> bool:
        return bool(self.debt.returned)

    @property
    def state(self) -> str:
        if self.is_returned:
            return "退回补充"
        return self.debt.state.label if self.debt.state else "没有开始"

    @property
    def days_late(self) -> int:
        return max(0, (clock.today() - self.due).days)

    @property
    def is_urged_today(self) -> bool:
        return self.urged_on == clock.today()

    @property
    def can_be_urged(self) -> bool:
        return bool(self.debt.leads) and not self.is_urged_today

    @property
    def rank(self) -> tuple[int, str]:
        """Sort what is late first, then by name; also the place a page begins after."""
        return (-self.days_late, self.unit.name)


def campaigns_for(user: User) -> Sequence[Campaign]:
    """Return the campaigns of the user's realm that have been opened, the latest first."""
    return opened(user, purpose=CampaignPurpose.WALK) if user.role in CLERKS else []


def campaign_for(user: User, campaign_id: uuid.UUID | None) -> Campaign | None:
    """Return the campaign asked for, else the latest; NotFound outside of the user's realm."""
    known = campaigns_for(user)
    if campaign_id is None:
        return next((one for one in known if one.state is CampaignState.OPEN), next(iter(known), None))
    found = next((one for one in known if one.id == campaign_id), None)
    if found is None:
        raise NotFound
    return found


def owing(campaign: Campaign, lane: Lane | None = None) -> list[Owing]:
    """Return the units whose report is out, what is late longest first; of one lane or of both."""
    urges = _urges(campaign)
    found = [
        Owing(debt, _due(campaign, debt), *urges.get(debt.unit.id, (0, None)))
        for debt in debts(campaign, walks=False)
        if debt.owes_report and lane in {None, debt.unit.lane}
    ]
    return sorted(found, key=lambda one: one.rank)


def counts(rows: Sequence[Owing]) -> Counter[str]:
    """Count the units by the state of their report."""
    return Counter(row.state for row in rows)


def _due(campaign: Campaign, debt: Debt) -> date:
    days = [one.asked_on for one in debt.returned if one.asked_on]
    return campaign.report_due if debt.missing or not days else min(days)


def _urges(campaign: Campaign) -> dict[uuid.UUID, tuple[int, date]]:
    query = select(Urge.unit_id, func.count(), func.max(Urge.day)).where(Urge.campaign_id == campaign.id)
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query.group_by(Urge.unit_id))}
