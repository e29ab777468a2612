"""A store in a folder."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from walkthrough_app.media.storage.base import CHUNK, MissingError, gather
from walkthrough_app.media.storage.slices import HASH, Slices, sync_folder


class LocalStore:
    """Keeps each file at `<root>/sha256/ab/cd/<hash>`, written beside it in `<root>/tmp` first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.temp = root / "tmp"
        self.temp.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.slices = Slices(root / "slices", self.temp)

    def put(self, data: BinaryIO | bytes, *, limit: int) -> str:
        return self.keep([data] if isinstance(data, bytes) else iter(partial(data.read, CHUNK), b""), limit=limit)

    def keep(self, parts: Iterable[bytes], *, limit: float) -> str:
        """Store bytes that come piece by piece, as `put` does."""
        descriptor, name = tempfile.mkstemp(dir=self.temp)
        temp = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
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
        if not self.has(sha256):
            raise MissingError(sha256)
        return self._place(sha256)

    def delete(self, sha256: str) -> None:
        place = self.path(sha256)
        place.unlink()
        sync_folder(place.parent)

    def scratch(self) -> BinaryIO:
        return cast("BinaryIO", tempfile.TemporaryFile(dir=self.temp))

    def has(self, sha256: str) -> bool:
        return bool(HASH.fullmatch(sha256)) and self._place(sha256).is_file()

    def hashes(self) -> Iterator[str]:
        return (path.name for path in (self.root / "sha256").glob("*/*/*"))

    def room(self) -> int:
        return shutil.disk_usage(self.temp).free

    def sweep_temp(self, older_than: datetime) -> int:
        limit = older_than.timestamp()
        old = [path for path in self.temp.iterdir() if path.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

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
