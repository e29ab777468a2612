"""How much of a unit's catalogue is planned and walked (S002-6, S002-22)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import Role, Unit
from walkthrough_app.campaigns.models import PlanEntry, ServiceItem


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of items, of the catalogue as it stands; `must_walk_planned` counts the head's own entries only."""

    unit: Unit
    items: int
    must_walk: int
    planned: int
    must_walk_planned: int
    delegated: int
    begun: int
    done: int

    @property
    def unplanned(self) -> int:
        return self.items - self.planned

    @classmethod
    def count(
        cls, unit: Unit, items: Sequence[ServiceItem], entries: Sequence[PlanEntry], walks: Mapping[uuid.UUID, Any]
    ) -> "Coverage":
        listed = {item.id for item in items}
        must_walk = {item.id for item in items if item.must_walk}
        by_head = {entry.item_id for entry in entries if entry.walker.role is Role.HEAD}
        done = {entry.item_id for entry in entries if entry.id in walks and not walks[entry.id].is_open}
        return cls(
            unit=unit,
            items=len(listed),
            must_walk=len(must_walk),
            planned=len(listed & {entry.item_id for entry in entries}),
            must_walk_planned=len(must_walk & by_head),
            delegated=len(listed & {entry.item_id for entry in entries if entry.is_delegated}),
            begun=len(listed & {entry.item_id for entry in entries if entry.id in walks}),
            done=len(listed & done),
        )
