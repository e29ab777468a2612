"""汇总报告 (domain §6.3) of a group or the office: figures, practices, problems with charts, rectification, annexes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Heat, Sample, Tally
from walkthrough_app.documents.papers.head import Contact


@dataclass(frozen=True)
class Overview:
    """Reports and walks in numbers; `late` counts reports that came after the day, `missing` those that never came."""

    due: int
    handed_in: int
    late: int
    items_listed: int
    items_walked: int
    walks: int
    in_person: int
    full: int
    on_behalf: int
    accompanied: int
    simulated: int

    @property
    def on_time(self) -> int:
        return self.handed_in - self.late

    @property
    def missing(self) -> int:
        return self.due - self.handed_in

    def __str__(self) -> str:
        missing = f"，尚有{self.missing}个单位未报送" if self.missing else ""
        return (
            f"应报送专项报告{self.due}份，已报送{self.handed_in}份，其中按期{self.on_time}份，逾期{self.late}份{missing}。"
            f"列入体验事项{self.items_listed}个，已体验{self.items_walked}个，"
            f"覆盖率{phrases.percent(self.items_walked, self.items_listed)}；共走流程{self.walks}人次，"
            f"亲自办{self.in_person}人次，亲自办率{phrases.percent(self.in_person, self.walks)}；"
            f"全程办{self.full}人次，全程率{phrases.percent(self.full, self.walks)}。"
            f"其中代理办{self.on_behalf}人次，陪同办{self.accompanied}人次，模拟体验{self.simulated}人次。"
        )


@dataclass(frozen=True)
class Practice:
    title: str
    text: str


@dataclass(frozen=True)
class TopProblem:
    """A problem met in several units."""

    title: str
    count: int
    units: int


@dataclass(frozen=True)
class Rectification:
    """`on_time` of those with a term that was over; `relapsed` came back after they were closed."""

    problems: int
    immediate: int
    deadline: int
    due: int
    on_time: int
    overdue: int
    closed: int
    relapsed: int

    def __str__(self) -> str:
        rest = self.problems - self.immediate - self.deadline
        others = f"，长期坚持和提请协调{rest}个" if rest else ""
        return (
            f"共发现问题{self.problems}个，其中立行立改{self.immediate}个，"
            f"立行立改率{phrases.percent(self.immediate, self.problems)}，限期整改{self.deadline}个{others}。"
            f"已到期的限期整改{self.due}个，按期完成{self.on_time}个，"
            f"按期完成率{phrases.percent(self.on_time, self.due)}，逾期{self.overdue}个。"
            f"已销号{self.closed}个，销号率{phrases.percent(self.closed, self.problems)}，反弹{self.relapsed}个。"
        )


@dataclass(frozen=True)
class Column:
    """A column of an annex: its width in characters (0 takes what is left) and whether it holds running text."""

    title: str
    width: int = 0
    is_text: bool = False


@dataclass(frozen=True)
class AnnexTable:
    """A table that is an annex of its own; a wide one stands on turned pages."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_wide: bool = False


@dataclass(frozen=True)
class GroupReport:
    issuer: str
    addressee: str
    campaign: str
    basis: str
    as_of: date
    overview: Overview
    practices: tuple[Practice, ...]
    tallies: tuple[Tally, ...]
    samples: tuple[Sample, ...]
    top: tuple[TopProblem, ...]
    shared_items: tuple[str, ...]
    heat: Heat
    rectification: Rectification
    models: tuple[str, ...]
    warnings: tuple[str, ...]
    shortcomings: tuple[str, ...]
    advice: tuple[str, ...]
    contact: Contact
    made_on: date
    annexes: tuple[AnnexTable, ...] = ()
    template: ClassVar[str] = "papers/group_report.pdf.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, str]:
        return f"关于全市{self.campaign}", "工作情况的汇总报告"

    @property
    def problems(self) -> str:
        """Say which categories make up most of the problems."""
        total = sum(one.count for one in self.tallies)
        if not total:
            return "共发现问题0个。"
        ranked = sorted((one for one in self.tallies if one.count), key=lambda one: -one.count)[:3]
        first = "、".join(f"{one.label}{one.count}个" for one in ranked)
        share = phrases.percent(sum(one.count for one in ranked), total)
        return f"共发现问题{total}个，居前{len(ranked)}位的是{first}，合计占{share}。"
