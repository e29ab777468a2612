"""The session cookie."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.doors import sign_in
from walkthrough_app.accounts import cookies
from walkthrough_app.accounts.models import User
from walkthrough_app.config import Settings


def test_scripts_and_other_sites_do_not_get_it(head: User, anonymous: FlaskClient) -> None:
    cookie = sign_in(anonymous).headers["Set-Cookie"]
    assert cookie.startswith("sid=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Expires="):
        assert part in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie


def test_it_is_not_sent_again_with_every_page(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous)
    anonymous.get("/me")
    assert "Set-Cookie" not in anonymous.get("/me").headers


@pytest.mark.parametrize(
    ("base_url", "name", "is_secure"),
    [("https://walk.example", "__Host-sid", True), ("http://10.0.0.2:8000", "sid", False), ("", "sid", False)],
)
def test_over_https_it_is_bound_to_the_host(base_url: str, name: str, *, is_secure: bool, tmp_path: Path) -> None:
    plain = Settings(data_dir=tmp_path, database_url="", media_dir=tmp_path, secret_key="x")
    app = Flask("walkthrough_app")
    app.config["SETTINGS"] = replace(plain, base_url=base_url)
    cookies.init_app(app)
    assert app.config["SESSION_COOKIE_NAME"] == name
    assert app.config["SESSION_COOKIE_SECURE"] is is_secure
