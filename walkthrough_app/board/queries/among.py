"""Which of two ways a long list of a campaign is read: by day, passing over other units, or unit by unit, then sorted.

How many rows the chosen units have is known from their figures. Few are gathered by unit and sorted; many are met
soon enough on the way back through the days. `aside` keeps the database from taking the other index.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, true

FEW = 10_000  # rows


@dataclass(frozen=True)
class Chosen:
    """The units a list is of (None: all of the campaign) and how many rows they have, as far as is known."""

    ids: Sequence[uuid.UUID] | None = None
    rows: int = 0

    @property
    def by_unit(self) -> bool:
        return self.ids is not None and self.rows <= FEW

    def units(self, column: Any) -> ColumnElement[bool]:
        """Return the condition that keeps the rows of these units."""
        if self.ids is None:
            return true()
        return column.in_(self.ids) if self.by_unit else aside(column).in_(self.ids)  # type: ignore[no-any-return]

    def order(self, column: Any) -> Any:
        """Return a column to sort or filter by."""
        return aside(column) if self.by_unit else column


def aside(column: Any) -> Any:
    """Return the same values as no index knows them."""
    return func.coalesce(column, column)


def before(moment: Any, key: Any, after: tuple[Any, Any] | None) -> ColumnElement[bool]:
    """Return the condition that keeps what comes after a key, the newest first."""
    if after is None:
        return true()
    return (moment <= after[0]) & ((moment < after[0]) | (key < after[1]))  # type: ignore[no-any-return]
