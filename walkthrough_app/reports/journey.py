"""One walk as a report tells it: days, minutes, waits, trips and limits in whole numbers that add up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Segment
from walkthrough_app.questionnaires import suggestions
from walkthrough_app.questionnaires.answers import plain_answer
from walkthrough_app.questionnaires.document import Step
from walkthrough_app.questionnaires.meanings import Meaning
from walkthrough_app.questionnaires.suggestions import Advice
from walkthrough_app.reports import voice
from walkthrough_app.reports.dates import day_at, written
from walkthrough_app.reports.rounding import apportion, half_up
from walkthrough_app.walkthroughs.record import WalkRecord

MODES = {"in_person": "亲身办", "on_behalf": "代理办", "accompanied": "陪同办"}
INTEGRITY = "integrity"  # the add-on with the four declarations
DEPUTY = "分管领导"
PRINCIPALS = {"firm": "企业", "citizen": "群众"}
DAY_UNITS = {"workday": "个工作日", "day": "日", "onspot": "当场"}
SAME_DAY = "当日"
LEAST_RUN = 60  # a shorter run is a tap, not a step that was walked
VISIT = 3600  # seconds from acceptance to result that still are one visit


@dataclass(frozen=True)
class Journey:
    """A walk's record with the facts that the sections of a report write about."""

    record: WalkRecord
    unit: Mapping[str, Any]
    year: int

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def item(self) -> str:
        return str(self.record.item["task_name"])

    @property
    def mode(self) -> str:
        """The way of walking in the words of its questionnaire."""
        wanted = str(self.record.data["mode"])
        return MODES.get(wanted) or next((one.name for one in self.record.paper.modes if one.id == wanted), wanted)

    @property
    def is_secret(self) -> bool:
        """Tell whether the questionnaire asks how the rules of going incognito were kept."""
        return bool(self.declarations)

    @property
    def declarations(self) -> dict[str, str]:
        """The questions that declare how the rules of going incognito were kept: words by id."""
        return {
            one.id: one.text.rstrip("？?")
            for addon in self.record.closing
            if addon.id == INTEGRITY
            for one in addon.questions
        }

    @property
    def walker(self) -> str:
        if not self.record.is_head_in_person:
            return DEPUTY
        return voice.head(self.unit, str(self.record.walker["post"]))

    @property
    def is_simulated(self) -> bool:
        return bool(self.record.data["is_simulated"])

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day on which something happened (what was typed at a desk later does not count)."""
        days = [day_at(moment) for moment in self._moments()]
        if self.record.result_on:
            days.append(self.record.result_on)
        started = self.record.state.started_at
        other = day_at(started) if started else date.fromisoformat(self.record.plan["from_on"])
        return min(days, default=other), max(days, default=other)

    def _moments(self) -> Iterator[str]:
        """Yield when a step was really walked or something was marked on site."""
        state = self.record.state
        yield from (run.start for step in state.steps.values() for run in step.runs if run.seconds >= LEAST_RUN)
        yield from (trip["at"] for trip in state.trips)
        yield from (turn[key] for turn in state.queue for key in ("number_at", "called_at") if turn[key])
        if state.accepted:
            yield state.accepted["at"]

    def written(self, day: date) -> str:
        """Write a day, with its year when the report is of another one."""
        return written(day, self.year)

    @property
    def when(self) -> str:
        return phrases.date_range(*self.days, year=self.days[0].year != self.year)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Return the time ribbon: one segment for each step that took time."""
        state = self.record.state
        timed = [step for step in self.record.document.steps if step.id in state.steps]
        walked = [step for step in timed if state.steps[step.id].seconds]
        minutes = apportion([Fraction(state.steps[step.id].seconds, 60) for step in walked], least=1)
        return tuple(Segment(step.short, count, step.ribbon) for step, count in zip(walked, minutes, strict=True))

    @property
    def minutes(self) -> int:
        return sum(segment.minutes for segment in self.segments)

    @property
    def waited(self) -> int:
        return sum(segment.minutes for segment in self.segments if segment.kind == "wait")

    @property
    def called_after(self) -> int:
        """Minutes between taking a number and being called, all rounds together."""
        return half_up(Fraction(self.record.state.wait_seconds, 60))

    @property
    def windows(self) -> int:
        called = {turn["window"] for turn in self.record.state.queue if turn["window"]}
        given = self.meant("windows")
        return given if isinstance(given, int) else len(called)

    @property
    def principal(self) -> str:
        """Who gave the authorisation for 代理办: 企业 or 群众."""
        return PRINCIPALS.get(str((self.record.state.authorization or {}).get("principal")), "")

    @property
    def scope(self) -> str:
        return self._words(self.record.paper.meaning("scope"), (self.record.state.authorization or {}).get("scope"))

    @cached_property
    def advice(self) -> list[Advice]:
        """Reforms that the answers propose."""
        record = self.record
        return suggestions.advise(record.document, record.answers, facts=record.facts, thresholds=record.thresholds)

    @property
    def stopped(self) -> str:
        """Say how far a simulated walk went, as the questionnaire words it: 走到取号、叫到号为止."""
        wanted = self.record.state.simulation_stop
        stops = {one.id: one.name for one in self.record.document.simulation_stops}
        return f"走到{stops.get(wanted, wanted)}" if wanted else ""

    def value(self, question: str) -> Any:
        """Return the answer to a question, None when it was not asked or not answered."""
        return self.record.answers.get(question)

    def meant(self, name: Meaning) -> Any:
        """Return the answer that means something to every report, None when it was not asked or not answered."""
        return self.value(self.record.paper.meaning(name))

    def shown(self, question: str) -> str:
        """Return the answer in words, '' when there is none."""
        return self._words(question, self.value(question))

    def _words(self, question: str, value: Any) -> str:
        known = self.record.document.find(question)
        return plain_answer(known, value) if known and value not in {None, "na"} else ""

    @property
    def promise(self) -> str:
        item = self.record.item
        return limit(item["promise_day"], item["promise_type"])

    @property
    def actual(self) -> int | None:
        """Days from acceptance to result in the unit of the promise; None while the result is not there."""
        state = self.record.state
        if self.record.item["promise_type"] != "day":
            return self.record.workdays
        if not (state.accepted and self.record.result_on):
            return None
        return max(0, (self.record.result_on - day_at(state.accepted["at"])).days)

    @property
    def day_unit(self) -> str:
        return DAY_UNITS["day" if self.record.item["promise_type"] == "day" else "workday"]

    @property
    def took(self) -> str:
        """Write the actual length as the promise is written: 当场, 当日, 14个工作日."""
        if self.actual is None:
            return ""
        if self.actual == 0 and self.promise != DAY_UNITS["onspot"] and not self._is_one_visit:
            return SAME_DAY
        return limit(self.actual, "day" if self.record.item["promise_type"] == "day" else "workday")

    @property
    def _is_one_visit(self) -> bool:
        """Tell whether the result was waited for at the counter: no way in between, and no long time."""
        state = self.record.state
        if not (state.accepted and state.result) or len(state.trips) > (state.trips_to_accept or 0):
            return False
        between = clock.parse(state.result["at"]) - clock.parse(state.accepted["at"])
        return between.total_seconds() <= VISIT

    @property
    def days_over(self) -> int:
        """Days by which the promise was missed; negative when the result came early."""
        item = self.record.item
        if self.actual is None or (item["promise_day"] is None and item["promise_type"] != "onspot"):
            return 0
        return self.actual - (0 if item["promise_type"] == "onspot" else int(item["promise_day"]))

    @property
    def status(self) -> str:
        """Say whether the whole way was walked, as table 1 does."""
        if self.is_simulated:
            return "模拟"
        if self.record.is_awaiting:
            return "待结果"
        return "是" if self.record.is_full_process else "否"

    @property
    def promised_and_actual(self) -> str:
        """Write both limits for a narrow column of working days: 20／14, 当场／当场, 15日／待结果."""
        waiting = {"待结果": "待结果", "模拟": "模拟"}.get(self.status, "—")
        promise, took = self.promise or "—", self.took or waiting
        return f"{promise}／{took}".replace(DAY_UNITS["workday"], "")


def limit(days: int | None, day_type: str | None) -> str:
    """Write a time limit; no days at all is 当场."""
    if day_type == "onspot" or days == 0:
        return DAY_UNITS["onspot"]
    return f"{days}{DAY_UNITS[day_type]}" if days is not None and day_type else ""


def modes_of(journeys: Sequence[Journey]) -> list[str]:
    """Return the ways of walking that were used: those of the first notice in its order, then the others."""
    known = dict.fromkeys(MODES.values(), True) | {journey.mode: True for journey in journeys}
    used = {journey.mode for journey in journeys}
    return [label for label in known if label in used]


def steps_of(journeys: Sequence[Journey]) -> list[Step]:
    """Return the steps of all walks, each once by what the ribbon calls it: ways of walking may differ in them."""
    found: dict[str, Step] = {}
    for step in (step for journey in journeys for step in journey.record.paper.steps):
        found.setdefault(step.short, step)
    return list(found.values())


def average(journeys: Sequence[Journey]) -> tuple[Segment, ...]:
    """Return the time ribbon of the average walk: a step that was not walked counts as no time."""
    steps = steps_of(journeys)
    totals = {step.short: 0 for step in steps}
    for segment in (segment for journey in journeys for segment in journey.segments):
        totals[segment.label] += segment.minutes
    minutes = apportion([Fraction(totals[step.short], len(journeys)) for step in steps], least=0)
    return tuple(Segment(step.short, count, step.ribbon) for step, count in zip(steps, minutes, strict=True) if count)
