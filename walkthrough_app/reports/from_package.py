"""A report straight from a walk package: for places with no connection to a server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents.pdf import Rendered
from walkthrough_app.reports import data as reports
from walkthrough_app.reports import sheet, word
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.render import render
from walkthrough_app.walkthroughs import package

BROKEN = "记录包的内容前后对不上，没法生成报告。"


@dataclass(frozen=True)
class Made:
    """The report of a package, b'' for a file that was not wanted; `left_out` counts the pictures nobody has masked,
    `unexplained` names the items where nothing was found and nobody says why."""

    pdf: bytes
    docx: bytes
    pages: int
    left_out: int
    missing_glyphs: tuple[str, ...]
    unexplained: tuple[str, ...]


def render_package(path: Path, *, pdf: bool = True, docx: bool = False) -> Made:
    """Make the report of a package; Invalid with one clear sentence when the package cannot be used."""
    if not path.exists():
        raise Invalid("package", "没有这个文件。")
    if path.is_dir():
        raise Invalid("package", "这是文件夹，请给出记录包（.zip 文件）。")
    opened = package.read(path)
    try:
        data = reports.of_package(opened.data, opened.walks)
        material = read(data)
        composed = write(material)
        pictures: dict[str, Path | bytes] = {photo.sha256: opened.media(photo.sha256) for photo in composed.photos}
        rendered = render(data, pictures, generated=made_at(data)) if pdf else Rendered(b"", 0, ())
        written = word.write(data, pictures, made_at(data)) if docx else b""
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Invalid("package", BROKEN) from error
    unexplained = tuple(journey.item for journey in material.unexplained)
    return Made(rendered.pdf, written, rendered.pages, len(composed.left_out), rendered.missing_glyphs, unexplained)


def render_sheets(path: Path) -> Rendered:
    """Make the sheets of a package's walks; Invalid as render_package."""
    opened = package.read(path)
    try:
        return sheet.render(opened.data)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Invalid("package", BROKEN) from error


def made_at(data: Mapping[str, Any]) -> datetime:
    """Return when the report counts as made: the same package always gives the same bytes."""
    if data.get("confirmed_at"):
        return clock.parse(data["confirmed_at"])
    return clock.from_local(datetime.combine(reports.made_on(data), time.min))
