"""The 台账: the ledger in the sheets and columns of domain §6.4, as it is narrowed."""

from collections.abc import Collection
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.exports.filters import Filters
from walkthrough_app.exports.registry import BATCH, Batch, Listing, Read
from walkthrough_app.rectification.ledger import filters as ledger
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.queries import ledger as queries
from walkthrough_app.rectification.sheets import layout, rows

OPEN = "open"
STATES = {OPEN: "没有销号的", **{one.value: one.label for one in State}}


def wanted(filters: Filters) -> ledger.Filters:
    """Return the filters of the ledger's own page; no state is every state."""
    return ledger.Filters(
        campaign=filters.campaign,
        unit=filters.unit,
        lane=filters.lane,
        state=State(filters.state) if filters.state and filters.state != OPEN else None,
        is_all=not filters.state,
        letter=filters.category[:1],
        category=filters.category,
        severity=filters.severity,
        rectify_type=filters.rectify_type,
        is_overdue=filters.is_overdue,
        must_recheck=filters.must_recheck,
        words=filters.text,
    )


def read(user: User, filters: Filters, after: str | None, states: Collection[State] = tuple(State)) -> Batch:
    """Read the next findings by their numbers."""
    found = queries.batch(user, wanted(filters), states, after, BATCH)
    return Batch(rows.cells(found, user), found[-1].code if len(found) == BATCH else None)


def count(user: User, filters: Filters) -> int:
    return queries.count(user, wanted(filters))


def _part(states: Collection[State]) -> Read:
    def batch(user: User, filters: Filters, after: Any) -> Batch:
        return read(user, filters, after, states)

    return batch


LISTING = Listing(
    key="ledger",
    title="问题整改台账",
    columns=layout.COLUMNS,
    batch=read,
    count=count,
    filters=(
        "campaign",
        "unit",
        "lane",
        "category",
        "state",
        "severity",
        "type",
        "overdue",
        "must_recheck",
        "text",
    ),
    states=STATES,
    parts={title: _part(states) for title, states in rows.PARTS.items()},
    notes=rows.notes,
    is_counted=True,
)
