"""Trying a password: the same answer for a wrong name and a wrong password, and a lock after five misses."""

from datetime import timedelta
from math import ceil

from walkthrough_app.accounts import passwords, queries
from walkthrough_app.accounts.models import User
from walkthrough_app.core import audit, clock, db
from walkthrough_app.core.errors import Invalid, TooMany

MAX_FAILURES = 5
LOCK = timedelta(minutes=15)
WRONG = "用户名或密码不对。"


def check(username: str, password: str, *, field: str = "password", message: str = WRONG) -> User:
    """Return the user whose password it is; raise Invalid, or TooMany while the account is locked.

    The miss is counted in the row before Invalid is raised: the caller must let that be committed.
    """
    stored = queries.stored_hash(username)
    is_right = passwords.matches(stored, password)
    user = queries.find_by_username(username, for_update=True)
    if user is None:
        raise Invalid(field, message)
    _refuse_while_locked(user)
    if not is_right or not user.is_active or user.password_hash != stored:
        _count_failure(user)
        raise Invalid(field, message)
    user.failures, user.locked_until = 0, None
    if passwords.is_outdated(user.password_hash or ""):
        user.password_hash = passwords.hash_of(password)
    return user


def _refuse_while_locked(user: User) -> None:
    now = clock.now()
    if user.locked_until and now < user.locked_until:
        minutes = ceil((user.locked_until - now).total_seconds() / 60)
        raise TooMany(f"密码连续错了 {MAX_FAILURES} 次，请 {minutes} 分钟后再试。")


def _count_failure(user: User) -> None:
    user.failures += 1
    audit.record("account.sign_in_failed", user, by=None, failures=user.failures)
    if user.failures >= MAX_FAILURES:
        user.failures, user.locked_until = 0, clock.now() + LOCK
        audit.record("account.locked", user, by=None, minutes=LOCK.seconds // 60)
    db.session.flush()
