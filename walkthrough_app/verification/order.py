"""What a check is asked to do: light, for those who only have it done."""

import hashlib
from enum import StrEnum
from typing import BinaryIO

CHUNK = 1024 * 1024


class Relayout(StrEnum):
    """When to lay the data out again: it costs seconds, so a stranger's data is not worth it on a server.

    It proves more but disproves nothing: who only asks whether a file is intact needs it NEVER.
    """

    NEVER = "never"
    TRUSTED = "trusted"
    ALWAYS = "always"


def digest(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 of a whole file in hex, and its size."""
    made, size = hashlib.sha256(), 0
    file.seek(0)
    while part := file.read(CHUNK):
        made.update(part)
        size += len(part)
    return made.hexdigest(), size
