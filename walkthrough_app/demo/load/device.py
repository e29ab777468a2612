"""Devices that write to a walk's log: each counts, and chains its events by their hashes."""

from datetime import datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.demo.load.chance import Chance


class Device:
    """Writes the events of one walk in their order; with `boot` it has a monotonic clock as a phone has."""

    def __init__(self, walk: str, name: str, chance: Chance, *, boot: datetime | None = None) -> None:
        self.walk, self.name, self.chance = walk, name, chance
        self.boot, self.session = boot, str(chance.key()) if boot else None
        self.events: list[dict[str, Any]] = []

    def tell(self, kind: str, at: datetime, step: str | None = None, **payload: Any) -> str:
        """Add an event and return its id."""
        key = self.chance.name()
        event: dict[str, Any] = {
            "id": key,
            "walk": self.walk,
            "device": self.name,
            "seq": len(self.events) + 1,
            "kind": kind,
            "step": step,
            "payload": payload,
            "at": clock.iso(at),
            "mono": round((at - self.boot).total_seconds() * 1000) if self.boot else None,
            "boot": self.session,
            "prev": self.events[-1]["hash"] if self.events else None,
        }
        event["hash"] = digest(event)  # of just these, which are written as `snapshot.event_hash` writes them
        self.events.append(event)
        return key
