"""Records that units have to settle by a day: promises, terms of lists, special campaigns."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.records import queries as records
from walkthrough_app.reminders.queries.rectifying import leads_of


@dataclass(frozen=True, slots=True)
class Unsettled:
    """How many records of one unit in one campaign are to be settled by which day, and its people to be told."""

    campaign: Campaign
    unit: Unit
    leads: tuple[User, ...]
    due: Mapping[date, int]


def unsettled(unit_ids: Sequence[uuid.UUID] | None = None) -> list[Unsettled]:
    """Return what units have to settle of what they wrote themselves; of all units or some."""
    found: dict[tuple[Campaign, Unit], Counter[date]] = defaultdict(Counter)
    for one in records.owing(unit_ids):
        if one.due_on and one.made_by.unit_id == one.unit_id:
            found[one.campaign, one.unit][one.due_on] += 1
    people = leads_of({unit.id for _, unit in found})
    return [Unsettled(campaign, unit, tuple(people[unit.id]), due) for (campaign, unit), due in found.items()]
