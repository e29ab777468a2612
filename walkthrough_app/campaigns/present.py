"""From rows to ready values for the pages: no page computes anything itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns import progress, queries, rules
from walkthrough_app.campaigns.coverage import Coverage
from walkthrough_app.campaigns.models import Campaign, ItemKind, PlanEntry, PlanState, ServiceItem
from walkthrough_app.core import clock
from walkthrough_app.documents import phrases

FILTERS = {
    "": "全部",
    "must_walk": "须一把手本人",
    ItemKind.APPROVAL.value: ItemKind.APPROVAL.label,
    ItemKind.PUBLIC_SERVICE.value: ItemKind.PUBLIC_SERVICE.label,
    "retired": "已移出",
}


@dataclass(frozen=True)
class PlanRow:
    """A plan entry with its walk, if it has begun."""

    entry: PlanEntry
    walk: Any

    @property
    def objection(self) -> str:
        """Why it may not start as planned; nothing once it is walked."""
        return "" if self.walk else rules.objection(self.entry)

    @property
    def chip(self) -> tuple[str, str]:
        """The kind and text of its state."""
        if self.entry.state is PlanState.DROPPED:
            return "", "已取消"
        if self.walk:
            return "wait" if self.walk.is_open else "good", self.walk.state.label
        if self.objection:
            return "bad", "不合规"
        return ("wait", "已过计划日期") if clock.today() > self.entry.to_on else ("", "未开始")

    @property
    def facts(self) -> str:
        """Who, how and when, in one line."""
        entry = self.entry
        how = f"{entry.mode.label}（模拟事项）" if entry.is_simulated else entry.mode.label
        return " · ".join((f"{entry.walker.post} {entry.walker.name}", how, self.dates))

    @property
    def dates(self) -> str:
        return phrases.date_range(self.entry.from_on, self.entry.to_on)

    @property
    def delegation(self) -> list[tuple[str, str]]:
        """Who delegated, when and why (S002-9); empty when the head walks."""
        entry = self.entry
        by = queries.person(entry.delegated_by_id) if entry.delegated_by_id else None
        if by is None or entry.delegated_at is None:
            return []
        day = phrases.full_date(clock.to_local(entry.delegated_at).date())
        return [("委托理由", entry.delegation_reason), ("安排", f"{by.post} {by.name}，{day}")]

    @property
    def aims(self) -> list[tuple[str, str]]:
        entry = self.entry
        named = (("重点", entry.focus_point), ("难点", entry.difficulty), ("题目", entry.test_question))
        return [(name, text) for name, text in named if text]

    @property
    def is_settled(self) -> bool:
        """Tell whether it can no longer be changed."""
        return self.walk is not None or self.entry.state is PlanState.DROPPED


@dataclass(frozen=True)
class PlanPage:
    """The plan of one unit in one campaign."""

    unit: Unit
    campaign: Campaign
    coverage: Coverage
    rows: list[PlanRow]
    unplanned: list[ServiceItem]
    must_list_first: bool


def plan_row(entry: PlanEntry) -> PlanRow:
    return PlanRow(entry, progress.walks_of([entry]).get(entry.id))


def plan_page(unit: Unit, campaign: Campaign) -> PlanPage:
    entries = queries.plan_of(unit, campaign)
    walks = progress.walks_of(entries)
    rows = [PlanRow(entry, walks.get(entry.id)) for entry in entries]
    items = queries.items_of(unit)
    planned = {entry.item_id for entry in entries}
    return PlanPage(
        unit=unit,
        campaign=campaign,
        coverage=Coverage.count(unit, items, entries, walks),
        rows=sorted(rows, key=lambda row: not row.objection),
        unplanned=[item for item in items if item.id not in planned],
        must_list_first=rules.must_list_first(campaign, unit),
    )


def catalog(unit: Unit, show: str, words: str) -> Sequence[ServiceItem]:
    """Return the items of a unit that a filter and a search leave."""
    items = queries.items_of(unit, is_active=show != "retired")
    if show == "must_walk":
        items = [item for item in items if item.must_walk]
    if show in set(ItemKind):
        items = [item for item in items if item.item_kind == show]
    return [item for item in items if words in item.task_name]
