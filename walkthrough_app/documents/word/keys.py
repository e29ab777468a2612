"""How a paragraph is known again after editing: its key on the content control, and in a bookmark's name.

The control's number and the bookmark's name also hold a digest of the text as it was written, so that it can be told
whether somebody has changed the words in Word, or on the server meanwhile.
"""

import re
from hashlib import sha256

from walkthrough_app.documents.word.xml import clean

BOOKMARK = re.compile(r"p_([0-9a-f]{12})_([0-9a-f]{8})")


def normal(text: str) -> str:
    """Return a text as it is compared: clean, its lines trimmed, none of them blank."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


def digest(key: str, text: str) -> int:
    """Return a number from 1 to 2^31 - 1 that stands for a text under its key."""
    hashed = sha256(f"{key}\0{normal(text)}".encode()).digest()
    return (int.from_bytes(hashed[:4], "big") >> 1) or 1


def short(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:12]


def bookmark(key: str, text: str) -> str:
    """Name a bookmark: letters, figures and underscores, at most 40."""
    return f"p_{short(key)}_{digest(key, text):08x}"
