"""Puts findings with a term into the ledger, around 国庆 2026: 25–27 September and 1–7 October off, 20 September and 10
October worked."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Extension, Finding, Source
from walkthrough_app.rectification.service import moving

BEFORE_HOLIDAY = date(2026, 9, 30)  # a Wednesday
_counter = itertools.count(8001)


@contextmanager
def at(day: date, clock_time: str = "08:20") -> Iterator[None]:
    with clock.pinned(clock.from_local(datetime.fromisoformat(f"{day} {clock_time}"))):
        yield


def put(unit: Unit, campaign: Campaign, **wanted: Any) -> Finding:
    """Write a finding under way, due on the last day before 国庆, whatever is said otherwise."""
    plain: dict[str, Any] = {
        "campaign": campaign,
        "unit": unit,
        "resp": unit,
        "lane": unit.lane,
        "source": Source.WALK,
        "task_name": "居住证申领",
        "step": "queue",
        "code": f"WT-2026-市直-{unit.name.removeprefix('示例市')}-{next(_counter):04}",
        "category": "C2",
        "severity": "moderate",
        "title": "取号后排队等候40分钟",
        "fact": "大厅只开1个窗口。",
        "found_on": BEFORE_HOLIDAY - timedelta(days=20),
        "rectify_type": "deadline",
        "measure": "增开窗口",
        "steps": "调配人员；增开窗口",
        "due_on": BEFORE_HOLIDAY,
        "state": State.RECTIFYING,
        "assigned_at": clock.now(),
    }
    made = Finding(**plain | wanted)
    if made.state is State.CLOSED and made.closed_at is None:
        made.closed_at = clock.now()
    db.session.add(made)
    db.session.flush()
    moving.write(made, Verb.REGISTER, None, by=None)
    db.session.commit()
    return made


def ask(finding: Finding, by: uuid.UUID, new: date) -> Extension:
    """Ask for more time as the unit does, in time."""
    assert finding.due_on
    made = Extension(
        finding_id=finding.id,
        reason="设备还没有到货",
        progress="已下单",
        old_due_on=finding.due_on,
        new_due_on=new,
        asked_by_id=by,
    )
    db.session.add(made)
    db.session.commit()
    return made
