"""What each unit of a campaign comes to: its row of figures, its catalogue counted now, its reports."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select

from walkthrough_app.accounts.models import OrgClass, Unit
from walkthrough_app.board.queries.reports import owed as owed_by
from walkthrough_app.board.queries.reports import supplements
from walkthrough_app.board.values import Figures, Filters, UnitLine, count_reports
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.figures.adding_up import ZEROS
from walkthrough_app.figures.models import UnitFigure, WalkFigure

COUNTS = tuple(ZEROS)
NESTED = {"seconds": "seconds", "modes": "mode", "categories": "category"}


def takes_part(campaign: Campaign, unit: Any = Unit) -> ColumnElement[bool]:
    """Tell which units a campaign has: the city's, or those below its county; and whoever has walked in it."""
    place = unit.parent_id.is_(None) if campaign.county_id is None else unit.parent_id == campaign.county_id
    walked = select(UnitFigure.unit_id).where(UnitFigure.campaign_id == campaign.id)
    return or_(and_(place, unit.org_class != OrgClass.OFFICE), unit.id.in_(walked))


def lines(
    campaign: Campaign, filters: Filters | None = None, *, catalogue: bool = True, reports: bool = True
) -> list[UnitLine]:
    """Return the units of a campaign that pass the filters, by name.

    `catalogue` counts their items too, `reports` what they owe: lists that need neither are quicker without.
    """
    found = _units(campaign)
    _add_figures(campaign, found)
    if reports or (filters and filters.standing):
        _add_reports(campaign, found)
    if catalogue:
        _add_catalogue(campaign, found, is_reported=False)
    passed = (line for line in found.values() if filters is None or line.passes(filters))
    return sorted(passed, key=lambda line: line.name)  # as keys of pages are compared, whatever the database thinks


def reported_catalogue(campaign: Campaign, found: Iterable[UnitLine]) -> None:
    """Count the catalogues by what stands in reports, as lanes may list it."""
    _add_catalogue(campaign, {line.id: line for line in found}, is_reported=True)


def _units(campaign: Campaign) -> dict[uuid.UUID, UnitLine]:
    query = select(Unit.id, Unit.name, Unit.org_class).where(takes_part(campaign))
    return {row.id: UnitLine(row.id, row.name, row.org_class) for row in db.session.execute(query)}


def _add_figures(campaign: Campaign, found: Mapping[uuid.UUID, UnitLine]) -> None:
    columns = [getattr(UnitFigure, name) for name in ("unit_id", "reported", *NESTED, *COUNTS)]
    for unit_id, reported, *values in db.session.execute(select(*columns).where(UnitFigure.campaign_id == campaign.id)):
        line = found[unit_id]
        line.figures = _flat(dict(zip((*NESTED, *COUNTS), values, strict=True)))
        line.reported = _flat(reported)


def _flat(row: Mapping[str, Any]) -> Figures:
    """Put figures that are nested by step, mode or category beside the plain ones."""
    flat = Counter({name: value for name, value in row.items() if name not in NESTED})
    for name, prefix in NESTED.items():
        for key, value in row.get(name, {}).items():
            flat[f"{prefix}.{key}"] = value
    return flat


def _add_reports(campaign: Campaign, found: Mapping[uuid.UUID, UnitLine]) -> None:
    owed = defaultdict(list)
    for one in owed_by(campaign, found.values()):
        owed[one.unit_id].append(one)
    for unit_id, line in found.items():
        line.owed = owed[unit_id]
        line.figures.update(count_reports(line.owed))
    for one in supplements(campaign, found.values()):
        found[one.unit_id].supplements.append(one)
        found[one.unit_id].figures["supplement"] += 1


def _add_catalogue(campaign: Campaign, found: Mapping[uuid.UUID, UnitLine], *, is_reported: bool) -> None:
    query = _catalogue(campaign, is_reported=is_reported)
    if len(found) == 1:
        query = query.where(ServiceItem.unit_id.in_(list(found)))
    for row in db.session.execute(query).mappings():
        line = found.get(row["unit_id"])
        if line:
            counts = line.reported if is_reported else line.figures
            counts.update({name: row[name] or 0 for name in ("listed", "must", "must_by_head")})


def must_walk() -> ColumnElement[bool]:
    """Tell which items the head must walk (S002-10): those of the catalogue with one of the three marks."""
    marks = or_(ServiceItem.is_important, ServiceItem.is_core_function, ServiceItem.is_complaint)
    return and_(ServiceItem.is_active, marks)


def is_walked(campaign: Campaign, *, is_reported: bool, by_head: bool = False) -> ColumnElement[bool]:
    """Tell which items have a walk that counts; with `is_reported`, one in a report handed in. The index is enough."""
    walk = WalkFigure
    query: Select[Any] = select(literal_column("1")).select_from(walk).correlate(ServiceItem)
    query = query.where(walk.item_id == ServiceItem.id, walk.campaign_id == campaign.id, walk.is_counted)
    query = query.where(walk.is_reported) if is_reported else query
    return (query.where(walk.is_by_head) if by_head else query).exists()


def _catalogue(campaign: Campaign, *, is_reported: bool) -> Any:
    """Ask in one pass; CASE keeps the look at the walks for the items that need it."""
    is_there = case((ServiceItem.is_active, 1), (is_walked(campaign, is_reported=False), 1), else_=0)
    by_head = is_walked(campaign, is_reported=is_reported, by_head=True)
    query = select(
        ServiceItem.unit_id,
        func.sum(is_there).label("listed"),
        func.sum(case((must_walk(), 1), else_=0)).label("must"),
        func.sum(case((~must_walk(), 0), (by_head, 1), else_=0)).label("must_by_head"),
    )
    units = select(Unit.id).where(takes_part(campaign))
    return query.where(ServiceItem.unit_id.in_(units)).group_by(ServiceItem.unit_id)
