"""How far the walk of each plan entry is. Walks are known further up, so whoever builds the app connects the reader."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from walkthrough_app.campaigns.models import PlanEntry

# A reader returns, by plan entry, the walk that counts: it has `state.label` and `is_open`.
Reader = Callable[[Sequence[PlanEntry]], Mapping[uuid.UUID, Any]]


def _nothing_walked(_entries: Sequence[PlanEntry]) -> Mapping[uuid.UUID, Any]:
    return {}


_reader: Reader = _nothing_walked


def connect(reader: Reader) -> None:
    global _reader
    _reader = reader


def walks_of(entries: Sequence[PlanEntry]) -> Mapping[uuid.UUID, Any]:
    """Return the walk that counts of each entry that has one, by the entry's id."""
    return _reader(entries)


def has_begun(entry: PlanEntry) -> bool:
    return entry.id in walks_of([entry])
