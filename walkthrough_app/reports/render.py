"""From report data to the frozen PDF with its data inside; needs no server, no database and no Flask."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from walkthrough_app.core.ids import canonical
from walkthrough_app.documents import charts, html, pdf
from walkthrough_app.documents.pdf import Attachment, Rendered
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Composed

TEMPLATES = Path(__file__).with_name("templates")
DATA_NAME = "report.json"


def render(
    data: Mapping[str, Any], pictures: Mapping[str, Path | bytes], *, generated: datetime, is_preview: bool = False
) -> Rendered:
    """Lay the report out; `pictures` holds the masked copies by their SHA-256.

    A preview says so on every page and carries no data. LookupError when a picture is missing.
    """
    composed = compose(data)
    attachments = () if is_preview else (Attachment(DATA_NAME, canonical(data), "application/json"),)
    return pdf.render(
        to_html(composed, is_preview=is_preview),
        files=pictures,
        title=composed.title,
        attachments=attachments,
        generated=generated,
    )


def to_html(composed: Composed, *, is_preview: bool = False) -> str:
    return _environment().get_template("reports/special.pdf.html").render(report=composed, is_preview=is_preview)


@cache
def _environment() -> jinja2.Environment:
    environment = html.environment(jinja2.FileSystemLoader(TEMPLATES))
    environment.globals["ribbon"] = charts.ribbon
    return environment
