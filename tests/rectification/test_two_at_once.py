"""Two people at one finding in the same moment, over HTTP: one wins, the other is told so, and the history is whole."""

import re
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests import people
from tests.rectification import stage as scenes
from tests.scenes import add_item
from walkthrough_app.accounts import service as accounts
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.rectification import queries
from walkthrough_app.rectification.machine import MOVES, State, Verb
from walkthrough_app.rectification.models import Finding

ROUNDS = 6
TOLD = re.compile(r'<div class="empty">.*?<p>(这个问题现在是“[^”]+”，不能“[^”]+”，请刷新后再看。)</p>', re.DOTALL)


@dataclass(frozen=True)
class Side:
    who: str
    form: str
    verb: Verb
    typed: dict[str, str]


PLAN = {"rectify_type": "deadline", "measure": "增开窗口", "steps": "调配；增开"}
RACES: list[tuple[State, Side, Side]] = [
    (
        State.RECTIFIED,
        Side("style", "close", Verb.CLOSE, {"text": "材料属实"}),
        Side("office", "back", Verb.SEND_BACK, {"reason": "照片看不清"}),
    ),
    (
        State.ASSIGNED,
        Side("liaison", "sign", Verb.SIGN, PLAN),
        Side("head", "dispute", Verb.DISPUTE, {"text": "窗口归政务大厅管"}),
    ),
    (
        State.DISPUTED,
        Side("style", "uphold", Verb.UPHOLD, {"reason": "经核对属实"}),
        Side("office", "uphold", Verb.UPHOLD, {"reason": "窗口人员由你局派驻"}),
    ),
]


@pytest.mark.parametrize(("state", "one", "other"), RACES, ids=lambda value: getattr(value, "form", value))
def test_one_wins_the_other_is_told_and_the_history_is_whole(
    state: State, one: Side, other: Side, own_database: Engine, stage: Flask
) -> None:
    cast, findings = _put(state)
    winners = set()
    for finding_id in findings:
        answers = at_once([_posting(stage, cast, side, finding_id) for side in (one, other)])
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        lost = next(answer for answer in answers if answer.status_code == 409)
        won = (one, other)[answers.index(lost) == 0]
        winners.add(won.who)
        target = MOVES[won.verb].target
        assert target and f"现在是“{target.label}”" in TOLD.search(lost.text)[1]
        with db.transaction():
            finding = db.session.get_one(Finding, finding_id)
            entries = queries.entries_of(finding)
            assert finding.state is target
            assert [(entry.seq, entry.verb) for entry in entries] == [(1, Verb.REGISTER), (2, won.verb)]
            assert entries[1].by_id == getattr(cast, won.who)
    assert winners


def test_the_same_form_sent_twice_at_once_is_one_deed(own_database: Engine, stage: Flask) -> None:
    cast, findings = _put(State.RECTIFYING)
    side = Side("liaison", "note", Verb.NOTE, {"text": "设备已到货", "tap": ""})
    for finding_id in findings:
        side.typed["tap"] = str(uuid.uuid4())
        answers = at_once([_posting(stage, cast, side, finding_id)] * 2)
        assert [answer.status_code for answer in answers] == [303, 303]
        with db.transaction():
            entries = queries.entries_of(db.session.get_one(Finding, finding_id))
            assert [entry.verb for entry in entries] == [Verb.REGISTER, Verb.NOTE]


def at_once(acts: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    """Do all of these in threads of their own that begin in the same moment; return the answers in order."""
    start = threading.Barrier(len(acts))

    def act(do: Callable[[], TestResponse]) -> TestResponse:
        start.wait()
        return do()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def _posting(app: Flask, cast: SimpleNamespace, side: Side, finding_id: uuid.UUID) -> Callable[[], TestResponse]:
    """Sign somebody in and return what sends the form."""
    with db.transaction():
        token = accounts.open_session(db.session.get_one(User, getattr(cast, side.who)), device="test")

    def send() -> TestResponse:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["sid"] = token
        data = {"tap": str(uuid.uuid4()), **side.typed}
        return client.post(f"/findings/{finding_id}/{side.form}", data=data)

    return send


def _put(state: State) -> tuple[SimpleNamespace, list[uuid.UUID]]:
    """Put the cast and some findings into the database; return their ids, for threads share no rows."""
    with db.transaction():
        cast = people.enter()
        campaign, item = scenes.bare_campaign(), add_item(cast.head.unit, "居住证申领")
        wanted: dict[str, Any] = {"state": state, "severity": "minor", "rectified_by_id": cast.liaison.id}
        made = [scenes.put_finding(cast.head.unit, campaign, item, **wanted).id for _ in range(ROUNDS)]
        ids = {name: getattr(cast, name).id for name in ("head", "liaison", "style", "office")}
    return SimpleNamespace(**ids), made
