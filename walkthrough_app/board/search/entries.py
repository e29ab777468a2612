"""Keeping the entries: with each walk's problems, items, units and reports, in the transaction that changes them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, insert, select, update

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.board.search import index
from walkthrough_app.board.search.index import ENTRY, UNIT
from walkthrough_app.board.search.models import Kind
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.figures.models import FindingFigure

ITEM, FINDING = cast("Table", ServiceItem.__table__), cast("Table", FindingFigure.__table__)
COMPARED = ("title", "text", "context", "category", "unit_id")


def of_problem(row: Any) -> dict[str, Any]:
    """Return the entry of a row of FindingFigure."""
    return {
        "kind": Kind.PROBLEM,
        "ref_id": row.id,
        "walk_id": row.walk_id,
        "item_id": row.item_id,
        "unit_id": row.unit_id,
        "campaign_id": row.campaign_id,
        "category": row.category,
        "title": row.title,
        "text": "\n".join(part for part in (row.fact, row.measure) if part),
        "context": row.task_name,
        "at": row.found_at,
    }


def of_item(row: Any) -> dict[str, Any]:
    codes = " ".join(one for one in (row.catalog_code, row.task_code, row.sector) if one)
    text = "\n".join(one for one in (codes, row.known_problems) if one)
    return {**_bare(Kind.ITEM, row.id, row.unit_id, row.created_at), "item_id": row.id, "title": row.task_name} | {
        "text": text
    }


def of_unit(row: Any) -> dict[str, Any]:
    return {**_bare(Kind.UNIT, row.id, row.id, row.created_at), "title": row.name}


def _bare(kind: Kind, ref_id: uuid.UUID, unit_id: uuid.UUID, at: datetime) -> dict[str, Any]:
    nothing = {"walk_id": None, "item_id": None, "campaign_id": None, "category": "", "text": "", "context": ""}
    return {**nothing, "kind": kind, "ref_id": ref_id, "unit_id": unit_id, "at": at}


def keep_walk(connection: Connection, walk_id: uuid.UUID) -> None:
    """Bring the problems of a walk up to date; those that have not changed are not touched."""
    found = connection.execute(select(FINDING).where(FINDING.c.walk_id == walk_id).order_by(FINDING.c.found_at)).all()
    known = connection.execute(select(ENTRY).where(ENTRY.c.walk_id == walk_id)).all()
    keep(connection, [of_problem(row) for row in found], known)


def keep_items(connection: Connection, ids: Iterable[uuid.UUID]) -> None:
    """Bring items up to date: those taken out of the catalogue are found no more."""
    wanted = list(ids)
    found = connection.execute(select(ITEM).where(ITEM.c.id.in_(wanted), ITEM.c.is_active).order_by(ITEM.c.created_at))
    keep(connection, [of_item(row) for row in found], _known(connection, Kind.ITEM, wanted))


def keep_units(connection: Connection, ids: Iterable[uuid.UUID]) -> None:
    """Bring units up to date; with a new name or class all that is theirs is indexed anew."""
    wanted = list(ids)
    query = select(UNIT).where(UNIT.c.id.in_(wanted), UNIT.c.org_class != OrgClass.OFFICE)
    keep(connection, [of_unit(row) for row in connection.execute(query)], _known(connection, Kind.UNIT, wanted))
    theirs = connection.scalars(select(ENTRY.c.id).where(ENTRY.c.unit_id.in_(wanted))).all()
    index.write(connection, theirs)


def reach_again(connection: Connection, walks: Iterable[uuid.UUID]) -> None:
    """Note where walks may be seen, after their report was handed in or taken back."""
    wanted = list(walks)
    index.write(connection, connection.scalars(select(ENTRY.c.id).where(ENTRY.c.walk_id.in_(wanted))).all())


def keep(connection: Connection, wanted: Sequence[dict[str, Any]], known: Sequence[Any]) -> None:
    """Make the entries `known` those `wanted`; they belong together by `ref_id`."""
    before = {row.ref_id: row for row in known}
    changed = [before[one["ref_id"]].id for one in wanted if _is_other(one, before.get(one["ref_id"]))]
    for one in wanted:
        if _is_other(one, before.get(one["ref_id"])):
            connection.execute(update(ENTRY).where(ENTRY.c.id == before[one["ref_id"]].id).values(**one))
    new = [one for one in wanted if one["ref_id"] not in before]
    index.write(connection, [*changed, *add(connection, new)])
    gone = set(before) - {one["ref_id"] for one in wanted}
    index.remove(connection, [before[key].id for key in gone])


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert entries in their order and return their ids."""
    if not rows:
        return []
    statement = insert(ENTRY).returning(ENTRY.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, [dict(row) for row in rows]).scalars())


def _is_other(wanted: Mapping[str, Any], known: Any) -> bool:
    return known is not None and any(wanted[name] != getattr(known, name) for name in COMPARED)


def _known(connection: Connection, kind: Kind, refs: Sequence[uuid.UUID]) -> Sequence[Any]:
    return connection.execute(select(ENTRY).where(ENTRY.c.ref_id.in_(refs), ENTRY.c.kind == kind)).all()
