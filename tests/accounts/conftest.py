"""What the tests of accounts share."""

from types import SimpleNamespace

import pytest

from tests.accounts.doors import PASSWORD
from walkthrough_app.accounts import passwords
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hash_of(PASSWORD)


@pytest.fixture
def head(cast: SimpleNamespace, password_hash: str) -> User:
    """The head of 示例市公安局, who has set a password."""
    user: User = cast.head
    user.password_hash = password_hash
    db.session.commit()
    return user
