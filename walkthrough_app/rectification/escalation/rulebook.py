"""The rules as data: one versioned document, and what a campaign has set otherwise."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from walkthrough_app.core import clock
from walkthrough_app.questionnaires.parts import build
from walkthrough_app.questionnaires.source import read_yaml

HERE = Path(__file__).parent
MOST_WORKDAYS = 60
REMIND, NOTICE, BULLETIN = "remind", "notice", "bulletin"
OVERDUE, RELAPSED = "overdue", "relapsed"


@dataclass(frozen=True)
class Rule:
    """One step; it counts `workdays` from the step `after`, or from the day that `counts` names."""

    id: str
    name: str
    act: str
    counts: str
    workdays: int
    says: str
    after: str = ""
    is_on: bool = True


@dataclass(frozen=True)
class Rulebook:
    version: int
    rules: tuple[Rule, ...]

    def find(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def due_on(self, rule: Rule, start: date) -> date:
        """Return the day of a step: working days from the start, those of the steps before it included."""
        return clock.add_workdays(start, self._days(rule))

    def _days(self, rule: Rule) -> int:
        before = self.find(rule.after) if rule.after else None
        return rule.workdays + (self._days(before) if before else 0)

    def changed(self, changes: Mapping[str, Any]) -> "Rulebook":
        """Return the book with what a campaign set: `{rule: {"is_on": bool, "workdays": number}}`."""
        return replace(self, rules=tuple(replace(rule, **changes.get(rule.id, {})) for rule in self.rules))


@cache
def builtin() -> Rulebook:
    return parse(read_yaml((HERE / "builtin" / "rules.yaml").read_text(encoding="utf-8")))


def parse(data: Any) -> Rulebook:
    """Read plain data; jsonschema's ValidationError or a ValueError when it is not laid out as it must be."""
    jsonschema.Draft202012Validator(_schema()).validate(data)
    book = build(Rulebook, data)
    above = set[str]()
    for rule in book.rules:
        if rule.id in above:
            raise ValueError(f"{rule.id} stands twice")
        if rule.after and rule.after not in above:
            raise ValueError(f"{rule.id} follows {rule.after}, which does not stand above it")
        above.add(rule.id)
    return book


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((HERE / "schema" / "escalation-1.schema.json").read_text(encoding="utf-8"))
    return schema
