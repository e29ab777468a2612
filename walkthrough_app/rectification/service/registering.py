"""From a report that was handed in to the ledger: each of its problems once, as the report tells it (domain §5.7)."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import queries as media
from walkthrough_app.rectification import evidence, numbers, queries, terms
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Finding, FindingEntry, PhotoRole, Source
from walkthrough_app.rectification.service import desk, moving, relapsing
from walkthrough_app.reports import queries as reports
from walkthrough_app.reports import reach, told
from walkthrough_app.reports.compose import read
from walkthrough_app.reports.models import Report, ReportVersion
from walkthrough_app.reports.problems import Problem as Found
from walkthrough_app.walkthroughs.models import Walkthrough

COPIED = ("category", "severity", "title", "fact", "clause", "measure", "steps", "rectify_type", "escalate_to")
SHORT = 16  # characters of a way of walking in the ledger
UNTOUCHED = frozenset({State.REGISTERED, State.ASSIGNED})


@dataclass(frozen=True)
class Told:
    """A problem of a report with its pictures: copies that may be shown, by their hash."""

    problem: told.Problem
    step: str | None
    root_cause: str
    tags: list[str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    found_at: datetime

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID]:
        return uuid.UUID(self.problem.walk), uuid.UUID(self.problem.id)


def note_report(report: Report) -> None:
    """Follow a report: handed in, its problems stand in the ledger; taken back, those nobody has begun with rest."""
    listed = set[tuple[uuid.UUID, uuid.UUID]]()
    version = reports.last_submitted(report)
    if version and report.state in reach.HANDED_IN:
        for one in problems_of(version):
            listed.add(one.key)
            _note(report, one)
    _let_rest(report, listed)


def catch_up() -> int:
    """Put the problems of reports handed in before there was a ledger into it; return how many reports had some."""
    known = select(Finding.walk_id)
    found = 0
    for report in db.session.scalars(select(Report).where(Report.state.in_(reach.HANDED_IN))).unique():
        walks = {walk.id for walk in report.walks}
        if walks and not db.session.scalar(known.where(Finding.walk_id.in_(walks)).limit(1)):
            note_report(report)
            found += 1
    return found


def problems_of(version: ReportVersion) -> Iterator[Told]:
    material = read(version.data)
    for found in material.problems:
        yield Told(
            told.problem(found, material),
            found.data["step"],
            str(found.data.get("root_cause") or ""),
            list(found.data.get("tags") or ()),
            _shown(found, found.photos),
            _shown(found, found.after_photos),
            clock.parse(found.data["at"]),
        )


def _shown(found: Found, ids: Sequence[str]) -> tuple[str, ...]:
    photos = found.journey.record.state.photos
    return tuple(photos[one]["masked"] for one in ids if one in photos and photos[one]["masked"])


def _note(report: Report, one: Told) -> None:
    walk_id, key = one.key
    finding = queries.of_walk(walk_id).get(key)
    if finding is None:
        _register(report, one)
        return
    finding.is_standing = True
    if finding.state in UNTOUCHED:
        _amend(finding, one)
    db.session.flush()


def _register(report: Report, one: Told) -> None:
    finding = Finding(
        campaign=report.campaign,
        unit=report.unit,
        resp=report.unit,
        lane=report.lane,
        source=Source.WALK,
        walk_id=one.key[0],
        key=one.key[1],
        item_id=db.session.get_one(Walkthrough, one.key[0]).item_id,
        task_name=one.problem.item,
        step=one.step,
        mode=one.problem.mode[:SHORT],
        code=numbers.give(one.problem.id, stem_of(report)),
        found_on=date.fromisoformat(one.problem.found_on),
        root_cause=one.root_cause,
        tags=one.tags,
        resp_person=one.problem.person,
        must_recheck=one.problem.severity == "serious",
        **{name: getattr(one.problem, name) for name in COPIED},
    )
    db.session.add(finding)
    db.session.flush()
    moving.write(finding, Verb.REGISTER, None, by=None, data={"report": str(report.id)})
    evidence.put(finding, one.before, PhotoRole.BEFORE, by=None)
    if relapsing.reopen(finding, one.found_at):
        return
    if not _fixed_already(finding, one):
        desk.assign(finding, desk.Order(report.unit, _due(finding, one)), by=None)


def stem_of(report: Report) -> str:
    return numbers.stem(str(report.campaign.opens_on.year), report.unit.org_class.value, report.unit.name)


def _fixed_already(finding: Finding, one: Told) -> bool:
    """Take 立行立改 as done when it is proved by pictures of both; whoever did it is not the one to close it."""
    if one.problem.rectify_type != "immediate" or not (one.problem.done_on and one.before and one.after):
        return False
    shown = media.by_hash(one.after).values()
    try:
        for photo in shown:
            evidence.must_be_new(finding, photo, PhotoRole.AFTER)
    except Invalid:
        return False
    deed = moving.begin(finding, Verb.FIX_NOW, by=None)
    assert deed is not None
    evidence.put(finding, one.after, PhotoRole.AFTER, by=None)
    finding.result, finding.rectified_on = one.problem.measure, date.fromisoformat(one.problem.done_on)
    finding.assigned_at = clock.now()
    deed.done(one.problem.measure, done_on=one.problem.done_on)
    return True


def _due(finding: Finding, one: Told) -> date:
    """Return the term the unit set itself, if it is not past, else the one of the severity."""
    given = clock.day_of(one.problem.due_on) if one.problem.due_on else None
    if given and given >= clock.today():
        return given
    return terms.of(finding.campaign_id).due_after(clock.today(), finding.severity)


def _amend(finding: Finding, one: Told) -> None:
    """Take over what a newer version of the report says, while nobody has signed for it."""
    news: dict[str, Any] = {name: getattr(one.problem, name) for name in COPIED}
    news |= {"root_cause": one.root_cause, "tags": one.tags}
    changed = {name: value for name, value in news.items() if getattr(finding, name) != value}
    evidence.put(finding, one.before, PhotoRole.BEFORE, by=None)
    if not changed:
        return
    deed = moving.begin(finding, Verb.AMEND, by=None)
    assert deed is not None
    for name, value in changed.items():
        setattr(finding, name, value)
    finding.must_recheck = finding.must_recheck or finding.severity == "serious"
    deed.done(fields=sorted(changed))


def _let_rest(report: Report, listed: set[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Take what no report handed in tells any more out of the ledger, unless somebody has begun with it."""
    standing = set(reports.walks_in_reports(report.campaign_id, report.unit_id))
    told_here = {walk.id for walk in report.walks}
    query = select(Finding).where(Finding.campaign_id == report.campaign_id, Finding.unit_id == report.unit_id)
    for finding in db.session.scalars(query.where(Finding.source == Source.WALK)).unique():
        is_told = finding.walk_id in standing
        if finding.walk_id in told_here and is_told:
            is_told = (finding.walk_id, finding.key) in listed
        if not is_told and _is_untouched(finding):
            finding.is_standing = False
    db.session.flush()


def _is_untouched(finding: Finding) -> bool:
    """Tell whether only the rules have done something about it so far."""
    query = select(FindingEntry.id).where(FindingEntry.finding_id == finding.id, FindingEntry.by_id.is_not(None))
    return db.session.scalar(query.limit(1)) is None
