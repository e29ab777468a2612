"""One sample walk, told minute by minute and walked through the services at its own time."""

import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from walkthrough_app.campaigns.models import PlanEntry
from walkthrough_app.core import clock
from walkthrough_app.media import draw
from walkthrough_app.media import service as media
from walkthrough_app.media.models import MediaFile
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.quality import service as quality
from walkthrough_app.walkthroughs import log, service
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.service import Authorization, Beginning

Line = tuple[float, str, dict[str, Any]]
FACES = ((0.08, 0.48, 0.22, 0.22), (0.42, 0.46, 0.2, 0.2))


@dataclass
class Stroll:
    """Walks a script: lines of (minute, what happens, with what)."""

    plan: PlanEntry
    store: MediaStore
    began: datetime
    seed: int
    photos: list[str] = field(default_factory=list)
    walk: Walkthrough | None = None
    last: str = ""

    def run(self, beginning: Beginning, lines: Sequence[Line]) -> Walkthrough:
        with clock.pinned(self.began):
            self.walk = service.start(self.plan, beginning, by=self.plan.walker, tap=uuid.uuid4())
        with quality.paused():
            self._tell(lines[:-1])
        self._tell(lines[-1:])  # looked at once, when all is told
        return self.walk

    def _tell(self, lines: Sequence[Line]) -> None:
        for minute, what, given in lines:
            with clock.pinned(self.began + timedelta(minutes=minute)):
                self._happen(what, dict(given))

    def _happen(self, what: str, given: dict[str, Any]) -> None:
        assert self.walk is not None
        if what == "finish":
            service.finish(self.walk, by=self.plan.walker, tap=uuid.uuid4())
            return
        door = FormDoor(self.walk, self.plan.walker, uuid.uuid4())
        special: dict[str, Callable[[FormDoor, dict[str, Any]], None]] = {
            "answers": self._answers,
            "photo": self._photo,
            "finding": self._finding,
            "settle": self._settle,
        }
        if what in special:
            special[what](door, given)
        else:
            door.add(what, given.pop("step", None), **given)
        door.commit()

    def _answers(self, door: FormDoor, given: dict[str, Any]) -> None:
        assert self.walk is not None
        service.answer(door, log.record_of(self.walk), given, {})

    def _settle(self, door: FormDoor, _given: dict[str, Any]) -> None:
        """Dismiss what the walker did not take for a problem."""
        assert self.walk is not None
        for one in log.record_of(self.walk).open_suggestions:
            door.add("dismiss", question=one.question_id)

    def _photo(self, door: FormDoor, given: dict[str, Any]) -> None:
        """Draw a picture, take it in as an upload, and mask its people unless there are none."""
        taken = picture(given["scene"], self.seed + len(self.photos), self.store)
        photo = service.add_photo(door, taken, step=given["step"], caption=given["caption"])
        has_people = given["scene"] in {"hall", "counter"}
        masked = media.add_masked(taken, FACES, store=self.store) if has_people else taken
        door.add("mask", photo=photo, boxes=[list(box) for box in FACES] if has_people else [], media=masked.sha256)
        self.photos.append(photo)

    def _finding(self, door: FormDoor, given: dict[str, Any]) -> None:
        """Record a finding with its measure; `photos` and `after` count the pictures taken so far."""
        key = str(uuid.uuid4())
        measure = given.pop("measure")
        photos = [self.photos[number] for number in given.pop("photos", [])]
        door.add("finding", given.pop("step"), finding=key, photos=photos, **given)
        after = [self.photos[number] for number in measure.pop("after", [])]
        door.add("measure", finding=key, after_photos=after, **measure)


def picture(scene: str, seed: int, store: MediaStore) -> MediaFile:
    drawn = draw.sample_photo(scene, seed=seed, taken_at=clock.now())
    return media.add_photo(io.BytesIO(drawn), store=store)


def authorization(store: MediaStore, seed: int, *, principal: str, scope: str, signed_on: date) -> Authorization:
    return Authorization(principal, scope, signed_on, picture("form", seed, store))


def morning(day: date, hour: int = 9, minute: int = 5) -> datetime:
    return clock.from_local(datetime.combine(day, time(hour, minute)))
