"""A questionnaire as the app reads it: a typed, frozen view over one published document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from walkthrough_app.questionnaires import crosschecks, sets
from walkthrough_app.questionnaires.meanings import FIRST, Meaning
from walkthrough_app.questionnaires.parts import (
    Addon,
    Assessment,
    Category,
    Clause,
    FocalPoint,
    Mode,
    Named,
    Option,
    Question,
    RatingForm,
    RecordKind,
    Rule,
    Screen,
    Severity,
    SimulationStop,
    Source,
    Step,
    Tag,
    Threshold,
    build,
)
from walkthrough_app.questionnaires.rules import AnswerValue, holds, is_missing
from walkthrough_app.questionnaires.validation import QuestionnaireError, check_schema

__all__ = [
    "Addon",
    "Category",
    "Clause",
    "Document",
    "Option",
    "Question",
    "QuestionnaireError",
    "Rule",
    "Screen",
    "Step",
]
Answers = Mapping[str, AnswerValue]


@dataclass(frozen=True)
class Document:
    """One version of one programme; lists stand in the order of the file."""

    id: str
    version: int
    title: str
    basis: str
    sources: tuple[Source, ...]
    modes: tuple[Mode, ...]
    steps: tuple[Step, ...]
    categories: tuple[Category, ...]
    severities: tuple[Severity, ...]
    rectify_types: tuple[Named, ...]
    simulation_stops: tuple[SimulationStop, ...] = ()
    limits: tuple[Threshold, ...] = ()
    addons: tuple[Addon, ...] = ()
    focus: tuple[FocalPoint, ...] = ()
    root_causes: tuple[Named, ...] = ()
    reform_headings: tuple[Named, ...] = ()
    purpose: Literal["walk", "recheck", "visit"] = "walk"
    tags: tuple[Tag, ...] = ()
    records: tuple[RecordKind, ...] = ()
    ratings: tuple[RatingForm, ...] = ()
    assessment: Assessment | None = None

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Document":
        """Read plain data; QuestionnaireError with a readable path when it cannot be used."""
        check_schema(data)
        document = build(cls, {**data, "limits": data.get("thresholds", [])})
        crosschecks.check(document)
        return document

    @property
    def is_recheck(self) -> bool:
        """Tell whether it asks about one step again, rather than about a whole walk."""
        return self.purpose == "recheck"

    @property
    def is_visit(self) -> bool:
        """Tell whether inspectors visit a unit with it, rather than a unit walking its own services."""
        return self.purpose == "visit"

    def for_mode(self, mode: str) -> "Document":
        """Return the document as it is walked in one mode: without the steps of others."""
        steps = tuple(step for step in self.steps if not step.modes or mode in step.modes)
        if len(steps) == len(self.steps):
            return self
        kept = {step.id for step in steps}
        stops = tuple(stop for stop in self.simulation_stops if stop.step in kept)
        return replace(self, steps=steps, simulation_stops=stops)

    def with_sets(self, answered: Iterable[str]) -> "Document":
        """Return the document with a question for each set that answers of these ids fill, and for the next one."""
        if not any(step.repeat for step in self.steps):
            return self
        known = [*answered]
        return replace(self, steps=tuple(sets.unfolded(step, known) for step in self.steps))

    def knows(self, question_id: str) -> bool:
        """Tell whether an answer may be kept under this id: of a question, or of one of its sets within the limit."""
        base, number = sets.split(question_id)
        if number == 1:
            return question_id in self._questions
        step = next((one for one in self.steps if any(base == asked.id for asked in one.questions)), None)
        return step is not None and step.repeat is not None and number <= step.repeat.most

    def meaning(self, name: Meaning) -> str:
        """Return the id of the question whose answer means something to lists and reports; '' when it asks no such."""
        said = next((one.id for one in self._questions.values() if one.means == name), FIRST[name])
        return said if said in self._questions else ""

    def tag_names(self, tags: Iterable[str]) -> list[str]:
        """Return the words of a problem's marks, in the order of the document."""
        wanted = set(tags)
        return [tag.name for tag in self.tags if tag.id in wanted]

    def doing(self, deed: str) -> Step | None:
        """Return the step where one queues, is accepted, tracks or gets the result; None when it has none."""
        return next((step for step in self.steps if step.deed == deed), None)

    @cached_property
    def thresholds(self) -> dict[str, int]:
        """What a campaign may set otherwise, by id; names and units stand in `limits`."""
        return {limit.id: limit.value for limit in self.limits}

    @cached_property
    def screens(self) -> tuple[Screen, ...]:
        """The steps as the phone groups them; a screen takes its words from the step it is named after."""
        return tuple(
            Screen(main.id, main.title, main.short, tuple(step for step in self.steps if step.screen == main.id))
            for main in self.steps
            if main.screen == main.id
        )

    def screen(self, screen_id: str) -> Screen:
        """Return a screen; KeyError when there is none of this id (as with all the look-ups below)."""
        return {screen.id: screen for screen in self.screens}[screen_id]

    def screen_of(self, step_id: str) -> Screen:
        return self.screen(self.step(step_id).screen)

    def step(self, step_id: str) -> Step:
        return self._steps[step_id]

    def addon(self, addon_id: str) -> Addon:
        return self._addons[addon_id]

    def question(self, question_id: str) -> Question:
        return self._questions[question_id]

    def find(self, question_id: str) -> Question | None:
        return self._questions.get(question_id)

    def mode(self, mode_id: str) -> Mode:
        return {mode.id: mode for mode in self.modes}[mode_id]

    def record(self, record_id: str) -> RecordKind:
        return {record.id: record for record in self.records}[record_id]

    def rating(self, rating_id: str) -> RatingForm:
        return {rating.id: rating for rating in self.ratings}[rating_id]

    def source(self, seed: str) -> Source:
        return {source.id: source for source in self.sources}[seed]

    def severity(self, severity_id: str) -> Severity:
        return {severity.id: severity for severity in self.severities}[severity_id]

    def category_name(self, code: str) -> str:
        """Return the words of a code: 信息公开 for A, 咨询电话不通 for A3."""
        return self._category_names[code]

    def step_of(self, question_id: str) -> str | None:
        """Return the id of the step a question stands in; None for an add-on's, a record's, a public form's."""
        return next((step.id for step in self.steps if any(one.id == question_id for one in step.questions)), None)

    def addons_for(self, mode: str | None = None) -> tuple[Addon, ...]:
        """Return the add-ons asked in this mode; all of them when no mode is given."""
        return tuple(addon for addon in self.addons if mode is None or not addon.modes or mode in addon.modes)

    def all_questions(self, *, mode: str | None = None) -> Iterator[Question]:
        """Yield the questions of all steps, then of the add-ons asked in this mode (of all, when none is given)."""
        for step in self.steps:
            yield from step.questions
        for addon in self.addons_for(mode):
            yield from addon.questions

    def questions_for(self, part: str, mode: str, answers: Answers) -> tuple[Question, ...]:
        """Return what to ask now in a step or add-on: nothing in an add-on of another mode."""
        if part in self._steps:
            asked = self.step(part).questions
        else:
            asked = self.addon(part).questions if self.addon(part) in self.addons_for(mode) else ()
        return tuple(question for question in asked if self.is_asked(question, answers))

    def is_asked(self, question: Question, answers: Answers) -> bool:
        """Tell whether a question applies: yes, until the answer it depends on says otherwise."""
        if question.show_if is None:
            return True
        earlier = answers.get(question.show_if.question)
        return is_missing(earlier) or holds(question.show_if.when, earlier)

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def _addons(self) -> dict[str, Addon]:
        return {addon.id: addon for addon in self.addons}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.id: question for question in self.all_questions()}

    @cached_property
    def _category_names(self) -> dict[str, str]:
        kinds = {sub.id: sub.name for category in self.categories for sub in category.subs}
        return kinds | {category.id: category.name for category in self.categories}
