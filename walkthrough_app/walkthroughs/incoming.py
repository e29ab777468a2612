"""Checks events before they enter a log: every one may come from anywhere."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.walkthroughs import gates, queries
from walkthrough_app.walkthroughs.fitting import event_fits
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.package import validator

OUR_DEVICES = ("server", "form-")
SERVER_ONLY = {"start", "kept", "refused", "masked"}
YEARS = range(1970, 2100)  # a phone that lost its clock begins in 1970
DAYS = ("on", "due_on", "done_on", "promised_on", "signed_on")  # of payloads: days of the calendar
Event = Mapping[str, Any]


def check(walk: Walkthrough, event: Any) -> None:
    """Invalid when this is not an event of this walk."""
    if not event_fits()(event):
        _refuse(event)
    if event["walk"] != str(walk.id):
        raise Invalid("walk", "这一条记录不属于这次走流程。")
    if not all(_is_plain(part) for part in _leaves([event["device"], event.get("boot"), event["payload"]])):
        raise Invalid("payload", "有一处文字含有无法保存的字符。")
    _check_time(event["at"])
    _check_days(event["payload"])
    _check_names(walk, event["payload"])


def _check_names(walk: Walkthrough, payload: Mapping[str, Any]) -> None:
    """Invalid for a question, a set of answers, a mark or a cause that the walk's questionnaire does not have."""
    question, tags, cause = payload.get("question"), payload.get("tags"), payload.get("root_cause")
    if not (question or tags or cause):
        return
    document = questionnaires.document_of(walk.questionnaire)
    if question and not document.knows(question):
        raise Invalid("question", "这一条记录的题目不在这份问卷里。")
    if not {tag.id for tag in document.tags}.issuperset(tags or ()):
        raise Invalid("tags", "这一条记录的标签不在这份问卷里。")
    if cause and cause not in {one.id for one in document.root_causes}:
        raise Invalid("root_cause", "这一条记录的原因不在这份问卷里。")


def _refuse(event: Any) -> None:
    """Raise Invalid beside the part that does not fit the schema."""
    problem = next(iter(validator("event-1").iter_errors(event)), None)
    if problem:
        where = "/".join(str(part) for part in problem.absolute_path) or "event"
        raise Invalid(where, "有一处内容不合格式，没有保存，请返回上一页再试。")


def sort_out(walk: Walkthrough, events: Sequence[Any], door: str) -> tuple[list[Event], list[tuple[str, str]]]:
    """Split what a device brings into events to store and (id, why) of the others."""
    good: dict[str, Event] = {}
    rejected: list[tuple[str, str]] = []
    for event in events:
        try:
            check(walk, event)
            check_door(event, door)
        except Invalid as refusal:
            rejected.append((_name(event), refusal.message))
        else:
            good.setdefault(event["id"], event)
    for name, reason in _forbidden(walk, good):
        del good[name]
        rejected.append((name, reason))
    return list(good.values()), rejected


def check_door(event: Event, door: str) -> None:
    """A phone sends its files and names none of ours, which could be somebody else's; nor does it call itself us."""
    if door == "sync" and event["device"].startswith(OUR_DEVICES):
        raise Invalid("device", "这一条记录的设备名不对。")
    if door == "sync" and event["kind"] in {"photo", "mask"} and event["payload"].get("media"):
        raise Invalid("media", "照片要由手机上传，不能只报编号。")


def _forbidden(walk: Walkthrough, events: Mapping[str, Event]) -> list[tuple[str, str]]:
    """Find events that only the server makes (a package brings its own back), that undo a sealed walk, and used ids."""
    homes = queries.homes_of([UUID(name) for name in events])
    made_here = [name for name, one in events.items() if one["kind"] in SERVER_ONLY and UUID(name) not in homes]
    elsewhere = [name for name in events if homes.get(UUID(name), walk.id) != walk.id]
    undoing = [name for name, one in events.items() if one["kind"] in gates.UNDOING and UUID(name) not in homes]
    why = gates.sealed(walk) if undoing else ""
    return [
        *((name, why) for name in undoing if why),
        *((name, "这一条只能由系统记录。") for name in made_here),
        *((name, "这个编号已经用在别的走流程里。") for name in elsewhere if name not in made_here),
    ]


def _name(event: Any) -> str:
    return str(event.get("id", ""))[:64] if isinstance(event, Mapping) else ""


def _check_time(text: str) -> None:
    try:
        year = clock.parse(text).year
    except (ValueError, OverflowError) as error:
        raise Invalid("at", "这一条记录的时间不对。") from error
    if year not in YEARS:
        raise Invalid("at", "这一条记录的时间不对。")


def _check_days(payload: Mapping[str, Any]) -> None:
    """Invalid for a day that no calendar has: the schema only looks at its form."""
    for name in DAYS:
        if payload.get(name) and clock.day_of(payload[name]) is None:
            raise Invalid(name, "这一条记录的日期不对。")


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _is_plain(value: Any) -> bool:
    """Tell whether a text holds no control characters or half characters, and a number is one."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, str):
        return True
    return value.isprintable() or all(c in "\n\t\r" or unicodedata.category(c) not in {"Cc", "Cs"} for c in value)
