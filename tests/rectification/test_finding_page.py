"""One finding on one page: everybody who may see it sees the same, and the forms of what they may do now."""

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.rectification import stage
from tests.rectification.conftest import Make
from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import evidence, offers, queries, service
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, PhotoRole

Doors = Callable[[User], FlaskClient]


def address(finding: Finding, name: str = "") -> str:
    return f"/findings/{finding.id}{'/' if name else ''}{name}"


def form_of(page: str, name: str) -> dict[str, Any]:
    """Return what the form of a deed carries; AssertionError when the page does not offer it."""
    body = re.search(rf'<form[^>]* id="{name}">(.*?)</form>', page, re.DOTALL)
    assert body, f"no form {name}"
    tap = re.search(r'name="tap" type="hidden" value="([^"]+)"', body[1])
    assert tap
    return {"tap": tap[1]}


def offered(page: str) -> set[str]:
    return set(re.findall(r'<form[^>]* id="(\w+)">', page))


def picture(number: int, name: str = "现场.jpg") -> tuple[io.BytesIO, str]:
    return stage.jpeg(stage.picture(number)), name


def test_the_page_tells_what_was_found_and_what_was_done(make: Make, cast: SimpleNamespace, client_for: Doors) -> None:
    finding = make(clause="《通知》：“减少群众等候”", due_on=clock.today() - timedelta(days=2))
    service.sign(finding, by=cast.liaison)
    db.session.commit()
    for user in (cast.head, cast.liaison, cast.style, cast.office):
        page = client_for(user).get(address(finding)).text
        for words in (finding.code, finding.title, "大厅只开1个窗口", "减少群众等候", "增开窗口", "逾期2天", "整改前"):
            assert words in page
        assert "示例市公安局办公室主任" in page
        assert "liaison甲" not in page


OFFERED: list[tuple[State, str, set[str]]] = [
    (State.REGISTERED, "office", {"assign", "dismiss"}),
    (State.REGISTERED, "head", {"dismiss"}),
    (State.ASSIGNED, "liaison", {"sign", "dispute"}),
    (State.ASSIGNED, "office", set()),
    (State.DISPUTED, "style", {"uphold", "yield"}),
    (State.DISPUTED, "head", set()),
    (State.RECTIFYING, "deputy", {"note", "extension", "done"}),
    (State.RECTIFYING, "office", set()),
    (State.RECTIFIED, "style", {"close", "back"}),
    (State.RECTIFIED, "liaison", set()),
    (State.CLOSED, "office", {"relapse"}),
    (State.RELAPSED, "liaison", {"sign"}),
    (State.DISMISSED, "office", set()),
]


def test_the_forms_are_those_of_the_deeds_open_now(make: Make, cast: SimpleNamespace, client_for: Doors) -> None:
    clients = {who: client_for(getattr(cast, who)) for _, who, _ in OFFERED}
    for state, who, forms in OFFERED:
        finding = make(state=state, severity="minor")
        assert offered(clients[who].get(address(finding)).text) == forms, (state, who)


def test_a_complete_plan_is_signed_with_one_tap(make: Make, cast: SimpleNamespace, client_for: Doors) -> None:
    finding, client = make(), client_for(cast.liaison)
    page = client.get(address(finding)).text
    assert "看过没有错" in page
    values = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    assert (values["measure"], values["steps"]) == ("增开窗口", "调配人员；增开窗口")
    data = form_of(page, "sign") | {"rectify_type": "deadline", **values, "due_on": str(finding.due_on)}
    for _ in range(2):
        assert client.post(address(finding, "sign"), data=data).status_code == 303
    db.session.refresh(finding)
    assert (finding.state, finding.signed_by_id) == (State.RECTIFYING, cast.liaison.id)
    assert len(queries.entries_of(finding)) == 2


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    make: Make, cast: SimpleNamespace, client_for: Doors
) -> None:
    finding, client = make(measure="", steps=""), client_for(cast.head)
    data = form_of(client.get(address(finding)).text, "sign") | {"rectify_type": "deadline", "measure": "增开窗口"}
    page = client.post(address(finding, "sign"), data=data).text
    assert '<a href="#steps">不能马上改完的，请写明整改步骤。</a>' in page
    assert "增开窗口</textarea>" in page
    late = {"rectify_type": "immediate", "measure": "改", "due_on": str(clock.today() + timedelta(days=90))}
    assert "整改时限不能晚于交办的" in client.post(address(finding, "sign"), data=data | late).text
    db.session.refresh(finding)
    assert finding.state is State.ASSIGNED


def test_a_unit_objects_tells_its_progress_and_asks_for_time(
    make: Make, cast: SimpleNamespace, client_for: Doors
) -> None:
    unit, desk = client_for(cast.liaison), client_for(cast.style)
    objected, under_way = make(), make(state=State.RECTIFYING)
    data = form_of(unit.get(address(objected)).text, "dispute")
    unit.post(address(objected, "dispute"), data=data | {"text": "窗口归政务大厅管"})
    page = desk.get(address(objected)).text
    assert "窗口归政务大厅管" in page
    desk.post(address(objected, "uphold"), data=form_of(page, "uphold") | {"reason": "窗口人员由你局派驻"})
    page = unit.get(address(under_way)).text
    unit.post(address(under_way, "note"), data=form_of(page, "note") | {"text": "设备已到货"})
    wanted = under_way.due_on + timedelta(days=10)
    asked = form_of(page, "extension") | {"new_due_on": str(wanted), "reason": "等验收", "progress": "设备已到货"}
    assert unit.post(address(under_way, "extension"), data=asked).status_code == 303
    assert "已经申请过延期，请等答复。" in unit.get(address(under_way)).text
    page = desk.get(address(under_way)).text
    refused = desk.post(address(under_way, "answer"), data=form_of(page, "answer") | {"grant": "no"}).text
    assert "请写明不同意延期的理由。" in refused
    assert "请选择同意或者不同意。" in desk.post(address(under_way, "answer"), data=form_of(page, "answer")).text
    desk.post(address(under_way, "answer"), data=form_of(refused, "answer") | {"grant": "yes"})
    db.session.expire_all()
    assert (objected.state, under_way.due_on) == (State.ASSIGNED, wanted)


def test_the_work_is_reported_with_pictures_that_stand_beside_those_before(
    make: Make, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    finding, client = make(state=State.RECTIFYING), client_for(cast.liaison)
    evidence.add(finding, [stage.photo(1, store)], PhotoRole.BEFORE, by=None)
    db.session.commit()
    data = form_of(client.get(address(finding)).text, "done") | {"result": "开了3个窗口，等候不超过15分钟。"}
    for _ in range(2):
        files = {"photos": [picture(2), picture(3)]}
        assert client.post(address(finding, "done"), data=data | files).status_code == 303
    db.session.expire_all()
    assert (finding.state, finding.rectified_on) == (State.RECTIFIED, clock.today())
    page = client_for(cast.style).get(address(finding)).text
    shown = re.findall(r'<img src="([^"]+/preview\.jpg)"', page)
    assert len(shown) == 3
    for one in shown:
        with client_for(cast.style).get(one) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert client_for(cast.coord).get(one).status_code == 404
        assert client_for(cast.stranger).get(one).status_code == 404
    other = make()
    assert client.get(shown[0].replace(str(finding.id), str(other.id))).status_code == 404


def test_what_was_put_right_at_once_is_reported_before_it_is_handed_over(
    make: Make, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    finding, client = make(state=State.REGISTERED, rectify_type="immediate"), client_for(cast.liaison)
    assert "fix" not in offered(client.get(address(finding)).text)
    assert client.post(address(finding, "fix"), data={"result": "改了", "photos": [picture(2)]}).status_code == 409
    evidence.add(finding, [stage.photo(1, store)], PhotoRole.BEFORE, by=None)
    db.session.commit()
    data = form_of(client.get(address(finding)).text, "fix") | {"result": "座椅已摆放。"}
    assert "请至少附一张整改后的照片。" in client.post(address(finding, "fix"), data=data).text
    for _ in range(2):
        assert client.post(address(finding, "fix"), data=data | {"photos": [picture(2)]}).status_code == 303
    db.session.expire_all()
    assert (finding.state, finding.rectified_by_id) == (State.RECTIFIED, cast.liaison.id)
    assert client_for(cast.office).post(address(make(state=State.REGISTERED), "fix")).status_code == 403


def test_refused_pictures_are_named_and_the_text_stays(
    make: Make, cast: SimpleNamespace, client_for: Doors, store: LocalStore
) -> None:
    finding, other, client = make(state=State.RECTIFYING), make(), client_for(cast.liaison)
    evidence.add(other, [stage.photo(4, store)], PhotoRole.AFTER, by=None)
    evidence.add(finding, [stage.photo(5, store)], PhotoRole.BEFORE, by=None)
    db.session.commit()
    data = form_of(client.get(address(finding)).text, "done") | {"result": "已经改好。"}
    none = client.post(address(finding, "done"), data=data).text
    assert "请至少附一张整改后的照片。" in none
    broken = [(io.BytesIO(b"no picture"), "坏的.jpg"), picture(6)]
    page = client.post(address(finding, "done"), data=data | {"photos": broken}).text
    assert "“坏的.jpg”：" in page
    assert "已经改好。</textarea>" in page
    twice = [picture(4, "别处.jpg"), picture(5, "从前.jpg")]
    page = client.post(address(finding, "done"), data=data | {"photos": twice}).text
    assert f"“别处.jpg”：这张照片已经用在问题{other.code}上" in page
    assert "“从前.jpg”：这张照片是整改前的" in page
    db.session.expire_all()
    assert finding.state is State.RECTIFYING
    assert len(queries.photos_of(finding)) == 1


def test_a_desk_closes_sends_back_and_reopens(make: Make, cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.style)
    minor, grave = make(state=State.RECTIFIED, severity="minor"), make(state=State.RECTIFIED, severity="serious")
    page = client.get(address(grave)).text
    assert "这个问题要回头看以后才能销号。" in page
    assert "close" not in offered(page)
    client.post(address(grave, "back"), data=form_of(page, "back") | {"reason": "照片看不出改了"})
    closing = form_of(client.get(address(minor)).text, "close") | {"text": "看了照片。"}
    client.post(address(minor, "close"), data=closing)
    again = form_of(client.get(address(minor)).text, "relapse") | {"reason": "11月又排队"}
    client.post(address(minor, "relapse"), data=again)
    db.session.expire_all()
    assert (grave.state, minor.state, minor.severity) == (State.RECTIFYING, State.RELAPSED, "moderate")
    mine = make(state=State.RECTIFIED, severity="minor", rectified_by_id=cast.head.id)
    page = client_for(cast.head).get(address(mine)).text
    assert "整改的人不能自己销号" in page
    assert "close" not in offered(page)


def test_a_problem_is_handed_over_or_dismissed_as_a_repetition(
    make: Make, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.office)
    first, second = make(state=State.REGISTERED, due_on=None), make(state=State.REGISTERED)
    data = form_of(client.get(address(second)).text, "dismiss") | {"reason": "重复", "duplicate_of": "WT-没有"}
    assert "台账里没有这个编号" in client.post(address(second, "dismiss"), data=data).text
    client.post(address(second, "dismiss"), data=data | {"duplicate_of": first.code})
    assert first.code in client.get(address(second)).text
    handing = form_of(client.get(address(first)).text, "assign") | {"unit": str(cast.stranger.unit.id)}
    client.post(address(first, "assign"), data=handing)
    db.session.expire_all()
    assert (first.resp_id, first.state) == (cast.stranger.unit.id, State.ASSIGNED)
    assert client_for(cast.liaison).post(address(first, "sign"), data={}).status_code == 403


def test_strangers_find_nothing_and_onlookers_do_nothing(
    make: Make, everyone: dict[str, User], client_for: Doors
) -> None:
    finding = make()
    for name in ("stranger", "coord", "county", "county_office", "county_head", "party"):
        client = client_for(everyone[name])
        assert client.get(address(finding)).status_code == 404, name
        assert client.post(address(finding, "sign"), data={"measure": "改"}).status_code == 404, name
        assert client.post(address(finding, "done"), data={"result": "改"}).status_code == 404, name
    assert client_for(everyone["admin"]).get(address(finding)).status_code == 403
    for name, deed in (("style", "sign"), ("office", "done"), ("liaison", "close"), ("head", "uphold")):
        answer = client_for(everyone[name]).post(address(finding, deed), data={"text": "x", "result": "x"})
        assert answer.status_code == 403, (name, deed)
        assert "由" in answer.text
    office = client_for(everyone["office"])
    assert office.get(f"/findings/{uuid.uuid4()}").status_code == 404
    assert office.post(address(finding, "order_recheck")).status_code == 404
    assert office.get(f"{address(finding)}/photos/{uuid.uuid4()}/full.jpg").status_code == 404


def test_the_wrong_state_is_one_sentence(make: Make, cast: SimpleNamespace, client_for: Doors) -> None:
    finding, client = make(state=State.RECTIFIED), client_for(cast.liaison)
    for deed in ("sign", "note", "extension", "done"):
        answer = client.post(address(finding, deed), data={"tap": str(uuid.uuid4())})
        assert answer.status_code == 409, deed
        assert "这个问题现在是“已整改”" in answer.text
    db.session.refresh(finding)
    assert finding.state is State.RECTIFIED


def test_what_other_features_offer_stands_beside_it(
    make: Make, cast: SimpleNamespace, client_for: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "_offers", {})
    offer = offers.Offer("看台账", "rectification.ledger", frozenset({cast.office.role}), frozenset({State.ASSIGNED}))
    for _ in range(2):
        offers.add("finding", offer)
    finding, under_way = make(), make(state=State.RECTIFYING)
    assert client_for(cast.office).get(address(finding)).text.count(f"/ledger?finding={finding.id}") == 1
    assert f"finding={under_way.id}" not in client_for(cast.office).get(address(under_way)).text
    assert f"finding={finding.id}" not in client_for(cast.style).get(address(finding)).text
