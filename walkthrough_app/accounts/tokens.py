"""Random tokens: their holder keeps the token, the database only its SHA-256."""

import hashlib
import secrets


def new() -> str:
    """Return 256 random bits, safe in an address and in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
