"""Many walks set side by side without a database: the same comparing as in the application, by lists instead of indexes."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.quality.honest import DOCUMENT, HonestWalk
from walkthrough_app.core import clock
from walkthrough_app.quality import matching, texts, traces
from walkthrough_app.quality.judging import Finding, judge
from walkthrough_app.quality.models import PhotoTrace, TextTrace, WalkTrace
from walkthrough_app.quality.rulebook import builtin
from walkthrough_app.quality.subject import Around, Subject
from walkthrough_app.walkthroughs.record import WalkRecord


def record_of(walk: Any) -> WalkRecord:
    return WalkRecord(walk.json(), DOCUMENT, DOCUMENT.thresholds)


def uid(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, name)


class Town:
    """`looks` gives pictures a look by their hash; without one only the same file is the same picture."""

    def __init__(self, walks: Sequence[HonestWalk], looks: dict[str, str] | None = None) -> None:
        self.walks = {uuid.UUID(walk.id): walk for walk in walks}
        self.looks = looks or {}
        self.alone = {key: self._alone(walk) for key, walk in self.walks.items()}
        self.traces = {key: self._trace(key) for key in self.walks}
        self.photos: dict[uuid.UUID, list[PhotoTrace]] = {}
        self.texts: dict[uuid.UUID, list[TextTrace]] = {}
        for key, walk in self.walks.items():
            whose = {"walk_id": key, "unit_id": uid(walk.unit)}
            began = received(walk, walk.events[0]["id"])
            self.photos[key] = list(traces.photo_traces(self.alone[key], whose, lambda name, w=walk: received(w, name)))
            self.texts[key] = list(traces.text_traces(self.alone[key], whose, began))
        self.marked: dict[tuple[str, int], list[TextTrace]] = defaultdict(list)
        for found in self.texts.values():
            for trace in found:
                for name in texts.MARKS:
                    self.marked[name, getattr(trace, name)].append(trace)
        self.lengths = self._lengths()

    def _alone(self, walk: HonestWalk) -> Subject:
        return Subject(record_of(walk), is_simulation_planned=walk.is_planned_simulated)

    def _trace(self, key: uuid.UUID) -> WalkTrace:
        return traces.walk_trace(self.alone[key], key, uid(self.walks[key].walker))

    def _lengths(self) -> dict[tuple[str, str], dict[uuid.UUID, int]]:
        found: dict[tuple[str, str], dict[uuid.UUID, int]] = defaultdict(dict)
        for key, subject in self.alone.items():
            for name, step in subject.record.state.steps.items():
                if not step.typed:
                    found[subject.record.item["task_name"], name][key] = step.seconds
        return found

    def flags(self, walk: HonestWalk) -> list[Finding]:
        key = uuid.UUID(walk.id)
        alone = self.alone[key]
        whole = Subject(alone.record, self._around(key), is_simulation_planned=alone.is_simulation_planned)
        return list(judge(whole, builtin()))

    def rules(self, walk: HonestWalk) -> set[str]:
        return {one.rule.id for one in self.flags(walk)}

    def _around(self, key: uuid.UUID) -> Around:
        name = self.alone[key].record.item["task_name"]
        peers = {
            step: [seconds for other, seconds in found.items() if other != key]
            for (item, step), found in self.lengths.items()
            if item == name
        }
        walker = self.traces[key].walker_id
        same = [one for one in self.traces.values() if one.walker_id == walker]
        return Around(
            peers=peers,
            pictures=self._pictures(key),
            texts=self._texts(key),
            devices=self._devices(key),
            overlaps=list(matching.overlaps(self.traces[key], same)),
        )

    def _pictures(self, key: uuid.UUID) -> list[Any]:
        found = list(matching.own_pictures(self.photos[key], self.looks))
        everywhere = [one for other, many in self.photos.items() if other != key for one in many]
        for mine in self.photos[key]:
            others = (
                everywhere if mine.sha256 in self.looks else [one for one in everywhere if one.sha256 == mine.sha256]
            )
            apart = {one.sha256: self._apart(mine, one) for one in others}
            near = [one for one in others if apart[one.sha256] <= 40]
            found += matching.other_pictures(mine, near, apart)
        return found

    def _apart(self, one: PhotoTrace, other: PhotoTrace) -> int:
        if one.sha256 == other.sha256:
            return 0
        known = matching._apart(one, other, self.looks)
        return 256 if known is None else known

    def _texts(self, key: uuid.UUID) -> list[Any]:
        shown = texts.written(self.alone[key].record)
        found = list(matching.own_texts(self.texts[key], shown))
        for mine in self.texts[key]:
            met = {id(one): one for name in texts.MARKS for one in self.marked[name, getattr(mine, name)]}
            others = [one for one in met.values() if one.walk_id != key]
            found += matching.other_texts(mine, others, shown[mine.place])
        return found

    def _devices(self, key: uuid.UUID) -> dict[str, list[uuid.UUID]]:
        walk = self.walks[key]
        mine = {event["device"] for event in walk.events}
        rows = [
            (device, other)
            for other, one in self.walks.items()
            if one.walker != walk.walker
            for device in {event["device"] for event in one.events} & mine
        ]
        return matching.foreign_devices(rows)


def received(walk: HonestWalk, event_id: str) -> datetime:
    return next(clock.parse(event["at"]) for event in walk.events if event["id"] == event_id)
