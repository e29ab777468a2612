"""Evidence from one store to another, each file proved by its hash."""

from walkthrough_app.core.errors import AppError
from walkthrough_app.media.storage import MediaStore


class Damaged(AppError):
    """A file or a backup is not whole, or not what its name says."""


def copy(source: MediaStore, target: MediaStore) -> tuple[int, int]:
    """Copy the files that are not there yet; return how many there are in all, and their bytes.

    Damaged when a file does not hold what its name says.
    """
    count = size = 0
    for sha256 in source.hashes():
        place = source.path(sha256)
        length = place.stat().st_size
        if not target.has(sha256):
            with place.open("rb") as file:
                arrived = target.put(file, limit=length)
            if arrived != sha256:
                target.delete(arrived)
                raise Damaged(f"文件 {sha256[:12]}… 已经损坏，搬不过去，请先从备份恢复。")
        count, size = count + 1, size + length
    return count, size
