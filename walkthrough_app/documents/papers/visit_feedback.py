"""督查反馈单: what a visit found, told to the unit that was visited; who visited stands nowhere in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents import phrases


@dataclass(frozen=True)
class VisitedProblem:
    """A problem with the names of its pictures; `post` is responsible, never a person."""

    number: str
    title: str
    severity: str
    fact: str
    basis: str = ""
    post: str = ""
    due_on: date | None = None
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureScore:
    """One measure of a scored visit: its points, how many of the questions were passed."""

    title: str
    points: str
    passed: str

    @property
    def row(self) -> tuple[str, str, str]:
        return self.title, self.points, self.passed


@dataclass(frozen=True)
class VisitFeedback:
    unit: str
    issuer: str
    issued_on: date
    campaign: str
    place: str
    way: str
    visited_on: date | None
    problems: tuple[VisitedProblem, ...]
    objection_days: int
    score: str = ""
    measures: tuple[MeasureScore, ...] = ()
    words: str = ""
    template: ClassVar[str] = "papers/visit_feedback.pdf.html"
    kind: ClassVar[str] = "督查反馈单"
    measure_head: ClassVar[tuple[str, str, str]] = ("措施", "得分", "做到")

    @property
    def title(self) -> str:
        return f"{self.kind}（{self.unit}）"

    @property
    def opening(self) -> str:
        if not self.problems:
            return "现将督查情况反馈你单位。这次没有发现问题。"
        return (
            f"现将督查情况反馈你单位。共发现问题{len(self.problems)}个，请认真核查，按时限整改；"
            f"对事实有异议的，请在收到后{self.objection_days}个工作日内提出。"
        )

    @property
    def entries(self) -> list[tuple[str, ...]]:
        """Return the rows of the form: (name, text), or (name, text, name, text)."""
        day = phrases.full_date(self.visited_on) if self.visited_on else ""
        rows: list[tuple[str, ...]] = [
            ("活动", self.campaign),
            ("督查日期", day, "督查方式", self.way),
            ("督查地点", self.place),
        ]
        rows += [("得分", self.score)] if self.score else []
        rows += [(f"问题{n}", "\n".join(self._lines(one))) for n, one in enumerate(self.problems, 1)]
        rows += [] if self.problems else [("问题", "没有发现问题。")]
        return [*rows, ("反馈意见", self.words)] if self.words else rows

    def _lines(self, one: VisitedProblem) -> Iterator[str]:
        yield f"{one.title}（{one.number}，{one.severity}）"
        if one.fact.strip("。") != one.title and one.fact:
            yield one.fact
        if one.basis:
            yield f"依据：“{one.basis}”"
        if one.post:
            yield f"责任岗位：{one.post}"
        if one.due_on:
            yield f"整改时限：{phrases.full_date(one.due_on)}前"
        shown = [words for name, words in self._numbered() if name in one.pictures]
        if shown:
            yield f"佐证：{phrases.listed(shown)}"

    def _numbered(self) -> list[tuple[str, str]]:
        names = dict.fromkeys(name for one in self.problems for name in one.pictures)
        return [(name, f"照片{n}") for n, name in enumerate(names, 1)]

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """Return each picture once with what stands below it: 照片1（问题1）."""
        return [(name, f"{words}（问题{self._shown_by(name)}）") for name, words in self._numbered()]

    def _shown_by(self, name: str) -> str:
        return phrases.listed(str(n) for n, one in enumerate(self.problems, 1) if name in one.pictures)

    @property
    def picture_rows(self) -> list[Sequence[tuple[str, str]]]:
        """Return the pictures two by two."""
        found = self.pictures
        return [found[start : start + 2] for start in range(0, len(found), 2)]
