"""What a walk of the load data is told from: plain values, so that no database is needed while it is told."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkthrough_app.questionnaires.document import Document


@dataclass(frozen=True)
class Picture:
    """A picture in the store: cleaned, as it was sent, and with its people hidden (None: nobody is on it)."""

    scene: str
    media: str
    sent: str
    size: int
    width: int
    height: int
    masked: str | None


@dataclass(frozen=True)
class Pace:
    """How long things take: minutes by step, before chance; `waits` for the queue of this unit."""

    steps: Mapping[str, float]
    waits: float


@dataclass(frozen=True)
class Given:
    """A walk before it is told. `weights`: how often each problem is met; `ends`: finished, awaiting, broken, void."""

    walk: uuid.UUID
    walker: uuid.UUID
    mode: str
    is_simulated: bool
    stop: str | None
    day: date
    last_day: date
    ends: str
    findings: float
    facts: Mapping[str, int | None]
    weights: Mapping[str, float]
    pace: Pace
    pictures: Sequence[Picture]
    document: Document
    thresholds: Mapping[str, Any]
