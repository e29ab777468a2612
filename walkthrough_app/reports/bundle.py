"""The files in which a report travels: its PDF and the package with data and pictures (S002-76)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zipstream

from walkthrough_app.core import clock
from walkthrough_app.media import queries as media
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports import data, proof
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.service import papers
from walkthrough_app.walkthroughs import package
from walkthrough_app.walkthroughs.export import SUFFIXES

LIST = "清单.csv"
RECORDINGS = {"video": "录像", "audio": "录音"}


@dataclass(frozen=True)
class Piece:
    """A file of the package, and what its list says of it."""

    name: str
    path: Path
    sha256: str
    what: str


def name_of(report: Report) -> str:
    return f"{report.unit.name}{report.kind.label}"


def stem(report: Report, version: ReportVersion | None) -> str:
    """Return the name people see: 示例市公安局专项报告V1."""
    return name_of(report) + (f"V{version.number}" if version else "草稿")


def file_name(version: ReportVersion) -> str:
    return f"{stem(version.report, version)}.pdf"


def pack(report: Report, version: ReportVersion | None, store: MediaStore) -> zipstream.ZipStream:
    """Return the package as a stream of bytes that knows its length: papers of a version, data, evidence, list.

    It is a walk package too. Conflict while the papers are being made.
    """
    now = version.data if version else data.of_report(report, made_on=clock.today())
    content = package.build(
        campaign=now["campaign"],
        unit=now["unit"],
        walks=now["walks"],
        questionnaires=[one["document"] for one in now["questionnaires"]],
        report=data.block_of(now),
    )
    files = [*(_papers(version, store) if version else ()), *_evidence(now, store)]
    archive = zipstream.ZipStream(sized=True)
    archive.add(json.dumps(content, ensure_ascii=False, indent=1), "walk.json")
    archive.add(_listed(files), LIST)
    for one in files:
        archive.add_path(str(one.path), one.name)
    return archive


def _papers(version: ReportVersion, store: MediaStore) -> Iterator[Piece]:
    pdf = papers.pdf_of(version)
    yield Piece(file_name(version), store.path(pdf), pdf, "专项报告")
    if version.docx_sha256:
        name = f"{stem(version.report, version)}.docx"
        yield Piece(name, store.path(version.docx_sha256), version.docx_sha256, "专项报告（可修改）")


def _evidence(now: Mapping[str, Any], store: MediaStore) -> Iterator[Piece]:
    """Yield the masked pictures the report shows, then recordings; one that is gone is left out."""
    for photo in compose(now).photos:
        yield Piece(f"media/{photo.sha256}.jpg", store.path(photo.sha256), photo.sha256, f"图{photo.number}")
    for entry in proof.of_data(now)["evidence"]:
        found = media.find(entry["sha256"]) if entry["kind"] != "photo" else None
        if found:
            name = f"media/{found.sha256}.{SUFFIXES.get(found.media_type, 'bin')}"
            yield Piece(name, store.path(found.sha256), found.sha256, RECORDINGS[entry["kind"]])


def _listed(files: Sequence[Piece]) -> bytes:
    """Write the list as spreadsheets open it: file, what it is, bytes, SHA-256."""
    table = io.StringIO()
    rows = ([one.name, one.what, one.path.stat().st_size, one.sha256] for one in files)
    csv.writer(table).writerows([["文件", "内容", "字节", "SHA-256"], *rows])
    return table.getvalue().encode("utf-8-sig")
