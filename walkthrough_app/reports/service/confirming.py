"""Confirming: the head vouches for the report, and it is frozen as data and PDF (domain §5.8)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.storage import MediaStore, MissingError
from walkthrough_app.reports import checks, data
from walkthrough_app.reports.checks import Gap
from walkthrough_app.reports.compose import compose, read, write
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.render import render
from walkthrough_app.reports.service.state import must_be, save

LARGEST_PDF = 512 * 1024 * 1024


@dataclass(frozen=True)
class Prepared:
    """A report checked and read, ready to be laid out without the database."""

    revision: int
    data: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Frozen:
    """The PDF that was made of it, by then stored."""

    prepared: Prepared
    sha256: str
    size: int
    pages: int


def check(report: Report) -> list[Gap]:
    """Return what the report still lacks, the things that stop it first."""
    material = read(data.of_report(report, made_on=clock.today()))
    found = gaps_of(report, material, write(material))
    return sorted(checks.unsettled(found, report.explanations), key=lambda gap: gap.level == "note")


def gaps_of(report: Report, material: Material, composed: Composed) -> list[Gap]:
    """Return every gap of a report, explained or not."""
    people = [user.name for user in accounts.users_of(report.unit)]
    return [*checks.gaps(material, composed), *checks.names(composed, people)]


def confirm(report: Report, *, by: User, ticked: bool, store: MediaStore) -> ReportVersion:
    """Do all three steps at once; a page that must not keep others waiting calls them one by one."""
    if report.state is ReportState.CONFIRMED and report.current:
        return report.current
    return freeze(report, lay_out(prepare(report, by=by, ticked=ticked), store), by=by)


def prepare(report: Report, *, by: User, ticked: bool) -> Prepared:
    """Check everything and read the data; the refusal is one sentence."""
    if by.id != report.head_id:
        raise Forbidden("只有报告的主要负责同志本人可以确认。")
    must_be(report, ReportState.DRAFT)
    if not ticked:
        raise Invalid("ticked", "请先勾选“我已核对，内容属实”。")
    blocking = checks.blocking(check(report))
    if blocking:
        more = f"（还差{len(blocking)}项）" if len(blocking) > 1 else ""
        raise Conflict(f"还不能确认：{blocking[0].text}{more}。")
    now = clock.now()
    frozen = data.of_report(report, made_on=clock.today())
    marks = {"number": len(report.versions) + 1, "confirmed_at": clock.iso(now)}
    return Prepared(report.revision, frozen | marks, now)


def release_lock() -> None:
    """Let others write while the report is laid out: nothing has been written yet, and layout takes seconds."""
    db.session.rollback()


def lay_out(prepared: Prepared, store: MediaStore) -> Frozen:
    """Make the PDF and put it into the store; needs no database."""
    rendered = render(prepared.data, pictures(compose(prepared.data), store), generated=prepared.at)
    sha256 = store.put(rendered.pdf, limit=LARGEST_PDF)
    if sha256 != hashlib.sha256(rendered.pdf).hexdigest():
        raise Conflict("报告没有存好，请再试一次。")
    return Frozen(prepared, sha256, len(rendered.pdf), rendered.pages)


def pictures(composed: Composed, store: MediaStore) -> dict[str, bytes]:
    """Read the masked copies a report shows; Conflict when one is gone."""
    found = {}
    for photo in composed.photos:
        try:
            with store.open(photo.sha256) as file:
                found[photo.sha256] = file.read()
        except MissingError as error:
            raise Conflict(f"图{photo.number}的照片已经不在了，请联系管理员。") from error
    return found


def freeze(report: Report, frozen: Frozen, *, by: User) -> ReportVersion:
    """Write the version down; Conflict when the report was changed while it was laid out."""
    if report.state is not ReportState.DRAFT or report.revision != frozen.prepared.revision:
        raise Conflict("确认的时候报告又有改动，请重新核对后再确认。")
    version = ReportVersion(
        number=frozen.prepared.data["number"],
        data=dict(frozen.prepared.data),
        pdf_sha256=frozen.sha256,
        pdf_size=frozen.size,
        pages=frozen.pages,
        confirmed_by=by,
        confirmed_at=frozen.prepared.at,
    )
    report.versions.append(version)
    report.state = ReportState.CONFIRMED
    save()
    audit.record("report.confirmed", report, by=by, number=version.number, sha256=version.pdf_sha256)
    return version
