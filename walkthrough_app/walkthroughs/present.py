"""From a walk's record to ready values for its pages: no page computes anything itself."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from walkthrough_app.campaigns.models import Campaign, PlanEntry
from walkthrough_app.core import clock
from walkthrough_app.questionnaires import service as questionnaires
from walkthrough_app.questionnaires.document import Question, Step
from walkthrough_app.walkthroughs import respondents
from walkthrough_app.walkthroughs.cards import NOTHING, cards
from walkthrough_app.walkthroughs.models import WalkState, Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord

ON_SITE = ("queue", "accept", "result")


@dataclass(frozen=True)
class Task:
    plan: PlanEntry
    walk: Walkthrough | None

    @property
    def is_done(self) -> bool:
        return self.walk is not None and self.walk.state is WalkState.FINISHED

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and clock.today() > self.plan.to_on

    @property
    def chip(self) -> tuple[str, str]:
        """How it stands, in a word: kind and text of a chip."""
        if self.walk is None:
            return "", "未开始"
        if self.walk.state is WalkState.FINISHED:
            return "good", self.walk.state.label
        if self.walk.state is WalkState.AWAITING_RESULT:
            return "wait", self.walk.state.label
        document = questionnaires.document_of(self.walk.questionnaire)
        current = self.walk.summary.get("current")
        return "wait", f"进行中 · {document.screen_of(current).short}" if current else "进行中"

    @property
    def facts(self) -> str:
        summary = self.walk.summary if self.walk else {}
        findings, trips, photos = (summary.get(name, 0) for name in ("findings", "trips", "photos"))
        return f"发现问题 {findings} 个 · 跑 {trips} 趟 · 照片 {photos} 张"

    @property
    def segments(self) -> list[dict[str, Any]]:
        return segments_of(self.walk.summary["seconds"], self.walk) if self.walk and self.walk.summary else []


@dataclass(frozen=True)
class TaskGroup:
    """The tasks of one campaign, with its countdown."""

    campaign: Campaign
    tasks: list[Task]
    today: date

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)

    @property
    def countdown(self) -> str:
        to_walk = (self.campaign.walk_due - self.today).days
        to_report = (self.campaign.report_due - self.today).days
        if to_report < 0:
            return f"报送已逾期 {-to_report} 天"
        if to_walk < 0:
            return f"体验期已过 {-to_walk} 天，{to_report} 天内报送"
        return f"还有 {to_walk} 天走完，{to_report} 天报送"


def tasks(plans: Sequence[PlanEntry], walks: Mapping[uuid.UUID, Walkthrough], *, today: date) -> list[TaskGroup]:
    """Group a walker's plan entries by campaign: what is under way first, what is done last."""
    groups: dict[uuid.UUID, TaskGroup] = {}
    for plan in plans:
        group = groups.setdefault(plan.campaign_id, TaskGroup(plan.campaign, [], today))
        group.tasks.append(Task(plan, walks.get(plan.id)))
    for group in groups.values():
        group.tasks.sort(key=lambda task: (task.is_done, task.walk is None, task.plan.to_on))
    return list(groups.values())


def plan_facts(plan: PlanEntry) -> list[tuple[str, str]]:
    """Return what the walker planned to look at."""
    facts = (("重点", plan.focus_point), ("难点", plan.difficulty), ("题目", plan.test_question))
    return [(label, text) for label, text in facts if text]


def segments_of(seconds: Mapping[str, int], walk: Walkthrough) -> list[dict[str, Any]]:
    """Return the ribbon of a walk for a list, from the row's summary."""
    document = questionnaires.document_of(walk.questionnaire)
    running = walk.summary.get("current") if walk.summary.get("running_since") else None
    return _segments(document.steps, seconds, running)


def ribbon(record: WalkRecord) -> list[dict[str, Any]]:
    seconds = {name: step.seconds for name, step in record.state.steps.items()}
    return _segments(record.document.steps, seconds, None)


def _segments(steps: Sequence[Step], seconds: Mapping[str, int], running: str | None) -> list[dict[str, Any]]:
    return [
        {
            "label": step.short,
            "minutes": max(1, clock.minutes(seconds.get(step.id, 0))),
            "kind": step.ribbon,
            "running": step.id == running,
        }
        for step in steps
        if seconds.get(step.id, 0) > 0 or step.id == running
    ]


def current_screen(record: WalkRecord) -> str:
    return record.document.step(record.state.current).screen if record.state.current else record.screens[0]


def next_screen(record: WalkRecord, screen: str) -> str | None:
    """Return the screen after this one, or None at the end (or where a simulation stops)."""
    stop = record.simulation_step
    if stop and record.document.step(stop).screen == screen:
        return None
    following = record.screens.index(screen) + 1
    return record.screens[following] if following < len(record.screens) else None


def data_step(record: WalkRecord, screen: str) -> str:
    """Return the step of the data that a screen writes to now: 拿结果 is 跟踪进程 until the result is there."""
    steps = [step for step in record.paper.steps if step.screen == screen]
    is_tracking = record.state.accepted and not record.state.result
    return next((step.id for step in steps if step.deed == "track" and is_tracking), steps[-1].id)


def rail(record: WalkRecord, screen: str) -> list[dict[str, Any]]:
    """Return the five screens with their minutes: done, now or still to come."""
    made = []
    for name in record.screens:
        steps = [step for step in record.document.steps if step.screen == name]
        seconds = sum(record.state.steps[step.id].seconds for step in steps if step.id in record.state.steps)
        running = record.state.current in {step.id for step in steps} and record.state.running_since is not None
        state = "now" if name == screen else "done" if seconds or running else "todo"
        label = record.document.screen_of(steps[0].id).short
        made.append({"name": name, "label": label, "seconds": seconds, "running": running, "state": state})
    return made


def timer(record: WalkRecord, screen: str) -> dict[str, Any]:
    """Return what the clock card shows: seconds up to now, and since when it runs (ISO) or None."""
    steps = {step.id: step for step in record.document.steps if step.screen == screen}
    states = [record.state.steps[name] for name in steps if name in record.state.steps]
    since = record.state.running_since if record.state.current in steps else None
    elapsed = round((clock.now() - clock.parse(since)).total_seconds()) if since else 0
    is_waiting = all(step.ribbon == "wait" for step in steps.values())
    trips = f" · 第 {record.trips} 次到现场" if record.trips and is_on_site(record, screen) else ""
    return {
        "now": sum(state.seconds for state in states) + max(0, elapsed),
        "since": since,
        "label": record.document.screen_of(next(iter(steps))).title + trips,
        "kind": ("wait" if is_waiting else "do") if since else "idle",
        "detail": f"{shown_clock(since)} 开始计时" if since else "没有在计时",
        "begin_text": "继续计时" if states else "开始计时",
    }


def is_on_site(record: WalkRecord, screen: str) -> bool:
    return any(record.does(screen, deed) for deed in ON_SITE)


def shown_clock(moment: str) -> str:
    return clock.to_local(clock.parse(moment)).strftime("%H:%M")


def turns(record: WalkRecord) -> list[dict[str, str]]:
    """Return one line for each number taken: when, which, called when, waited how long."""
    return [{"event": turn["event"], "text": _turn_text(turn)} for turn in record.state.queue]


def waiting(record: WalkRecord) -> str:
    """Return the id of the number that has not been called yet, or ''."""
    latest = record.state.queue[-1] if record.state.queue else None
    return str(latest["event"]) if latest and latest["called_at"] is None else ""


def _turn_text(turn: Mapping[str, Any]) -> str:
    parts = []
    if turn["number_at"]:
        parts.append(f"{shown_clock(turn['number_at'])} 取号 {turn['no']}".rstrip())
    if turn["ahead"] is not None:
        parts.append(f"前面 {turn['ahead']} 人")
    if turn["called_at"]:
        window = f"，{turn['window']} 号窗口" if turn["window"] else ""
        parts.append(f"{shown_clock(turn['called_at'])} 叫到{window}")
    if turn["seconds"]:
        parts.append(f"等了 {max(1, clock.minutes(turn['seconds']))} 分")
    return " · ".join(parts)


def next_button(record: WalkRecord, screen: str) -> dict[str, str]:
    """Return what the main button of a screen says and does: the next thing that should happen in the hall."""
    state, is_real = record.state, not (record.data["is_simulated"] or record.is_recheck)
    if record.does(screen, "accept") and is_real and not state.accepted:
        return {"text": "窗口正式受理了", "value": "accepted"}
    if record.does(screen, "result") and is_real and not state.result:
        return {"text": "拿到结果了", "value": "result"}
    following = next_screen(record, screen)
    if following is None:
        return {"text": "去核对", "value": "review"}
    name = record.document.screen_of(following).title
    if record.does(screen, "queue") and waiting(record):
        return {"text": f"叫到号，进入{name}", "value": "next"}
    return {"text": f"下一步：{name}", "value": "next"}


def pictures(record: WalkRecord, steps: set[str] | None = None) -> list[dict[str, Any]]:
    """Return the pictures of these steps (all when None), with the time people see; not those still on a phone."""
    return [
        photo | {"clock": shown_clock(photo.get("taken_at") or photo["at"]), "is_masked": bool(photo["masked"])}
        for photo in record.state.photos.values()
        if photo["media"] and (steps is None or photo["step"] in steps)
    ]


def step_page(
    record: WalkRecord, screen: str, errors: Mapping[str, str], typed: Mapping[str, str] = NOTHING, number: int = 0
) -> dict[str, Any]:
    """Return every value of a step page; `number` is the set of answers that is open where several people are asked."""
    steps = {step.id for step in record.paper.steps if step.screen == screen}
    asked, people = _asked_of_one(record, screen, number)
    tracking = {one.id for step in record.paper.steps if step.deed == "track" for one in step.questions}
    is_tracking = data_step(record, screen) in {step.id for step in record.paper.steps if step.deed == "track"}
    now = [one for one in asked if (one.id in tracking) == is_tracking]
    return {
        "screen": screen,
        "rail": rail(record, screen),
        "timer": timer(record, screen),
        "deeds": {step.deed for step in record.paper.steps if step.screen == screen and step.deed},
        "is_on_site": is_on_site(record, screen),
        "turns": turns(record) if record.does(screen, "queue") else [],
        "waiting": waiting(record),
        "respondents": people,
        "cards": cards(record, now, errors, typed),
        "earlier": cards(record, [one for one in asked if one not in now], errors, typed)
        if record.state.result
        else [],
        "photos": pictures(record, steps),
        "photo_error": errors.get("photo", ""),
        "notes": [note | {"clock": shown_clock(note["at"])} for note in record.state.notes if note["step"] in steps],
        "findings": [(key, one) for key, one in record.state.findings.items() if one["step"] in steps],
        "next_button": next_button(record, screen),
        "title": record.document.screen_of(data_step(record, screen)).title,
    }


def _asked_of_one(
    record: WalkRecord, screen: str, number: int
) -> tuple[list[Question], respondents.Respondents | None]:
    """Return what a screen asks, where several people are asked only one of them, and who they are."""
    asked = record.questions_on(screen)
    people = respondents.of_screen(record, screen, number)
    if people is None:
        return asked, None
    return [one for one in asked if one.respondent in {"", people.name}], people
