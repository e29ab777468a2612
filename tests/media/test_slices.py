"""Slices wait for the rest of their file: durable, by walk, and not for ever."""

import hashlib
import os
import uuid
from datetime import timedelta

import pytest

from tests.media.conftest import NOW, files_below
from walkthrough_app.media import limits, service
from walkthrough_app.media.service import NoSpace

HELLO = hashlib.sha256(b"hello").hexdigest()
WALK, OTHER = uuid.uuid4(), uuid.uuid4()


def test_slices_come_back_in_the_order_asked_for(store):
    hashes = [store.slices.put(WALK, part) for part in (b"one ", b"two ")]
    assert b"".join(store.slices.read(WALK, [hashes[1], hashes[0], hashes[1]])) == b"two one two "
    assert store.slices.size(WALK, [hashes[0], hashes[0]]) == 8


def test_the_same_slice_twice_is_one_file_and_written_once(store):
    store.slices.put(WALK, b"hello")
    before = [path.stat().st_ino for path in files_below(store.root)]
    assert store.slices.put(WALK, b"hello") == HELLO
    assert [path.stat().st_ino for path in files_below(store.root)] == before


def test_a_slice_belongs_to_one_walk(store):
    store.slices.put(WALK, b"hello")
    assert store.slices.missing(WALK, [HELLO]) == []
    assert store.slices.missing(OTHER, [HELLO, HELLO]) == [HELLO]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", HELLO.upper(), HELLO + "\n"])
def test_only_a_hash_names_a_slice(name, store):
    with pytest.raises(ValueError):
        store.slices.missing(WALK, [name])


def test_slices_nobody_sends_any_more_are_swept_after_thirty_days(store):
    for part, days in ((b"hello", 31), (b"young", 29), (b"again", 31)):
        sha256 = store.slices.put(WALK, part)
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(store.root / "slices" / WALK.hex / sha256, (moment, moment))
    store.slices.put(WALK, b"again")
    assert store.slices.sweep(NOW - timedelta(days=1)) == 1
    assert store.slices.missing(WALK, [HELLO]) == [HELLO]


def test_no_slice_is_taken_when_the_disk_is_nearly_full(store, monkeypatch):
    monkeypatch.setattr(limits, "RESERVE_BYTES", 1 << 62)
    with pytest.raises(NoSpace):
        service.keep_slice(WALK, b"hello", store=store)
    assert files_below(store.root) == []
