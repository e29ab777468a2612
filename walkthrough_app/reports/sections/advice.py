"""五、改革建议: what the answers say could be cut, merged, quickened, saved or put online (F14 to F23)."""

from collections.abc import Iterator

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Heading, Section
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import Material

NONE = "结合本次体验，暂无改革建议。"
NAMED = 3  # items named before “等n个事项” takes over


def write(material: Material) -> Section:
    return Section("改革建议", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    headings = {one.id: one.name for journey in material.journeys for one in journey.record.document.reform_headings}
    n = 0
    for heading, name in headings.items():
        told = _told(heading, material.journeys)
        if told:
            n += 1
            yield Heading(f"（{phrases.numeral(n)}）{name}")
            yield material.pen.write(f"advice.{heading}", f"{'；'.join(told)}。")
    if not n:
        yield material.pen.write("advice.none", NONE)


def _told(heading: str, journeys: list[Journey]) -> list[str]:
    """Say each proposal once, with the items it is for and the effect a walk itself measured."""
    proposed: dict[str, dict[str, Journey]] = {}
    for journey in journeys:
        for one in journey.advice:
            if one.heading == heading:
                proposed.setdefault(one.text, {})[journey.item] = journey
    return [f"{_items(list(walks))}：{text}{_effect(walks, heading)}" for text, walks in proposed.items()]


def _items(names: list[str]) -> str:
    named = phrases.listed(names[:NAMED])
    return f"{named}等{len(names)}个事项" if len(names) > NAMED else named


def _effect(walks: dict[str, Journey], heading: str) -> str:
    first = next(iter(walks.values()))
    if heading != "time" or len(walks) > 1 or first.days_over >= 0:
        return ""
    return f"，实际{first.took}即可办结，较承诺时限可压缩{-first.days_over}{first.day_unit}"
