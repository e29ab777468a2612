"""What the walk page would show of a draft: a record that nobody keeps, made of what was just tapped."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.walkthroughs import present
from walkthrough_app.walkthroughs.cards import Card, cards
from walkthrough_app.walkthroughs.record import WalkRecord

ADDONS = "addons"  # the last page: what is asked of the walk as a whole
ITEM = {
    "task_name": "示例事项",
    "must_walk": [],
    "materials": ["身份证"],
    "promise_type": "workday",
    "promise_day": 3,
    "limit_scene_num": 1,
}


@dataclass(frozen=True)
class Screen:
    """One page of the preview: its clock and cards are made by the walk page's own functions."""

    id: str
    title: str
    rail: list[dict[str, Any]]
    timer: dict[str, Any] | None
    cards: list[Card]
    following: str | None
    intro: str = ""


def record_of(document: Document, mode: str, answers: Mapping[str, Any]) -> WalkRecord:
    """Return a walk in one mode in which these answers were given now."""
    walked = document.for_mode(mode)
    walked = replace(walked, addons=walked.addons_for(mode))
    data = {
        "id": str(uuid.uuid4()),
        "mode": mode,
        "is_simulated": False,
        "item": ITEM,
        "walker": {"role": "head", "post": "体验人"},
        "plan": {},
        "events": [_answer(number, name, value) for number, (name, value) in enumerate(answers.items(), 1)],
    }
    return WalkRecord(data, walked, walked.thresholds)


def _answer(number: int, question: str, value: Any) -> dict[str, Any]:
    return {
        "id": f"preview-{number}",
        "device": "preview",
        "seq": number,
        "kind": "answer",
        "step": None,
        "payload": {"question": question, "value": value, "note": ""},
        "at": clock.iso(clock.now()),
        "mono": None,
        "boot": None,
    }


def screens_of(record: WalkRecord) -> list[str]:
    return [*record.screens, *([ADDONS] if record.document.addons else [])]


def questions_on(record: WalkRecord, screen: str) -> list[Question]:
    if screen == ADDONS:
        return [question for addon in record.document.addons for question in addon.questions]
    return record.questions_on(screen)


def screen_of(record: WalkRecord, screen: str, errors: Mapping[str, str], typed: Mapping[str, str]) -> Screen:
    """Return one page; KeyError when the mode has no such screen."""
    names = screens_of(record)
    if screen not in names:
        raise KeyError(screen)
    is_addons = screen == ADDONS
    return Screen(
        id=screen,
        title="附加问题" if is_addons else record.document.screen(screen).title,
        rail=_rail(record, screen),
        timer=None if is_addons else present.timer(record, screen),
        cards=cards(record, questions_on(record, screen), errors, typed),
        following=next(iter(names[names.index(screen) + 1 :]), None),
        intro="；".join(addon.intro for addon in record.document.addons if addon.intro) if is_addons else "",
    )


def _rail(record: WalkRecord, screen: str) -> list[dict[str, Any]]:
    rail = present.rail(record, screen)
    if record.document.addons:
        state = "now" if screen == ADDONS else "todo"
        rail.append({"name": ADDONS, "label": "附加", "seconds": 0, "running": False, "state": state})
    return rail
