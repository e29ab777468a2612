"""The rule language: one test of one answer. Data only, so that the phone reads the same rules."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

AnswerValue = int | str | list[str]
Condition = Mapping[str, Any]
Numbers = Mapping[str, Mapping[str, int | None]]  # {"fact": {…}, "threshold": {…}}

NA = "na"
COMPARE: Mapping[str, Callable[[int, int], bool]] = {"gt": operator.gt, "gte": operator.ge, "lte": operator.le}


def is_missing(value: AnswerValue | None) -> bool:
    """Tell whether there is no answer; 不适用 is one."""
    return value is None or value in ("", [])


def holds(when: Condition, value: AnswerValue | None, numbers: Numbers | None = None) -> bool:
    """Tell whether an answer passes the test; no answer, 不适用 and an unknown number never do."""
    if value is None or is_missing(value) or value == NA:
        return False
    test, operand = next(iter(when.items()))
    if test in COMPARE:
        limit = resolve(operand, numbers or {})
        return isinstance(value, int) and limit is not None and COMPARE[test](value, limit)
    return _choice_holds(test, operand, value if isinstance(value, list) else [value])


def _choice_holds(test: str, operand: Any, chosen: list[Any]) -> bool:
    if test == "is":
        return chosen == [operand]
    if test == "in":
        return any(one in operand for one in chosen)
    if test == "any_but":
        return any(one not in operand for one in chosen)
    return test == "not_empty"


def resolve(operand: Any, numbers: Numbers) -> int | None:
    """Return the number an operand stands for; None when it, or one of its parts, is not known."""
    if isinstance(operand, int):
        return operand
    kind, name = next(iter(operand.items()))
    if kind != "max":
        return numbers.get(kind, {}).get(name)
    parts = [resolve(part, numbers) for part in name]
    known = [part for part in parts if part is not None]
    return max(known) if len(known) == len(parts) else None


def limit_of(when: Condition, numbers: Numbers) -> int | None:
    """Return the number a test holds the answer against; None when it compares no numbers."""
    test, operand = next(iter(when.items()))
    return resolve(operand, numbers) if test in COMPARE else None
