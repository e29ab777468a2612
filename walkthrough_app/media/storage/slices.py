"""Slices of files that phones are still sending: by walk and SHA-256, durable, gone when nobody needs them any more."""

import hashlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

HASH = re.compile(r"[0-9a-f]{64}")
KEPT = timedelta(days=29)  # beyond the day that other leftovers have


class Slices:
    """Keeps each slice at `<root>/<walk>/<hash>`, so that nobody can ask for another walk's."""

    def __init__(self, root: Path, temp: Path) -> None:
        self.root, self.temp = root, temp

    def put(self, walk: uuid.UUID, data: bytes) -> str:
        """Store a slice once and return its hash; OSError when the disk is full."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(walk, sha256)
        if place.is_file():
            os.utime(place)
            return sha256
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.temp)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (place.parent, self.root, self.root.parent):
            sync_folder(folder)
        return sha256

    def missing(self, walk: uuid.UUID, hashes: Sequence[str]) -> list[str]:
        """Return those not here, each once."""
        return [sha256 for sha256 in dict.fromkeys(hashes) if not self._place(walk, sha256).is_file()]

    def size(self, walk: uuid.UUID, hashes: Sequence[str]) -> int:
        return sum(self._place(walk, sha256).stat().st_size for sha256 in hashes)

    def read(self, walk: uuid.UUID, hashes: Sequence[str]) -> Iterator[bytes]:
        """Give the slices' bytes in this order."""
        return (self._place(walk, sha256).read_bytes() for sha256 in hashes)

    def sweep(self, older_than: datetime) -> int:
        """Remove slices that nobody sent again for about a month; return how many."""
        limit = (older_than - KEPT).timestamp()
        old = [path for path in self.root.glob("*/*") if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _place(self, walk: uuid.UUID, sha256: str) -> Path:
        if not HASH.fullmatch(sha256):
            raise ValueError(sha256)
        return self.root / walk.hex / sha256


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
