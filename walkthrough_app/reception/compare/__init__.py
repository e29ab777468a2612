"""Two versions of a report side by side: paragraphs, figures, walks, problems, evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.documents import phrases
from walkthrough_app.reception.compare import parts
from walkthrough_app.reception.compare.parts import Change, Figure
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.material import Material


@dataclass(frozen=True)
class Comparison:
    """What is different; lists are empty where nothing is. `same` counts the paragraphs that stayed as they were."""

    figures: list[Figure]
    paragraphs: list[Change]
    walks: list[Change]
    problems: list[Change]
    evidence: list[Change]
    same: int

    @property
    def is_nothing(self) -> bool:
        changed = any(one.is_changed for one in self.figures)
        return not (changed or self.paragraphs or self.walks or self.problems or self.evidence)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Set the frozen data of two versions side by side, from old to new."""
    before, after = read(old), read(new)
    was, now = write(before), write(after)
    paragraphs = parts.texts(was, now)
    return Comparison(
        figures=list(_figures((before, was), (after, now))),
        paragraphs=[*paragraphs, *parts.explanations(before, after)],
        walks=parts.walks(before, after),
        problems=parts.problems(before, after),
        evidence=parts.evidence(before, after),
        same=sum(1 for one in now.paragraphs() if one.text) - sum(one.kind != "del" for one in paragraphs),
    )


def _figures(before: tuple[Material, Composed], after: tuple[Material, Composed]) -> Iterator[Figure]:
    was, now = _counted(*before), _counted(*after)
    yield from (Figure(name, was[name], value) for name, value in now.items())


def _counted(material: Material, composed: Composed) -> dict[str, str]:
    """Return the figures a report is read for, in words."""
    journeys, told = material.journeys, material.data["coverage"]
    minutes = sum(journey.minutes for journey in journeys)
    photos = sum(len(journey.record.state.photos) for journey in journeys)
    return {
        "走过的事项": f"{told['walked']}／{told['listed']}个",
        "必须亲身体验的": f"{told['must_walk_by_head']}／{told['must_walk']}个",
        "走流程": f"{len(journeys)}次",
        "用时": phrases.minutes(minutes),
        "其中等候": phrases.minutes(sum(journey.waited for journey in journeys)),
        "问题": f"{len(material.problems)}个",
        "有整改措施的": f"{sum(bool(one.measure) for one in material.problems)}个",
        "照片": f"{photos}张",
        "写进报告的照片": f"{len(composed.photos)}张",
    }
