"""Answers and the problems they point to: drawn together, so that the one follows from the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.words import grammar
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import Question, Rule
from walkthrough_app.questionnaires.rules import COMPARE, Numbers, holds, resolve

# How often a problem is met, against 1 for the others: lists and boards must cope with a few that are everywhere.
OFTEN = {"W-K2": 9, "W-Q6": 6, "W-P4": 6, "W-Q3": 5, "W-K5": 5, "W-K8": 5, "W-A4": 4, "W-T1": 4, "W-Q2": 4, "W-R5": 3}
SELDOM = {"W-K6": 0.4, "W-A6": 0.3, "W-A7": 0.2, "W-R4": 0.4, "W-R7": 0.3, "W-A3": 0.6, "W-R1": 0.5}
COUNTED = {"W-K2", "W-A3", "W-R1", "W-R3"}  # the walk itself says how much
PLAIN = {"W-Q2": 1, "W-A4": 1}  # counts that are not nought when all is well


@dataclass(frozen=True)
class Problem:
    question: Question
    rule: Rule
    step: str


def weights(weak: Mapping[str, float], document: Document) -> dict[str, float]:
    """Return how often each question's problem is met in a unit with these weak sides, by letter of the category."""
    known = [document.find(key) for key in grammar()["questions"]]
    asked = [one for one in known if one and one.suggest]
    return {
        one.id: OFTEN.get(one.id, SELDOM.get(one.id, 1.0)) * weak.get(one.suggest[0].category[0], 1.0) for one in asked
    }


def problem_of(key: str, document: Document, step: str, numbers: Numbers) -> Problem | None:
    """Return the problem behind a question; None when the item gives no number to hold the answer against."""
    question = document.question(key)
    rule = next(rule for rule in question.suggest if rule.when != {"is": 99})
    test, operand = next(iter(rule.when.items()))
    is_known = test not in COMPARE or resolve(operand, numbers) is not None
    return Problem(question, rule, step) if is_known else None


def bad(problem: Problem, numbers: Numbers, chance: Chance) -> Any:
    """Return an answer that points to the problem."""
    test, operand = next(iter(problem.rule.when.items()))
    if test == "is":
        return operand
    if test == "lte":
        return chance.randint(1, operand)
    if test in COMPARE:
        return (resolve(operand, numbers) or 0) + (test == "gt") + chance.some(0.6)
    options = [option.id for option in problem.question.options]
    chosen = chance.choice([one for one in options if (one in operand) is (test == "in")])
    return [chosen] if problem.question.type == "many" else chosen


def good(question: Question, numbers: Mapping[str, Any], chance: Chance) -> Any:
    """Return an answer that points to nothing; None when there is none to give."""
    if question.type == "yn":
        return "na" if chance.happens(0.05) else "yes"
    if question.type == "score5":
        return chance.choice((3, 4, 4, 5, 5))
    if question.id == "W-P3":
        return numbers["fact"]["guide_materials"]
    if question.type in {"count", "minutes", "days"}:
        return PLAIN.get(question.id, 0)
    harmless = [one.id for one in question.options if not any(holds(rule.when, one.id) for rule in question.suggest)]
    chosen = chance.choice(harmless) if harmless else None
    return [chosen] if chosen and question.type == "many" else chosen
