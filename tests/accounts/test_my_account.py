"""One's own page: post, password, devices."""

import pytest
from flask.testing import FlaskClient

from tests.accounts.doors import OTHER_PASSWORD, PASSWORD, deeds, is_in, sign_in
from walkthrough_app.accounts.models import User

CHANGE = {"current": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}


@pytest.fixture
def phone(head: User, anonymous: FlaskClient) -> FlaskClient:
    sign_in(anonymous)
    return anonymous


def test_it_shows_post_and_unit(phone: FlaskClient) -> None:
    page = phone.get("/me").text
    for word in ("局长", "示例市公安局", "一把手"):
        assert word in page


def test_it_lists_the_devices_by_a_name_people_know(phone: FlaskClient, head: User) -> None:
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0"
    other = phone.application.test_client()
    other.post("/sign-in", data={"username": "head", "password": PASSWORD}, headers={"User-Agent": agent})
    page = phone.get("/me").text
    assert "安卓手机 · 微信" in page
    assert "这台设备" in page


def test_the_password_is_changed_and_other_devices_are_signed_out(phone: FlaskClient, head: User) -> None:
    other = phone.application.test_client()
    sign_in(other)
    response = phone.post("/me", data=CHANGE)
    assert (response.status_code, response.location) == (303, "/me")
    assert is_in(phone)
    assert not is_in(other)
    assert sign_in(other).status_code == 200
    assert sign_in(other, password=OTHER_PASSWORD).status_code == 303
    assert "account.password_changed" in deeds(head.id)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"current": "不是这个密码"}, "现在的密码不对。"),
        ({"current": ""}, "请填现在的密码。"),
        ({"again": "两次不同的密码呀"}, "两次填的密码不一样。"),
        ({"password": "短", "again": "短"}, "密码至少 10 个字符。"),
        ({"password": "", "again": ""}, "请填新密码。"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    phone: FlaskClient, change: dict[str, str], sentence: str
) -> None:
    response = phone.post("/me", data=CHANGE | change)
    assert response.status_code == 200
    assert sentence in response.text
    assert sign_in(phone).status_code == 303


def test_guessing_the_current_password_locks_like_signing_in(phone: FlaskClient) -> None:
    for _ in range(5):
        assert phone.post("/me", data=CHANGE | {"current": "不是这个密码"}).status_code == 200
    assert phone.post("/me", data=CHANGE).status_code == 429
