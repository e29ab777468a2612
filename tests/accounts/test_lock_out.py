"""Five wrong passwords lock the account for a quarter of an hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.accounts.doors import deeds, is_in, sign_in
from walkthrough_app.accounts.models import User

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def miss(client: FlaskClient, times: int) -> None:
    for _ in range(times):
        assert sign_in(client, password="不是这个密码").status_code == 200


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as travel:
        yield travel


def test_four_misses_lock_nothing(clock: time_machine.Traveller, head: User, anonymous: FlaskClient) -> None:
    miss(anonymous, 4)
    assert sign_in(anonymous).status_code == 303


def test_after_five_even_the_right_password_waits(
    clock: time_machine.Traveller, head: User, anonymous: FlaskClient
) -> None:
    miss(anonymous, 5)
    response = sign_in(anonymous)
    assert response.status_code == 429
    assert "请 15 分钟后再试" in response.text
    assert not is_in(anonymous)
    assert deeds(head.id)[-1] == "account.locked"


def test_the_lock_is_of_the_account_not_of_the_device(
    clock: time_machine.Traveller, head: User, anonymous: FlaskClient
) -> None:
    miss(anonymous, 5)
    assert sign_in(anonymous.application.test_client()).status_code == 429


def test_the_answer_counts_the_minutes_down(clock: time_machine.Traveller, head: User, anonymous: FlaskClient) -> None:
    miss(anonymous, 5)
    clock.shift(timedelta(minutes=12, seconds=30))
    assert "请 3 分钟后再试" in sign_in(anonymous).text


def test_tries_while_locked_do_not_prolong_it(
    clock: time_machine.Traveller, head: User, anonymous: FlaskClient
) -> None:
    miss(anonymous, 5)
    clock.shift(timedelta(minutes=14))
    assert sign_in(anonymous, password="不是这个密码").status_code == 429
    clock.shift(timedelta(minutes=1))
    assert sign_in(anonymous).status_code == 303


def test_after_the_lock_there_are_five_tries_again(
    clock: time_machine.Traveller, head: User, anonymous: FlaskClient
) -> None:
    miss(anonymous, 5)
    clock.shift(timedelta(minutes=15))
    miss(anonymous, 5)
    assert sign_in(anonymous).status_code == 429


def test_a_locked_person_who_is_signed_in_stays_in(
    clock: time_machine.Traveller, head: User, anonymous: FlaskClient
) -> None:
    phone = anonymous.application.test_client()
    sign_in(phone)
    miss(anonymous, 5)
    assert is_in(phone)
