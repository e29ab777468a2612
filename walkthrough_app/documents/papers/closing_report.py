"""整改总结报告 at the end of a campaign: chapters of plain text, and tables as annexes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from walkthrough_app.documents.papers.group_report import AnnexTable
from walkthrough_app.documents.papers.head import Contact


@dataclass(frozen=True)
class Chapter:
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ClosingPaper:
    issuer: str
    addressee: str
    realm: str
    campaign: str
    opening: str
    chapters: tuple[Chapter, ...]
    annexes: tuple[AnnexTable, ...]
    contact: Contact | str
    made_on: date
    template: ClassVar[str] = "papers/closing_report.pdf.html"

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, str]:
        return f"关于{self.realm}{self.campaign}", "问题整改情况的总结报告"
