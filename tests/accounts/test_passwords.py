"""Passwords: the rule for a new one, and how they are kept."""

import threading

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from tests.accounts.doors import PASSWORD, fresh, sign_in
from walkthrough_app.accounts import passwords
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Invalid, TooMany


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "木兰秋狝8：30开门迎客"])
def test_a_long_password_of_any_kind_is_taken(password: str) -> None:
    passwords.check_new(password, "head")
    assert passwords.matches(passwords.hash_of(password), password)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("九个字的密码不够长", "至少 10 个字符"),
        ("", "至少 10 个字符"),
        ("长" * 129, "最多 128 个字符"),
        ("Zhang.San.2026", "不能和用户名相同"),
        ("Password123", "太常见"),
        ("ＱＷＥＲＴＹＵＩＯＰ", "太常见"),
        ("88888888888", "太常见"),
    ],
)
def test_a_weak_one_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        passwords.check_new(password, "zhang.san.2026")


def test_full_width_typing_is_the_same_password() -> None:
    stored = passwords.hash_of("walk-2026-walk")
    assert passwords.matches(stored, "ｗａｌｋ－２０２６－ｗａｌｋ")


def test_nothing_matches_where_no_password_is_stored() -> None:
    assert not passwords.matches(None, "")
    assert not passwords.matches(None, PASSWORD)
    assert not passwords.matches("not a hash", PASSWORD)


def test_the_hash_is_argon2id_with_the_recommended_parameters() -> None:
    assert passwords.hash_of(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_with_older_parameters_is_renewed_at_the_next_sign_in(head: User, anonymous: FlaskClient) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    fresh(head).password_hash = old
    db.session.commit()
    assert sign_in(anonymous).status_code == 303
    renewed = fresh(head).password_hash
    assert renewed is not None
    assert not passwords.is_outdated(renewed)
    assert sign_in(anonymous).status_code == 303


def test_no_more_than_two_are_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0)
    entered, leave = threading.Barrier(3), threading.Event()

    def hold_a_turn() -> None:
        with passwords._turn():
            entered.wait()
            leave.wait()

    holders = [threading.Thread(target=hold_a_turn) for _ in range(passwords.AT_ONCE)]
    for holder in holders:
        holder.start()
    entered.wait()
    with pytest.raises(TooMany, match="登录的人太多"):
        passwords.hash_of(PASSWORD)
    leave.set()
    for holder in holders:
        holder.join()
    assert passwords.hash_of(PASSWORD)
