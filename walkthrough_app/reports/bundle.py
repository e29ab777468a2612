"""The files in which a report travels: its PDF and the package with data and pictures (S002-76)."""

import zipfile
from typing import BinaryIO

from walkthrough_app.core import clock
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import data
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.service import papers
from walkthrough_app.walkthroughs import package


def name_of(report: Report) -> str:
    return f"{report.unit.name}{report.kind.label}"


def stem(report: Report, version: ReportVersion | None) -> str:
    """Return the name people see: 示例市公安局专项报告V1."""
    return name_of(report) + (f"V{version.number}" if version else "草稿")


def file_name(version: ReportVersion) -> str:
    return f"{stem(version.report, version)}.pdf"


def pack(report: Report, version: ReportVersion | None, store: LocalStore) -> BinaryIO:
    """Write the package into an unnamed file: data, masked pictures, and the frozen PDF of a version.

    Conflict while that PDF is being made.
    """
    paper = store.path(papers.pdf_of(version)) if version else None
    now = version.data if version else data.of_report(report, made_on=clock.today())
    target = store.scratch()
    content = package.build(
        campaign=now["campaign"],
        unit=now["unit"],
        walks=now["walks"],
        questionnaires=[one["document"] for one in now["questionnaires"]],
        report=data.block_of(now),
    )
    package.write(target, content, {photo.sha256: store.path(photo.sha256) for photo in compose(now).photos})
    if version and paper:
        with zipfile.ZipFile(target, "a") as archive:
            archive.write(paper, file_name(version), zipfile.ZIP_STORED)
    target.seek(0)
    return target
