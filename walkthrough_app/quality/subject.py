"""A walk as the rules see it: its record, what the server noted beside it, and what other walks have in common with it.

Plain values only, so that rules can be tried on any walk without a database.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.walkthroughs.record import WalkRecord

OURS = ("server", "form-")
MEASURING = {"measure", "kept", "refused", "masked", "mask", "caption"}  # what others may add to a walk


def taken_at(photo: Mapping[str, Any]) -> datetime | None:
    """Return when a photo says it was taken; a phone may say anything."""
    try:
        return clock.parse(photo["taken_at"]) if photo.get("taken_at") else None
    except (ValueError, OverflowError):
        return None


class Whose(StrEnum):
    """Whose walk the other one is; the values name the sentences of a rule."""

    OWN = "own"
    UNIT = "unit"
    OTHER = "other"


@dataclass(frozen=True)
class Match:
    """A picture or text of this walk that another place has too; `apart` is in bits for pictures, 0 is the same file.

    `seconds` lie between the two pictures' moments. `what` is the id of the photo or the place of the text,
    `text` that text as it is compared, `shown` as it was typed.
    """

    what: str
    walk: uuid.UUID
    whose: Whose
    apart: int = 0
    alike: float = 100.0
    seconds: float = 0.0
    text: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Overlap:
    walk: uuid.UUID
    seconds: float


@dataclass(frozen=True)
class Around:
    """What else is known: lengths of the same item's steps, matches, devices that recorded other people's walks.

    `concerned` are the walks that should be looked at anew now that this one is known.
    """

    peers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    pictures: Sequence[Match] = ()
    texts: Sequence[Match] = ()
    devices: Mapping[str, Sequence[uuid.UUID]] = field(default_factory=dict)
    overlaps: Sequence[Overlap] = ()
    concerned: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Subject:
    """`posted_by_other` are ids of events that somebody else's account sent."""

    record: WalkRecord
    around: Around = field(default_factory=Around)
    posted_by_other: Sequence[str] = ()
    is_simulation_planned: bool = False

    @property
    def events(self) -> Sequence[Mapping[str, Any]]:
        events: Sequence[Mapping[str, Any]] = self.record.data["events"]
        return events

    @property
    def last_stop(self) -> datetime | None:
        """When the last step that was timed came to its end."""
        stops = [run.stop for step in self.record.state.steps.values() for run in step.runs if run.stop]
        return max(map(clock.parse, stops), default=None)

    def title(self, step: str) -> str:
        """Return the words of a step; its id when the questionnaire has none of this name."""
        return next((one.title for one in self.record.document.steps if one.id == step), step)

    def pictures_of_walk(self) -> Iterator[Mapping[str, Any]]:
        """Give the photos taken on the way: neither the authorisation nor what shows a thing put right later."""
        state = self.record.state
        measures = [finding["measure"] or {} for finding in state.findings.values()]
        later = {photo for measure in measures for photo in measure.get("after_photos") or ()}
        authorization = (state.authorization or {}).get("photo")
        for key, photo in state.photos.items():
            if key not in later and key != authorization and not photo["refused"]:
                yield photo


@dataclass(frozen=True)
class Hit:
    """What a rule has found: the case names its sentence, `values` fill it."""

    case: str = "default"
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    others: Sequence[uuid.UUID] = ()
    about: str = ""
