"""The phone knows whose pages it may show: `who` names the person without saying who it is."""

from collections.abc import Callable
from types import SimpleNamespace

from flask.testing import FlaskClient

from walkthrough_app.accounts import who
from walkthrough_app.accounts.models import User

ClientFor = Callable[[User], FlaskClient]


def value(client: FlaskClient) -> str | None:
    found = client.get_cookie("who")
    return found.value if found else None


def test_the_phone_is_told_once_who_is_signed_in(cast: SimpleNamespace, client_for: ClientFor) -> None:
    phone = client_for(cast.head)
    assert "who=" in str(phone.get("/me").headers.getlist("Set-Cookie"))
    assert value(phone) == who.owner(cast.head.id)
    assert "who=" not in str(phone.get("/me").headers.getlist("Set-Cookie"))
    assert str(cast.head.id)[:8] not in (value(phone) or "")


def test_another_person_on_the_same_phone_is_told_apart(cast: SimpleNamespace, client_for: ClientFor) -> None:
    assert who.owner(cast.head.id) != who.owner(cast.deputy.id)


def test_after_signing_out_it_is_nobody_and_kept_pages_are_forgotten(
    cast: SimpleNamespace, client_for: ClientFor
) -> None:
    phone = client_for(cast.head)
    phone.get("/me")
    gone = phone.post("/sign-out")
    assert value(phone) == "-"
    assert gone.headers["Clear-Site-Data"] == '"cache"'


def test_a_stranger_is_told_nothing(anonymous: FlaskClient) -> None:
    anonymous.get("/sign-in")
    assert value(anonymous) is None
