"""Every form that moves a finding, filled in so that only who posts it and the state decide; and who everybody is."""

import io
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from tests.rectification import stage
from walkthrough_app.accounts.models import Unit, User
from walkthrough_app.core import clock, db
from walkthrough_app.rectification.machine import Actor, State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingPhoto, PhotoRole
from walkthrough_app.rectification.rechecks.models import Method, Outcome, Recheck

Json = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One form: the verbs it does, where it stands (`page`, by its `id`) and is posted, what is typed into it."""

    id: str
    verbs: frozenset[Verb]
    typed: Callable[[Finding, User], Json]
    needs: Mapping[str, Any] = field(default_factory=dict)
    pictures: bool = False
    page: str = "/findings/{finding}"
    address: str = "/findings/{finding}/{id}"

    def at(self, finding: Finding, recheck: Recheck) -> str:
        return self.address.format(finding=finding.id, recheck=recheck.id, id=self.id)

    def page_of(self, finding: Finding, recheck: Recheck) -> str:
        return self.page.format(finding=finding.id, recheck=recheck.id)

    def filled(self, finding: Finding, user: User, number: int = 1000) -> Json:
        files = {"photos": (io.BytesIO(_picture(number)), "现场.jpg")} if self.pictures else {}
        return {"tap": str(uuid.uuid4())} | self.typed(finding, user) | files


@cache
def _picture(number: int) -> bytes:
    return stage.jpeg(stage.picture(number)).getvalue()


def _later(finding: Finding, days: int = 20) -> str:
    return str((finding.due_on or clock.today()) + timedelta(days=days))


def _plan(finding: Finding, _user: User) -> Json:
    return {"rectify_type": "deadline", "measure": "增开窗口", "steps": "调配；增开", "due_on": str(finding.due_on)}


def _reason(_finding: Finding, _user: User) -> Json:
    return {"reason": "经核对属实，窗口人员由你局派驻。"}


def _text(_finding: Finding, _user: User) -> Json:
    return {"text": "已增开1个窗口。"}


def _result(_finding: Finding, _user: User) -> Json:
    return {"result": "已增开窗口。"}


def _order(finding: Finding, user: User) -> Json:
    """Send oneself: desks and the head are among those who may go."""
    return {"finding": str(finding.id), "checker": str(user.id), "due_on": _later(finding)}


LOOK = {"page": "/rechecks/{recheck}", "address": "/rechecks/{recheck}", "pictures": True}
DEEDS = (
    Deed("dismiss", frozenset({Verb.DISMISS}), _reason),
    Deed("fix", frozenset({Verb.FIX_NOW}), _result, {"rectify_type": "immediate"}, pictures=True),
    Deed("assign", frozenset({Verb.ASSIGN}), lambda finding, _: {"unit": str(finding.resp_id)}),
    Deed("sign", frozenset({Verb.SIGN, Verb.RESTART}), _plan),
    Deed("dispute", frozenset({Verb.DISPUTE}), _text),
    Deed("uphold", frozenset({Verb.UPHOLD}), _reason),
    Deed("yield", frozenset({Verb.YIELD}), _reason),
    Deed("note", frozenset({Verb.NOTE}), _text),
    Deed(
        "extension",
        frozenset({Verb.ASK_EXTENSION}),
        lambda finding, _: {"new_due_on": _later(finding), "reason": "等验收", "progress": "设备已到"},
    ),
    Deed("answer", frozenset({Verb.GRANT_EXTENSION}), lambda *_: {"grant": "yes"}),
    Deed("answer", frozenset({Verb.REFUSE_EXTENSION}), lambda *_: {"grant": "no", "reason": "抓紧"}),
    Deed("done", frozenset({Verb.REPORT_DONE}), _result, pictures=True),
    Deed("back", frozenset({Verb.SEND_BACK}), _reason),
    Deed("close", frozenset({Verb.CLOSE}), _text),
    Deed(
        "order",
        frozenset({Verb.ORDER_RECHECK}),
        _order,
        page="/rechecks/order?finding={finding}",
        address="/rechecks/order",
    ),
    Deed("decide", frozenset({Verb.PASSED}), lambda *_: {"outcome": "solved", "text": "只等2分钟"}, **LOOK),
    Deed(
        "decide",
        frozenset({Verb.KEEP_UP}),
        lambda *_: {"outcome": "solved", "text": "坚持得好"},
        {"rectify_type": "ongoing"},
        **LOOK,
    ),
    Deed(
        "decide",
        frozenset({Verb.FAILED}),
        lambda finding, _: {"outcome": "unsolved", "text": "仍等40分钟", "due_on": _later(finding)},
        **LOOK,
    ),
    Deed("relapse", frozenset({Verb.RELAPSE}), _reason),
)
# Towards a problem of the police that 示例市人力资源和社会保障局 met: whose it is, who only looks on, who sees nothing.
ACTORS: dict[str, frozenset[Actor]] = {
    "head": frozenset({Actor.UNIT, Actor.UNIT_HEAD}),
    "deputy": frozenset({Actor.UNIT}),
    "liaison": frozenset({Actor.UNIT}),
    "style": frozenset({Actor.DESK, Actor.CHECKER}),
    "office": frozenset({Actor.DESK}),
    "stranger": frozenset(),
}
BLIND = ("party", "coord", "county_office")
ROLES = (*ACTORS, *BLIND, "admin", "nobody")


def put(deed: Deed, state: State, unit: Unit, met_at: Unit, people: Any, **scene: Any) -> tuple[Finding, Recheck]:
    """Put a problem into the ledger in that state with all that the form asks for, and a 回头看 by `style`."""
    theirs: Json = {"resp": unit, "lane": unit.lane, "rectified_by_id": people.liaison.id, "severity": "minor"}
    relapses = int(state is State.RELAPSED)
    made = stage.put_finding(met_at, state=state, relapse_count=relapses, **scene["at"], **theirs | dict(deed.needs))
    if deed.id == "answer":
        db.session.add(_asked(made, people.liaison))
    if deed.id == "fix":
        db.session.add(FindingPhoto(finding_id=made.id, role=PhotoRole.BEFORE, sha256=scene["before"].sha256))
    recheck = _recheck(made, people)
    db.session.add(recheck)
    db.session.commit()
    return made, recheck


def _asked(finding: Finding, by: User) -> Extension:
    due_on = finding.due_on or clock.today()
    days = {"old_due_on": due_on, "new_due_on": due_on + timedelta(days=20)}
    return Extension(finding_id=finding.id, reason="设备未到", progress="已下单", asked_by_id=by.id, **days)


def _recheck(finding: Finding, people: Any) -> Recheck:
    """One on the spot: open while the problem is looked at again, else one of an earlier time."""
    is_open = finding.state is State.RECHECKING
    over = {} if is_open else {"outcome": Outcome.FAILED, "text": "仍等40分钟", "decided_at": clock.now()}
    who = {"checker": people.style, "ordered_by": people.office}
    return Recheck(finding=finding, due_on=stage.soon(), method=Method.VISIT, **who, **over)
