"""One walk as plain data: the same for the database, the package of a phone and the PDF's own attachment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.questionnaires import suggestions
from walkthrough_app.questionnaires.document import Addon, Document, Question
from walkthrough_app.questionnaires.suggestions import Facts, Suggestion
from walkthrough_app.walkthroughs.fold import fold
from walkthrough_app.walkthroughs.state import State

RECTIFY_TYPES = {"immediate": "立行立改", "deadline": "限期整改", "ongoing": "长期坚持", "escalate": "提请协调"}


@dataclass(frozen=True)
class AnswerSet:
    """What one of several people was asked: `name` is 受访者2."""

    number: int
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class WalkRecord:
    """A walk read from `walk.json`: facts as they stand there, the folded state, and what follows from both."""

    data: Mapping[str, Any]
    paper: Document
    thresholds: Mapping[str, int]

    @cached_property
    def document(self) -> Document:
        """The questionnaire with as many sets of answers as people were asked, and one to begin."""
        return self.paper.with_sets(self.state.answers)

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def item(self) -> Mapping[str, Any]:
        """The service item under its national field names, with `must_walk` as a list of reasons."""
        item: Mapping[str, Any] = self.data["item"]
        return item

    @property
    def walker(self) -> Mapping[str, Any]:
        """`{role, post}`: never a name."""
        walker: Mapping[str, Any] = self.data["walker"]
        return walker

    @property
    def plan(self) -> Mapping[str, Any]:
        plan: Mapping[str, Any] = self.data["plan"]
        return plan

    @property
    def is_recheck(self) -> bool:
        """Tell whether it looks again at one step: no whole walk, no problems to be found."""
        return self.paper.is_recheck

    def does(self, screen: str, deed: str) -> bool:
        """Tell whether something with buttons of its own happens on a screen: queue, accept, track, result."""
        return any(step.deed == deed for step in self.paper.steps if step.screen == screen)

    @cached_property
    def to_walk(self) -> list[str]:
        """Steps that are to be walked: up to where a simulation stops, without the result while it is waited for."""
        steps = [step for step in self.paper.steps if step.deed != "track"]
        names = [step.id for step in steps]
        if self.simulation_step in names:
            return names[: names.index(self.simulation_step) + 1]
        return [step.id for step in steps if not (self.is_awaiting and step.deed == "result")]

    @property
    def screens(self) -> tuple[str, ...]:
        """The screens of the walk page, in their order."""
        return tuple(screen.id for screen in self.document.screens)

    @cached_property
    def state(self) -> State:
        return fold(self.data["events"])

    @property
    def is_head_in_person(self) -> bool:
        return bool(self.walker["role"] == "head")

    @cached_property
    def facts(self) -> Facts:
        item = self.item
        promise = {"onspot": 0, "workday": item["promise_day"]}.get(item["promise_type"])  # 日 is not comparable
        return Facts(
            guide_materials=len(item["materials"]) or None,
            promise_workdays=promise,
            limit_scene_num=item["limit_scene_num"],
        )

    @cached_property
    def workdays(self) -> int | None:
        """Working days from acceptance to result; None while one of them is missing."""
        if not (self.state.accepted and self.state.result):
            return None
        accepted = clock.to_local(clock.parse(self.state.accepted["at"])).date()
        received = self.result_on or accepted
        return clock.workdays_between(accepted, max(accepted, received))

    @property
    def result_on(self) -> date | None:
        if not self.state.result:
            return None
        given = clock.day_of(self.state.result.get("on") or "")
        return given or clock.to_local(clock.parse(self.state.result["at"])).date()

    @property
    def trips(self) -> int:
        """Trips to the site: as counted, at least one once somebody queued or stood at the counter."""
        waited = [step.id for step in self.paper.steps if step.deed in {"queue", "accept"}]
        on_site = any(self.state.steps[name].seconds for name in waited if name in self.state.steps)
        return max(len(self.state.trips), int(on_site or bool(self.state.queue)))

    @cached_property
    def automatic(self) -> dict[str, int]:
        """What the app counts itself, by the name questions use in `auto`."""
        values: dict[str, int | None] = {
            "wait_minutes": clock.minutes(self.state.wait_seconds) if self.state.wait_seconds else None,
            "trips": self.trips or None,
            "trips_to_accept": max(self.state.trips_to_accept or 0, 1) if self.state.accepted else None,
            "workdays": self.workdays,
        }
        return {name: value for name, value in values.items() if value is not None}

    @cached_property
    def answers(self) -> dict[str, Any]:
        """Answers by question id; what the walker did not answer is taken from what the app counted."""
        given = {key: answer["value"] for key, answer in self.state.answers.items()}
        counted = {
            question.id: self.automatic[question.auto]
            for question in self.document.all_questions(mode=self.data["mode"])
            if question.auto in self.automatic
        }
        return counted | self._pictured() | given

    def _pictured(self) -> dict[str, str]:
        """Answer what asks a step for a picture by the latest one taken there."""
        latest = {one["step"]: key for key, one in self.state.photos.items() if not one["refused"]}
        asked = ((step.id, one) for step in self.document.steps for one in step.questions if one.type == "photo")
        return {one.id: latest[step] for step, one in asked if step in latest}

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Problems the answers point to; the walker decides which are real."""
        return suggestions.suggest(self.document, self.answers, facts=self.facts, thresholds=self.thresholds)

    @cached_property
    def open_suggestions(self) -> list[Suggestion]:
        """Suggestions neither taken up as a finding nor dismissed."""
        taken = {finding.get("question") for finding in self.state.findings.values()} | set(self.state.dismissed)
        return [one for one in self.suggestions if one.question_id not in taken]

    @property
    def simulation_step(self) -> str | None:
        """The step a simulated walk stops at; None for a real one."""
        stop = self.state.simulation_stop
        return next((one.step for one in self.document.simulation_stops if one.id == stop), None)

    def questions_on(self, screen: str) -> list[Question]:
        """Return what is asked on a screen now; the answers decide which questions apply."""
        steps = [step for step in self.document.steps if step.screen == screen]
        return [one for step in steps for one in self.document.questions_for(step.id, self.data["mode"], self.answers)]

    def sets(self, step: str) -> list[AnswerSet]:
        """Return the sets of answers given in a step that asks several people; those nobody has begun stay out."""
        questions = self.document.questions_for(step, self.data["mode"], self.answers)
        grouped = [(name, tuple(group)) for name, group in groupby(questions, key=lambda one: one.respondent)]
        return [
            AnswerSet(number, name, group)
            for number, (name, group) in enumerate(grouped, 1)
            if name and any(one.id in self.answers for one in group)
        ]

    def asked(self, step: str) -> list[Question]:
        """Return what is to be answered in a step; of several people asked, what those begun with are asked."""
        found = self.sets(step)
        if found:
            return [one for each in found for one in each.questions]
        questions = self.document.questions_for(step, self.data["mode"], self.answers)
        first = questions[0].respondent if questions else ""
        return [one for one in questions if one.respondent == first]

    def closing_questions(self) -> list[Question]:
        """Return what is asked about the walk as a whole: declarations, and opinions where the mode has them."""
        return [question for addon in self.closing for question in addon.questions]

    @property
    def closing(self) -> list[Addon]:
        """Return the add-ons asked at the end in this mode."""
        return [addon for addon in self.paper.addons_for(self.data["mode"]) if addon.at == "finish"]

    @property
    def is_full_process(self) -> bool:
        """Every step done and the result, where there is one to get, in hand (S002-37)."""
        needed = {step.id for step in self.paper.steps if step.deed != "track"}
        has_result = self.paper.doing("result") is None or self.state.result is not None
        return needed <= self.done_steps and has_result

    @property
    def done_steps(self) -> set[str]:
        """Steps that were walked: timed, typed, or proved by what they lead to."""
        done = {name for name, step in self.state.steps.items() if step.runs or step.typed}
        proofs = {"accept": self.state.accepted, "result": self.state.result}
        return done | {step.id for step in self.paper.steps if proofs.get(step.deed)}

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Return the photos and clips that are still on a phone."""
        return [one for one in self._evidence if one["media"] is None and not one["refused"]]

    @property
    def refused(self) -> list[dict[str, Any]]:
        """Return the photos and clips that could not be used, with the reason under `refused`."""
        return [one for one in self._evidence if one["refused"]]

    @property
    def _evidence(self) -> list[dict[str, Any]]:
        return [*self.state.photos.values(), *self.state.clips.values()]

    @property
    def is_awaiting(self) -> bool:
        has_result = self.paper.doing("result") is not None
        return has_result and self.state.accepted is not None and not (self.state.result or self.data["is_simulated"])
