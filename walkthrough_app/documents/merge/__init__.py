"""Binding many finished papers into one: contents, continuous page numbers, bookmarks, tags, and each paper's data.

Papers are read one after another and written on at once, so that a thousand take no more memory than ten. `whole`
binds; a second process takes the later half of many papers (`apart`), so what that one imports stays light.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """A paper to bind: its file, its title in bookmarks, and the name that the data inside it gets (no suffix).

    Who knows how many pages it has spares one look into the file.
    """

    path: Path
    title: str
    name: str
    pages: int = 0


class CannotBind(ValueError):
    """A file cannot be bound: `path`, and `reason` in words for the user."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason
