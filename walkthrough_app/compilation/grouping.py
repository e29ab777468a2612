"""The same problem told in many words: groups proposed, each with the reason; people merge, split, rename, set aside.

A group is named after its first problem's id. Decisions are kept by the ids of problems, so that they hold when more
reports come in: `homes` says where a problem was put by hand, and what would join a moved group moves with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from walkthrough_app.compilation.material import Material
from walkthrough_app.reports.told import Problem

ALIKE = 70.0  # per cent of the wording, within one category
ALIKE_IN_ITEM = 50.0  # less is enough where both were met in the same item
SURE = 92.0  # so alike that they belong together whatever kind they were given
SEEN = 8  # steps a chain of moves is followed
NOISE = re.compile(r"[\W_\d]+|[的了是在有和与及]|存在|问题|现象|情况|部分|个别")


@dataclass(frozen=True)
class Decisions:
    """What people decided: `homes` problem id → group, `names` group → title, `aside` groups not to be told."""

    homes: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Decisions":
        return cls(data.get("homes", {}), data.get("names", {}), frozenset(data.get("aside", ())))

    def as_json(self) -> dict[str, Any]:
        return {"homes": dict(self.homes), "names": dict(self.names), "aside": sorted(self.aside)}

    def home_of(self, problem: str, proposed: str) -> str:
        """Return the group of a problem: where it was put by hand, else where its proposed group has gone."""
        here = self.homes.get(problem) or proposed
        for _ in range(SEEN):
            there = self.homes.get(here, here)
            if there == here:
                break
            here = there
        return here


@dataclass(frozen=True)
class Group:
    """Problems that are told as one. `proposed` are those that belong here by the proposal, `units` names of units."""

    key: str
    problems: tuple[Problem, ...]
    units: tuple[str, ...]
    name: str
    is_aside: bool
    by_hand: frozenset[str]

    @property
    def title(self) -> str:
        return self.name or self.problems[0].title

    @property
    def is_decided(self) -> bool:
        return bool(self.name or self.is_aside or self.by_hand)

    @property
    def items(self) -> list[str]:
        return list(dict.fromkeys(one.item for one in self.problems))

    @cached_property
    def why(self) -> str:
        """Say in one sentence why these stand together; '' for one alone."""
        if len(self.problems) < 2:
            return ""
        kinds = list(dict.fromkeys(f"“{one.category_name}”" for one in self.problems))
        same = (
            f"都属于{kinds[0]}" if len(kinds) == 1 else f"分属{'、'.join(kinds[:3])}{'等类' if len(kinds) > 3 else ''}"
        )
        first = self.problems[0]
        least = min(likeness(first.title, one.title) for one in self.problems[1:])
        wording = "说法相同" if least >= 100 else f"与第1个说法的相似度不低于{int(least)}%"
        where = f"，都在事项“{first.item}”中遇到" if len(self.items) == 1 else ""
        hand = "；其中有人工调整" if self.by_hand else ""
        return f"{same}，{wording}{where}{hand}。"


def plain(text: str) -> str:
    """Return what a wording is compared by: no punctuation, numbers or filler."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text)) or text


def likeness(one: str, other: str) -> float:
    """Return how alike two wordings are, 0 to 100."""
    return fuzz.ratio(plain(one), plain(other))


def propose(problems: Iterable[Problem], known: Mapping[str, str]) -> dict[str, str]:
    """Return problem id → group; those `known` keep their group, each other one joins the group it is most like."""
    listed = list(problems)
    homes = {one.id: known[one.id] for one in listed if one.id in known}
    leaders: dict[str, list[tuple[Problem, str]]] = {}
    for one in listed:
        if homes.get(one.id, one.id) == one.id and one.id in homes:
            leaders.setdefault(one.group, []).append((one, plain(one.title)))
    for one in listed:
        if one.id in homes:
            continue
        wording = plain(one.title)
        best = _best(one, wording, leaders.get(one.group, ()))
        homes[one.id] = best or one.id
        if best is None:
            leaders.setdefault(one.group, []).append((one, wording))
    return homes


def _best(one: Problem, wording: str, leaders: Sequence[tuple[Problem, str]]) -> str | None:
    best, most = None, 0.0
    for leader, other in leaders:
        bar = _bar(one, leader)
        score = fuzz.ratio(wording, other, score_cutoff=max(bar, most))
        if score > most:
            best, most = leader.id, score
    return best


def _bar(one: Problem, leader: Problem) -> float:
    """Return how alike two must be: the same category (C4), or at least the same class (C) in the same item."""
    if plain(one.item) == plain(leader.item):
        return ALIKE_IN_ITEM if one.category == leader.category else ALIKE
    return ALIKE if one.category == leader.category else SURE


def groups(material: Material, proposed: Mapping[str, str], decisions: Decisions) -> list[Group]:
    """Put the decisions over the proposals: the groups with the most problems first."""
    members: dict[str, list[Problem]] = {}
    for one in material.problems:
        members.setdefault(decisions.home_of(one.id, proposed.get(one.id, one.id)), []).append(one)
    made = [_group(key, found, material, decisions) for key, found in members.items()]
    return sorted(made, key=lambda one: (-len(one.problems), -len(one.units), one.problems[0].category, one.key))


def _group(key: str, found: list[Problem], material: Material, decisions: Decisions) -> Group:
    found = sorted(found, key=lambda one: one.id != key)
    units = dict.fromkeys(material.reporter_of[one.id].main.unit for one in found)
    by_hand = frozenset(one.id for one in found if one.id in decisions.homes)
    return Group(key, tuple(found), tuple(units), decisions.names.get(key, ""), key in decisions.aside, by_hand)


def merge(decisions: Decisions, group: Group, into: str) -> Decisions:
    """Put all of a group into another."""
    moved = {one.id: into for one in group.problems} | {group.key: into}
    moved.pop(into, None)
    names = {key: name for key, name in decisions.names.items() if key != group.key}
    return Decisions({**decisions.homes, **moved}, names, decisions.aside - {group.key})


def split(decisions: Decisions, group: Group, chosen: Sequence[str]) -> Decisions:
    """Take the chosen problems out into a group of their own, named after its first."""
    first = next(one.id for one in group.problems if one.id in chosen)
    homes = {**decisions.homes, **{one.id: first for one in group.problems if one.id in chosen}}
    if group.key in chosen:
        rest = [one.id for one in group.problems if one.id not in chosen]
        homes |= dict.fromkeys(rest, rest[0])
    return Decisions(homes, decisions.names, decisions.aside)


def rename(decisions: Decisions, group: Group, name: str) -> Decisions:
    """Give a group another title; an empty one brings the first problem's own back."""
    names = {key: known for key, known in decisions.names.items() if key != group.key}
    return Decisions(decisions.homes, names | ({group.key: name} if name else {}), decisions.aside)


def set_aside(decisions: Decisions, group: Group, *, is_aside: bool) -> Decisions:
    """Leave a group out of the report's list (its problems stay in the ledger), or take it back in."""
    aside = decisions.aside | {group.key} if is_aside else decisions.aside - {group.key}
    return Decisions(decisions.homes, decisions.names, aside)
