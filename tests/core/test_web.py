"""Errors become one sentence; nobody sees a traceback; CSRF is on by default."""

import pytest
from flask import Flask

from walkthrough_app.core import assets


def test_an_unknown_address_is_one_calm_sentence(anonymous) -> None:
    answer = anonymous.get("/no-such-page")
    assert answer.status_code == 404
    assert "没有找到" in answer.text
    assert "<h1>" in answer.text


def test_a_crash_shows_a_number_and_no_traceback(app: Flask, anonymous, crash) -> None:
    answer = anonymous.get("/sign-in")
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "编号" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_form_without_its_token_is_refused_kindly(app: Flask, anonymous) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = anonymous.post("/sign-in", data={"username": "head", "password": "x"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "页面放得太久了" in answer.text


def test_too_large_a_body_is_refused(anonymous) -> None:
    answer = anonymous.post("/sign-in", data={"username": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "太大" in answer.text


@pytest.mark.parametrize("path", ["/static/x/../../pyproject.toml", "/static/x/%2e%2e/pyproject.toml", "/static/x/css"])
def test_static_files_do_not_lead_out_of_their_folder(anonymous, path: str) -> None:
    assert anonymous.get(path).status_code == 404


def test_static_files_of_this_version_are_kept_for_ever(anonymous) -> None:
    current = anonymous.get(f"/static/{assets.version()}/css/tokens.css", buffered=True)
    old = anonymous.get("/static/older/css/tokens.css", buffered=True)
    assert "immutable" in current.headers["Cache-Control"]
    assert "immutable" not in old.headers["Cache-Control"]


@pytest.fixture
def crash(app: Flask):
    def sneaky() -> dict:
        return {"boom": 1 // 0}

    def calm(*_args) -> dict:
        return {}

    processors = app.template_context_processors[None]
    crashed = []

    def once() -> dict:
        if not crashed:
            crashed.append(True)
            sneaky()
        return calm()

    processors.append(once)
    app.testing = False
    yield
    app.testing = True
    processors.remove(once)
