"""Keyset paging: a page begins after the key of the last row shown, which travels in the address."""

import base64
import binascii
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")
SIZE = 50
LONGEST = 400
LARGEST = 2**31 - 1
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows shown, and the key to go on from; '' at the end."""

    rows: Sequence[T]
    after: str = ""


def write(key: Key) -> str:
    """Write a key for an address."""
    plain = json.dumps([_plain(part) for part in key], ensure_ascii=False)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(text: str, *kinds: type) -> Key | None:
    """Read a key of parts of these kinds; None for what is not one, which is then the first page."""
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return tuple(_typed(part, kind) for part, kind in zip(parts, kinds, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None


def cut(rows: Sequence[T], key: Callable[[T], Key], after: Key | None, size: int = SIZE) -> Page[T]:
    """Return the page of rows, sorted by `key`, that begins after a key."""
    rest = rows if after is None else [row for row in rows if key(row) > after]
    return page(rest, key, size)


def page(found: Sequence[T], key: Callable[[T], Key], size: int = SIZE) -> Page[T]:
    """Make a page of rows of which one more than shown was asked for."""
    shown = found[:size]
    return Page(shown, write(key(shown[-1])) if len(found) > size else "")


def _plain(part: Any) -> Any:
    return part if isinstance(part, int | float | str) else part.isoformat() if isinstance(part, date) else str(part)


def _typed(part: Any, kind: type[Any]) -> Any:
    if kind is uuid.UUID:
        return uuid.UUID(str(part))
    if kind in {date, datetime}:
        return _moment(part, kind)
    if not isinstance(part, int | float if kind is float else kind) or isinstance(part, bool):
        raise TypeError(part)
    is_odd = not part.isprintable() if isinstance(part, str) else not -LARGEST <= part <= LARGEST
    if is_odd:  # what no row holds, and PostgreSQL takes for an error
        raise ValueError(part)
    return part


def _moment(part: Any, kind: type) -> Any:
    found = kind.fromisoformat(part)  # type: ignore[attr-defined]
    if kind is datetime and found.tzinfo is None:
        raise ValueError(part)
    return found
