"""Who wants to know that a walk has changed. What counts walks is known further up, so the wiring connects it."""

from collections.abc import Callable
from typing import Any

from walkthrough_app.walkthroughs.models import Purpose, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

# A listener works in the transaction that stores the events: what it writes is there exactly when they are.
Listener = Callable[[Walkthrough, WalkRecord], Any]
_listeners: list[Listener] = []


def connect(listener: Listener) -> None:
    """Have `listener(walk, record)` called whenever a walk's log has grown; connecting it again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(walk: Walkthrough, record: WalkRecord) -> None:
    """Tell those who count walks; one that looks again or visits another unit is no walk to count."""
    if walk.purpose is not Purpose.WALK:
        return
    for listener in _listeners:
        listener(walk, record)
