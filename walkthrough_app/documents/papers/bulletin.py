"""通报 (domain §6.6): a red head, what is good, what is wrong class by class, what is demanded; no natural person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers.head import Contact


@dataclass(frozen=True)
class Inspection:
    """What was done, in numbers."""

    times: int
    people: int
    units: int
    units_with_problems: int
    problems: int
    letters: int


@dataclass(frozen=True)
class ProblemClass:
    """A class of problems with its facts: unit, window, fact with date and minutes."""

    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Bulletin:
    """`scope` says who may read it; `mark` is the red head, '' for none.

    A sentence is taken as text where one is given (`told_overview`, `told_deadline`), else made from the figures.
    """

    mark: str
    issuer: str
    number: str
    issue: int
    campaign: str
    addressee: str
    scope: str
    from_on: date
    to_on: date
    basis: str
    inspection: Inspection
    praise: tuple[str, ...]
    problems: tuple[ProblemClass, ...]
    demands: tuple[str, ...]
    due_on: date
    receiver: str
    contact: Contact
    issued_on: date
    printer: str
    copies_to: tuple[str, ...] = ()
    told_overview: str = ""
    told_deadline: str = ""
    template: ClassVar[str] = "papers/bulletin.pdf.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, ...]:
        return self.issuer, f"关于{self.campaign}", "明查暗访情况的通报"

    @property
    def overview(self) -> str:
        if self.told_overview:
            return self.told_overview
        seen = self.inspection
        share = phrases.percent(seen.units_with_problems, seen.units)
        return (
            f"{phrases.date_range(self.from_on, self.to_on)}，共开展明查暗访{seen.times}次、{seen.people}人次，"
            f"走访{seen.units}个单位，其中{seen.units_with_problems}个单位存在问题，占{share}，"
            f"发现问题{seen.problems}个，发出问题交办函{seen.letters}份。"
        )

    @property
    def deadline(self) -> str:
        if self.told_deadline:
            return self.told_deadline
        return (
            f"请有关单位对照问题认真整改，举一反三，于{phrases.short_date(self.due_on)}前将整改情况报{self.receiver}。"
        )
