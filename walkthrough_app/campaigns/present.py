"""From rows to ready values for the pages: no page computes anything itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import Unit
from walkthrough_app.campaigns import progress, queries, rules
from walkthrough_app.campaigns.coverage import Coverage
from walkthrough_app.campaigns.models import Campaign, CampaignState, ItemKind, PlanEntry, PlanState, ServiceItem
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
class CountyRow:
    """A county and the campaign it runs within the city's, if it does."""

    county: Unit
    campaign: Campaign | None
    units: int
    plans: int


def county_rows(campaign: Campaign) -> list[CountyRow]:
    """Return every county with its own campaign; none for a campaign that is a county's itself."""
    if campaign.county_id:
        return []
    by_county = {one.county_id: one for one in queries.children_of(campaign)}
    return [_county_row(county, by_county.get(county.id)) for county in accounts.counties()]


def _county_row(county: Unit, own: Campaign | None) -> CountyRow:
    if own is None:
        return CountyRow(county, None, 0, 0)
    return CountyRow(county, own, len(queries.units_of(own)), sum(queries.plan_counts(own).values()))


def deadline(campaign: Campaign) -> str:
    """Say in one sentence until when a report is in time."""
    due = phrases.short_date(campaign.report_due)
    if not campaign.grace_days:
        return f"{due}24时以前报送为按时，以后报送记为逾期，仍可以报送。"
    last = phrases.short_date(campaign.late_after)
    return f"报送截止{due}，宽限{campaign.grace_days}个工作日：{last}24时以后报送才记为逾期，仍可以报送。"


def warnings(campaign: Campaign) -> list[str]:
    """Return what is possible but most likely not meant about the dates."""
    parent = queries.campaign(campaign.parent_id) if campaign.parent_id else None
    found = []
    if parent and campaign.report_due > parent.report_due:
        due = phrases.short_date(parent.report_due)
        found.append(f"本县的报送截止日期晚于市里的{due}：县里要先收齐，才能按时报市里，请改早一些。")
    if not clock.is_workday(campaign.report_due):
        found.append(f"报送截止的{phrases.short_date(campaign.report_due)}不是工作日。")
    if campaign.state is CampaignState.OPEN and campaign.walk_due < clock.today():
        found.append("体验截止日期已经过了，单位不能再安排体验；要继续，请改后面的日期。")
    return found


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
