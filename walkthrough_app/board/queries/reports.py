"""The special reports a campaign is owed: one of each head, begun or not."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.board.values import OwedReport, Standing, UnitLine
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.reports.models import SETTLED, Report, ReportKind, ReportVersion

Heads = Mapping[uuid.UUID, Mapping[uuid.UUID, str]]


def owed(campaign: Campaign, units: Iterable[UnitLine], known: Heads | None = None) -> Iterator[OwedReport]:
    """Return one row for each head of the units, and for each report begun; a unit without either owes one."""
    begun, due = _begun(campaign), campaign.late_after
    known = heads() if known is None else known
    for unit in units:
        mine = begun.get(unit.id, {})
        posts = {**known.get(unit.id, {})} | {head: row["post"] for head, row in mine.items()}
        for head, post in sorted(posts.items(), key=lambda one: (one[1], one[0])):
            yield _owed(unit, head, post, mine.get(head), due)
        if not posts:
            yield _owed(unit, None, "", None, due)


def _owed(unit: UnitLine, head: uuid.UUID | None, post: str, row: Mapping[str, Any] | None, due: date) -> OwedReport:
    standing = _standing(row, due)
    return OwedReport(
        unit_id=unit.id,
        unit=unit.name,
        post=post,
        lane=unit.lane,
        head_id=head,
        standing=standing,
        days_over=(clock.today() - due).days if standing is Standing.OVERDUE else 0,
        **_facts(row),
    )


def _facts(row: Mapping[str, Any] | None) -> dict[str, Any]:
    names = ("report_id", "state", "number", "is_late", "confirmed_at", "submitted_at", "returned_at")
    return {name: row.get(name) if row else None for name in names} | {"is_late": bool(row and row.get("is_late"))}


def _standing(row: Mapping[str, Any] | None, due: date) -> Standing:
    """Tell of the last version handed in; a returned one stays so until the next is handed in."""
    if row is None or row["submitted_at"] is None:
        return Standing.OVERDUE if clock.today() > due else Standing.MISSING
    if row["returned_at"]:
        return Standing.RETURNED
    return Standing.RECEIVED if row["state"] in SETTLED else Standing.SUBMITTED


def supplements(campaign: Campaign, units: Iterable[UnitLine]) -> Iterator[OwedReport]:
    """Return the supplements that were handed in, each with its last version."""
    known, due = {unit.id: unit for unit in units}, campaign.late_after
    last = {row["report_id"]: row for row in _versions(campaign, ReportKind.SUPPLEMENT) if row["submitted_at"]}
    for row in last.values():
        if row["unit_id"] in known:
            yield _owed(known[row["unit_id"]], row["head_id"], row["post"], row, due)


def _begun(campaign: Campaign) -> dict[uuid.UUID, dict[uuid.UUID, dict[str, Any]]]:
    """Return the special reports by unit and head, each with what its last version handed in says."""
    found: dict[uuid.UUID, dict[uuid.UUID, dict[str, Any]]] = defaultdict(dict)
    for row in _versions(campaign, ReportKind.SPECIAL):
        _take(found[row["unit_id"]], row)
    return found


def _versions(campaign: Campaign, kind: ReportKind) -> Iterator[dict[str, Any]]:
    """Yield the versions of reports of a kind, the earlier before the later; a report without any once."""
    version = ReportVersion
    query = (
        select(
            *(Report.id.label("report_id"), Report.unit_id, Report.head_id, Report.state, User.post, version.number),
            *(version.confirmed_at, version.submitted_at, version.is_late, version.returned_at),
        )
        .join(User, User.id == Report.head_id)
        .outerjoin(version, version.report_id == Report.id)
        .where(Report.campaign_id == campaign.id, Report.kind == kind)
        .order_by(Report.id, version.number)
    )
    yield from map(dict, db.session.execute(query).mappings())


def _take(mine: dict[uuid.UUID, dict[str, Any]], row: dict[str, Any]) -> None:
    """Take a version in: of those not handed in only the moment of its confirmation counts."""
    known = mine.get(row["head_id"])
    if known is None or row["submitted_at"] is not None:
        mine[row["head_id"]] = row
    else:
        known["confirmed_at"] = row["confirmed_at"]


def heads() -> Heads:
    """Return the posts of all heads, by unit."""
    query = select(User.id, User.unit_id, User.post).where(and_(User.role == Role.HEAD, User.is_active))
    found: dict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    for row in db.session.execute(query):
        found[row.unit_id][row.id] = row.post
    return found
