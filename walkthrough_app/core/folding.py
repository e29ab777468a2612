"""How words are compared: full and half width, capital and small are the same, signs only part words."""

import unicodedata
from functools import cache


@cache
def folded(char: str) -> str:
    """Return how a character is compared; '' separates words."""
    plain = unicodedata.normalize("NFKC", char).lower()
    return "".join(one for one in plain if one.isalnum())


def plain(text: str) -> str:
    """Return the characters that count, one blank between words."""
    return " ".join("".join([folded(char) or " " for char in text]).split())


def joined(name: str) -> str:
    """Return a name as it is compared, without blanks and signs: 居住证 申领（首次） is 居住证申领首次."""
    return plain(name).replace(" ", "") or name
