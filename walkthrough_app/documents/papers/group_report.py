"""汇总报告 (domain §6.3) of a group or the office: figures, practices, problems with charts, rectification, annexes.

A sentence is taken as text where one is given (`words`, `TopProblem.text`), else made from the figures.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents import phrases
from walkthrough_app.documents.charts import Heat, Sample, Tally
from walkthrough_app.documents.papers.head import Contact


@dataclass(frozen=True)
class Overview:
    """Reports and walks in numbers; `late` counts reports that came after the day, `missing` those that never came.

    `is_counted` is False where nobody knows how many reports were due.
    """

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
    is_counted: bool = True

    @property
    def on_time(self) -> int:
        return self.handed_in - self.late

    @property
    def missing(self) -> int:
        return self.due - self.handed_in

    @property
    def reports(self) -> str:
        timing = f"其中按期{self.on_time}份，逾期{self.late}份"
        if not self.is_counted:
            return f"共收到专项报告{self.handed_in}份，{timing}。"
        missing = f"，尚有{self.missing}份未报送" if self.missing else ""
        return f"应报送专项报告{self.due}份，已报送{self.handed_in}份，{timing}{missing}。"

    def __str__(self) -> str:
        return (
            f"{self.reports}列入体验事项{self.items_listed}个，已体验{self.items_walked}个，"
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
    """A problem met in several units; `text` are other words for it."""

    title: str
    count: int
    units: int
    text: str = ""

    def __str__(self) -> str:
        return self.text or f"{self.title}。{self.units}个单位共{self.count}个。"


@dataclass(frozen=True)
class Rectification:
    """`on_time` of those with a term that was over; `relapsed` came back after they were closed.

    `done` (reported as put right) and `closed` (looked at again and struck off) are None where nobody counts them.
    """

    problems: int
    immediate: int
    deadline: int
    due: int
    on_time: int
    overdue: int
    closed: int | None = None
    relapsed: int = 0
    done: int | None = None

    def __str__(self) -> str:
        rest = self.problems - self.immediate - self.deadline
        others = f"，长期坚持和提请协调{rest}个" if rest else ""
        return (
            f"共发现问题{self.problems}个，其中立行立改{self.immediate}个，"
            f"立行立改率{phrases.percent(self.immediate, self.problems)}，限期整改{self.deadline}个{others}。"
            f"{self._done}{self._due}{self._closed}"
        )

    @property
    def _done(self) -> str:
        if self.done is None:
            return ""
        return f"已完成整改{self.done}个，整改完成率{phrases.percent(self.done, self.problems)}。"

    @property
    def _due(self) -> str:
        if not self.due and self.closed is None:
            return "限期整改的问题均未到期。" if self.deadline else ""
        rate = f"按期完成{self.on_time}个，按期完成率{phrases.percent(self.on_time, self.due)}"
        return f"已到期的限期整改{self.due}个，{rate}，逾期{self.overdue}个。"

    @property
    def _closed(self) -> str:
        if self.closed is None:
            return ""
        return f"已销号{self.closed}个，销号率{phrases.percent(self.closed, self.problems)}，反弹{self.relapsed}个。"


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
class Words:
    """Sentences of the report in other words than the figures give; '' leaves the figures' own."""

    opening: str = ""
    overview: str = ""
    problems: str = ""
    steps: str = ""
    merged: str = ""
    shared: str = ""
    heat: str = ""
    rectification: str = ""


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
    contact: Contact | str
    made_on: date
    annexes: tuple[AnnexTable, ...] = ()
    words: Words = Words()
    realm: str = "全市"
    template: ClassVar[str] = "papers/group_report.pdf.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, str]:
        return f"关于{self.realm}{self.campaign}", "工作情况的汇总报告"

    @property
    def opening(self) -> str:
        if self.words.opening:
            return self.words.opening
        asked = f"按照{self.basis}要求，各单位主要负责同志以普通群众身份开展了{self.campaign}。"
        return f"{asked}现将截至{phrases.short_date(self.as_of)}的情况报告如下："

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

    @property
    def pareto_number(self) -> str:
        return "图2" if self.samples else "图1"

    @property
    def pointers(self) -> str:
        """Say where figures and table stand, as far as there are any."""
        places = (
            ("各环节用时", "图1" if self.samples else ""),
            ("各类问题", self.pareto_number if self.tallies else ""),
            ("各单位分布", "表1" if self.heat.rows else ""),
        )
        told = [f"{what}见{where}" for what, where in places if where]
        return "，".join(told) + "。" if told else ""
