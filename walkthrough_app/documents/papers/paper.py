"""From the content of a paper to its PDF."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import ClassVar, Protocol

import jinja2

from walkthrough_app.documents import charts, html, pdf
from walkthrough_app.documents.pdf import Attachment, Rendered


class Paper(Protocol):
    """A content that can be laid out: the title goes into the properties of the PDF."""

    template: ClassVar[str]

    @property
    def title(self) -> str: ...


def render(
    paper: Paper,
    *,
    generated: datetime,
    attachments: Sequence[Attachment] = (),
    files: Mapping[str, Path | bytes] | None = None,
) -> Rendered:
    """Lay a paper out; equal content gives equal bytes. Errors as pdf.render; `files` are the pictures it names."""
    found = files or {}
    return pdf.render(to_html(paper), files=found, title=paper.title, attachments=attachments, generated=generated)


def to_html(paper: Paper) -> str:
    return _environment().get_template(paper.template).render(paper=paper)


@cache
def _environment() -> jinja2.Environment:
    environment = html.environment()
    sheets = ("charts/heat", "letter", "form")
    environment.globals.update(
        {f"{Path(name).name}_css": html.stylesheet(name) for name in sheets},
        heat=charts.heat,
        pareto=charts.pareto,
        distribution=charts.distribution,
    )
    return environment
