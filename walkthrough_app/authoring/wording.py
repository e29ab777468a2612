"""Tests of answers in words: 大于30, 是“否”. Pure, and content with drafts that are not yet right."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.authoring.words import FACTS, TESTS


def condition_words(when: Any, labels: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None) -> str:
    """Write a test; `labels` are the words of the answers, `names` those of the thresholds."""
    if not isinstance(when, Mapping) or len(when) != 1:
        return "条件没有写好"
    test, operand = next(iter(when.items()))
    if test == "not_empty":
        return "答了就算"
    return f"{TESTS.get(test, test)}{operand_words(operand, labels or {}, names or {})}"


def operand_words(operand: Any, labels: Mapping[str, str], names: Mapping[str, str]) -> str:
    if isinstance(operand, list):
        return "、".join(operand_words(one, labels, names) for one in operand)
    if isinstance(operand, Mapping) and len(operand) == 1:
        kind, value = next(iter(operand.items()))
        if kind == "max":
            return f"（{operand_words(value, labels, names)}里最大的）"
        known = FACTS if kind == "fact" else names
        return f"“{known.get(str(value), value)}”"
    if isinstance(operand, int):
        return str(operand)
    return f"“{labels.get(str(operand), YES_NO.get(str(operand), str(operand)))}”"


def show_if_words(show_if: Any) -> str:
    if not isinstance(show_if, Mapping):
        return "没有写好"
    return f"{show_if.get('question')} {condition_words(show_if.get('when'))}"


YES_NO = {"yes": "是", "no": "否", "na": "不适用"}
