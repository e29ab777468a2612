"""What every store promises, and what it may raise."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from walkthrough_app.core.errors import AppError

CHUNK = 1024 * 1024


class MissingError(KeyError):
    """The store holds nothing under this name, or the name is not a hash."""


class TooLargeError(ValueError):
    """More bytes came than the limit allows; nothing was kept."""


class Unavailable(AppError):
    """The store cannot be reached or does not do what it is asked: nothing was kept, another try may help."""

    status = 503
    default = "存储服务暂时连不上，文件没有保存，请稍后再试。"


class SliceStore(Protocol):
    """What phones have sent of unfinished files, by walk, so that nobody can ask for another walk's."""

    def put(self, walk: uuid.UUID, data: bytes) -> str:
        """Store a slice once and return its hash; OSError when the disk is full, Unavailable."""

    def missing(self, walk: uuid.UUID, hashes: Sequence[str]) -> list[str]:
        """Return those not here, each once."""

    def size(self, walk: uuid.UUID, hashes: Sequence[str]) -> int:
        """Return how many bytes these have in all; each of them is here."""

    def read(self, walk: uuid.UUID, hashes: Sequence[str]) -> Iterator[bytes]:
        """Give the slices' bytes in this order."""

    def sweep(self, older_than: datetime) -> int:
        """Remove slices that nobody sent again for about a month; return how many."""


class MediaStore(Protocol):
    """Where evidence and papers live; `slices` holds what phones have sent of unfinished files."""

    @property
    def slices(self) -> SliceStore: ...

    def put(self, data: BinaryIO | bytes, *, limit: int) -> str:
        """Store the bytes and return their hash.

        TooLargeError past `limit`, OSError when the disk is full, Unavailable.
        """

    def open(self, sha256: str) -> BinaryIO: ...

    def path(self, sha256: str) -> Path:
        """Return a file with the bytes; MissingError when there are none or the name is not 64 hex digits."""

    def delete(self, sha256: str) -> None:
        """Remove the bytes for good; MissingError when there are none."""

    def scratch(self) -> BinaryIO:
        """Return an empty file without a name: however this process ends, nothing of it stays on the disk."""

    def has(self, sha256: str) -> bool: ...

    def hashes(self) -> Iterator[str]:
        """Give the hash of everything that is kept, in no order."""

    def room(self) -> int:
        """Return how many bytes can still be taken in."""

    def sweep_temp(self, older_than: datetime) -> int:
        """Remove what killed writers left on this disk before `older_than`, and copies nobody uses; return how many."""


def gather(parts: Iterable[bytes], target: BinaryIO, *, limit: float) -> str:
    """Write all parts and return their SHA-256 in hex; TooLargeError as soon as `limit` bytes are passed."""
    digest, size = hashlib.sha256(), 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise TooLargeError(limit)
        digest.update(part)
        target.write(part)
    return digest.hexdigest()
