"""Reads what a phone sends; nothing of it is believed yet."""

import json
import math
import re
import uuid
from typing import Any

from walkthrough_app.core.errors import Invalid
from walkthrough_app.media import limits
from walkthrough_app.sync.values import Batch, Manifest
from walkthrough_app.walkthroughs.island import BATCH

MOST_SLICES = 4096
DEEPEST = 16
LARGEST = 2**53
HASH = re.compile(r"[0-9a-f]{64}")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
BROKEN = "发来的内容不完整，请再传一次。"
UNSOUND = "这一条含有无法保存的内容。"


def batch_in(raw: bytes) -> Batch:
    found = _object(raw).get("events")
    if not isinstance(found, list) or len(found) > BATCH:
        raise Invalid("events", f"一次最多传 {BATCH} 条记录。" if isinstance(found, list) else BROKEN)
    events = [event for event in found if is_sound(event)]
    return Batch(events, [(name_of(event), UNSOUND) for event in found if not is_sound(event)])


def manifest_in(raw: bytes, sha256: str) -> Manifest:
    """Read what a file is made of; Invalid when it cannot be."""
    data = _object(raw)
    size, slices = data.get("size"), data.get("slices")
    if not isinstance(slices, list) or not 0 < len(slices) <= MOST_SLICES or not all(map(is_hash, slices)):
        raise Invalid("slices", BROKEN)
    if type(size) is not int or not 0 < size <= len(slices) * limits.SLICE_BYTES or not is_hash(sha256):
        raise Invalid("size", BROKEN)
    try:
        return Manifest(uuid.UUID(str(data.get("event"))), sha256, size, tuple(slices))
    except ValueError as error:
        raise Invalid("event", BROKEN) from error


def slice_in(raw: bytes, sha256: str) -> bytes:
    if not raw or not is_hash(sha256):
        raise Invalid("slice", BROKEN)
    return raw


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and HASH.fullmatch(value) is not None


def name_of(event: Any) -> str:
    found = event.get("id") if isinstance(event, dict) else None
    return found[:64] if isinstance(found, str) and found.isascii() else ""


def is_sound(event: Any) -> bool:
    """Tell whether plain JSON data is shallow, its numbers are real ones and its texts can be stored."""
    level = [event]
    for _ in range(DEEPEST):
        if not all(map(_is_plain, level)):
            return False
        inner = [one for one in level if isinstance(one, dict | list)]
        level = [part for one in inner for part in (one if isinstance(one, list) else (*one, *one.values()))]
        if not level:
            return True
    return False


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return UNSTORABLE.search(value) is None
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < LARGEST


def _object(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Invalid("body", BROKEN) from error
    if not isinstance(data, dict):
        raise Invalid("body", BROKEN)
    return data
