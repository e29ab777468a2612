"""A walk under way, and a phone that holds a token for it and nothing else."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from tests.sync.phone import Phone
from tests.walkthroughs.conftest import jpeg, plan, second_walk, walk  # noqa: F401 - fixtures
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.walkthroughs import log, tokens
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.state import State


@pytest.fixture
def token_for(app: Flask) -> Callable[[Walkthrough, User], str]:
    return lambda found, user: tokens.issue(found, user, secret=app.config["SETTINGS"].secret_key)[0]


@pytest.fixture
def phone(app: Flask, walk: Walkthrough, cast: SimpleNamespace, token_for: Any) -> Phone:  # noqa: F811
    return Phone(app.test_client(use_cookies=False), walk.id, token_for(walk, cast.head))


@pytest.fixture
def other_phone(app: Flask, walk: Walkthrough, cast: SimpleNamespace, token_for: Any) -> Phone:  # noqa: F811
    return Phone(app.test_client(use_cookies=False), walk.id, token_for(walk, cast.head), "phone-2")


@pytest.fixture
def store(app: Flask) -> LocalStore:
    return app.extensions["media_store"]


@pytest.fixture
def state(walk: Walkthrough) -> Callable[[], State]:  # noqa: F811
    """Fold the walk anew."""

    def read() -> State:
        db.session.expire_all()
        return log.record_of(walk).state

    return read


def picture(colour: str = "navy", size: tuple[int, int] = (320, 240)) -> bytes:
    return jpeg(colour, size).getvalue()


def noise(size: tuple[int, int] = (900, 700)) -> bytes:
    """A photo of several slices."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()
