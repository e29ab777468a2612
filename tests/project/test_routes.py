"""No address without a guard, no guard that forgets strangers."""

import re

from flask import Flask
from flask.testing import FlaskClient

from walkthrough_app.board.routes.blueprint import SLOTS
from walkthrough_app.config import ROOT
from walkthrough_app.reminders.routes.notices import WAYS

LINK = re.compile(r"""url_for\(["']([a-z_]+\.[a-z_]+)["']""")
ANY_ID = "00000000-0000-4000-8000-000000000000"


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Return (endpoint, a GET-able address) for every rule, with an id that exists nowhere."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            values = {name: _value(rule, name) for name in rule.arguments}
            found.append((rule.endpoint, adapter.build(rule.endpoint, values)))
    return found


def _value(rule: object, name: str) -> str:
    converter = rule._converters[name]  # type: ignore[attr-defined]
    kind = type(converter).__name__
    if kind == "UUIDConverter":
        return ANY_ID
    if kind == "AnyConverter":
        return sorted(converter.items)[0]
    return "1" if kind == "IntegerConverter" else "nothing"


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    unguarded = [name for name, view in app.view_functions.items() if not getattr(view, "guard", None)]
    assert unguarded == []


def test_signed_out_people_only_see_what_is_public(app: Flask, anonymous: FlaskClient) -> None:
    for endpoint, address in addresses(app):
        if app.view_functions[endpoint].guard != "public":  # type: ignore[attr-defined]
            answer = anonymous.get(address)
            assert answer.status_code == 303, endpoint
            assert "/sign-in" in answer.headers["Location"], endpoint


def test_an_id_that_exists_nowhere_is_404_for_everyone(app: Flask, cast, client_for) -> None:
    for user in (cast.head, cast.liaison, cast.style, cast.office, cast.admin):
        client = client_for(user)
        for endpoint, address in addresses(app):
            if ANY_ID in address:
                assert client.get(address).status_code in {403, 404}, (endpoint, user.username)


def test_nothing_is_served_with_a_weak_header(anonymous: FlaskClient) -> None:
    answer = anonymous.get("/sign-in")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_page_that_is_linked_is_there(app: Flask) -> None:
    """A name that no feature has any more would only be found out by whoever opens the page."""
    files = [path for ending in ("*.py", "*.html") for path in (ROOT / "walkthrough_app").rglob(ending)]
    linked = {name for path in files for name in LINK.findall(path.read_text(encoding="utf-8"))}
    linked |= {endpoint for endpoint, _ in WAYS.values()} | {endpoint for endpoint, *_ in SLOTS}
    assert len(linked) > 100
    assert linked - set(app.view_functions) == set()
