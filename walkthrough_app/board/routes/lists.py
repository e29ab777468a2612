"""The lists behind the figures: walks, services, problems, reports."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import request

from walkthrough_app.accounts.guard import allow
from walkthrough_app.board import present, words
from walkthrough_app.board.queries import items as item_queries
from walkthrough_app.board.queries import lines
from walkthrough_app.board.queries import problems as problem_queries
from walkthrough_app.board.queries import walks as walk_queries
from walkthrough_app.board.queries.problems import ProblemList
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.queries.walks import WalkList
from walkthrough_app.board.routes.blueprint import View, after, bp, chosen, more, show, view
from walkthrough_app.board.values import OwedReport
from walkthrough_app.core import paging
from walkthrough_app.core.forms import tidy
from walkthrough_app.documents import phrases
from walkthrough_app.questionnaires.document import Document


@bp.get("/board/walks")
@allow(*VIEWERS)
def walks() -> str:
    here = view()
    wanted = _walk_list(here)
    found = walk_queries.walks(here.campaign, wanted, after(date, uuid.UUID)) if _has(wanted.units.ids) else []
    page = paging.page(found, lambda row: (row.day, row.walk_id))
    kept = {"kind": wanted.kind, "task": wanted.task_name, "item": wanted.item_id}
    return show(
        "walks",
        here,
        wanted=wanted,
        kinds=_walk_kinds(here),
        modes=present.modes(present.document_of(here.campaign)),
        count=_count_walks(here, wanted),
        page=page,
        reports={} if here.is_office else walk_queries.reports_of([row.walk_id for row in page.rows]),
        next=more(here, "walks", page, **kept),
    )


def _walk_kinds(here: View) -> dict[str, str]:
    """Return the lists there are: the ways of this programme stand before whether walks are over."""
    document = present.document_of(here.campaign)
    kinds = words.WALK_KINDS | present.modes(document) | words.WALK_STATES
    left_out = (frozenset() if here.is_office else walk_queries.PRIVATE) | _not_simulated(document)
    return {kind: text for kind, text in kinds.items() if kind not in left_out}


def _not_simulated(document: Document) -> frozenset[str]:
    return frozenset() if document.simulation_stops else frozenset({"simulated"})


def _walk_list(here: View) -> WalkList:
    return WalkList(
        kind=chosen(_walk_kinds(here), "kind", "counted"),
        units=here.chosen("walks"),
        is_reported=not here.is_office,
        task_name=(tidy(request.args.get("task")) or "")[: paging.LONGEST],
        item_id=request.args.get("item", type=uuid.UUID),
    )


def _has(ids: Any) -> bool:
    """Tell whether a list can have rows: no condition on units, or some."""
    return ids is None or bool(ids)


def _count_walks(here: View, wanted: WalkList) -> int:
    if wanted.is_narrow:
        return walk_queries.count(here.campaign, wanted)
    sums = here.sums()
    differences = {"delegated": ("counted", "by_head"), "under_way": ("walks", "counted")}
    if wanted.kind in differences:
        whole, part = differences[wanted.kind]
        return sums[whole] - sums[part]
    return sums[wanted.kind]


@bp.get("/board/items")
@allow(*VIEWERS)
def items() -> str:
    here = view()
    if not here.is_office:
        lines.reported_catalogue(here.campaign, here.lines)
    kind = chosen(words.ITEM_KINDS, "kind", "listed")
    units = [(line, item_queries.counted(here.counts_of(line), kind)) for line in here.lines]
    found = item_queries.items(here.campaign, kind, units, is_reported=not here.is_office, after=after(str, str, str))
    page = paging.page(found, lambda row: item_queries.key_of(row.unit, row.item))
    count = sum(many for _, many in units)
    return show(
        "items",
        here,
        which=kind,
        kinds=words.ITEM_KINDS,
        count=count,
        page=page,
        next=more(here, "items", page, kind=kind),
    )


@bp.get("/board/problems")
@allow(*VIEWERS)
def problems() -> str:
    here = view()
    wanted = _problem_list(here)
    keys = after(datetime, uuid.UUID)
    found = problem_queries.problems(here.campaign, wanted, keys) if _has(wanted.units.ids) else []
    page = paging.page(found, lambda row: (row.found_at, row.id))
    document = present.document_of(here.campaign)
    return show(
        "problems",
        here,
        wanted=wanted,
        what=_told(document, wanted),
        document=document,
        categories=present.names_of(document, {row.category: 1 for row in page.rows}),
        types=words.TYPE_KINDS,
        severities={one.id: one.name for one in document.severities},
        steps={one.id: one.short for one in document.steps},
        count=_count_problems(here, wanted),
        page=page,
        reports={} if here.is_office else walk_queries.reports_of([row.walk_id for row in page.rows]),
        next=more(here, "problems", page, **_kept(wanted)),
    )


def _told(document: Document, wanted: ProblemList) -> str:
    """Say what a list of problems is of: 排队难，限期整改."""
    names = {one.id: one.name for one in document.severities} | {one.id: one.short for one in document.steps}
    category = document.category_name(wanted.category) if wanted.category else ""
    parts = (
        category,
        words.TYPE_KINDS.get(wanted.rectify_type, ""),
        names.get(wanted.severity),
        names.get(wanted.step),
    )
    return "，".join(part for part in parts if part)


def _problem_list(here: View) -> ProblemList:
    document = present.document_of(here.campaign)
    codes = {one.id for one in document.categories} | {sub.id for one in document.categories for sub in one.subs}
    return ProblemList(
        units=here.chosen("findings"),
        is_reported=not here.is_office,
        category=chosen(codes, "category"),
        rectify_type=chosen(words.TYPE_KINDS, "type"),
        severity=chosen({one.id for one in document.severities}, "severity"),
        step=chosen({one.id for one in document.steps}, "step"),
        walk_id=request.args.get("walk", type=uuid.UUID),
    )


def _kept(wanted: ProblemList) -> dict[str, Any]:
    return {
        "category": wanted.category,
        "type": wanted.rectify_type,
        "severity": wanted.severity,
        "step": wanted.step,
        "walk": wanted.walk_id,
    }


def _count_problems(here: View, wanted: ProblemList) -> int | None:
    """Return how many there are, where the units' figures say so: by category or by kind of measure, not by both."""
    sums = here.sums()
    shown = present.Shown(sums)
    if wanted == replace(wanted, rectify_type="", severity="", step="", walk_id=None):
        is_known = len(wanted.category) < 2
        return sums[f"category.{wanted.category}" if wanted.category else "findings"] if is_known else None
    if wanted == replace(wanted, category="", severity="", step="", walk_id=None):
        return {"set": shown.measures, "unset": shown.unset}.get(wanted.rectify_type, sums[wanted.rectify_type])
    return None


@bp.get("/board/reports")
@allow(*VIEWERS)
def reports() -> str:
    here = view()
    kind = chosen(words.REPORT_KINDS, "kind", "due")
    owing = lines.lines(here.campaign, here.filters, catalogue=False)
    found = sorted((one for line in owing for one in present.reports(line, kind)), key=_report_key)
    page = paging.cut(found, _report_key, after(float, str, str))
    return show(
        "reports",
        here,
        which=kind,
        kinds=words.REPORT_KINDS,
        count=len(found),
        page=page,
        chip=present.chip,
        due=phrases.short_date(here.campaign.report_due),
        next=more(here, "reports", page, kind=kind),
    )


def _report_key(one: OwedReport) -> paging.Key:
    """Put what was handed in first, the latest before the others; the rest by name."""
    moment = one.submitted_at.timestamp() if one.submitted_at else 0.0
    return -moment, one.unit, str(one.head_id)
