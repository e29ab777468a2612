"""A store in an S3-compatible bucket, with a folder of copies beside it for what reads files."""

import hashlib
import io
import math
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from walkthrough_app import config
from walkthrough_app.media.storage.base import CHUNK, MissingError, Unavailable
from walkthrough_app.media.storage.bucket import Bucket
from walkthrough_app.media.storage.local import LocalStore
from walkthrough_app.media.storage.slices import HASH, KEPT

UNUSED = 7 * 24 * 3600  # seconds after which a copy goes, since the bucket has it


class S3Store:
    """Keeps each file under `sha256/ab/<hash>`; a copy stays in the folder as long as it is used."""

    def __init__(self, place: config.Bucket, copies: Path) -> None:
        self._bucket = Bucket(place)
        self.copies = LocalStore(copies)
        self.slices = S3Slices(self._bucket)

    def put(self, data: BinaryIO | bytes, *, limit: int) -> str:
        sha256 = self.copies.put(data, limit=limit)
        place = self.copies.path(sha256)
        try:
            with place.open("rb") as file:
                self._bucket.put(_key(sha256), file, place.stat().st_size)
        except BaseException:  # what has only a copy would be found here and nowhere else
            place.unlink(missing_ok=True)
            raise
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Return the copy, fetched if need be; it is fit for use for a day at least. MissingError, Unavailable."""
        if not HASH.fullmatch(sha256):
            raise MissingError(sha256)
        try:
            place = self.copies.path(sha256)
        except MissingError:
            self._fetch(sha256)
            place = self.copies.path(sha256)
        os.utime(place)
        return place

    def delete(self, sha256: str) -> None:
        if not self.has(sha256):
            raise MissingError(sha256)
        self._bucket.delete(_key(sha256))
        try:
            self.copies.delete(sha256)
        except MissingError:
            return

    def scratch(self) -> BinaryIO:
        return self.copies.scratch()

    def has(self, sha256: str) -> bool:
        return bool(HASH.fullmatch(sha256)) and self._bucket.has(_key(sha256))

    def hashes(self) -> Iterator[str]:
        return (one.key.rpartition("/")[2] for one in self._bucket.listed("sha256/"))

    def room(self) -> int:
        return self.copies.room()

    def sweep_temp(self, older_than: datetime) -> int:
        limit = time.time() - UNUSED
        old = [one for one in (self.copies.root / "sha256").glob("*/*/*") if one.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return self.copies.sweep_temp(older_than) + len(old)

    def _fetch(self, sha256: str) -> None:
        found = self.copies.keep(self._bucket.get(_key(sha256), CHUNK), limit=math.inf)
        if found != sha256:
            self.copies.delete(found)
            raise Unavailable("存储里的文件和登记的不一致，请联系管理员。")


class S3Slices:
    """Keeps each slice under `slices/<walk>/<hash>`."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def put(self, walk: uuid.UUID, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self._bucket.put(_slice(walk, sha256), io.BytesIO(data), len(data))
        return sha256

    def missing(self, walk: uuid.UUID, hashes: Sequence[str]) -> list[str]:
        there = self._sizes(walk)
        return [sha256 for sha256 in dict.fromkeys(hashes) if _slice(walk, sha256) not in there]

    def size(self, walk: uuid.UUID, hashes: Sequence[str]) -> int:
        there = self._sizes(walk)
        return sum(there[_slice(walk, sha256)] for sha256 in hashes)

    def read(self, walk: uuid.UUID, hashes: Sequence[str]) -> Iterator[bytes]:
        return (b"".join(self._bucket.get(_slice(walk, sha256), CHUNK)) for sha256 in hashes)

    def sweep(self, older_than: datetime) -> int:
        old = [one.key for one in self._bucket.listed("slices/") if one.changed < older_than - KEPT]
        for key in old:
            self._bucket.delete(key)
        return len(old)

    def _sizes(self, walk: uuid.UUID) -> dict[str, int]:
        return {one.key: one.size for one in self._bucket.listed(f"slices/{walk.hex}/")}


def _key(sha256: str) -> str:
    return f"sha256/{sha256[:2]}/{sha256}"


def _slice(walk: uuid.UUID, sha256: str) -> str:
    if not HASH.fullmatch(sha256):
        raise ValueError(sha256)
    return f"slices/{walk.hex}/{sha256}"
