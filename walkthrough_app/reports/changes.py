"""Who wants to know that a report was handed in, taken back or decided on. They are further up: the wiring connects."""

from collections.abc import Callable
from typing import Any

from walkthrough_app.reports.models import Report

# A listener works in the transaction of the deed; the report's state says what has happened.
Listener = Callable[[Report], Any]
_listeners: list[Listener] = []


def connect(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def tell(report: Report) -> None:
    for listener in _listeners:
        listener(report)
