"""问题交办函 (domain §6.7): hands problems over to the unit that must put them right, each with its term."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents.papers.head import Contact, LetterHead


@dataclass(frozen=True)
class AssignedProblem:
    """A problem as it is handed over: facts with unit and window by function, no names."""

    number: str
    item: str
    fact: str
    basis: str
    severity: str
    demand: str
    due_on: date


@dataclass(frozen=True)
class AssignmentLetter:
    head: LetterHead
    addressee: str
    campaign: str
    source: str
    problems: tuple[AssignedProblem, ...]
    reply_by: date
    objection_days: int
    receiver: str
    contact: Contact
    issued_on: date
    copies_to: tuple[str, ...] = ()
    template: ClassVar[str] = "papers/assignment_letter.pdf.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, str]:
        return f"关于交办{self.campaign}", "发现问题的函"
