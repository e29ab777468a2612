"""Signs in the evidence: none, not with the problems, taken at another time."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.quality.subject import Hit, Subject, taken_at
from walkthrough_app.quality.words import length, moment


def none_at_all(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    clips = [clip for clip in subject.record.state.clips.values() if not clip["refused"]]
    if not clips and not any(subject.pictures_of_walk()):
        yield Hit()


def bare_findings(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    findings = subject.record.state.findings
    bare = [key for key, one in findings.items() if not one.get("photos")]
    if bare and len(bare) >= limits["many"] and len(bare) * 100 >= limits["share"] * len(findings):
        yield Hit(values={"all": len(findings), "bare": len(bare)}, evidence={"findings": bare})


def elsewhen(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    outside, late = [], []
    for photo in subject.pictures_of_walk():
        taken = taken_at(photo)
        if taken:
            outside += [photo] if _is_outside(subject, taken, limits["slack"]) else []
        elif _is_late(subject, photo, limits["late"]):
            late.append(photo)
    if outside:
        values = {"count": len(outside), "when": moment(taken_at(outside[0]))}
        yield Hit("outside", values, _ids(outside), about="outside")
    if late:
        yield Hit("late", {"count": len(late), "length": length(limits["late"] * 60)}, _ids(late), about="late")


def _is_outside(subject: Subject, taken: datetime, slack: int) -> bool:
    state, margin = subject.record.state, timedelta(minutes=slack)
    started, ended = state.started_at, state.finished_at or state.last_at
    is_early = bool(started) and clock.parse(str(started)) - taken > margin
    return is_early or (bool(ended) and taken - clock.parse(str(ended)) > margin)


def _is_late(subject: Subject, photo: Mapping[str, Any], minutes: int) -> bool:
    stop = subject.last_stop
    return stop is not None and clock.parse(photo["at"]) - stop > timedelta(minutes=minutes)


def _ids(photos: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    return {"photos": [photo["id"] for photo in photos]}


def no_finding(subject: Subject, _limits: Mapping[str, int]) -> Iterator[Hit]:
    state = subject.record.state
    if not state.findings and not state.no_finding_reason.strip():
        yield Hit()
