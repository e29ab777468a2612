"""A bucket keeps what a folder keeps, and what it cannot keep it never says it has."""

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests import servers
from tests.media.conftest import files_below
from walkthrough_app import config
from walkthrough_app.core import clock
from walkthrough_app.media.storage import MissingError, TooLargeError, Unavailable
from walkthrough_app.media.storage.bucket import PART, Bucket
from walkthrough_app.media.storage.s3 import UNUSED, S3Store

HELLO = hashlib.sha256(b"hello").hexdigest()
WALK, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Process]:
    with servers.bucket(tmp_path_factory.mktemp("bucket")) as running:
        yield running


@pytest.fixture
def place(server: servers.Process, tmp_path: Path) -> config.Bucket:
    found = config.bucket_of(server.url.replace("?", f"/{tmp_path.name}?"))
    assert found
    return found


@pytest.fixture
def store(place: config.Bucket, tmp_path: Path) -> S3Store:
    return S3Store(place, tmp_path / "copies")


@pytest.fixture
def elsewhere(place: config.Bucket, tmp_path: Path) -> S3Store:
    """The same bucket seen from another machine."""
    return S3Store(place, tmp_path / "elsewhere")


@pytest.mark.parametrize("data", [b"hello", io.BytesIO(b"hello")], ids=["bytes", "stream"])
def test_what_one_machine_stores_another_finds_by_its_hash(data, store, elsewhere) -> None:
    assert store.put(data, limit=10) == HELLO
    with elsewhere.open(HELLO) as file:
        assert file.read() == b"hello"


def test_a_large_file_travels_in_parts(store, elsewhere) -> None:
    data = os.urandom(1000) * (2 * PART // 1000 + 7)
    sha256 = store.put(io.BytesIO(data), limit=len(data))
    assert elsewhere.path(sha256).read_bytes() == data


def test_a_deleted_file_is_gone_everywhere(store, elsewhere) -> None:
    store.put(b"hello", limit=10)
    store.delete(HELLO)
    for one in (store, elsewhere):
        with pytest.raises(MissingError):
            one.path(HELLO)
        with pytest.raises(MissingError):
            one.delete(HELLO)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", HELLO.upper(), HELLO + "\n", "0" * 64])
def test_only_the_hash_of_a_kept_file_opens_anything(name, store) -> None:
    store.put(b"hello", limit=10)
    with pytest.raises(MissingError):
        store.open(name)


def test_more_than_the_limit_leaves_nothing(store, elsewhere) -> None:
    with pytest.raises(TooLargeError):
        store.put(io.BytesIO(b"y" * 11), limit=10)
    assert files_below(store.copies.root) == []


def test_slices_are_found_by_their_walk_only(store, elsewhere) -> None:
    one, two = store.slices.put(WALK, b"one"), elsewhere.slices.put(WALK, b"three")
    assert store.slices.missing(WALK, [one, two, HELLO, HELLO]) == [HELLO]
    assert store.slices.missing(OTHER, [one]) == [one]
    assert elsewhere.slices.size(WALK, [one, two, one]) == 11
    assert list(elsewhere.slices.read(WALK, [two, one])) == [b"three", b"one"]


def test_slices_of_yesterday_stay_and_those_of_long_ago_go(store) -> None:
    one = store.slices.put(WALK, b"one")
    assert store.slices.sweep(clock.now() - timedelta(days=1)) == 0
    assert store.slices.sweep(clock.now() + timedelta(days=40)) == 1
    assert store.slices.missing(WALK, [one]) == [one]


def test_a_copy_nobody_uses_goes_and_comes_back(store) -> None:
    place = store.path(store.put(b"hello", limit=10))
    old = clock.now().timestamp() - UNUSED - 60
    os.utime(place, (old, old))
    assert store.sweep_temp(clock.now() - timedelta(days=1)) == 1
    assert files_below(store.copies.root) == []
    assert store.path(HELLO).read_bytes() == b"hello"


def test_bytes_that_changed_in_the_bucket_are_never_shown(store, elsewhere, place) -> None:
    store.put(b"hello", limit=10)
    Bucket(place).put(f"sha256/{HELLO[:2]}/{HELLO}", io.BytesIO(b"jello"), 5)
    with pytest.raises(Unavailable, match="不一致"):
        elsewhere.path(HELLO)
    assert files_below(elsewhere.copies.root) == []


def test_a_wrong_secret_stores_nothing(store, place, tmp_path) -> None:
    wrong = S3Store(
        config.Bucket(place.name, place.prefix, place.endpoint, key=place.key, secret="guess"), tmp_path / "c"
    )
    with pytest.raises(Unavailable, match="存储服务暂时连不上"):
        wrong.put(b"hello", limit=10)
    with pytest.raises(MissingError):
        store.path(HELLO)


def test_a_store_that_is_down_takes_nothing_and_comes_back(server, store) -> None:
    store.put(b"before", limit=10)
    server.kill()
    try:
        with pytest.raises(Unavailable):
            store.put(b"hello", limit=10)
        with pytest.raises(Unavailable):
            store.slices.put(WALK, b"hello")
        with pytest.raises(Unavailable):
            store.path(HELLO)  # what failed is not found in the copies either
    finally:
        server.start()
    assert store.put(b"hello", limit=10) == HELLO
    assert store.path(HELLO).read_bytes() == b"hello"
