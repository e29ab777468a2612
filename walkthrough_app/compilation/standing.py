"""How the problems of a compilation stand in the ledger: plain values by problem id, kept when they were gathered.

Where a compilation was made from files, nobody knows: then problems stand as their reports tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from walkthrough_app.compilation.material import Material, Reporter
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import SEVERITIES
from walkthrough_app.reports.told import Problem

DONE = frozenset({State.RECTIFIED, State.RECHECKING, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """One problem in the ledger; days are ISO or '', `notices` the numbers of its 督办通知单."""

    state: str
    severity: str
    resp: str
    leader: str
    person: str
    rectify_type: str
    measure: str
    steps: str
    due_on: str
    extension: str
    progress: str
    done_on: str
    after: int
    notices: str
    checked_on: str
    check_result: str
    closed_on: str
    relapses: int

    @property
    def label(self) -> str:
        return State(self.state).label

    @property
    def is_over(self) -> bool:
        return State(self.state).is_over

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_done(self) -> bool:
        return State(self.state) in DONE

    def is_overdue(self, day: str) -> bool:
        return bool(self.due_on) and self.due_on < day and State(self.state) in State.unfinished()


Ledger = Mapping[str, Standing]


def read(stored: Mapping[str, Any]) -> dict[str, Standing]:
    return {key: Standing(**one) for key, one in stored.items()}


def applied(material: Material, ledger: Ledger) -> Material:
    """Return the material with what was done since the reports: measures, terms and results as the ledger has them."""
    return (
        replace(material, reporters=tuple(_reporter(one, ledger) for one in material.reporters)) if ledger else material
    )


def _reporter(reporter: Reporter, ledger: Ledger) -> Reporter:
    problems = (_problem(one, ledger[one.id]) if one.id in ledger else one for one in reporter.problems)
    return replace(reporter, problems=tuple(problems))


def _problem(one: Problem, now: Standing) -> Problem:
    return replace(
        one,
        severity=now.severity,
        severity_name=SEVERITIES.get(now.severity, now.severity),
        rectify_type=now.rectify_type,
        measure=now.measure,
        steps=now.steps,
        person=now.person or one.person,
        due_on=now.due_on,
        done_on=now.done_on if now.is_done else "",
        after_pictures=f"照片{now.after}张" if now.after else one.after_pictures,
    )
