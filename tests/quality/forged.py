"""Walks forged to look real: each begins as an honest one and is bent in one way."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.quality.honest import HonestWalk
from walkthrough_app.core import clock

BASE = 100_000  # numbers of forged walks: people, devices and days of their own


class Forged(HonestWalk):
    """An honest walk on a day long after the others, by a walker of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(random.Random(number), BASE + number * 60)
        self.walker, self.device = f"forger-{number}", f"forged-phone-{number}"
        self.unit = "unit-forger"
        for event in self.events:
            event["device"] = self.device
        self.is_simulated = self.is_planned_simulated = False
        self.events[0]["payload"] |= {"is_simulated": False, "simulation_stop": None}

    def change(self, kind: str, how: Callable[[dict[str, Any]], None]) -> None:
        for event in self.events:
            if event["kind"] == kind:
                how(event)

    def drop(self, is_dropped: Callable[[dict[str, Any]], bool]) -> None:
        """Put a note in the place of each, so that ids and numbers stay."""
        for event in self.events:
            if is_dropped(event):
                event.update(kind="note", payload={"text": "……"})


def ticked_off() -> Forged:
    """Sat at a desk and tapped through: every step takes a quarter of a minute."""
    walk = Forged(1)
    starts = {}
    for event in walk.tell().events:
        if event["kind"] == "step_start":
            starts[event["step"]] = clock.parse(event["at"])
        if event["kind"] == "step_stop":
            event["at"] = clock.iso(starts[event["step"]] + timedelta(seconds=16))
    return walk


def half_a_walk() -> Forged:
    walk = Forged(2)
    walk.tell()
    walk.drop(lambda event: event["step"] in {"prepare", "queue"} and event["kind"].startswith("step"))
    return walk


def typed_in() -> Forged:
    walk = Forged(3)
    walk.tell()
    for step in ("query", "prepare", "queue", "accept"):
        walk.tap("timing", step, seconds=1800, reason="忘了计时")
    return walk


def clock_set_back() -> Forged:
    walk = Forged(4)
    walk.tell()
    walk.tap("note", text="改过时间", after=-600)
    return walk


def nothing_to_show() -> Forged:
    walk = Forged(5)
    walk.tell()
    walk.drop(lambda event: event["kind"] == "photo")
    walk.change("finding", lambda event: event["payload"].update(photos=[]))
    return walk


def problems_without_pictures() -> Forged:
    walk = Forged(17)
    walk.tell()
    walk.drop(lambda event: event["kind"] in {"finding", "measure"})
    for number in range(3):
        walk._write_problem(number, [])
    return walk


def old_photos() -> Forged:
    walk = Forged(6)
    walk.tell()
    walk.change("photo", lambda event: event["payload"].update(taken_at="2018-05-01T09:00:00Z"))
    return walk


def photos_brought_later() -> Forged:
    walk = Forged(7)
    walk.tell()
    walk.drop(lambda event: event["kind"] == "photo")
    walk.now += timedelta(hours=9)
    for _ in range(3):
        walk.take_photo("queue")
    walk.change("photo", lambda event: event["payload"].update(taken_at=None))
    return walk


def same_picture(of: HonestWalk, number: int, unit: str) -> Forged:
    walk = Forged(number)
    walk.unit = unit
    walk.tell()
    shown = next(event["payload"]["media"] for event in of.events if event["kind"] == "photo")
    _first_photo(walk)["payload"]["media"] = shown
    return walk


def picture_twice() -> Forged:
    walk = Forged(9)
    walk.tell()
    walk.take_photo("queue")
    walk.events[-1]["payload"]["media"] = _first_photo(walk)["payload"]["media"]
    return walk


def _first_photo(walk: HonestWalk) -> dict[str, Any]:
    return next(event for event in walk.events if event["kind"] == "photo")


def copied_words(of: HonestWalk) -> Forged:
    """The problem of another walk with its figures and two words changed."""
    walk = Forged(10)
    walk.tell()
    fact = next(event["payload"]["fact"] for event in of.events if event["kind"] == "finding")
    changed = fact.replace("一个", "两个").replace("。", "！ ").replace("，", ", ")
    walk.finding("窗口的问题", "C4", fact=changed[:-1] + "啊。")
    return walk


def straight_lined() -> Forged:
    walk = Forged(11)
    walk.kindness = 1.1
    walk.tell()
    walk.change("answer", _best)
    return walk


def _best(event: dict[str, Any]) -> None:
    if event["payload"]["question"] in {"W-Q8", "W-A8", "W-R8"}:
        event["payload"]["value"] = 5


def all_at_once() -> Forged:
    walk = Forged(12)
    walk.tell()
    answers = [event for event in walk.events if event["kind"] == "answer"]
    begin = clock.parse(answers[0]["at"])
    for number, event in enumerate(answers):
        event["at"] = clock.iso(begin + timedelta(seconds=number))
    walk.events.sort(key=lambda event: event["at"])
    return _numbered(walk)


def answered_at_night() -> Forged:
    walk = Forged(13)
    walk.tell()
    late = walk.now + timedelta(hours=11)
    for number, event in enumerate(event for event in walk.events if event["kind"] == "answer"):
        event["at"] = clock.iso(late + timedelta(seconds=9 * number))
    walk.events.sort(key=lambda event: event["at"])
    return _numbered(walk)


def _numbered(walk: Forged) -> Forged:
    for number, event in enumerate(walk.events, 1):
        event["seq"] = number
    return walk


def on_the_deputys_phone(of: HonestWalk) -> Forged:
    walk = Forged(14)
    walk.role = "head"
    walk.device = of.device
    walk.events[0]["device"] = of.device
    return walk.tell()  # type: ignore[return-value]


def in_two_places(of: HonestWalk) -> Forged:
    walk = Forged(15)
    walk.walker = of.walker
    walk.now = clock.parse(of.events[0]["at"]) + timedelta(minutes=2)
    walk.events[0]["at"] = clock.iso(walk.now)
    return walk.tell()  # type: ignore[return-value]


def stopped_half_way() -> Forged:
    walk = Forged(16)
    walk.is_simulated = True
    walk.events[0]["payload"] |= {"is_simulated": True, "simulation_stop": "queue"}
    return walk.tell()  # type: ignore[return-value]


def nothing_said() -> Forged:
    walk = Forged(18)
    walk.tell()
    walk.drop(lambda event: event["kind"] in {"finding", "measure", "no_finding"})
    return walk


def all_of_them(honest: list[HonestWalk]) -> list[tuple[Forged, str, str]]:
    """Return each forged walk with the rule and the case that must find it."""
    plain = [walk for walk in honest if not walk.is_simulated]
    deputy = next(walk for walk in plain if walk.role == "deputy")
    writer = next(walk for walk in plain if any(event["kind"] == "finding" for event in walk.events))
    shown = plain[3]
    return [
        (ticked_off(), "step_short", "among"),
        (half_a_walk(), "steps_missing", "default"),
        (typed_in(), "timing_typed", "share"),
        (clock_set_back(), "clock_changed", "clock"),
        (nothing_to_show(), "no_evidence", "default"),
        (problems_without_pictures(), "finding_bare", "default"),
        (old_photos(), "evidence_elsewhen", "outside"),
        (photos_brought_later(), "evidence_elsewhen", "late"),
        (same_picture(shown, 8, "unit-forger"), "picture_same", "other"),
        (same_picture(shown, 19, shown.unit), "picture_same", "unit"),
        (picture_twice(), "picture_same", "own"),
        (copied_words(writer), "text_copied", "other"),
        (straight_lined(), "answers_alike", "default"),
        (all_at_once(), "answers_rushed", "dense"),
        (answered_at_night(), "answers_rushed", "late"),
        (on_the_deputys_phone(deputy), "device_other", "default"),
        (in_two_places(plain[5]), "overlap", "default"),
        (stopped_half_way(), "simulated_unplanned", "default"),
        (nothing_said(), "no_finding", "default"),
    ]
