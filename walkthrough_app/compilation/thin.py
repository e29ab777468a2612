"""走过场提示, as far as the reports' own data says it; what the quality rules find is put in beside it."""

from collections.abc import Mapping, Sequence

from walkthrough_app.compilation.facts import Walk
from walkthrough_app.compilation.material import Material, Reporter
from walkthrough_app.documents import phrases

MOST_NAMES = 3


def sentences(material: Material) -> dict[str, list[str]]:
    """Return what strikes one about each unit, by unit key; `material.warnings` (by unit name) stands behind it."""
    found = {}
    for key, reporters in material.units.items():
        said = [sentence for one in reporters for sentence in _of(one)]
        said += list(material.warnings.get(reporters[0].main.unit, ()))
        if said:
            found[key] = said
    return found


def _of(reporter: Reporter) -> list[str]:
    with_problem = {one.walk for one in reporter.problems}
    silent = [one for one in reporter.walks if one.id not in with_problem and not one.no_finding]
    bare = [one for one in reporter.walks if not (one.photos or one.clips)]
    broken = [one for one in reporter.walks if one.missing]
    said = []
    if silent:
        said.append(f"{_count(silent)}没有记录问题，也没有写明原因")
    if bare:
        said.append(f"{_count(bare)}没有佐证")
    if broken:
        steps = list(dict.fromkeys(step for one in broken for step in one.missing))
        said.append(f"{_count(broken)}缺少{phrases.listed(steps)}环节的记录")
    return said


def _count(walks: Sequence[Walk]) -> str:
    """Name the items while they are few: “居住证申领”1次体验."""
    items = list(dict.fromkeys(one.item for one in walks))
    return f"“{phrases.listed(items)}”" if len(items) <= MOST_NAMES else f"{len(items)}个事项"


def by_unit(warnings: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Copy warnings given from outside as plain JSON."""
    return {unit: list(found) for unit, found in warnings.items()}
