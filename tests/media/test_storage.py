"""What the store says it has is whole, durable and found by its hash only."""

import errno
import hashlib
import io
import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from tests.media.conftest import NOW, files_below, run_python
from walkthrough_app.media import service
from walkthrough_app.media.storage import MissingError, TooLargeError

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.mark.parametrize("data", [b"hello", io.BytesIO(b"hello")], ids=["bytes", "stream"])
def test_bytes_are_found_by_their_hash(data, store):
    assert store.put(data, limit=10) == HELLO
    with store.open(HELLO) as file:
        assert file.read() == b"hello"
    assert store.path(HELLO) == store.root / "sha256" / HELLO[:2] / HELLO[2:4] / HELLO


def test_a_kept_file_cannot_be_written_to_and_not_be_read_by_strangers(store):
    store.put(b"hello", limit=10)
    assert stat.S_IMODE(store.path(HELLO).stat().st_mode) == 0o440


def test_the_same_bytes_twice_are_one_file(store):
    assert store.put(b"hello", limit=10) == store.put(b"hello", limit=10)
    assert len(files_below(store.root)) == 1


def test_a_deleted_file_is_gone(store):
    store.put(b"hello", limit=10)
    store.delete(HELLO)
    assert files_below(store.root) == []
    with pytest.raises(MissingError):
        store.delete(HELLO)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", HELLO.upper(), HELLO[:-1], HELLO + "\n", "0" * 64, "/etc/passwd"]
)
def test_only_the_hash_of_a_kept_file_opens_anything(name, store):
    store.put(b"hello", limit=10)
    with pytest.raises(MissingError):
        store.open(name)


def test_more_than_the_limit_leaves_nothing(store):
    assert store.put(b"x" * 10, limit=10)
    with pytest.raises(TooLargeError):
        store.put(io.BytesIO(b"y" * 11), limit=10)
    assert len(files_below(store.root)) == 1


def test_a_full_disk_leaves_nothing(tmp_path):
    writer = run_python(STARVED, tmp_path)
    assert writer.communicate()[0] == b"refused\n"
    assert files_below(tmp_path) == []


def test_a_full_disk_is_named_to_the_user(store):
    with pytest.raises(service.NoSpace, match="存储空间不足"):
        service.read_photo(FullDisk(), store=store, now=NOW)
    assert files_below(store.root) == []


def test_a_writer_killed_in_the_middle_leaves_no_half_file_under_a_hash(store):
    writer = run_python(ENDLESS, store.root)
    assert writer.stdout.readline() == b"writing\n"
    writer.kill()
    writer.communicate()
    assert [path.parent for path in files_below(store.root)] == [store.temp]


def test_what_killed_writers_left_is_swept_and_fresh_work_is_not(store):
    old, fresh = store.temp / "old", store.temp / "fresh"
    for file in (old, fresh):
        file.write_bytes(b"half")
    moment = datetime.now(UTC)
    os.utime(old, (0, 0))
    assert store.sweep_temp(moment - timedelta(days=1)) == 1
    assert files_below(store.root) == [fresh]


STARVED = """
import resource, sys
from pathlib import Path
from walkthrough_app.media.storage import LocalStore
store = LocalStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    store.put(bytes(5_000_000), limit=10_000_000)
except OSError:
    print("refused")
"""

ENDLESS = """
import io, sys, time
from pathlib import Path
from walkthrough_app.media.storage import LocalStore

class Endless(io.RawIOBase):
    count = 0
    def read(self, size=-1):
        self.count += 1
        if self.count == 3:
            print("writing", flush=True)
            time.sleep(60)
        return bytes(1_000_000)

LocalStore(Path(sys.argv[1])).put(Endless(), limit=10_000_000)
"""


class FullDisk(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")
