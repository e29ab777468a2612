"""督办通知单 (domain §6.5): the order on the first page, the form for the reply on the second."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers.head import Contact, LetterHead


@dataclass(frozen=True)
class SupervisedProblem:
    """A problem by its number in the ledger."""

    number: str
    text: str


@dataclass(frozen=True)
class Signed:
    """Who signed, by post, and when."""

    post: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.post}　{phrases.moment(self.at)}"


@dataclass(frozen=True)
class Reply:
    """What the unit did, what came of it and where the proof is."""

    done: str
    result: str
    confirmed: Signed | None = None


@dataclass(frozen=True)
class Review:
    """The group's decision: closed, or sent back with a reason."""

    verdict: Literal["closed", "redo"]
    reason: str
    signed: Signed


@dataclass(frozen=True)
class Urge:
    """A reminder: when, in which way, what was answered."""

    on: date
    channel: str
    answer: str = ""


@dataclass(frozen=True)
class Extension:
    """More time: asked for with a reason, until when, who agreed."""

    asked_on: date
    reason: str
    new_due_on: date
    approved_by: str = ""


@dataclass(frozen=True)
class SupervisionNotice:
    """One matter, one notice, one reply."""

    head: LetterHead
    unit: str
    matter: str
    basis: tuple[str, ...]
    problems: tuple[SupervisedProblem, ...]
    requirement: str
    due_on: date
    contact: Contact
    feedback: str
    issued_by: str
    issued_on: date
    co_units: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    received: Signed | None = None
    reply: Reply | None = None
    review: Review | None = None
    urges: tuple[Urge, ...] = ()
    extensions: tuple[Extension, ...] = ()
    template: ClassVar[str] = "papers/supervision_notice.pdf.html"

    @property
    def title(self) -> str:
        return f"督办通知单（{self.head.number}）"

    @property
    def order(self) -> str:
        """What the unit is asked to do, as every notice says it."""
        return f"请认真研究办理，于{phrases.short_date(self.due_on)}前将办理情况书面反馈。"

    @property
    def problem_lines(self) -> str:
        return "\n".join(f"{one.number}　{one.text}" for one in self.problems)
