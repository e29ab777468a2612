"""The figures of a compilation, each counted from the walks and problems themselves."""

from collections import Counter
from collections.abc import Iterator

from walkthrough_app.compilation.material import Material
from walkthrough_app.compilation.standing import Ledger
from walkthrough_app.documents.charts import Heat, Sample, Tally
from walkthrough_app.documents.papers import Overview, Rectification
from walkthrough_app.documents.svg import Kind
from walkthrough_app.reports.told import Problem

MODES = ("亲身办", "代理办", "陪同办")
GROUPS = {
    "A": "信息公开",
    "B": "制度落实",
    "C": "场所与资源",
    "D": "流程与时限",
    "E": "网上办事",
    "F": "审批改革",
    "G": "作风纪律",
    "H": "评价与队伍",
}


def overview(material: Material) -> Overview:
    walks = material.walks
    modes = Counter(walk.mode for walk in walks)
    per_unit = list(_coverage(material))
    return Overview(
        due=len(material.reporters) if material.due is None else len(material.reporters) + len(material.missing),
        handed_in=len(material.reporters),
        late=sum(one.is_late for one in material.reporters),
        items_listed=sum(listed for listed, _ in per_unit),
        items_walked=sum(walked for _, walked in per_unit),
        walks=len(walks),
        in_person=sum(walk.is_head for walk in walks),
        full=sum(walk.status == "是" for walk in walks),
        on_behalf=modes[MODES[1]],
        accompanied=modes[MODES[2]],
        simulated=sum(walk.is_simulated for walk in walks),
        is_counted=material.due is not None,
    )


def _coverage(material: Material) -> Iterator[tuple[int, int]]:
    """Yield items listed and walked of each unit: two heads share one catalogue."""
    for reporters in material.units.values():
        walked = len({walk.item_key for one in reporters for walk in one.walks})
        yield max(walked, *(one.listed for one in reporters)), walked


def rectification(problems: list[Problem], day: str, ledger: Ledger | None = None) -> Rectification:
    """Count the measures as they stand on an ISO day; what was closed is known only where there is a ledger."""
    kinds = Counter(one.rectify_type for one in problems)
    due = [one for one in problems if one.rectify_type == "deadline" and one.due_on and one.due_on < day]
    return Rectification(
        problems=len(problems),
        immediate=kinds["immediate"],
        deadline=kinds["deadline"],
        due=len(due),
        on_time=sum(bool(one.done_on) and one.done_on <= one.due_on for one in due),
        overdue=sum(is_overdue(one, day, ledger) for one in due),
        done=sum(bool(one.done_on) for one in problems),
        closed=sum(one.id in ledger and ledger[one.id].is_closed for one in problems) if ledger else None,
        relapsed=sum(one.id in ledger and ledger[one.id].relapses > 0 for one in problems) if ledger else 0,
    )


def is_overdue(one: Problem, day: str, ledger: Ledger | None) -> bool:
    known = ledger.get(one.id) if ledger else None
    return known.is_overdue(day) if known else one.is_overdue(day)


def by_category(problems: list[Problem]) -> tuple[Tally, ...]:
    counts = Counter(one.group_name for one in problems)
    return tuple(Tally(name, counts[name]) for name in _groups(problems).values() if counts[name])


def _groups(problems: list[Problem]) -> dict[str, str]:
    """Return the classes A to H by their letter, as the questionnaires of the reports name them."""
    return dict(sorted((GROUPS | {one.group: one.group_name for one in problems}).items()))


def by_step(problems: list[Problem]) -> list[tuple[str, int]]:
    """Count problems by the step in which they were met, the most first."""
    return Counter(one.step for one in problems if one.step).most_common()


def heat(material: Material) -> Heat:
    """Cross units with the classes of problems."""
    names = _groups(material.problems)
    rows, cells = [], []
    for reporters in material.units.values():
        counts = Counter(problem.group for one in reporters for problem in one.problems)
        rows.append(reporters[0].main.unit)
        cells.append(tuple(counts[letter] for letter in names))
    return Heat("单位", tuple(rows), tuple(names.values()), tuple(cells))


def samples(material: Material) -> tuple[Sample, ...]:
    """Return the minutes of every step over all walks that took any, the steps in their order."""
    minutes: dict[str, list[int]] = {}
    kinds: dict[str, Kind] = {}
    for walk in sorted(material.walks, key=lambda walk: -len(walk.steps)):
        for one in walk.steps:
            minutes.setdefault(one.label, []).append(one.minutes)
            kinds.setdefault(one.label, one.kind)
    return tuple(Sample(label, tuple(found), kinds[label]) for label, found in minutes.items())


def shared_items(material: Material) -> list[tuple[str, int]]:
    """Return the items in which several units met problems, with the number of units, the most first."""
    units: dict[str, set[str]] = {}
    for reporter in material.reporters:
        for problem in reporter.problems:
            units.setdefault(problem.item, set()).add(reporter.main.unit_key)
    found = [(item, len(where)) for item, where in units.items() if len(where) > 1]
    return sorted(found, key=lambda one: (-one[1], one[0]))
