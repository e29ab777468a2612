"""Passwords: argon2id with OWASP's minimum, a few hashes at a time, and the rule for a new one."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from walkthrough_app.core.errors import Invalid, TooMany

MIN_LENGTH = 10
MAX_LENGTH = 128
AT_ONCE = 2  # each hash takes 19 MiB and one core for a while
WAIT_SECONDS = 10

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turns = BoundedSemaphore(AT_ONCE)

# What people here type when a form asks for ten characters; runs such as 1111111111 are caught by the pattern.
# fmt: off
COMMON = frozenset({
    "1234567890", "0123456789", "0987654321", "12345678910", "1234567891", "123456789a", "a123456789",
    "qwertyuiop", "1qaz2wsx3edc", "1q2w3e4r5t", "password12", "password123", "password1234", "passw0rd123",
    "admin12345", "admin123456", "administrator", "woaini1314", "woaini5201314", "5201314520",
    "woaini520520", "asdfghjkl1", "zxcvbnm123", "abcd123456", "abc1234567", "qwer123456", "aa12345678",
    "aa123456789", "zouliucheng", "zouliucheng123", "1314520131", "iloveyou123", "welcome123", "changeme123",
    "88888888aa",
})
# fmt: on
ONE_CHARACTER = re.compile(r"(.)\1*", re.DOTALL)


def check_new(password: str, username: str, field: str = "password") -> None:
    """Raise Invalid(field) with the reason when the password is too weak to be taken."""
    plain = _normal(password).casefold()
    if len(plain) < MIN_LENGTH:
        raise Invalid(field, f"密码至少 {MIN_LENGTH} 个字符。")
    if len(plain) > MAX_LENGTH:
        raise Invalid(field, f"密码最多 {MAX_LENGTH} 个字符。")
    if plain == username.casefold():
        raise Invalid(field, "密码不能和用户名相同。")
    if plain in COMMON or ONE_CHARACTER.fullmatch(plain):
        raise Invalid(field, "这个密码太常见，容易被猜到，请换一个。")


def hash_of(password: str) -> str:
    with _turn():
        return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Tell whether the password is the stored one; as much work when there is none stored."""
    usable = len(password) <= MAX_LENGTH
    with _turn():
        try:
            _hasher.verify(stored or _dummy(), _normal(password) if usable else "")
        except (VerificationError, InvalidHashError):
            return False
    return usable and stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise TooMany("现在登录的人太多，请过一会儿再试。")
    try:
        yield
    finally:
        _turns.release()


def _normal(password: str) -> str:
    """Make what a Chinese keyboard types in full width equal to the half-width characters."""
    return unicodedata.normalize("NFKC", password)


@cache
def _dummy() -> str:
    return _hasher.hash(secrets.token_urlsafe())
