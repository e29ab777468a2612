"""The walks behind the figures, the newest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.board.queries.among import Chosen, before
from walkthrough_app.campaigns.models import Campaign, Mode
from walkthrough_app.core import db
from walkthrough_app.core.paging import SIZE, Key
from walkthrough_app.figures.models import WalkFigure
from walkthrough_app.reports.models import SETTLED, Report, ReportState, report_walk
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough

# By the column of UnitFigure that counts them; those of PRIVATE are not in reports and shown to the office alone.
KINDS: dict[str, Any] = {
    "counted": WalkFigure.is_counted,
    "by_head": WalkFigure.is_counted & WalkFigure.is_by_head,
    "delegated": WalkFigure.is_counted & ~WalkFigure.is_by_head,
    "full": WalkFigure.is_counted & WalkFigure.is_full,
    "simulated": WalkFigure.is_counted & WalkFigure.is_simulated,
    "finished": WalkFigure.state == WalkState.FINISHED,
    "awaiting": WalkFigure.is_counted & (WalkFigure.state != WalkState.FINISHED),
    "waits": WalkFigure.is_counted & (WalkFigure.wait_seconds > 0),
    "walks": WalkFigure.state != WalkState.VOID,
    "under_way": (WalkFigure.state != WalkState.VOID) & ~WalkFigure.is_counted,
}
MODE = "mode."  # and the id of a mode of the programme
PRIVATE = frozenset({"walks", "under_way"})


@dataclass(frozen=True)
class WalkList:
    """What a list of walks is of; `task_name` or `item_id` narrow it to one service."""

    kind: str
    units: Chosen
    is_reported: bool
    task_name: str = ""
    item_id: uuid.UUID | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.task_name or self.item_id)

    def conditions(self, campaign: Campaign) -> list[ColumnElement[bool]]:
        walk = WalkFigure
        found = [walk.campaign_id == campaign.id, _is(self.kind), self.units.units(walk.unit_id)]
        found += [walk.is_reported & walk.is_counted] if self.is_reported else []
        found += [walk.task_name == self.task_name] if self.task_name else []
        found += [walk.item_id == self.item_id] if self.item_id else []
        return found


def _is(kind: str) -> Any:
    if kind.startswith(MODE):
        return WalkFigure.is_counted & (WalkFigure.mode == Mode(kind.removeprefix(MODE)))
    return KINDS[kind]


def walks(campaign: Campaign, wanted: WalkList, after: Key | None = None) -> list[Any]:
    """Return one row more than a page has, each with its unit and its walker's post."""
    ids = _ids(campaign, wanted, after).subquery()
    walk = WalkFigure
    query = (
        select(
            *(walk.walk_id, walk.unit_id, walk.task_name, walk.state, walk.mode, walk.is_simulated, walk.day),
            *(walk.is_full, walk.is_by_head, walk.total_seconds, walk.wait_seconds, walk.trips, walk.findings),
            *(Unit.name.label("unit"), User.post),
        )
        .join(ids, ids.c.walk_id == walk.walk_id)
        .join(Unit, Unit.id == walk.unit_id)
        .join(Walkthrough, Walkthrough.id == walk.walk_id)
        .join(User, User.id == Walkthrough.walker_id)
    )
    return list(db.session.execute(query.order_by(walk.day.desc(), walk.walk_id.desc())))


def _ids(campaign: Campaign, wanted: WalkList, after: Key | None) -> Select[Any]:
    is_sorted = wanted.units.by_unit or wanted.is_narrow
    day = Chosen((), 0).order(WalkFigure.day) if is_sorted else WalkFigure.day
    query = select(WalkFigure.walk_id).where(*wanted.conditions(campaign))
    query = query.where(before(day, WalkFigure.walk_id, (after[0], after[1]) if after else None))
    return query.order_by(day.desc(), WalkFigure.walk_id.desc()).limit(SIZE + 1)


def count(campaign: Campaign, wanted: WalkList) -> int:
    """Count the walks of one service; those of units are known from their figures."""
    query = select(func.count()).select_from(WalkFigure).where(*wanted.conditions(campaign))
    return db.session.scalar(query) or 0


def reports_of(walk_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the handed-in report in which each of these walks stands."""
    query = select(report_walk.c.walk_id, Report.id).join(Report, Report.id == report_walk.c.report_id)
    query = query.where(Report.state.in_([ReportState.SUBMITTED, *SETTLED]))
    return {row[0]: row[1] for row in db.session.execute(query.where(report_walk.c.walk_id.in_(walk_ids)))}
