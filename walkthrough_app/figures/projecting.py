"""From the fold to the columns of lists: pure, one walk at a time."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from walkthrough_app.campaigns.models import DayType
from walkthrough_app.core import clock
from walkthrough_app.questionnaires.meanings import Meaning
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

Columns = dict[str, Any]
ASKED: tuple[Meaning, ...] = ("windows", "materials", "extra_materials")  # counted answers that lists show
MOST = 9999  # of anything that is counted by tapping
LONGEST = 1_000_000  # seconds of a step: more is a clock that lost its way, and sums must stay numbers a column holds


def of_walk(walk: Walkthrough, record: WalkRecord) -> Columns:
    """Return the columns of the walk's row but for what reports say of it."""
    state = record.state
    return dict(
        **_whose(walk),
        item_id=walk.item_id,
        same_id=walk.item.same_id,
        lane=walk.unit.lane,
        task_name=walk.item.task_name,
        state=walk.state,
        mode=walk.mode,
        is_simulated=walk.is_simulated,
        is_by_head=walk.is_head_in_person,
        is_full=record.is_full_process,
        is_counted=is_counted(walk, record),
        day=_day(walk, record),
        total_seconds=sum(min(step.seconds, LONGEST) for step in state.steps.values()),
        wait_seconds=min(state.wait_seconds, LONGEST),
        trips=min(record.trips, MOST),
        **{name: _count(record.answers.get(record.paper.meaning(name))) for name in ASKED},
        listed_materials=len(walk.item.materials) or None,
        promise_days=_promise(walk),
        actual_days=record.workdays,
        photos=len(state.photos),
        clips=len(state.clips),
        findings=len(state.findings),
    )


def is_counted(walk: Walkthrough, record: WalkRecord) -> bool:
    """Tell whether a report may tell the walk: done, or accepted and waiting for its result."""
    is_there = walk.state in {WalkState.FINISHED, WalkState.AWAITING_RESULT} or record.is_awaiting
    return is_there and walk.state is not WalkState.VOID


def of_steps(walk: Walkthrough, record: WalkRecord) -> Iterator[Columns]:
    whose = {**_whose(walk), "task_name": walk.item.task_name}
    for name, step in record.state.steps.items():
        yield {**whose, "step": name, "seconds": min(step.seconds, LONGEST), "is_typed": step.typed is not None}


def of_findings(walk: Walkthrough, record: WalkRecord) -> Iterator[Columns]:
    whose = {**_whose(walk), "item_id": walk.item_id, "task_name": walk.item.task_name}
    counts = is_counted(walk, record)
    for key, one in record.state.findings.items():
        measure = one["measure"] or {}
        yield dict(
            **whose,
            id=uuid.UUID(key),
            step=one["step"],
            category=one["category"],
            severity=one["severity"],
            rectify_type=measure.get("rectify_type"),
            title=one["title"],
            fact=one.get("fact") or "",
            measure=measure.get("measure") or "",
            due_on=clock.day_of(measure.get("due_on") or ""),
            found_at=clock.parse(one["at"]),
            photos=len(one.get("photos") or ()),
            is_counted=counts,
        )


def _whose(walk: Walkthrough) -> dict[str, Any]:
    return {"walk_id": walk.id, "campaign_id": walk.campaign_id, "unit_id": walk.unit_id}


def _day(walk: Walkthrough, record: WalkRecord) -> date:
    started = record.state.started_at
    return clock.to_local(clock.parse(started) if started else walk.created_at).date()


def _count(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return min(max(value, 0), MOST) if is_number else None


def _promise(walk: Walkthrough) -> int | None:
    """Return the promise in working days; calendar days are not comparable."""
    if walk.item.promise_type is DayType.ONSPOT:
        return 0
    return walk.item.promise_day if walk.item.promise_type is DayType.WORKDAY else None
