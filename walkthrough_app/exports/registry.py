"""What can be exported: each feature registers its lists here, the wiring connects them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.accounts.models import Role, User
from walkthrough_app.core.errors import NotFound
from walkthrough_app.documents.workbook import Cell, Column, Sheet
from walkthrough_app.exports.filters import Filters
from walkthrough_app.reports.reach import DESKS

BATCH = 1000  # rows


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, and where the next batch goes on; None after the last."""

    rows: Sequence[Sequence[Cell]]
    after: Any = None


Read = Callable[[User, Filters, Any], Batch]


@dataclass(frozen=True)
class Listing:
    """One list: what it is called, its columns, which filters it takes (their names in the address), who may have it.

    `batch(user, filters, after)` reads the next rows by keyset, `after` being None at first; it is called in a short
    read-only transaction of its own with the user as they are then, so that rights hold while the file is made.
    `count(user, filters)` is asked once, for the progress. `states` are the values of the filter `state`.
    A list of several sheets names each in `parts` with how it is read (together they hold what `batch` does); `notes`
    makes the sheet behind them. `is_counted`: 序号 is put before each row.
    """

    key: str
    title: str
    columns: Sequence[Column]
    batch: Read
    count: Callable[[User, Filters], int]
    filters: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[Role] = DESKS
    parts: Mapping[str, Read] = field(default_factory=dict)
    notes: Callable[[], Sheet] | None = None
    is_counted: bool = False


_known: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    """Offer a list; registering a key again replaces it."""
    _known[listing.key] = listing


def listings(user: User) -> list[Listing]:
    return [one for one in _known.values() if user.role in one.roles]


def listing_for(user: User, key: str) -> Listing:
    """Return a list the user may have; NotFound for any other."""
    found = next((one for one in listings(user) if one.key == key), None)
    if found is None:
        raise NotFound("没有这个列表，或者您不能导出它。")
    return found
