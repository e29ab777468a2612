"""What changed in each part of a report. The kind of a change is `ins` (new), `del` (gone) or `same` (reworded)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from walkthrough_app.reception.compare.inline import GONE, NEW, SAME, Part, inline
from walkthrough_app.reports.composed import Composed, Paragraph
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.problems import Problem
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

Value = TypeVar("Value")


@dataclass(frozen=True)
class Figure:
    """One figure before and after."""

    name: str
    was: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class Change:
    """One thing that came, went or changed; `details` are (what, pieces) of what changed in it."""

    kind: str
    title: str
    details: tuple[tuple[str, list[Part]], ...] = ()

    @property
    def word(self) -> str:
        return {NEW: "增加", GONE: "去掉"}.get(self.kind, "修改")

    @property
    def chip(self) -> str:
        return {NEW: "good", GONE: "bad"}.get(self.kind, "wait")


def texts(was: Composed, now: Composed) -> list[Change]:
    """Compare paragraph by paragraph, by their keys; the order is that of the new text, what is gone comes last."""
    old, new = dict(_placed(was)), dict(_placed(now))
    found = []
    for key, (place, paragraph) in new.items():
        before = _whole(old[key][1]) if key in old else ""
        after = _whole(paragraph)
        if before != after:
            found.append(Change(SAME if before else NEW, place, (("", inline(before, after)),)))
    gone = [(place, one) for key, (place, one) in old.items() if key not in new]
    return found + [Change(GONE, place, (("", [(GONE, _whole(one))]),)) for place, one in gone]


def _placed(composed: Composed) -> Iterator[tuple[str, tuple[str, Paragraph]]]:
    yield from ((one.key, ("开头", one)) for one in composed.opening if one.text)
    for section in composed.sections:
        yield from ((one.key, (section.heading, one)) for one in section.paragraphs() if one.text)


def _whole(paragraph: Paragraph) -> str:
    return paragraph.lead + paragraph.text


def explanations(before: Material, after: Material) -> list[Change]:
    """Compare what was said about gaps; their keys are not for people, so all stand under one title."""
    was, now = _said(before), _said(after)
    pairs = [(was.get(key, ""), now.get(key, "")) for key in dict.fromkeys([*now, *was])]
    return [Change(_kind(old, new), "对缺项的说明", (("", inline(old, new)),)) for old, new in pairs if old != new]


def _kind(old: str, new: str) -> str:
    if old and new:
        return SAME
    return NEW if new else GONE


def _said(material: Material) -> dict[str, str]:
    return {key: str(text).strip() for key, text in material.data["explanations"].items()}


def walks(before: Material, after: Material) -> list[Change]:
    was, now = ({one.id: one for one in material.journeys} for material in (before, after))
    return list(_changes(was, now, lambda one: f"{one.item}（{one.walker}{one.mode}）", _walk_facts))


def _walk_facts(journey: Journey) -> dict[str, str]:
    state = journey.record.state
    titles = {step.id: step.title for step in journey.record.document.steps}
    facts = {f"“{titles.get(name, name)}”用时": f"{round(step.seconds / 60)}分钟" for name, step in state.steps.items()}
    answers = {"回答": f"{len(state.answers)}条", "全程": journey.status, "感受": state.feeling.strip()}
    return facts | answers | {"原始记录": f"{len(journey.record.data['events'])}条"}


def problems(before: Material, after: Material) -> list[Change]:
    was, now = ({one.id: one for one in material.problems} for material in (before, after))
    return list(_changes(was, now, lambda one: one.title, _problem_facts))


def _problem_facts(problem: Problem) -> dict[str, str]:
    measure = problem.measure
    return {
        "问题": problem.title,
        "事实": str(problem.data.get("fact") or ""),
        "类别": problem.group_name,
        "程度": problem.severity,
        "照片": f"{len(problem.photos)}张",
        "怎么改": RECTIFY_TYPES.get(problem.rectify_type, ""),
        "措施": str(measure.get("measure") or ""),
        "步骤": str(measure.get("steps") or ""),
        "时限": problem.written("due_on"),
        "完成": problem.written("done_on"),
        "责任人": str(measure.get("resp_person") or ""),
        "提请协调": str(measure.get("escalate_to") or ""),
        "改后照片": f"{len(problem.after_photos)}张",
    }


def evidence(before: Material, after: Material) -> list[Change]:
    was, now = _photos(before), _photos(after)
    return list(_changes(was, now, lambda one: one["title"], lambda one: one["facts"]))


def _photos(material: Material) -> dict[str, dict[str, Any]]:
    found = {}
    for journey in material.journeys:
        for key, one in {**journey.record.state.photos, **journey.record.state.clips}.items():
            sort = {"video": "录像", "voice": "录音"}.get(one.get("sort", ""), "照片")
            facts = {"说明": one["caption"], "状态": _state(one)}
            found[key] = {"title": f"{sort}（{journey.item}）{one['caption']}", "facts": facts}
    return found


def _state(evidence: Mapping[str, Any]) -> str:
    if evidence["refused"]:
        return "用不上"
    if "masked" not in evidence:
        return ""
    return "已打码" if evidence["masked"] else "没有打码"


def _changes(was: Mapping[str, Value], now: Mapping[str, Value], title: Any, facts: Any) -> Iterator[Change]:
    """Yield what came, what changed in its facts, and what went."""
    for key, one in now.items():
        if key not in was:
            yield Change(NEW, title(one))
        elif details := _differing(facts(was[key]), facts(one)):
            yield Change(SAME, title(one), details)
    yield from (Change(GONE, title(one)) for key, one in was.items() if key not in now)


def _differing(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, list[Part]], ...]:
    names: Sequence[str] = list(dict.fromkeys([*now, *was]))
    pairs = ((name, was.get(name, ""), now.get(name, "")) for name in names)
    return tuple((name, inline(old, new)) for name, old, new in pairs if old != new)
