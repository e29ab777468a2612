"""回头看记录 (domain §6.7): the problem as it was, how it was looked at again, what was seen, the conclusion."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class ThenNow:
    """A measure beside itself: 排队等候, 47分钟, 12分钟."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class PicturePair:
    """Names of two pictures of the same place; '' where there is none."""

    then: str = ""
    now: str = ""


@dataclass(frozen=True)
class RecheckRecord:
    """One problem, looked at again; people by post."""

    number: str
    issuer: str
    issued_on: date
    unit: str
    problems: str
    item: str
    found_on: date
    problem: str
    measure: str
    checked_on: date
    method: str
    checker: str
    state_now: str
    conclusion: str
    measures: tuple[ThenNow, ...] = ()
    pictures: tuple[PicturePair, ...] = ()
    template: ClassVar[str] = "papers/recheck_record.pdf.html"

    @property
    def title(self) -> str:
        return f"回头看记录（{self.number}）"
