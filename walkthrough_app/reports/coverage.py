"""How much of the catalogue a report covers (S002-6, S002-10): numbers of items, each counted once."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord


def of_unit(
    items: Sequence[ServiceItem], covered: Sequence[Walkthrough], known: Collection[uuid.UUID]
) -> dict[str, Any]:
    """Count a report's walks against the unit's catalogue; `known` are the items that heads have walked.

    A county has two heads: an item that the other one walked is not missed.
    """
    listed = {item.id for item in items} | {walk.item_id for walk in covered}
    must_walk = {item.id: item for item in items if item.must_walk}
    by_head = must_walk.keys() & _walked_by_heads(covered)
    by_other = (must_walk.keys() & set(known)) - by_head
    delegated = [walk for walk in covered if not walk.is_head_in_person]
    missed = [item for key, item in must_walk.items() if key not in by_head | by_other]
    return {
        "listed": len(listed),
        "walked": len({walk.item_id for walk in covered}),
        "must_walk": len(must_walk),
        "must_walk_by_head": len(by_head),
        "must_walk_by_other_head": len(by_other),
        "delegated": len({walk.item_id for walk in delegated}),
        "reasons": _unique(walk.plan.delegation_reason for walk in delegated if walk.plan),
        "missed": [{"id": str(item.id), "task_name": item.task_name} for item in missed],
    }


def of_walks(records: Sequence[WalkRecord]) -> dict[str, Any]:
    """Count what the walks alone tell; how many items the unit lists is not known (`listed` is 0)."""
    must_walk = {record.item["task_name"] for record in records if record.item["must_walk"]}
    by_head = {record.item["task_name"] for record in records if record.is_head_in_person}
    delegated = [record for record in records if not record.is_head_in_person]
    return {
        "listed": 0,
        "walked": len({record.item["task_name"] for record in records}),
        "must_walk": len(must_walk),
        "must_walk_by_head": len(must_walk & by_head),
        "must_walk_by_other_head": 0,
        "delegated": len({record.item["task_name"] for record in delegated}),
        "reasons": _unique(record.plan["delegation_reason"] for record in delegated),
        "missed": [{"id": name, "task_name": name} for name in sorted(must_walk - by_head)],
    }


def _walked_by_heads(walks: Sequence[Walkthrough]) -> set[uuid.UUID]:
    return {walk.item_id for walk in walks if walk.is_head_in_person and is_reportable(walk)}


def is_reportable(walk: Walkthrough) -> bool:
    """Tell whether a walk may go into a report: walked to the end, or accepted and waiting for its result."""
    return walk.state in {WalkState.FINISHED, WalkState.AWAITING_RESULT} or bool(walk.summary.get("is_awaiting"))


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
