"""Signs in the answers: all alike, all at once, all long afterwards."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.quality.subject import OURS, Hit, Subject
from walkthrough_app.quality.words import length


def alike(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    """The questions about the walk as a whole are left out: there everyone should answer yes."""
    document = subject.record.document
    given = subject.record.state.answers
    asked = [question for step in document.steps for question in step.questions if question.id in given]
    yes_no = {str(given[one.id]["value"]): one for one in asked if one.type == "yn"}
    scores = {str(given[one.id]["value"]) for one in asked if one.type == "score5"}
    count = sum(one.type in {"yn", "score5"} for one in asked)
    if count < max(limits["answers"], 1) or len(yes_no) > 1 or len(scores) > 1:
        return
    words = {"yes": "是", "no": "否", "na": "不适用"}
    parts = [f"是非题都选“{words.get(value, value)}”" for value in yes_no]
    parts += [f"评分都是{words.get(value, value + '分')}" for value in scores]
    yield Hit(values={"answers": count, "what": "，".join(parts)})


def rushed(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    yield from _dense(subject, max(limits["answers"], 2), limits["seconds"])
    yield from _late(subject, limits)


def _dense(subject: Subject, many: int, seconds: int) -> Iterator[Hit]:
    """Find the most answers in a row within so many seconds; a form sends a whole page at once and is passed over."""
    last = {one["payload"]["question"]: one for one in _answers(subject) if not one["device"].startswith(OURS)}
    times = sorted(_at(one) for one in last.values())
    best, start = 0, 0
    for end, at in enumerate(times):
        while (at - times[start]).total_seconds() > seconds:
            start += 1
        best = max(best, end - start + 1)
    if best >= many:
        yield Hit("dense", {"answers": best, "length": length(seconds)}, about="dense")


def _late(subject: Subject, limits: Mapping[str, int]) -> Iterator[Hit]:
    stop = subject.last_stop
    if stop is None:
        return
    in_steps = {question.id for step in subject.record.document.steps for question in step.questions}
    firsts: dict[str, datetime] = {}
    for one in sorted(_answers(subject), key=_at):
        if one["payload"]["question"] in in_steps:
            firsts.setdefault(one["payload"]["question"], _at(one))
    late = sum(at - stop > timedelta(minutes=limits["late"]) for at in firsts.values())
    if late >= limits["answers"] and late * 100 >= limits["share"] * len(firsts):
        values = {"all": len(firsts), "answers": late, "length": length(limits["late"] * 60)}
        yield Hit("late", values, about="late")


def _answers(subject: Subject) -> list[Mapping[str, Any]]:
    return [one for one in subject.events if one["kind"] == "answer" and one["payload"]["value"] is not None]


def _at(event: Mapping[str, Any]) -> datetime:
    return clock.parse(event["at"])
