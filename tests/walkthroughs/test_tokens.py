"""What a phone may send with: one walk, fourteen days, and nothing once it is taken away."""

import uuid

import pytest
import time_machine

from walkthrough_app.accounts import service as accounts
from walkthrough_app.core import clock, db
from walkthrough_app.walkthroughs import tokens
from walkthrough_app.walkthroughs.models import Walkthrough

SECRET = "a secret"
DAY = 24 * 3600


def issue(walk: Walkthrough) -> str:
    return tokens.issue(walk, walk.walker, secret=SECRET)[0]


def test_it_is_good_for_its_walk_in_the_name_of_its_walker(walk: Walkthrough, cast) -> None:
    assert tokens.holder(issue(walk), walk.id, secret=SECRET) == (walk, cast.head)


def test_it_outlives_the_session_but_not_fourteen_days(walk: Walkthrough) -> None:
    token, until = tokens.issue(walk, walk.walker, secret=SECRET)
    now = clock.now().timestamp()
    assert until.timestamp() == pytest.approx(now + 14 * DAY, abs=5)
    with time_machine.travel(now + 14 * DAY - 60, tick=False):
        assert tokens.holder(token, walk.id, secret=SECRET)
    with time_machine.travel(now + 14 * DAY + 60, tick=False), pytest.raises(tokens.Refused):
        tokens.holder(token, walk.id, secret=SECRET)


@pytest.mark.parametrize("token", ["", "x", "W10.x", "null.", "\ud83d", "[1,2]"])
def test_nonsense_is_refused(walk: Walkthrough, token: str) -> None:
    with pytest.raises(tokens.Refused):
        tokens.holder(token, walk.id, secret=SECRET)


def test_it_is_refused_for_another_walk_and_under_another_secret(walk: Walkthrough, second_walk) -> None:
    with pytest.raises(tokens.Refused):
        tokens.holder(issue(walk), second_walk.id, secret=SECRET)
    with pytest.raises(tokens.Refused):
        tokens.holder(issue(walk), uuid.uuid4(), secret=SECRET)
    with pytest.raises(tokens.Refused):
        tokens.holder(issue(walk), walk.id, secret="another")


def test_signing_a_lost_device_out_takes_it_away_and_a_fresh_one_is_good(walk: Walkthrough, cast) -> None:
    token = issue(walk)
    accounts.sign_out_others(cast.head, "this one")
    db.session.commit()
    with pytest.raises(tokens.Refused):
        tokens.holder(token, walk.id, secret=SECRET)
    with time_machine.travel(clock.now().timestamp() + 1):
        assert tokens.holder(issue(walk), walk.id, secret=SECRET)


def test_a_person_who_was_disabled_sends_nothing(walk: Walkthrough, cast) -> None:
    token = issue(walk)
    cast.head.is_active = False
    with pytest.raises(tokens.Refused):
        tokens.holder(token, walk.id, secret=SECRET)
