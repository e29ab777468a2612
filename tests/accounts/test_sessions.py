"""A signed-in device: how long it stays so, and how it is signed out."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.accounts.doors import cookie, count, is_in, sign_in
from walkthrough_app.accounts import queries, service, tokens
from walkthrough_app.accounts.models import User, UserSession
from walkthrough_app.core import db

ClientFor = Callable[[User], FlaskClient]
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as travel:
        yield travel


class TestExpiry:
    def test_a_phone_may_rest_twelve_hours(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        phone = client_for(cast.head)
        clock.shift(12 * HOURS - MINUTES)
        assert is_in(phone)
        clock.shift(12 * HOURS)
        assert not is_in(phone)

    def test_a_phone_in_use_stays_in_seven_days_and_no_longer(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        phone = client_for(cast.deputy)
        for _ in range(15):
            clock.shift(11 * HOURS)
            assert is_in(phone)
        clock.shift(3 * HOURS)
        assert not is_in(phone)

    @pytest.mark.parametrize("who", ["style", "coord", "office", "admin"])
    def test_a_desk_may_rest_two_hours(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor, who: str
    ) -> None:
        desk = client_for(getattr(cast, who))
        clock.shift(2 * HOURS - MINUTES)
        assert is_in(desk)
        clock.shift(2 * HOURS)
        assert not is_in(desk)

    def test_a_desk_in_use_stays_in_twelve_hours(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        desk = client_for(cast.office)
        for _ in range(7):
            clock.shift(100 * MINUTES)
            assert is_in(desk)
        clock.shift(20 * MINUTES)
        assert not is_in(desk)

    def test_the_last_use_is_written_at_most_every_five_minutes(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        phone = client_for(cast.head)
        clock.shift(4 * MINUTES)
        assert is_in(phone)
        assert last_use(phone) == START
        clock.shift(MINUTES)
        assert is_in(phone)
        assert last_use(phone) == START + 5 * MINUTES

    def test_a_refused_request_counts_as_use_too(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        phone = client_for(cast.head)
        clock.shift(6 * MINUTES)
        assert phone.get("/admin/people").status_code == 403
        assert last_use(phone) == START + 6 * MINUTES

    def test_sessions_that_are_over_are_cleared_away_at_the_next_sign_in(
        self, clock: time_machine.Traveller, cast: SimpleNamespace, client_for: ClientFor
    ) -> None:
        client_for(cast.head)
        clock.shift(8 * 24 * HOURS)
        client_for(cast.head)
        assert count(UserSession, user_id=cast.head.id) == 1


class TestSigningOut:
    def test_the_session_is_gone_for_good(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        client = client_for(cast.head)
        token = cookie(client)
        response = client.post("/sign-out")
        assert (response.status_code, response.location) == (303, "/sign-in")
        assert cookie(client) == ""
        with client.session_transaction() as kept:
            kept["sid"] = token
        assert not is_in(client)

    def test_a_link_cannot_sign_anyone_out(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        client = client_for(cast.head)
        assert client.get("/sign-out").status_code == 405
        assert is_in(client)

    def test_signing_out_twice_is_fine(self, anonymous: FlaskClient) -> None:
        assert anonymous.post("/sign-out").status_code == 303

    def test_other_devices_can_be_signed_out_together(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        here, phone, tablet = client_for(cast.head), client_for(cast.head), client_for(cast.head)
        colleague = client_for(cast.deputy)
        assert here.post("/me/devices/sign-out-others").status_code == 303
        assert [is_in(client) for client in (here, phone, tablet, colleague)] == [True, False, False, True]

    def test_one_device_can_be_signed_out(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        here, phone = client_for(cast.head), client_for(cast.head)
        assert here.post(f"/me/devices/{session_id(phone)}/sign-out").status_code == 303
        assert is_in(here)
        assert not is_in(phone)

    def test_the_device_of_another_person_is_not_there(self, cast: SimpleNamespace, client_for: ClientFor) -> None:
        mine, theirs = client_for(cast.head), client_for(cast.deputy)
        assert mine.post(f"/me/devices/{session_id(theirs)}/sign-out").status_code == 404
        assert is_in(theirs)


def test_a_disabled_person_is_out_at_once(cast: SimpleNamespace, client_for: ClientFor) -> None:
    phone, admin = client_for(cast.head), client_for(cast.admin)
    assert is_in(phone)
    assert admin.post(f"/admin/people/{cast.head.id}/disable").status_code == 303
    assert not is_in(phone)
    assert admin.post(f"/admin/people/{cast.head.id}/enable").status_code == 303
    assert not is_in(phone)


def test_a_new_role_ends_the_sessions(cast: SimpleNamespace, client_for: ClientFor) -> None:
    phone = client_for(cast.deputy2)
    user = db.session.get_one(User, cast.deputy2.id)
    service.change_user(user, name="甲", post="主任", role=cast.liaison.role, unit=user.unit, by=None)
    db.session.commit()
    assert not is_in(phone)


@pytest.mark.parametrize("token", ["", "x", "龘", "A" * 4000])
def test_a_made_up_token_opens_nothing(cast: SimpleNamespace, anonymous: FlaskClient, token: str) -> None:
    with anonymous.session_transaction() as kept:
        kept["sid"] = token
    assert not is_in(anonymous)


def test_a_cookie_signed_with_another_key_opens_nothing(cast: SimpleNamespace, anonymous: FlaskClient) -> None:
    anonymous.set_cookie("sid", "eyJzaWQiOiJ4In0.Z0AAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert not is_in(anonymous)


def test_a_reading_request_leaves_the_database_alone(head: User, anonymous: FlaskClient) -> None:
    sign_in(anonymous)
    before = last_use(anonymous)
    assert is_in(anonymous)
    assert last_use(anonymous) == before


def last_use(client: FlaskClient) -> datetime:
    db.session.expire_all()
    entry = queries.live_session(cookie(client))
    assert entry is not None
    return entry.seen_at


def session_id(client: FlaskClient) -> str:
    entry = queries.live_session(cookie(client))
    assert entry is not None
    assert entry.token_hash == tokens.digest(cookie(client))
    return str(entry.id)
