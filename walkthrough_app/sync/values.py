"""What phones bring, once it has been read."""

import uuid
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Batch:
    """Events as they came, and (id, why) of those that no part of the system can hold."""

    events: list[Any]
    rejected: list[tuple[str, str]]


@dataclass(frozen=True)
class Manifest:
    """A file put together from slices: for which evidence, how large, of what."""

    event: uuid.UUID
    sha256: str
    size: int
    slices: tuple[str, ...]
