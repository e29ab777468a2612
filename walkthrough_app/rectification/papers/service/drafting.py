"""Drafts: made from findings of one unit or of several, changed and dropped until they are issued."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.rectification import rights as ledger
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.papers import queries, rights
from walkthrough_app.rectification.papers.life import Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper, PaperUnit, Part
from walkthrough_app.rectification.papers.service import moving

ADDRESSED = (Kind.NOTICE, Kind.LETTER)


@dataclass(frozen=True)
class Draft:
    """What a form says: plain JSON, and beside it what lists and rights ask for."""

    kind: Kind
    campaign: Campaign
    title: str
    data: dict[str, Any]
    unit: Unit | None = None
    due_on: date | None = None
    scope: str = ""
    findings: Sequence[Finding] = ()
    parts: Mapping[Part, Sequence[Unit]] = field(default_factory=dict)


def draft(made: Draft, *, by: User, paper_id: uuid.UUID | None = None) -> OfficialPaper:
    """Make a draft; the same form (`paper_id`) sent again gives the same draft."""
    known = queries.get(paper_id) if paper_id else None
    if known is not None:
        if known.made_by_id != by.id or known.kind is not made.kind:
            raise NotFound
        return known
    _may_be_told(made, by)
    paper = OfficialPaper(
        id=paper_id or uuid.uuid4(),
        kind=made.kind,
        state=State.DRAFT,
        campaign=made.campaign,
        office=by.unit,
        lane=by.role.lane,
        unit=made.unit,
        made_by=by,
        findings=list(made.findings),
    )
    _take(paper, made)
    db.session.add(paper)
    db.session.flush()
    moving.write(paper, Verb.DRAFT, by=by)
    return paper


def amend(paper: OfficialPaper, made: Draft, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Write a draft anew; what it is about stays."""
    deed = moving.begin(paper, Verb.AMEND, by=by, entry_id=entry_id)
    if deed is None:
        return
    _take(paper, made)
    deed.done()


def drop(paper: OfficialPaper, *, by: User, entry_id: uuid.UUID | None = None) -> None:
    """Give a draft up: it never had a number, so no number is missing."""
    deed = moving.begin(paper, Verb.DROP, by=by, entry_id=entry_id)
    if deed:
        deed.done()


def _take(paper: OfficialPaper, made: Draft) -> None:
    if made.scope == rights.CHOSEN and not made.parts.get(Part.READER):
        raise Invalid("readers", "请勾选发给哪些单位。")
    paper.title, paper.data, paper.scope = made.title, made.data, made.scope
    if paper.state is State.DRAFT:
        paper.due_on = made.due_on
    wanted = {(unit.id, part) for part, units in made.parts.items() for unit in units}
    kept = [one for one in paper.units if (one.unit_id, one.part) in wanted]
    known = {(one.unit_id, one.part) for one in kept}
    new = [PaperUnit(unit_id=unit, part=part) for unit, part in sorted(wanted - known, key=str)]
    paper.units = [*kept, *new]


def _may_be_told(made: Draft, by: User) -> None:
    """Refuse findings that are not the user's to supervise, are over, or belong to several units."""
    if not all(ledger.is_desk(by, one) for one in made.findings):
        raise Forbidden("只能就自己督办的问题发文。")
    if made.kind in ADDRESSED:
        must_be_open(made.findings)
        one_unit(made.findings)


def must_be_open(findings: Sequence[Finding]) -> None:
    if not findings:
        raise Conflict("请先在台账里选择问题。")
    for one in findings:
        if one.state.is_over or not one.is_standing:
            raise Conflict(f"问题{one.code}已经“{one.state.label}”，不能再发文。")


def one_unit(findings: Sequence[Finding]) -> Unit:
    """Return the unit that all the findings belong to; Conflict when there are several, or several campaigns."""
    units = {one.resp_id: one.resp for one in findings}
    if len(units) != 1:
        raise Conflict("一份文书只发给一个责任单位，请分开办理。")
    one_campaign(findings)
    return next(iter(units.values()))


def one_campaign(findings: Sequence[Finding]) -> Campaign:
    campaigns = {one.campaign_id: one.campaign for one in findings}
    if len(campaigns) != 1:
        raise Conflict("请选择同一个活动的问题。")
    return next(iter(campaigns.values()))
