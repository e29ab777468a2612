"""All the reports bound into one file, with a cover and contents: the only user of documents/merge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from walkthrough_app.documents import html, pdf, phrases
from walkthrough_app.documents.merge import CannotBind, Part
from walkthrough_app.documents.merge.whole import merge


@dataclass(frozen=True)
class Bound:
    """A report to bind: its file, its title in the contents, and the pages it has (0: look)."""

    path: Path
    title: str
    pages: int = 0


def bind(reports: Iterable[Bound], target: Path, *, title: Sequence[str], issuer: str, made_on: date) -> int:
    """Bind the reports in their order and return the number of pages; CannotBind names the file that cannot be."""
    listed = list(reports)
    template = html.environment().get_template("documents/front.html")
    generated = datetime.combine(made_on, time.min, UTC)

    def front(first_pages: Sequence[int]) -> bytes:
        entries = [(one.title, page) for one, page in zip(listed, first_pages, strict=True)]
        page = template.render(title=title, issuer=issuer, date=phrases.full_date(made_on), entries=entries)
        return pdf.render(page, files={}, title="".join(title), generated=generated).pdf

    parts = [Part(one.path, one.title, f"{n:04}", one.pages) for n, one in enumerate(listed, 1)]
    return merge(parts, target, front=front)


__all__ = ["Bound", "CannotBind", "bind"]
