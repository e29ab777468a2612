"""典型经验 (domain §6.7): what was done, what came of it, how it was fixed into a rule, who else can use it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class PracticeBrief:
    """A good practice of a unit, in 300 to 500 characters."""

    number: str
    title_text: str
    issuer: str
    issued_on: date
    unit: str
    item: str
    practice: str
    effect: str
    fixed_as: str
    spread: str
    template: ClassVar[str] = "papers/brief.pdf.html"

    @property
    def title(self) -> str:
        return self.title_text

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return the chapters that say something, each with its heading."""
        found = (
            ("做法", self.practice),
            ("成效", self.effect),
            ("如何固化", self.fixed_as),
            ("可推广性", self.spread),
        )
        return tuple((title, text) for title, text in found if text)
