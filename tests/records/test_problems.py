"""Problems that answers point to: into the ledger with one tap, or said to be none."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from sqlalchemy import func, select

from tests.records.conftest import Desk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import db
from walkthrough_app.records import queries, service
from walkthrough_app.records.models import Record, Verb
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding

At = Callable[[User, Campaign], Desk]


def tap(desk: Desk, record: Record, do: str) -> int:
    return desk.client.post(f"/records/one/{record.id}/problems", data={"do": do}).status_code


def findings() -> list[Finding]:
    db.session.expire_all()
    return list(db.session.scalars(select(Finding)))


def test_a_self_check_offers_what_its_answers_point_to(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.head, run_once)
    sent = desk.send("selfcheck", Y_C5="no")
    assert sent.headers["Location"].endswith("#problems")
    page = desk.client.get(sent.headers["Location"]).get_data(as_text=True)
    assert re.findall(r'value="take:([^"]+)"', page) == ["Y-C5"]
    assert "请看一下可能的问题" in page


def test_one_tap_puts_it_into_the_ledger_with_its_cause(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.head, run_once)
    made = desk.made("selfcheck", Y_C5="no", Y_C7=["rc4", "rc2"])
    assert tap(desk, made, "take:Y-C5") == 303
    (found,) = findings()
    assert (found.source.label, found.unit, found.category, found.state) == (
        "查摆",
        cast.head.unit,
        "D2",
        State.REGISTERED,
    )
    assert found.root_cause == "RC2"
    assert found.clause == "S000 · 工作流程是否简洁顺畅"
    page = desk.page(made)
    assert found.code in page and "take:Y-C5" not in page
    assert queries.entries_of(made)[-1].verb is Verb.FOUND


def test_tapped_twice_it_is_one_problem(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.head, run_once)
    made = desk.made("selfcheck", Y_C3="no")
    assert [tap(desk, made, "take:Y-C3") for _ in range(2)] == [303, 303]
    assert len(findings()) == 1


def test_what_is_none_is_not_offered_again_until_the_answer_changes(
    at: At, cast: SimpleNamespace, effective: Campaign
) -> None:
    desk = at(cast.head, effective)
    made = desk.made("bad_rating", F_R53="true")
    assert tap(desk, made, "dismiss:F-R53") == 303
    db.session.expire_all()
    assert not any(one.is_open for one in service.offers(made))
    assert tap(desk, made, "dismiss:F-R53") == 303
    assert desk.change(made, F_R53="part").status_code == 303
    db.session.expire_all()
    assert [one.is_open for one in service.offers(made)] == [True]
    assert findings() == []


def test_a_promise_that_was_broken_is_a_problem(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("commitment", S_R1="当场办结")
    desk.client.post(
        f"/records/one/{made.id}/settle",
        data={"q-S-R6": "no", "note-S-R6": "系统没有联通", "seen": str(made.revision)},
    )
    assert tap(desk, made, "take:S-R6") == 303
    (found,) = findings()
    assert found.title == "公开承诺没有兑现"
    assert "系统没有联通" in found.fact and "当场办结" in found.fact


def test_the_class_of_conduct_becomes_a_tag(at: At, cast: SimpleNamespace, strict: Campaign) -> None:
    desk = at(cast.head, strict)
    made = desk.made("problem_list", S_R13="afraid")
    tap(desk, made, "take:S-R13")
    (found,) = findings()
    assert (found.title, found.tags) == ("不作为", ["afraid"])


def test_a_voice_the_office_heard_names_its_source_and_nobody(
    at: At, cast: SimpleNamespace, run_once: Campaign
) -> None:
    desk = at(cast.style, run_once)
    made = desk.made("voice", unit=str(cast.head.unit.id), Y_R34="shift", Y_R33="让我去了3个窗口")
    assert made.unit == cast.head.unit
    tap(desk, made, "take:Y-R34")
    (found,) = findings()
    assert (found.source.label, found.resp) == ("群众意见", cast.head.unit)
    page = at(cast.head, run_once).page(made)
    assert "让我去了3个窗口" in page
    assert cast.style.name not in page and cast.style.post not in page


def test_what_no_answer_points_to_is_not_taken(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    desk = at(cast.head, run_once)
    made = desk.made("selfcheck")
    assert tap(desk, made, "take:Y-C5") == 404
    assert tap(desk, made, "take:nothing") == 404
    assert tap(desk, made, "drop:Y-C5") == 404
    assert findings() == []


def test_others_cannot_take_it(at: At, cast: SimpleNamespace, run_once: Campaign) -> None:
    made = at(cast.head, run_once).made("selfcheck", Y_C5="no")
    assert tap(at(cast.stranger, run_once), made, "take:Y-C5") == 404
    assert tap(at(cast.deputy, run_once), made, "take:Y-C5") == 403
    assert tap(at(cast.style, run_once), made, "take:Y-C5") == 403
    assert db.session.scalar(select(func.count(Finding.id))) == 0
