"""Changing a draft piece by piece: every function returns a new document and leaves the old one alone. Pure."""

import copy
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from walkthrough_app.core.errors import NotFound

Data = Mapping[str, Any]
ASKING = ("steps", "addons")
ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
QUESTION_ID = re.compile(r"([A-Z]{1,4}-[A-Z]{0,3})([0-9]{1,3})")


def member(data: Data, part: str, at: int) -> dict[str, Any]:
    """Return a step or an add-on; NotFound when it is not there (any more)."""
    members = data.get(part) or []
    if part not in ASKING or not 0 <= at < len(members):
        raise NotFound("这里已经没有这一项了，请回到草稿再看一看。")
    found: dict[str, Any] = members[at]
    return found


def question(data: Data, part: str, at: int, place: int) -> dict[str, Any]:
    asked = member(data, part, at).get("questions") or []
    if not 0 <= place < len(asked):
        raise NotFound("这里已经没有这道题了，请回到草稿再看一看。")
    found: dict[str, Any] = asked[place]
    return found


def all_questions(data: Data) -> Iterator[dict[str, Any]]:
    """Yield every question of a document, those of records and ratings too."""
    for part in (*ASKING, "records", "ratings"):
        for one in data.get(part) or []:
            yield from one.get("questions") or []
            yield from one.get("follow_up") or []


def earlier(data: Data, part: str, at: int, place: int | None) -> list[dict[str, Any]]:
    """Return what is asked before a place; None is the end of that step or add-on."""
    found: list[dict[str, Any]] = []
    for name in ASKING:
        for number, one in enumerate(data.get(name) or []):
            asked = one.get("questions") or []
            if (name, number) == (part, at):
                return [*found, *asked[:place]]
            found += asked
    return found


def free_id(data: Data, stem: str) -> str:
    """Return an id of steps and add-ons that is not used yet."""
    used = {one.get("id") for part in ASKING for one in data.get(part) or []}
    return next(name for name in (f"{stem}{number}" for number in range(1, 10_000)) if name not in used)


def free_question_id(data: Data, part: str = "", at: int = -1) -> str:
    """Return the id of a new question: numbered on from those of its step."""
    used = [str(one.get("id", "")) for one in all_questions(data)]
    near = (data.get(part) or [])[at : at + 1] if at >= 0 else []
    own = [str(one.get("id", "")) for step in near for one in step.get("questions") or []]
    stems = Counter(found[1] for name in own or used if (found := QUESTION_ID.fullmatch(name)))
    stem = stems.most_common(1)[0][0] if stems else "Q-"
    return next(name for name in _numbered(stem) if name not in used)


def _numbered(stem: str) -> Iterator[str]:
    for other in (stem, "Q-", "QQ-", "QQQ-"):
        yield from (f"{other}{number}" for number in range(1, 1000))


def add(data: Data, part: str) -> tuple[dict[str, Any], int]:
    """Add an empty step or add-on at the end; return the document and its place."""
    made = copy.deepcopy(dict(data))
    if part == "steps":
        name = free_id(data, "step")
        new = {"id": name, "title": "新的环节", "short": "新", "screen": name, "ribbon": "do", "questions": []}
    else:
        new = {"id": free_id(data, "addon"), "title": "附加问题", "at": "finish", "questions": []}
    made[part] = [*(made.get(part) or []), new]
    return made, len(made[part]) - 1


def put(data: Data, part: str, at: int, values: Data) -> dict[str, Any]:
    """Set the members of a step or add-on; one that is None is taken away."""
    made = copy.deepcopy(dict(data))
    changed = {**member(made, part, at), **values}
    made[part][at] = {name: value for name, value in changed.items() if value is not None}
    return _screens(made)


def put_question(data: Data, part: str, at: int, place: int | None, new: Data) -> dict[str, Any]:
    """Set a question, or add it at the end of its step (place None)."""
    made = copy.deepcopy(dict(data))
    asked = member(made, part, at).setdefault("questions", [])
    if place is None:
        asked.append(dict(new))
    else:
        question(made, part, at, place)
        asked[place] = dict(new)
    return made


def move(data: Data, part: str, at: int, by: int) -> dict[str, Any]:
    made = copy.deepcopy(dict(data))
    one = member(made, part, at)
    _shift(made[part], one, at, by)
    return _screens(made)


def move_question(data: Data, part: str, at: int, place: int, by: int) -> dict[str, Any]:
    """Move a question up or down; past the end of its step it goes to the neighbour's nearest end."""
    made = copy.deepcopy(dict(data))
    one, asked = question(made, part, at, place), member(made, part, at)["questions"]
    if 0 <= place + by < len(asked):
        _shift(asked, one, place, by)
    elif 0 <= at + by < len(made[part]):
        asked.pop(place)
        neighbour = made[part][at + by].setdefault("questions", [])
        neighbour.insert(0 if by > 0 else len(neighbour), one)
    return made


def _shift(members: list[Any], one: Any, at: int, by: int) -> None:
    to = at + by
    if 0 <= to < len(members):
        members.pop(at)
        members.insert(to, one)


def remove(data: Data, part: str, at: int) -> dict[str, Any]:
    made = copy.deepcopy(dict(data))
    member(made, part, at)
    made[part].pop(at)
    if not made[part] and part != "steps":
        del made[part]
    return _screens(made)


def remove_question(data: Data, part: str, at: int, place: int) -> dict[str, Any]:
    made = copy.deepcopy(dict(data))
    question(made, part, at, place)
    made[part][at]["questions"].pop(place)
    return made


def put_part(data: Data, part: str, value: Any) -> dict[str, Any]:
    """Set one part as a whole; None takes it away."""
    made = copy.deepcopy(dict(data))
    if value is None:
        made.pop(part, None)
    else:
        made[part] = value
    return made


def _screens(made: dict[str, Any]) -> dict[str, Any]:
    """A step whose page was that of the next one gets its own when that one is no longer next."""
    steps = made.get("steps") or []
    for step, after in zip(steps, [*steps, {}][1:], strict=True):
        own = step.get("id")
        if step.get("screen") not in {own, after.get("id")} and own:
            step["screen"] = own
        if step.get("screen") != own and after.get("screen") != after.get("id"):
            step["screen"] = own
    return made
