"""The rules as data: one versioned document, and what a campaign has set otherwise."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jsonschema

from walkthrough_app.questionnaires.parts import Threshold, build
from walkthrough_app.questionnaires.source import read_yaml

HERE = Path(__file__).parent
LARGEST = 100_000


class Level(StrEnum):
    NOTE = "note"
    LOOK = "look"

    @property
    def label(self) -> str:
        return "提示" if self is Level.NOTE else "请看一看"


@dataclass(frozen=True)
class Rule:
    """One sign of thin work; `limits` are whole numbers a campaign may set otherwise."""

    id: str
    name: str
    level: str
    says: Mapping[str, str]
    limits: tuple[Threshold, ...] = ()
    is_on: bool = True

    @cached_property
    def values(self) -> dict[str, int]:
        return {limit.id: limit.value for limit in self.limits}

    def sentence(self, case: str, values: Mapping[str, Any]) -> str:
        """Fill in a sentence; quoted texts last, for they may hold braces of their own."""
        text = self.says[case]
        for name, value in sorted(values.items(), key=lambda pair: isinstance(pair[1], str)):
            text = text.replace(f"{{{name}}}", str(value))
        return text


@dataclass(frozen=True)
class Rulebook:
    version: int
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """Return a rule; KeyError when there is none."""
        return {rule.id: rule for rule in self.rules}[rule_id]

    def find(self, rule_id: str) -> Rule | None:
        return {rule.id: rule for rule in self.rules}.get(rule_id)

    def changed(self, changes: Mapping[str, Any]) -> "Rulebook":
        """Return the book with what a campaign set: `{rule: {"is_on": bool, "limits": {id: number}}}`."""
        return Rulebook(self.version, tuple(_changed(rule, changes.get(rule.id, {})) for rule in self.rules))


def _changed(rule: Rule, change: Mapping[str, Any]) -> Rule:
    wanted = change.get("limits", {})
    limits = tuple(replace(limit, value=wanted.get(limit.id, limit.value)) for limit in rule.limits)
    return replace(rule, is_on=change.get("is_on", rule.is_on), limits=limits)


@cache
def builtin() -> Rulebook:
    return parse(read_yaml((HERE / "builtin" / "rules.yaml").read_text(encoding="utf-8")))


def parse(data: Any) -> Rulebook:
    """Read plain data; jsonschema's ValidationError when it is not laid out as the schema says."""
    jsonschema.Draft202012Validator(_schema()).validate(data)
    return build(Rulebook, data)


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((HERE / "schema" / "quality-1.schema.json").read_text(encoding="utf-8"))
    return schema
