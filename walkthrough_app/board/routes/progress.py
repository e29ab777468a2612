"""The board itself, the table of units, the heat table, services side by side, and what waits for whom."""

import uuid
from datetime import datetime

from flask import render_template, request

from walkthrough_app.accounts.guard import allow
from walkthrough_app.board import present, words
from walkthrough_app.board.queries import counties, names, scope, waiting
from walkthrough_app.board.queries.scope import VIEWERS
from walkthrough_app.board.routes.blueprint import View, after, bp, choice, chosen, more, show, slots, view
from walkthrough_app.board.routes.flags import sums as flag_sums
from walkthrough_app.board.routes.rectifying import is_whole, ledger, rate, sums_of
from walkthrough_app.board.values import Figures, Sort, Standing, UnitLine, Waiting, total
from walkthrough_app.core import paging
from walkthrough_app.questionnaires.document import Document

FIRST = 3  # of what waits, on the board


@bp.get("/board")
@allow(*VIEWERS)
def progress() -> str:
    here = view()
    return show("progress", here, **_board(here))


def _board(here: View) -> dict[str, object]:
    summed = total(line.figures for line in here.lines)
    document = present.document_of(here.campaign)
    return {
        "units": len(here.lines),
        "sums": present.Shown(summed),
        "page": _unit_page(here),
        "sort": _sort(),
        "categories": present.categories(document, summed),
        "modes": _modes(document),
        "lanes": present.lanes(here.lines),
        "report_kinds": words.REPORT_KINDS,
        "waiting": _groups(here),
        "counties": _counties(here, summed),
        "slots": slots(here),
        "flags": flag_sums(here),
        "ledger": sums_of(here),
        "ledger_rate": rate,
        "ledger_link": ledger(here),
        "is_whole": is_whole(here),
    }


def _modes(document: Document) -> dict[str, str]:
    simulated = {"simulated": "其中模拟"} if document.simulation_stops else {}
    return present.modes(document) | simulated


@bp.get("/board/units")
@allow(*VIEWERS)
def units() -> str:
    here = view()
    page = _unit_page(here)
    return show(
        "units", here, units=len(here.lines), page=page, sort=_sort(), next=more(here, "units", page, sort=_sort())
    )


def _sort() -> Sort:
    return choice(Sort, "sort") or Sort.NAME


def _unit_page(here: View) -> paging.Page[present.Row]:
    found = paging.cut(sorted(here.lines, key=_key), _key, after(float, str))
    return paging.Page(present.rows(here.campaign, found.rows), found.after)


def _key(line: UnitLine) -> paging.Key:
    """Return what units are sorted by, and go on from."""
    by = {
        Sort.NAME: 0.0,
        Sort.COVERAGE: line.coverage,
        Sort.STANDING: float(list(Standing).index(line.standing)),
    }
    return by[_sort()], line.name


def _by_name(line: UnitLine) -> paging.Key:
    return (line.name,)


def _counties(here: View, own: Figures) -> list[tuple[str, object, present.Shown]]:
    """Return the counties' campaigns that roll up into this one, between the city's own sum and the sum of all."""
    children = scope.children_of(here.campaign) if here.is_office and here.filters.is_all else []
    if not children:
        return []
    summed = counties.sums([child for child, _ in children])
    found = [(name, child.id, summed[child.id]) for child, name in children]
    below = total(figures for _, _, figures in found)
    found.append(("市级活动", here.campaign.id, own))
    sums = [("各县（市）区合计", None, below), ("全市合计", None, total([own, below]))]
    return [(name, campaign_id, present.Shown(figures)) for name, campaign_id, figures in [*found, *sums]]


@bp.get("/board/heat")
@allow(*VIEWERS)
def heat() -> str:
    here = view()
    document = present.document_of(here.campaign)
    page = paging.cut(here.listed, _by_name, after(str))
    return show(
        "heat",
        here,
        heat=present.heat(document, here.listed),
        page=page,
        categories=document.categories,
        sums=total(line.figures for line in here.listed),
        next=more(here, "heat", page),
    )


@bp.get("/board/services")
@allow(*VIEWERS)
def services() -> str:
    here = view()
    key = after(str)
    found = names.names(here.campaign, here.filters.lane, is_reported=not here.is_office, after=key[0] if key else "")
    document = present.document_of(here.campaign)
    page = paging.page(found, lambda row: (row.task_name,), names.SIZE)
    ribbons = {row.task_name: present.segments(document, row.seconds, row.sample) for row in page.rows}
    return show("services", here, page=page, ribbons=ribbons, next=more(here, "services", page))


@bp.get("/board/waiting")
@allow(*VIEWERS)
def waits() -> str:
    here = view()
    known = _kinds(here)
    kind = chosen(known, "what", next(iter(known)))
    if kind == "stopped":
        found = waiting.stopped(here.campaign, here.lines, after(datetime, uuid.UUID))
        page, many = paging.page(found, lambda one: (one.at, one.id)), waiting.count_stopped(here.campaign, here.lines)
    else:
        found = waiting.FINDERS[kind](here.campaign, here.lines)
        page, many = _from(found, after(str)), len(found)
    following = more(here, "waits", page, what=kind)
    return show("waiting", here, kinds=known, which=kind, page=page, many=many, next=following)


def _from(found: list[Waiting], last: paging.Key | None) -> paging.Page[Waiting]:
    """Return the page after the entry that was shown last; it may have been settled, then the first page."""
    start = next((n for n, one in enumerate(found, 1) if last and one.id == last[0]), 0)
    return paging.page(found[start : start + paging.SIZE + 1], lambda one: (one.id,))


def _kinds(here: View) -> dict[str, str]:
    known = {kind: text for kinds in words.WAITING.values() for kind, text in kinds.items()}
    return {kind: text for kind, text in known.items() if here.is_office or kind in words.FOR_LANES}


def _groups(here: View) -> list[tuple[str, list[tuple[str, str, int, list[Waiting]]]]]:
    """Return by who must act: kind, words, how many, the first of them."""
    allowed = _kinds(here)
    groups = []
    for who, kinds in words.WAITING.items():
        entries = [(kind, text, *_first(here, kind)) for kind, text in kinds.items() if kind in allowed]
        groups.append((who, [entry for entry in entries if entry[2]]))
    return [(who, entries) for who, entries in groups if entries]


def _first(here: View, kind: str) -> tuple[int, list[Waiting]]:
    found = waiting.FINDERS[kind](here.campaign, here.lines)
    many = waiting.count_stopped(here.campaign, here.lines) if kind == "stopped" else len(found)
    return many, found[:FIRST]


@bp.get("/board/definitions")
@allow(*VIEWERS)
def definitions() -> str:
    return render_template("board/definitions.html", definitions=words.DEFINITIONS, back=request.args.get("campaign"))
