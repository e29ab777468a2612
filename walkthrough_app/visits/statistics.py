"""What a bulletin needs of the visits of a campaign (domain §2.2): how often, where, how many problems. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.visits.models import Visit


@dataclass(frozen=True)
class UnitRow:
    """One unit visited; `score` is the mean of its scores with how much was asked and how many pictures prove it."""

    name: str
    visits: int
    problems: int
    score: float | None
    asked: int
    of: int
    evidence: int


@dataclass(frozen=True)
class Statistics:
    """Numbers of visits, people, units and problems; `axes` and `kinds` are (label, number)."""

    visits: int
    inspectors: int
    units: int
    units_with_problems: int
    problems: int
    handed_over: int
    closed: int
    text: str
    axes: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[str, int]]
    rows: Sequence[UnitRow]


def of(visits: Sequence[Visit], problems: Sequence[Finding], names: dict[str, str]) -> Statistics:
    """Add up visits handed in and what went to the ledger from them; `names` are the words of categories."""
    units = Counter(one.unit.name for one in visits)
    faulty = {one.unit.name for one in problems}
    letters = Counter(names.get(one.category[0], one.category[0]) for one in problems)
    return Statistics(
        visits=len(visits),
        inspectors=len({one.inspector_id for one in visits}),
        units=len(units),
        units_with_problems=len(faulty),
        problems=len(problems),
        handed_over=sum(one.assigned_at is not None for one in problems),
        closed=sum(one.state is State.CLOSED for one in problems),
        text=_text(visits, problems, len(units), len(faulty)),
        axes=_axes(visits),
        kinds=letters.most_common(),
        rows=sorted(_rows(visits, problems), key=lambda row: (-row.problems, row.name)),
    )


def _axes(visits: Iterable[Visit]) -> list[tuple[str, int]]:
    counted = Counter(label for one in visits for label in (one.mode.label, one.frequency.label, one.focus.label))
    return sorted(counted.items())


def _rows(visits: Sequence[Visit], problems: Sequence[Finding]) -> Iterable[UnitRow]:
    many = Counter(one.unit.name for one in problems)
    for name in {one.unit.name for one in visits}:
        mine = [one for one in visits if one.unit.name == name]
        scores = [one.score for one in mine if one.score.get("total") is not None]
        yield UnitRow(
            name=name,
            visits=len(mine),
            problems=many[name],
            score=round(sum(one["total"] for one in scores) / len(scores), 1) if scores else None,
            asked=sum(one["asked"] for one in scores),
            of=sum(one["of"] for one in scores),
            evidence=sum(len(one.facts.get("photos", ())) for one in mine),
        )


def _text(visits: Sequence[Visit], problems: Sequence[Finding], units: int, faulty: int) -> str:
    """Write the opening of a bulletin in one paragraph; '' while nothing was handed in."""
    days = sorted(day for one in visits if (day := clock.day_of(one.facts.get("day") or "")))
    if not days:
        return ""
    when = show_day(days[0], year=True) + (f"至{show_day(days[-1])}" if days[-1] != days[0] else "")
    modes = Counter(one.mode.label for one in visits)
    how = "、".join(f"{label}{number}次" for label, number in sorted(modes.items()))
    opening = f"{when}，共开展督查{len(visits)}人次，其中{how}，走访单位{units}家。"
    if not problems:
        return f"{opening}没有发现问题。"
    over = sum(one.assigned_at is not None for one in problems)
    return f"{opening}{faulty}家单位存在问题{len(problems)}个，已交办整改{over}个。"
