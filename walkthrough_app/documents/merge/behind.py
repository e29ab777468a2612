"""Writes a file from a second thread: while the disk takes some megabytes, the next ones are made ready."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Self

BATCH = 4 * 1024 * 1024  # bytes; one batch is being written while another is gathered


class Behind:
    """A file, empty and open for reading too; what could not be written raises at a later call or at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._pool = ThreadPoolExecutor(1)
        self._under_way: Future[int] | None = None
        self._parts: list[bytes] = []
        self._gathered = 0
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _place: object) -> None:
        try:
            if kind is None:
                self._settle()
        finally:
            self._pool.shutdown()

    def write(self, *parts: bytes) -> None:
        self._parts += parts
        length = sum(map(len, parts))
        self.size += length
        self._gathered += length
        if self._gathered >= BATCH:
            self._send()

    def read(self, place: int, length: int) -> bytes:
        """Return what was written before."""
        self._settle()
        self._file.seek(place)
        found = self._file.read(length)
        self._file.seek(0, 2)
        return found

    def _send(self) -> None:
        self._wait()
        batch = b"".join(self._parts)
        self._parts, self._gathered = [], 0
        self._under_way = self._pool.submit(self._file.write, batch)

    def _wait(self) -> None:
        if self._under_way is not None:
            self._under_way.result()

    def _settle(self) -> None:
        self._send()
        self._wait()
