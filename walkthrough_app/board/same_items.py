"""Which items of several units are the same: by the name without spaces and signs, or by the national codes."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from walkthrough_app.board.search import tokens


@dataclass
class SameItem:
    """One item wherever it stands: the rows of all units that have it. `id` is any of them, the same each time."""

    title: str
    item_ids: set[uuid.UUID] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def id(self) -> uuid.UUID:
        return min(self.item_ids)


@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """Return a name as it is compared: 居住证 申领（首次） is 居住证申领首次."""
    return tokens.plain(name).replace(" ", "") or name


def grouped(rows: Iterable[Any]) -> list[SameItem]:
    """Group rows of (id, task_name, catalog_code, task_code); what shares a name or a code belongs together."""
    leaders: dict[str, str] = {}
    known = [(row, _marks(row)) for row in rows]
    for _, marks in known:
        for mark in marks:
            _join(leaders, marks[0], mark)
    found: dict[str, SameItem] = {}
    for row, marks in known:
        same = found.setdefault(_leader(leaders, marks[0]), SameItem(row.task_name))
        same.item_ids.add(row.id)
        same.names.add(row.task_name)
    return list(found.values())


def _marks(row: Any) -> list[str]:
    codes = {code.strip().upper() for code in (row.catalog_code, row.task_code)} - {""}
    return [f"name {normalised(row.task_name)}", *(f"code {code}" for code in sorted(codes))]


def _leader(leaders: dict[str, str], mark: str) -> str:
    path = []
    while leaders.get(mark, mark) != mark:
        path.append(mark)
        mark = leaders[mark]
    leaders.update(dict.fromkeys(path, mark))
    return mark


def _join(leaders: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_leader(leaders, one), _leader(leaders, other)))
    leaders[second] = first
