"""The problems behind the figures, the newest first."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from walkthrough_app.accounts.models import Unit
from walkthrough_app.board.queries.among import Chosen, before
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.paging import SIZE, Key
from walkthrough_app.figures.models import FindingFigure

TYPES = ("immediate", "deadline", "ongoing", "escalate")
SET, UNSET = "set", "unset"  # any measure, none yet


@dataclass(frozen=True)
class ProblemList:
    """What a list of problems is of; '' lets all through. `category` is a letter or a code."""

    units: Chosen
    is_reported: bool
    category: str = ""
    rectify_type: str = ""
    severity: str = ""
    step: str = ""
    walk_id: uuid.UUID | None = None

    def conditions(self, campaign: Campaign) -> list[ColumnElement[bool]]:
        found = FindingFigure
        kept = [found.campaign_id == campaign.id, found.is_counted, self.units.units(found.unit_id)]
        kept += [found.is_reported] if self.is_reported else []
        kept += [found.walk_id == self.walk_id] if self.walk_id else []
        return kept + [self.units.order(column) == value for column, value in self._equal()] + self._of_type()

    def _equal(self) -> list[tuple[Any, str]]:
        found = FindingFigure
        code = found.letter if len(self.category) == 1 else found.category
        pairs = ((code, self.category), (found.severity, self.severity), (found.step, self.step))
        return [(column, value) for column, value in pairs if value]

    def _of_type(self) -> list[ColumnElement[bool]]:
        column = FindingFigure.rectify_type
        if self.rectify_type in {SET, UNSET}:
            return [column.is_(None) if self.rectify_type == UNSET else column.is_not(None)]
        return [self.units.order(column) == self.rectify_type] if self.rectify_type else []


def problems(campaign: Campaign, wanted: ProblemList, after: Key | None = None) -> list[Any]:
    """Return one row more than a page has, each with its unit."""
    found = FindingFigure
    at = wanted.units.order(found.found_at)
    query = (
        select(
            *(found.walk_id, found.id, found.unit_id, found.task_name, found.step, found.category, found.severity),
            *(found.rectify_type, found.title, found.fact, found.measure, found.due_on, found.found_at),
            Unit.name.label("unit"),
        )
        .join(Unit, Unit.id == found.unit_id)
        .where(*wanted.conditions(campaign), before(at, found.id, (after[0], after[1]) if after else None))
        .order_by(at.desc(), found.id.desc())
        .limit(SIZE + 1)
    )
    return list(db.session.execute(query))
