"""Who wants to know that something was done about a finding; features above connect themselves in the wiring."""

from collections.abc import Callable
from typing import Any

from walkthrough_app.rectification.models import Finding, FindingEntry

# A listener works in the transaction of the deed: what it writes is there exactly when the deed is.
Listener = Callable[[Finding, FindingEntry], Any]
_listeners: list[Listener] = []


def connect(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def tell(finding: Finding, entry: FindingEntry) -> None:
    for listener in _listeners:
        listener(finding, entry)
