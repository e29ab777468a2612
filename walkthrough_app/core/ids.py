"""Numbers people read, beside the uuid keys."""

import hashlib
import json
import uuid
from typing import Any

# Made once: json.dumps would make an encoder for every call, which costs as much as a small event.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def new() -> uuid.UUID:
    return uuid.uuid4()


def parse(text: str | None) -> uuid.UUID | None:
    """Read an id out of a form or an address; None for what is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def canonical(value: Any) -> bytes:
    """Write JSON so that equal data always gives equal bytes (sorted keys, no spaces, UTF-8)."""
    return _CANONICAL.encode(value).encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
