"""单项体验记录表 (domain §6.2): one page for each walk of a package's data; needs no database and no Flask."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from walkthrough_app.core import clock
from walkthrough_app.documents import charts, html, pdf
from walkthrough_app.documents.pdf import Rendered
from walkthrough_app.reports.journey import Journey
from walkthrough_app.reports.sheet_rows import Sheet
from walkthrough_app.walkthroughs import package
from walkthrough_app.walkthroughs.record import WalkRecord

TEMPLATES = Path(__file__).with_name("templates")
TITLE = "单项体验记录表"


def render(data: Mapping[str, Any]) -> Rendered:
    """Lay out the sheets of `walkthrough-package/1` data; equal data gives equal bytes.

    Invalid when a questionnaire of the data is missing or was changed; RuntimeError as pdf.check_renderer.
    """
    found = package.records(data)
    written = _environment().get_template("reports/walk_sheet.pdf.html").render(sheets=sheets(data), title=TITLE)
    return pdf.render(written, files={}, title=_title(found), generated=max(map(_moment, found)))


def sheets(data: Mapping[str, Any]) -> list[Sheet]:
    """Return what stands on each sheet, in the order of the walks."""
    return [_sheet(record, data) for record in package.records(data)]


def _sheet(record: WalkRecord, data: Mapping[str, Any]) -> Sheet:
    """Write the days of a walk without their year where it is the walk's own, which stands on the sheet once."""
    year = Journey(record, data["unit"], 0).days[0].year
    return Sheet(Journey(record, data["unit"], year), data["campaign"])


def _title(records: list[WalkRecord]) -> str:
    return f"{TITLE}（{records[0].item['task_name']}）" if len(records) == 1 else TITLE


def _moment(record: WalkRecord) -> datetime:
    """Return when a record was last added to: the sheet is as old as what it shows."""
    if record.state.last_at:
        return clock.parse(record.state.last_at)
    return clock.from_local(datetime.combine(date.fromisoformat(record.plan["from_on"]), time.min))


@cache
def _environment() -> jinja2.Environment:
    environment = html.environment(jinja2.FileSystemLoader(TEMPLATES))
    environment.globals.update(ribbon=charts.ribbon, form_css=html.stylesheet("form"))
    return environment
