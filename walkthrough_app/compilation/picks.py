"""典型: who could be named as a model or a warning. Proposed from the figures; people choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from walkthrough_app.compilation.material import Material, Reporter
from walkthrough_app.reports.told import Problem

MOST = 12
SERIOUS = {"serious": 0, "moderate": 1, "minor": 2}


@dataclass(frozen=True)
class Pick:
    """A case that could be told, under a key that stays the same when more reports come in."""

    key: str
    text: str


def models(material: Material) -> list[Pick]:
    """Return the heads who walked everything in person and had problems put right at once, the best first."""
    ranked = sorted(material.reporters, key=lambda one: (-_score(one), one.main.unit))
    found = [one for one in ranked if _score(one) > 0][:MOST]
    return [Pick(f"model.{one.main.unit_key}.{one.main.post}", _praise(one)) for one in found]


def _score(one: Reporter) -> float:
    """Weigh what a head did: items walked through in person, problems fixed; a late report is no model."""
    own = [walk for walk in one.walks if walk.is_head and walk.status == "是"]
    done = [problem for problem in one.problems if problem.done_on]
    if one.is_late or not own or not done or one.must_walk_by_head < one.must_walk:
        return 0.0
    return len(own) + len(done) + len(done) / len(one.problems)


def _praise(one: Reporter) -> str:
    own = [walk for walk in one.walks if walk.is_head]
    items = len({walk.item_key for walk in own})
    done = [problem for problem in one.problems if problem.done_on]
    best = next((problem for problem in done if problem.measure), done[0])
    return (
        f"{one.main.unit}{own[0].walker}亲自体验{items}个事项，发现问题{len(one.problems)}个，已整改{len(done)}个。"
        f"针对“{best.title}”，{best.measure}。"
    )


def warnings(material: Material) -> list[Pick]:
    """Return the gravest problems with a fact to tell, those not yet put right first."""
    told = [one for one in material.problems if one.fact and one.severity != "minor"]
    ranked: Sequence[Problem] = sorted(
        told, key=lambda one: (SERIOUS.get(one.severity, 3), bool(one.done_on), one.found_on, one.id)
    )
    told_once = {(one.category, one.title): one for one in reversed(ranked)}
    first = [one for one in ranked if told_once[one.category, one.title] is one]
    return [Pick(f"warning.{one.id}", _blame(one, material)) for one in first[:MOST]]


def _blame(one: Problem, material: Material) -> str:
    unit = material.reporter_of[one.id].main.unit
    state = "已整改" if one.done_on else "正在整改"
    return f"{unit}“{one.item}”{one.step}环节，{one.title}：{one.fact}，{state}。"
