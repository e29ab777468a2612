"""The services of a campaign's units: walked or not, and by whom. Read unit by unit, by name."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, func, or_, select

from walkthrough_app.board.queries.lines import is_walked, must_walk
from walkthrough_app.board.values import Figures, UnitLine
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.core.paging import SIZE, Key
from walkthrough_app.figures.models import WalkFigure

KINDS = ("listed", "walked", "unwalked", "must", "must_by_head", "must_open")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with how often it was walked: `walks` times, `by_head` of them by the head."""

    unit: str
    item: ServiceItem
    walks: int
    by_head: int


def counted(figures: Figures, kind: str) -> int:
    """Return how many items of a kind a unit has, from its figures."""
    if kind == "walked":
        return figures["items_walked"]
    if kind == "unwalked":
        return figures["listed"] - figures["items_walked"]
    return figures["must"] - figures["must_by_head"] if kind == "must_open" else figures[kind]


def items(
    campaign: Campaign, kind: str, units: Sequence[tuple[UnitLine, int]], *, is_reported: bool, after: Key | None
) -> list[ItemRow]:
    """Return one row more than a page has; `units` are by name, each with how many items of the kind it has."""
    names = {line.id: line.name for line, _ in units}
    found: list[ServiceItem] = []
    for some in _portions(units, after):
        query = select(ServiceItem).where(ServiceItem.unit_id.in_(some), _is(campaign, kind, is_reported=is_reported))
        more = sorted(db.session.scalars(query), key=lambda one: key_of(names[one.unit_id], one))
        found += [one for one in more if after is None or key_of(names[one.unit_id], one) > after]
        if len(found) > SIZE:
            break
    return _with_walks(campaign, found[: SIZE + 1], names, is_reported=is_reported)


def key_of(unit: str, item: ServiceItem) -> Key:
    return unit, item.task_name, str(item.id)


def _portions(units: Iterable[tuple[UnitLine, int]], after: Key | None) -> Iterator[list[uuid.UUID]]:
    """Yield units that together have a page of items."""
    some: list[uuid.UUID] = []
    count = 0
    for line, many in units:
        if not many or (after is not None and line.name < after[0]):
            continue
        some.append(line.id)
        count += many
        if count > SIZE:
            yield some
            some, count = [], 0
    if some:
        yield some


def _is(campaign: Campaign, kind: str, *, is_reported: bool) -> ColumnElement[bool]:
    walked = is_walked(campaign, is_reported=is_reported)
    by_head = is_walked(campaign, is_reported=is_reported, by_head=True)
    listed = or_(ServiceItem.is_active, is_walked(campaign, is_reported=False))
    return {
        "listed": listed,
        "walked": walked,
        "unwalked": listed & ~walked,
        "must": must_walk(),
        "must_by_head": must_walk() & by_head,
        "must_open": must_walk() & ~by_head,
    }[kind]


def _with_walks(
    campaign: Campaign, found: Sequence[ServiceItem], names: Mapping[uuid.UUID, str], *, is_reported: bool
) -> list[ItemRow]:
    walk = WalkFigure
    query = select(walk.item_id, func.count(), func.sum(walk.is_by_head.cast(Integer)))
    query = query.where(walk.item_id.in_([one.id for one in found]), walk.campaign_id == campaign.id, walk.is_counted)
    query = query.where(walk.is_reported) if is_reported else query
    counts: dict[uuid.UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    counts.update({row[0]: (row[1], row[2]) for row in db.session.execute(query.group_by(walk.item_id))})
    return [ItemRow(names[one.unit_id], one, *counts[one.id]) for one in found]
