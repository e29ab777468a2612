"""Numbers people read, beside the uuid keys."""

import hashlib
import json
import uuid
from typing import Any


def new() -> uuid.UUID:
    return uuid.uuid4()


def canonical(value: Any) -> bytes:
    """Write JSON so that equal data always gives equal bytes (sorted keys, no spaces, UTF-8)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
