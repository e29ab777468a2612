"""A token opens one walk for adding, for two weeks, whoever is signed in; nothing else does."""

from datetime import timedelta

import pytest

from tests.sync.conftest import picture
from tests.sync.phone import Phone, sha
from walkthrough_app.core import clock, db
from walkthrough_app.core.pace import Pace
from walkthrough_app.sync import service
from walkthrough_app.walkthroughs import queries

PATHS = ["events", f"slices/{'0' * 64}", f"media/{'0' * 64}"]


def test_no_session_is_needed_and_none_helps(phone, walk, client_for, cast):
    assert phone.send(phone.event("note", "queue", text="x"))["accepted"]
    for path in PATHS:
        answer = client_for(cast.head).put(f"/api/walks/{walk.id}/{path}", json={"events": []})
        assert answer.status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic aGVhZDp4", "Bearer ❌".encode().decode("latin1")]
)
def test_anything_but_a_good_token_is_401_and_json(header, path, phone):
    answer = phone.client.put(f"{phone.url}/{path}", headers={"Authorization": header} if header else {}, data=b"{}")
    assert answer.status_code == 401
    assert answer.mimetype == "application/json"
    assert answer.get_json()["error"].endswith("。")


def test_a_token_of_another_walk_or_of_a_stranger_opens_nothing(phone, app, walk, second_walk, cast, token_for):
    for token in (token_for(second_walk, cast.head), token_for(walk, cast.deputy), token_for(walk, cast.office)):
        thief = Phone(app.test_client(use_cookies=False), walk.id, token)
        assert {thief.put(path, data=b"{}").status_code for path in PATHS} == {401}


def test_a_token_is_good_for_two_weeks(phone):
    event = phone.event("note", "queue", text="x")
    with clock.pinned(clock.now() + timedelta(days=13, hours=23)):
        assert phone.send(event)["accepted"]
    with clock.pinned(clock.now() + timedelta(days=14, minutes=1)):
        assert phone.put("events", json={"events": []}).status_code == 401


def test_a_token_can_be_taken_back_and_a_person_too(phone, cast, walk, token_for):
    cast.head.tokens_from = clock.now() + timedelta(seconds=1)
    db.session.commit()
    assert phone.put("events", json={"events": []}).status_code == 401
    with clock.pinned(clock.now() + timedelta(seconds=2)):
        phone.token = token_for(walk, cast.head)
    assert phone.send()["accepted"] == []
    cast.head.is_active = False
    db.session.commit()
    assert phone.put("events", json={"events": []}).status_code == 401


def test_a_refused_token_leaves_nothing_behind(phone, walk, store):
    event, raw = phone.event("note", "queue", text="x"), picture()
    phone.token += "x"
    phone.put("events", json={"events": [event]})
    phone.slice(raw)
    assert queries.last_event(walk, "phone-1") is None
    assert store.slices.missing(walk.id, [sha(raw)])


def test_other_sites_get_no_leave_to_send(phone):
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
    answer = phone.client.options(f"{phone.url}/events", headers=asked)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_nothing_can_be_read_with_a_token(phone, walk):
    for path in (f"/walks/{walk.id}", f"/walks/{walk.id}/base.json", f"{phone.url}/events"):
        answer = phone.client.get(path, headers={"Authorization": f"Bearer {phone.token}"})
        assert answer.status_code in {303, 405}


def test_a_phone_gone_wild_is_told_when_to_come_again(phone, monkeypatch):
    monkeypatch.setattr(service, "PACE", Pace(3))
    with clock.pinned(clock.now().replace(second=20)):
        answers = [phone.put("events", json={"events": []}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "40"
    assert answers[-1].get_json()["error"].endswith("。")
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        assert phone.send()["accepted"] == []
