"""Daily duties: one job a day and kind, however many workers there are and however often they start."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from walkthrough_app.core import clock, db
from walkthrough_app.jobs import ledger


@dataclass(frozen=True)
class Duty:
    at: time
    title: str


known: dict[str, Duty] = {}


def daily(kind: str, *, at: time, title: str = "") -> None:
    """Have a job of a registered kind done each day, at a time of Beijing or as soon afterwards as a worker is there.

    Its args are `{"day": "2026-11-28"}`. A day on which no worker was up is left out, never made up for.
    """
    known[kind] = Duty(at, title)


def add_due() -> None:
    """Add the jobs of today whose time has come; the ledger keeps each day and kind once."""
    for kind, day in list(_due()):
        ledger.add(kind, day.isoformat(), {"day": day.isoformat()}, title=known[kind].title)


def look() -> None:
    """Do as add_due in a transaction of its own; nothing is written where nothing is due."""
    db.begin_readonly()
    is_due = any(ledger.find(kind, day.isoformat()) is None for kind, day in list(_due()))
    db.session.remove()
    if is_due:
        with db.transaction():
            add_due()


def _due() -> Iterator[tuple[str, date]]:
    now = clock.to_local(clock.now())
    return ((kind, now.date()) for kind, duty in known.items() if now.time() >= duty.at)
