"""Reading the ledger. Loading is authorising: strangers get NotFound, onlookers Forbidden."""

from walkthrough_app.rectification.queries.findings import (
    by_key,
    duplicate_of,
    entries_of,
    entry,
    extensions_of,
    finding_for,
    findings_by_id,
    lock,
    of_walk,
    open_extension,
    photo_for,
    photos_of,
)
from walkthrough_app.rectification.queries.relapses import unproved

__all__ = [
    "by_key",
    "duplicate_of",
    "entries_of",
    "entry",
    "extensions_of",
    "finding_for",
    "findings_by_id",
    "lock",
    "of_walk",
    "open_extension",
    "photo_for",
    "photos_of",
    "unproved",
]
