"""A one-time link by which a person sets the password and is in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.accounts.doors import OTHER_PASSWORD, PASSWORD, count, deeds, is_in, sign_in
from walkthrough_app.accounts import service, tokens
from walkthrough_app.accounts.models import Invitation, User
from walkthrough_app.core import db

ClientFor = Callable[[User], FlaskClient]
BOTH = {"password": PASSWORD, "again": PASSWORD}
SPENT = "这个邀请链接已经用过或者过期了"


@pytest.fixture
def link(cast: SimpleNamespace) -> str:
    """A fresh invitation of the head."""
    token = service.invite(cast.head, by=cast.admin)
    db.session.commit()
    return f"/invite/{token}"


def test_the_link_sets_the_password_and_signs_in(cast: SimpleNamespace, anonymous: FlaskClient, link: str) -> None:
    response = anonymous.post(link, data=BOTH)
    assert (response.status_code, response.location) == (303, "/")
    assert is_in(anonymous)
    assert sign_in(anonymous.application.test_client()).status_code == 303
    assert deeds(cast.head.id)[:2] == ["account.invited", "account.invitation_accepted"]


def test_the_page_says_whom_it_is_for(anonymous: FlaskClient, link: str) -> None:
    page = anonymous.get(link).text
    assert "示例市公安局" in page
    assert "局长" in page
    assert "head" in page


def test_looking_at_the_link_does_not_use_it_up(anonymous: FlaskClient, link: str) -> None:
    for _ in range(3):
        assert anonymous.head(link).status_code == 200
        assert anonymous.get(link).status_code == 200
    assert anonymous.post(link, data=BOTH).status_code == 303


def test_it_works_once(anonymous: FlaskClient, link: str) -> None:
    anonymous.post(link, data=BOTH)
    second = anonymous.application.test_client()
    other = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    for response in (second.post(link, data=other), second.get(link)):
        assert response.status_code == 404
        assert SPENT in response.text
    assert not is_in(second)
    assert sign_in(second, password=OTHER_PASSWORD).status_code == 200


def test_it_is_good_for_seventy_two_hours(cast: SimpleNamespace, anonymous: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        token = service.invite(cast.head, by=cast.admin)
        db.session.commit()
        clock.shift(timedelta(hours=71, minutes=59))
        assert anonymous.get(f"/invite/{token}").status_code == 200
        clock.shift(timedelta(minutes=1))
        assert SPENT in anonymous.get(f"/invite/{token}").text
        assert anonymous.post(f"/invite/{token}", data=BOTH).status_code == 404


def test_a_newer_invitation_replaces_the_older(cast: SimpleNamespace, anonymous: FlaskClient, link: str) -> None:
    newer = service.invite(cast.head, by=cast.admin)
    db.session.commit()
    assert anonymous.post(link, data=BOTH).status_code == 404
    assert anonymous.post(f"/invite/{newer}", data=BOTH).status_code == 303


def test_a_weak_password_leaves_the_link_good(anonymous: FlaskClient, link: str) -> None:
    for weak, sentence in (("太短", "密码至少 10 个字符"), ("1234567890", "太常见"), ("1111111111", "太常见")):
        response = anonymous.post(link, data={"password": weak, "again": weak})
        assert response.status_code == 200
        assert sentence in response.text
    assert anonymous.post(link, data=BOTH).status_code == 303


def test_both_fields_must_agree(anonymous: FlaskClient, link: str) -> None:
    response = anonymous.post(link, data={"password": PASSWORD, "again": OTHER_PASSWORD})
    assert "两次填的密码不一样" in response.text


def test_it_lifts_a_lock_and_ends_the_old_sessions(
    cast: SimpleNamespace, client_for: ClientFor, anonymous: FlaskClient, link: str
) -> None:
    phone = client_for(cast.head)
    for _ in range(5):
        sign_in(anonymous, password="不是这个密码")
    assert anonymous.post(link, data=BOTH).status_code == 303
    assert not is_in(phone)
    assert sign_in(anonymous).status_code == 303


def test_a_disabled_person_cannot_use_it(cast: SimpleNamespace, anonymous: FlaskClient, link: str) -> None:
    service.disable_user(db.session.get_one(User, cast.head.id), by=None)
    db.session.commit()
    assert anonymous.post(link, data=BOTH).status_code == 404


def test_only_its_hash_is_kept(link: str) -> None:
    token = link.rpartition("/")[2]
    assert count(Invitation, token_hash=token) == 0
    assert count(Invitation, token_hash=tokens.digest(token)) == 1


@pytest.mark.parametrize("token", ["x", "龘", "..%2f", "A" * 900])
def test_a_made_up_link_is_not_there(cast: SimpleNamespace, anonymous: FlaskClient, token: str) -> None:
    assert anonymous.get(f"/invite/{token}").status_code == 404


class TestInviting:
    def test_the_administrator_gets_a_link_and_its_code(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        response = client_for(cast.admin).post(f"/admin/people/{cast.head.id}/invite")
        assert response.status_code == 200
        token = response.text.split("http://localhost/invite/")[1][:43]
        assert count(Invitation, token_hash=tokens.digest(token), user_id=cast.head.id) == 1
        assert "<svg" in response.text
        assert "style=" not in response.text

    def test_a_disabled_person_is_not_invited(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        service.disable_user(cast.head, by=None)
        db.session.commit()
        response = client_for(cast.admin).post(f"/admin/people/{cast.head.id}/invite")
        assert response.status_code == 409
        assert "已停用" in response.text
