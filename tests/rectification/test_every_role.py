"""Every form that moves a finding, posted in every state by everybody: only what the machine allows is done.

All others are answered 404, 403 or 409 with one sentence, and nothing is changed.
"""

import itertools
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect

from tests.rectification import every_deed, stage
from tests.rectification.every_deed import ACTORS, BLIND, DEEDS, ROLES, Deed
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.machine import MOVES, Actor, State, Verb
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.rechecks.models import Recheck

Put = Callable[[Deed, State], tuple[Finding, Recheck]]
BY_HAND = frozenset(Verb) - {Verb.REGISTER, Verb.AMEND}  # these two follow from a report
SENTENCE = re.compile(r'<div class="empty">.*?<p>([^<]+)</p>', re.DOTALL)


@pytest.fixture
def put(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore) -> Put:
    scene = {"at": {"campaign": campaign, "item": item}, "before": stage.photo(1, store)}
    return lambda deed, state: every_deed.put(deed, state, cast.head.unit, cast.stranger.unit, cast, **scene)


@pytest.fixture
def users(cast: SimpleNamespace, county: SimpleNamespace) -> dict[str, User]:
    return {name: getattr(cast, name) for name in ROLES if hasattr(cast, name)} | {"county_office": county.office}


@pytest.fixture
def clients(users: dict[str, User], client_for: Callable[[User], FlaskClient], app: Flask) -> dict[str, FlaskClient]:
    return {name: client_for(user) for name, user in users.items()} | {"nobody": app.test_client()}


def may(name: str, deed: Deed, state: State) -> bool:
    towards = ACTORS.get(name, frozenset())
    return any(state in MOVES[verb].sources and MOVES[verb].actors & towards for verb in deed.verbs)


def refusal(name: str, deed: Deed, state: State) -> int:
    """Return what somebody is answered who may not do this, or not now."""
    is_look = deed.id == "decide"
    if name in BLIND or (is_look and name == "admin"):
        return 404
    if is_look and state is State.RECHECKING and Actor.DESK not in ACTORS[name]:
        return 404  # nobody is warned
    is_theirs = any(MOVES[verb].actors & ACTORS.get(name, frozenset()) for verb in deed.verbs)
    return 409 if is_theirs else 403


def columns(model: type) -> list[str]:
    return [one.key for one in inspect(model).column_attrs]


def everything(finding: Finding) -> dict[str, Any]:
    """Return all that is kept about a finding, by value."""
    db.session.expire_all()
    kept = {name: getattr(finding, name) for name in columns(Finding)}
    parts = {
        "entries": queries.entries_of(finding),
        "photos": queries.photos_of(finding),
        "extensions": queries.extensions_of(finding),
        "rechecks": db.session.query(Recheck).filter_by(finding_id=finding.id).order_by(Recheck.id).all(),
    }
    values = {
        name: [{key: getattr(row, key) for key in columns(type(row))} for row in rows] for name, rows in parts.items()
    }
    return kept | values


def test_there_is_a_form_for_every_move_and_everybody_is_somebody() -> None:
    assert frozenset().union(*(deed.verbs for deed in DEEDS)) == BY_HAND
    towards = frozenset().union(*ACTORS.values())
    assert towards == frozenset(Actor) - {Actor.RULE}


@pytest.mark.parametrize("state", State)
def test_who_may_not_is_told_so_in_one_sentence_and_nothing_changes(
    state: State, put: Put, users: dict[str, User], clients: dict[str, FlaskClient], cast: SimpleNamespace
) -> None:
    for deed in DEEDS:
        finding, recheck = put(deed, state)
        before = everything(finding)
        for name in (one for one in ROLES if not may(one, deed, state)):
            asked = name, deed.id, state
            data = deed.filled(finding, users.get(name, cast.head))
            answer = clients[name].post(deed.at(finding, recheck), data=data)
            if name == "nobody":
                assert (answer.status_code, "/sign-in" in answer.location) == (303, True), asked
                continue
            assert answer.status_code == refusal(name, deed, state), asked
            said = SENTENCE.findall(answer.text)
            assert len(said) == 1 and re.fullmatch(r"[^。]*[一-鿿][^。]*。", said[0]), (asked, said)
            if Actor.UNIT in ACTORS.get(name, frozenset()) and state is State.RECHECKING:
                assert "是“回头看”" not in said[0] and "只有" not in said[0], (asked, said)  # nobody is warned
        assert everything(finding) == before, (deed.id, state)


@pytest.mark.parametrize("state", State)
def test_who_may_finds_the_form_on_the_page_and_does_it_once(
    state: State, put: Put, users: dict[str, User], clients: dict[str, FlaskClient]
) -> None:
    numbers = itertools.count(2001)  # a picture of its own for each
    for deed in DEEDS:
        for name in (one for one in ROLES if may(one, deed, state)):
            finding, recheck = put(deed, state)
            client, count = clients[name], len(queries.entries_of(finding))
            address, hidden = form_of(client.get(deed.page_of(finding, recheck)).text, deed.id)
            assert address.partition("?")[0] == deed.at(finding, recheck)
            data = deed.filled(finding, users[name], next(numbers)) | hidden
            answer = client.post(address, data=data)
            assert answer.status_code == 303, (name, deed.id, state, SENTENCE.findall(answer.text))
            db.session.expire_all()
            entries = queries.entries_of(finding)
            assert len(entries) == count + 1
            assert (entries[-1].by_id, entries[-1].from_state) == (users[name].id, state)
            assert entries[-1].verb in deed.verbs
            assert finding.state is (MOVES[entries[-1].verb].target or state)


def form_of(page: str, name: str) -> tuple[str, dict[str, str]]:
    """Return where a form is posted and what it carries hidden; AssertionError when the page has none of that name."""
    found = re.search(rf'<form([^>]* id="{name}")>(.*?)</form>', page, re.DOTALL)
    assert found, f"no form {name}"
    action = re.search(r'action="([^"]+)"', found[1])
    assert action
    inputs = [tag for tag in re.findall(r"<input[^>]*>", found[2]) if 'type="hidden"' in tag]
    named = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in inputs]
    return action[1], {key[1]: value[1] for key, value in named if key and value}
