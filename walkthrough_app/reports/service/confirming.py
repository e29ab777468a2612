"""Confirming: the head vouches for the report, and its data is frozen (domain §5.8); the paper is made from it."""

import secrets
from datetime import datetime
from typing import Any

from walkthrough_app.accounts import queries as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, ids
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.reports import checks, data, proof
from walkthrough_app.reports.checks import Gap
from walkthrough_app.reports.compose import compose, read, write
from walkthrough_app.reports.composed import Composed
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.models import Report, ReportState, ReportVersion
from walkthrough_app.reports.service import papers
from walkthrough_app.reports.service.state import must_be, save

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def check(report: Report) -> list[Gap]:
    """Return what the report still lacks, the things that stop it first."""
    material = read(data.of_report(report, made_on=clock.today()))
    found = gaps_of(report, material, write(material))
    return sorted(checks.unsettled(found, report.explanations), key=lambda gap: gap.level == "note")


def gaps_of(report: Report, material: Material, composed: Composed) -> list[Gap]:
    """Return every gap of a report, explained or not."""
    people = [user.name for user in accounts.users_of(report.unit)]
    return [*checks.gaps(material, composed), *checks.names(composed, people)]


def confirm(report: Report, *, by: User, ticked: bool, store: MediaStore, base_url: str = "") -> ReportVersion:
    """Check everything, freeze the data and ask for its paper; confirmed already, the version is returned as it is.

    `base_url` begins the address that the paper's code leads to; the refusal is one sentence.
    """
    if report.state is ReportState.CONFIRMED and report.current:
        return report.current
    _must_be_ready(report, by, ticked=ticked)
    now = clock.now()
    frozen = _freeze(report, now, base_url)
    papers.pictures(compose(frozen), store)
    version = ReportVersion(
        number=frozen["number"], data=frozen, code=frozen["code"], confirmed_by=by, confirmed_at=now
    )
    report.versions.append(version)
    report.state = ReportState.CONFIRMED
    save()
    papers.ask(version)
    audit.record("report.confirmed", report, by=by, number=version.number, data=ids.digest(frozen))
    return version


def _must_be_ready(report: Report, by: User, *, ticked: bool) -> None:
    if by.id != report.head_id:
        raise Forbidden("只有报告的主要负责同志本人可以确认。")
    must_be(report, ReportState.DRAFT)
    if not ticked:
        raise Invalid("ticked", "请先勾选“我已核对，内容属实”。")
    blocking = checks.blocking(check(report))
    if blocking:
        more = f"（还差{len(blocking)}项）" if len(blocking) > 1 else ""
        raise Conflict(f"还不能确认：{blocking[0].text}{more}。")


def _freeze(report: Report, now: datetime, base_url: str) -> dict[str, Any]:
    """Return all that the paper says and proves, from now on unchanged."""
    code = new_code()
    marks = {
        "number": len(report.versions) + 1,
        "confirmed_at": clock.iso(now),
        "code": code,
        "verify_url": f"{base_url}/v/{code}" if base_url else "",
    }
    frozen = data.of_report(report, made_on=clock.today())
    return frozen | marks | {"proof": proof.of_data(frozen)}


def new_code() -> str:
    """Draw a code that nobody can guess and everybody can read out: Crockford's letters, without I, L, O and U."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
