"""The Word files of a report: its draft made on the spot, its versions from the store."""

import io
from pathlib import Path
from typing import BinaryIO

from walkthrough_app.core import clock
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports import data, word
from walkthrough_app.reports.bundle import stem
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.service import papers
from walkthrough_app.reports.service.state import must_be


def name(report: Report, version: ReportVersion | None) -> str:
    """Return the name people see: 示例市公安局专项报告草稿.docx."""
    return f"{stem(report, version)}.docx"


def draft(report: Report, store: MediaStore) -> BinaryIO:
    """Write the draft as it stands; Conflict when it is none, or a picture is gone."""
    must_be(report, ReportState.DRAFT)
    now = data.of_report(report, made_on=clock.today())
    origin = word.Origin(str(report.id))
    return io.BytesIO(word.write(now, papers.pictures(compose(now), store), clock.now(), origin=origin, is_draft=True))


def frozen(version: ReportVersion, store: MediaStore) -> BinaryIO | Path:
    """Return a version's file from the store, or write it from the frozen data when it is not there."""
    try:
        return store.path(version.docx_sha256 or "")
    except MissingError:
        return io.BytesIO(made(version, store))


def made(version: ReportVersion, store: MediaStore) -> bytes:
    """Write a version from its frozen data: equal bytes every time."""
    return papers.write_word(papers.frozen_of(version), papers.pictures(compose(version.data), store))
