"""How the problems of a campaign stand in the ledger, by responsible unit."""

import uuid
from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding


def by_unit(user: User, campaign: Campaign) -> dict[uuid.UUID, Counter[str]]:
    """Count what the user may see: all but 不予立项, of them open, overdue, reported as done, closed, relapsed."""
    sums = {name: func.sum(case((condition, 1), else_=0)) for name, condition in _conditions().items()}
    query = select(Finding.resp_id, *sums.values()).where(Finding.campaign_id == campaign.id, rights.visible(user))
    rows = db.session.execute(query.group_by(Finding.resp_id))
    return {row[0]: Counter(dict(zip(sums, map(int, row[1:]), strict=True))) for row in rows}


def _conditions() -> dict[str, ColumnElement[bool]]:
    over: list[Any] = [State.CLOSED, State.DISMISSED]
    return {
        "problems": Finding.state != State.DISMISSED,
        "open": Finding.state.not_in(over),
        "overdue": and_(Finding.state.in_(State.unfinished()), Finding.due_on < clock.today()),
        "rectified": Finding.state == State.RECTIFIED,
        "closed": Finding.state == State.CLOSED,
        "relapsed": Finding.relapse_count > 0,
    }
