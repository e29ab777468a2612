"""What a walker writes about a problem, and what the unit will do about it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from walkthrough_app.demo.load.answering import Problem
from walkthrough_app.demo.load.chance import Chance
from walkthrough_app.demo.load.words import grammar, pick, say

RECTIFY = {
    "minor": {"immediate": 70, "deadline": 20, "ongoing": 8, "escalate": 2},
    "moderate": {"immediate": 22, "deadline": 58, "ongoing": 12, "escalate": 8},
    "serious": {"immediate": 10, "deadline": 70, "ongoing": 5, "escalate": 15},
}


def report(problem: Problem, chance: Chance, photos: Sequence[str], told: Mapping[str, int]) -> dict[str, Any]:
    """Return the payload of a finding, without its id."""
    words, question = grammar()["questions"][problem.question.id], problem.question
    fact = say(chance.choice(words["facts"]), chance, **told)
    if chance.happens(0.3):
        fact += say(chance.choice(words["facts"]), chance, **told)
    return {
        "title": say(chance.choice(words["titles"]), chance)[:60],
        "fact": fact,
        "severity": problem.rule.severity,
        "category": problem.rule.category,
        "clause": {"seed": question.clause.seed, "text": question.clause.text[:200]},
        "question": question.id,
        "photos": list(photos),
    }


def measure(problem: Problem, chance: Chance, day: date) -> dict[str, Any]:
    """Return the payload of a measure, without the finding's id."""
    sort = chance.one_of(RECTIFY[problem.rule.severity])
    plain = {"rectify_type": sort, "measure": f"{_measure(problem, chance)}。"}
    if sort == "immediate":
        return plain | {"done_on": (day + timedelta(days=chance.randint(0, 3))).isoformat()}
    if sort == "deadline":
        due = day + timedelta(days=chance.randint(5, 45))
        return plain | {
            "steps": pick("steps", chance),
            "due_on": due.isoformat(),
            "resp_person": say("{boss}", chance),
        }
    return plain | ({"escalate_to": say("{help}", chance)} if sort == "escalate" else {})


def _measure(problem: Problem, chance: Chance) -> str:
    return say(chance.choice(grammar()["measures"][problem.rule.category[0]]), chance)
