"""Evidence bytes by their SHA-256: durable on disk before anybody may refer to them."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from walkthrough_app.media.slices import HASH, Slices, sync_folder

CHUNK = 1024 * 1024


class MissingError(KeyError):
    """The store holds nothing under this name, or the name is not a hash."""


class TooLargeError(ValueError):
    """More bytes came than the limit allows; nothing was kept."""


class MediaStore(Protocol):
    """Where evidence lives: a folder today, S3 later; `slices` holds what phones have sent of unfinished files."""

    slices: Slices

    def put(self, data: BinaryIO | bytes, *, limit: int) -> str: ...

    def open(self, sha256: str) -> BinaryIO: ...

    def path(self, sha256: str) -> Path: ...

    def delete(self, sha256: str) -> None: ...

    def scratch(self) -> BinaryIO: ...

    def sweep_temp(self, older_than: datetime) -> int: ...


class LocalStore:
    """Keeps each file at `<root>/sha256/ab/cd/<hash>`, written beside it in `<root>/tmp` first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.temp = root / "tmp"
        self.temp.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.slices = Slices(root / "slices", self.temp)

    def put(self, data: BinaryIO | bytes, *, limit: int) -> str:
        """Store the bytes and return their hash; TooLargeError past `limit`, OSError when the disk is full."""
        descriptor, name = tempfile.mkstemp(dir=self.temp)
        temp = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                parts = [data] if isinstance(data, bytes) else iter(partial(data.read, CHUNK), b"")
                sha256 = gather(parts, file, limit=limit)
                file.flush()
                os.fchmod(file.fileno(), 0o440)
                os.fsync(file.fileno())
            self._adopt(temp, self._place(sha256))
        except BaseException:
            temp.unlink(missing_ok=True)
            raise
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Return where the file is; MissingError when it is not there or the name is not 64 hex digits."""
        if not HASH.fullmatch(sha256):
            raise MissingError(sha256)
        place = self._place(sha256)
        if not place.is_file():
            raise MissingError(sha256)
        return place

    def delete(self, sha256: str) -> None:
        """Remove the file for good; MissingError when there is none."""
        place = self.path(sha256)
        place.unlink()
        sync_folder(place.parent)

    def scratch(self) -> BinaryIO:
        """Return an empty file without a name: however this process ends, nothing of it stays on the disk."""
        return cast("BinaryIO", tempfile.TemporaryFile(dir=self.temp))

    def sweep_temp(self, older_than: datetime) -> int:
        """Remove what killed writers left before `older_than`, and slices nobody asked for; return how many files."""
        limit = older_than.timestamp()
        old = [path for path in self.temp.iterdir() if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old) + self.slices.sweep(older_than)

    def _place(self, sha256: str) -> Path:
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def _adopt(self, temp: Path, place: Path) -> None:
        """Give the finished file its name, so that the name survives a power cut as well."""
        folders = (place.parent, place.parent.parent, place.parent.parent.parent, self.root)
        isnew = not place.parent.is_dir()
        place.parent.mkdir(parents=True, exist_ok=True)
        temp.replace(place)
        for folder in folders if isnew else folders[:1]:
            sync_folder(folder)


def gather(parts: Iterable[bytes], target: BinaryIO, *, limit: int) -> str:
    """Write all parts and return their SHA-256 in hex; TooLargeError as soon as `limit` bytes are passed."""
    digest, size = hashlib.sha256(), 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise TooLargeError(limit)
        digest.update(part)
        target.write(part)
    return digest.hexdigest()
