"""The beginning of a file as a file of its own, without a copy of it."""

import io
import os
from typing import BinaryIO


class Window(io.RawIOBase):
    """The first `size` bytes of a file; the file's own place is moved by reading."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__()
        self.file, self.size, self.at = file, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self.at, os.SEEK_END: self.size}[whence]
        self.at = max(0, start + offset)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = max(0, min(len(buffer), self.size - self.at))
        self.file.seek(self.at)
        part = self.file.read(wanted)
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)


def size_of(file: BinaryIO) -> int:
    return file.seek(0, os.SEEK_END)
