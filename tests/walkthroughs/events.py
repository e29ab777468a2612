"""Short ways to write a log of events in tests."""

import uuid
from typing import Any

from walkthrough_app.walkthroughs.fold import Event

WALK = "11111111-1111-4111-8111-111111111111"


class Log:
    """A log being written: `at` is minutes after 09:00 local on 9 July 2018; each device counts for itself."""

    def __init__(self, walk: str = WALK) -> None:
        self.walk = walk
        self.events: list[Event] = []
        self.counts: dict[str, int] = {}

    def add(self, kind: str, at: float = 0, step: str | None = None, *, device: str = "phone", **payload: Any) -> str:
        self.counts[device] = self.counts.get(device, 0) + 1
        number = len(self.events) + 1
        made = str(uuid.UUID(int=(0x4000 << 64) | (0x8 << 60) | number))
        self.events.append(
            {
                "id": made,
                "walk": self.walk,
                "device": device,
                "seq": self.counts[device],
                "kind": kind,
                "step": step,
                "payload": payload,
                "at": moment(at),
                "mono": None,
                "boot": None,
            }
        )
        return made

    def mono(self, milliseconds: float, boot: str = "page-1") -> None:
        """Give the latest event a reading of the monotonic clock."""
        self.events[-1] = {**self.events[-1], "mono": milliseconds, "boot": boot}


def moment(minutes: float) -> str:
    seconds = round(minutes * 60)
    hours, rest = divmod(seconds, 3600)
    day, hour = divmod(1 + hours, 24)
    return f"2018-07-{9 + day:02d}T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}.000Z"
