"""What a closing report tells: plain JSON (`walkthrough-closing/1`), frozen when it is asked for and inside its PDF.

`{schema, campaign, realm, as_of, units, findings, items, ledger}`. Posts and units, no names. `ledger` has the rows of
each sheet of the 台账 without 序号, days as YYYY-MM-DD; reports of earlier versions have none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.documents.workbook import Cell
from walkthrough_app.rectification.closing import effect, standing
from walkthrough_app.rectification.closing.effect import Comparison
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.sheets import rows

SCHEMA = "walkthrough-closing/1"


@dataclass
class UnitRates:
    """Counts of one unit; `ended` have a term that is over or were reported as done, `on_time` of those in time."""

    unit: str
    org_class: str
    problems: int = 0
    dismissed: int = 0
    closed: int = 0
    kept: int = 0
    ended: int = 0
    on_time: int = 0
    relapsed: int = 0


def gather(campaign: Campaign, by: User) -> dict[str, Any]:
    """Write down how the campaign stands now, as `by` of its office sees it."""
    findings = findings_of(campaign)
    compared = effect.of_findings(findings)
    return {
        "schema": SCHEMA,
        "campaign": {
            "id": str(campaign.id),
            "title": campaign.title,
            "basis_title": campaign.basis_title,
            "basis_number": campaign.basis_number,
            "basis_issuer": campaign.basis_issuer,
            "opens_on": campaign.opens_on.isoformat(),
        },
        "realm": _realm(campaign),
        "as_of": clock.today().isoformat(),
        "units": [asdict(one) for one in rates(findings)],
        "findings": [_finding(one, compared.get(one.id)) for one in findings],
        "items": [_item(one) for one in effect.of_items(findings, compared)],
        "ledger": {title: [list(map(_plain, row)) for row in part] for title, part in rows.parts(findings, by).items()},
    }


def _plain(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def findings_of(campaign: Campaign) -> Sequence[Finding]:
    query = select(Finding).where(Finding.campaign_id == campaign.id, Finding.is_standing)
    return db.session.scalars(query.order_by(Finding.code)).unique().all()


def _realm(campaign: Campaign) -> str:
    county = db.session.get(Unit, campaign.county_id) if campaign.county_id else None
    return county.name if county else "全市"


def rates(findings: Iterable[Finding]) -> list[UnitRates]:
    """Count by responsible unit, in the order of their names."""
    found: dict[str, UnitRates] = {}
    for one in findings:
        unit = found.setdefault(one.resp.name, UnitRates(one.resp.name, one.resp.org_class.value))
        _count(unit, one)
    return [found[name] for name in sorted(found)]


def _count(unit: UnitRates, one: Finding) -> None:
    if one.state is State.DISMISSED:
        unit.dismissed += 1
        return
    unit.problems += 1
    unit.closed += one.state is State.CLOSED
    unit.kept += not one.state.is_over and not standing.keeps_open(one)
    unit.relapsed += one.relapse_count > 0
    unit.ended += has_ended(one)
    unit.on_time += is_on_time(one)


def has_ended(one: Finding) -> bool:
    return one.rectified_on is not None or (one.due_on is not None and one.due_on < clock.today())


def is_on_time(one: Finding) -> bool:
    return one.rectified_on is not None and (one.due_on is None or one.rectified_on <= one.due_on)


def _finding(one: Finding, compared: Comparison | None) -> dict[str, Any]:
    return {
        "code": one.code,
        "unit": one.resp.name,
        "item": one.task_name,
        "severity": one.severity_label,
        "state": one.state.label,
        "is_over": one.state.is_over,
        "is_kept": not one.state.is_over and not standing.keeps_open(one),
        "title": one.title,
        "fact": one.fact,
        "measure": one.measure,
        "result": one.result,
        "checked_on": clock.iso_day(one.checked_on),
        "check_result": one.check_result,
        "next_look_on": clock.iso_day(one.next_look_on),
        "relapses": one.relapse_count,
        "step_minutes": _pair(compared.step(one.step)) if compared else None,
    }


def _item(one: Comparison) -> dict[str, Any]:
    return {
        "unit": db.session.get_one(Unit, one.before.unit_id).name,
        "item": one.before.task_name,
        "before_on": one.before.day.isoformat(),
        "after_on": one.after.day.isoformat(),
        "minutes": _pair(one.minutes),
        "trips": _pair(one.trips),
        "materials": _pair(one.materials),
    }


def _pair(counts: tuple[int, int] | None) -> list[int] | None:
    return list(counts) if counts else None
