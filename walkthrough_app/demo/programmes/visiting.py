"""A visit from the order to the feedback: sent, walked step by step, handed in."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from walkthrough_app.campaigns.models import Mode
from walkthrough_app.core import clock
from walkthrough_app.demo.programmes.stage import Stage
from walkthrough_app.demo.stroll import picture
from walkthrough_app.rectification.models import Finding
from walkthrough_app.visits import service
from walkthrough_app.visits.models import Focus, Frequency, Visit
from walkthrough_app.visits.service import Aim, Order, Wish
from walkthrough_app.walkthroughs import log
from walkthrough_app.walkthroughs import service as walkthroughs
from walkthrough_app.walkthroughs.log import FormDoor
from walkthrough_app.walkthroughs.models import Walkthrough

STEP_MINUTES = 7


@dataclass(frozen=True)
class Told:
    """What the inspector says of a problem that an answer points to."""

    fact: str
    photos: Sequence[int] = ()
    tags: Sequence[str] = ()
    cause: str = ""
    post: str = ""


@dataclass(frozen=True)
class Story:
    """What is met at a counter: answers by question id, pictures (scene, step, caption), problems by question id."""

    answers: Mapping[str, Any]
    photos: Sequence[tuple[str, str, str]] = ()
    problems: Mapping[str, Told] = field(default_factory=dict)
    feeling: str = ""


def aim(place: str, mode: str, brief: str = "", *, is_surprise: bool = True, is_effect: bool = False) -> Aim:
    frequency = Frequency.SURPRISE if is_surprise else Frequency.ROUTINE
    return Aim(place, Mode(mode), frequency, Focus.EFFECT if is_effect else Focus.PROCESS, brief)


def send(stage: Stage, unit: str, who: str, where: Aim, ago: int, days: int = 7) -> Visit:  # noqa: PLR0913, PLR0917
    """Have the office order a visit so many days ago, to be made within `days`."""
    day = stage.day(ago)
    with stage.at(ago, 8, 40):
        wanted = Order([stage.unit(unit)], [stage.people[who]], where, day, day + timedelta(days))
        (visit,) = service.order(stage.campaign, wanted, by=stage.people["office"], tap=stage.tap())
    return visit


def walk(stage: Stage, visit: Visit, ago: int, story: Story, *, hour: int = 10, is_over: bool = True) -> None:  # noqa: PLR0913
    """Walk a visit through the steps that the story answers; it is finished, or left half-way."""
    with stage.at(ago, hour):
        started = service.start(visit, by=visit.inspector, tap=stage.tap())
        began = clock.now()
    photos = _steps(stage, visit, started, story)
    if is_over:
        with clock.pinned(began + timedelta(minutes=STEP_MINUTES * (len(stage.document.steps) + 1))):
            _tell_problems(stage, visit, started, story, photos)
            walkthroughs.finish(started, by=visit.inspector, tap=stage.tap())


def _steps(stage: Stage, visit: Visit, started: Walkthrough, story: Story) -> list[str]:
    photos: list[str] = []
    began = clock.parse(str(log.record_of(started).state.started_at))
    for number, step in enumerate(stage.document.steps):
        answers = {one.id: story.answers[one.id] for one in step.questions if one.id in story.answers}
        if not answers:
            continue
        with clock.pinned(began + timedelta(minutes=STEP_MINUTES * number + 3)):
            door = FormDoor(started, visit.inspector, stage.tap())
            if number:
                door.add("step_start", step.id)
            for question, value in answers.items():
                door.add("answer", step.id, question=question, value=value)
            photos += [_photo(stage, door, *one) for one in story.photos if one[1] == step.id]
            door.commit()
    return photos


def _photo(stage: Stage, door: FormDoor, scene: str, step: str, caption: str) -> str:
    """Take a picture of a scene with nobody in it."""
    taken = picture(scene, stage.next_seed(), stage.store)
    photo = walkthroughs.add_photo(door, taken, step=step, caption=caption)
    door.add("mask", photo=photo, boxes=[], media=taken.sha256)
    return photo


def _tell_problems(stage: Stage, visit: Visit, started: Walkthrough, story: Story, photos: Sequence[str]) -> None:
    door = FormDoor(started, visit.inspector, stage.tap())
    for one in log.record_of(started).open_suggestions:
        if one.question_id not in story.problems:
            door.add("dismiss", question=one.question_id)
            continue
        told = story.problems[one.question_id]
        more: dict[str, Any] = {"tags": list(told.tags)} if told.tags else {}
        more |= {"root_cause": told.cause} if told.cause else {}
        door.add(
            "finding",
            one.step,
            finding=str(stage.tap()),
            title=one.title,
            fact=told.fact,
            severity=one.severity,
            category=one.category,
            clause={"seed": one.clause.seed, "text": one.clause.text},
            question=one.question_id,
            photos=[photos[number] for number in told.photos],
            **more,
        )
    if not story.problems:
        door.add("no_finding", reason="逐项看过，都做到了。")
    if story.feeling:
        door.add("feeling", text=story.feeling)
    door.commit()


def hand_in(stage: Stage, visit: Visit, ago: int, story: Story) -> list[Finding]:
    """Hand a walked visit in; each problem with the post that answers for it."""
    with stage.at(ago, 16, 20):
        assert visit.walk is not None
        found = log.record_of(visit.walk).state.findings
        wishes = {key: Wish(post=story.problems[str(one["question"])].post) for key, one in found.items()}
        return service.hand_in(visit, wishes, by=visit.inspector, tap=stage.tap())


def feed_back(stage: Stage, visit: Visit, ago: int, text: str, *, by: str) -> None:
    with stage.at(ago, 9, 20):
        service.feed_back(visit, text, by=stage.people[by], tap=stage.tap())


def draw(stage: Stage, units: Sequence[str], many: int, who: str, where: Aim) -> list[Visit]:
    """Have the office draw units by lot, to be visited within a week; which ones is chance, as it must be."""
    pool = [stage.town.units[name] for name in units]
    wanted = Order(pool, [stage.people[who]], where, stage.today, stage.today + timedelta(7), many)
    return service.order(stage.campaign, wanted, by=stage.people["office"], tap=uuid.uuid4())
