"""评议结果反馈单 (domain §6.7): what the public said of a unit, with what each number rests on, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents import phrases


@dataclass(frozen=True)
class Rated:
    """A mean and a share (0…1) with their 95 % intervals, of `n` people; `band` is '' where there are no bands."""

    n: int
    mean: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    band: str = ""

    @property
    def mean_told(self) -> str:
        return f"{self.mean:.1f}（{self.low:.1f}–{self.high:.1f}）"

    @property
    def share_told(self) -> str:
        return f"{self.share * 100:.1f}%（{self.share_low * 100:.1f}–{self.share_high * 100:.1f}%）"


@dataclass(frozen=True)
class RatedGroup:
    """A question or a point; `hidden` says why it has no numbers, '' where it has."""

    name: str
    rated: Rated | None
    hidden: str = ""

    @property
    def row(self) -> tuple[str, str, str, str]:
        if self.rated is None:
            return self.name, self.hidden or "没有", "—", "—"
        return self.name, self.rated.mean_told, self.rated.share_told, f"{self.rated.n}份"


@dataclass(frozen=True)
class RatedProblem:
    """A problem that a comment or a bad rating became, and by when it is to be put right."""

    number: str
    title: str
    severity: str
    fact: str
    state: str
    due_on: date | None = None

    @property
    def row(self) -> tuple[str, str, str, str]:
        due = f"{phrases.full_date(self.due_on)}前" if self.due_on else "—"
        return f"{self.title}（{self.severity}）\n{self.fact}".strip(), self.number, due, self.state


@dataclass(frozen=True)
class RatingFeedback:
    """`whole` is None where nothing of the unit may be shown: `hidden` says so. Less than `smallest` is not shown."""

    unit: str
    issuer: str
    issued_on: date
    campaign: str
    form: str
    period: str
    smallest: int
    rate: str
    points: int
    received: str
    whole: Rated | None
    hidden: str
    questions: tuple[RatedGroup, ...]
    places: tuple[RatedGroup, ...]
    problems: tuple[RatedProblem, ...]
    asked: int = 0
    answered: int = 0
    template: ClassVar[str] = "papers/rating_feedback.pdf.html"
    kind: ClassVar[str] = "评议结果反馈单"
    problem_head: ClassVar[tuple[str, ...]] = ("群众反映的问题", "问题编号", "整改时限", "整改情况")

    @property
    def title(self) -> str:
        return f"{self.kind}（{self.unit}）"

    @property
    def opening(self) -> str:
        demand = "请对照群众反映的问题，按时限整改。" if self.problems else "请对照结果改进工作。"
        return f"现将“{self.form}”的结果反馈你单位。{demand}"

    @property
    def entries(self) -> list[tuple[str, ...]]:
        """Return the rows of the form: (name, text), or (name, text, name, text)."""
        return [
            ("活动", self.campaign),
            ("评议时间", self.period, "评价点", f"{self.points}个"),
            *self._results(),
            ("群众意见", self.comments),
        ]

    def _results(self) -> Iterator[tuple[str, ...]]:
        yield "收到评价", self.received
        if self.whole is None:
            yield "结果", self.hidden
            return
        band = f"，{self.whole.band}" if self.whole.band else ""
        yield "平均分", f"{self.whole.mean_told}，{self.whole.n}份计分{band}"
        yield self.rate, self.whole.share_told

    @property
    def comments(self) -> str:
        """Say what became of comments and bad ratings."""
        told = [f"转为问题{len(self.problems)}个"] if self.problems else []
        told += [f"转请答复{self.asked}条，已答复{self.answered}条"] if self.asked else []
        return "；".join(told) + "。" if told else "没有转办的意见。"

    def head(self, name: str) -> tuple[str, str, str, str]:
        return name, "平均分（区间）", f"{self.rate}（区间）", "份数"

    @property
    def tables(self) -> list[tuple[str, tuple[RatedGroup, ...]]]:
        """Return the tables below the form, each with the name of its first column."""
        found = [("评议内容", self.questions if len(self.questions) > 1 else ()), ("评价点", self.places)]
        return [(name, groups) for name, groups in found if groups and self.whole]

    @property
    def note(self) -> str:
        return (
            f"注：区间为95%置信区间。少于{self.smallest}份的不显示，必要时多隐去一项，免得由合计推出。"
            "另放的是同一来源一天评得太多的，不计入分数。"
        )
