"""The catalogue: the unit keeps it, the office may help, others do not see it."""

import pytest

from tests.campaigns.doors import refusal, value
from walkthrough_app.campaigns import queries
from walkthrough_app.campaigns.models import DayType, ItemKind
from walkthrough_app.core import db

FORM = {"task_name": "普通护照首次申请", "item_kind": "approval"}


def names(unit, **options) -> list[str]:
    db.session.expire_all()
    return [item.task_name for item in queries.items_of(unit, **options)]


def test_the_liaison_adds_an_item_with_what_the_guide_says(liaison, cast) -> None:
    typed = {
        "promise_day": "7",
        "promise_type": "workday",
        "anticipate_day": "15",
        "anticipate_type": "day",
        "limit_scene_num": "1",
        "materials": "申请表\r\n\r\n 居民身份证 \r\n户口簿",
        "is_core_function": "y",
        "known_problems": "拍照要排两次队",
    }
    answer = liaison.post("/items/new", data={**FORM, **typed})
    (made,) = queries.items_of(cast.head.unit)
    assert answer.status_code == 303
    assert (made.promise, made.anticipate, made.limit_scene_num) == ("7个工作日", "15日", 1)
    assert made.materials == ["申请表", "居民身份证", "户口簿"]
    assert made.must_walk_reasons == ["核心职能"]
    assert made.item_kind is ItemKind.APPROVAL


def test_on_the_spot_needs_no_number(liaison, cast) -> None:
    liaison.post("/items/new", data={**FORM, "promise_day": "3", "promise_type": "onspot"})
    (made,) = queries.items_of(cast.head.unit)
    assert (made.promise_day, made.promise_type, made.promise) == (0, DayType.ONSPOT, "当场办结")


def test_a_change_is_kept_and_shown(liaison, item) -> None:
    page = liaison.get(f"/items/{item.id}")
    assert value(page, "task_name") == "居住证申领"
    assert value(page, "materials") == "居民身份证\n居民户口簿"
    answer = liaison.post(f"/items/{item.id}", data={**FORM, "fee": "120元/本"})
    db.session.expire_all()
    assert answer.status_code == 303
    assert (item.task_name, item.fee, item.promise_day, item.materials) == ("普通护照首次申请", "120元/本", None, [])


def test_the_list_says_what_the_head_must_walk_and_can_be_narrowed(liaison, item, must_walk_item) -> None:
    everything, narrowed = liaison.get("/items").text, liaison.get("/items?show=must_walk").text
    assert "核心职能" in everything
    assert ("居住证申领" in everything, "居住证申领" in narrowed) == (True, False)
    assert "居民身份证补领" not in liaison.get("/items?words=居住").text
    assert "没有符合的事项" in liaison.get("/items?words=%25&show=approval").text


def test_an_item_taken_out_can_be_put_back(liaison, item, cast) -> None:
    liaison.post(f"/items/{item.id}/retire")
    assert names(cast.head.unit) == []
    assert "居住证申领" in liaison.get("/items?show=retired").text
    liaison.post(f"/items/{item.id}/restore")
    assert names(cast.head.unit) == ["居住证申领"]


def test_a_planned_item_is_not_taken_out(liaison, entry, item, cast) -> None:
    answer = liaison.post(f"/items/{item.id}/retire")
    assert answer.status_code == 409
    assert "先取消体验计划" in answer.text
    assert names(cast.head.unit) == ["居住证申领"]


@pytest.mark.parametrize("is_retired", [False, True], ids=["listed", "taken out"])
def test_two_items_do_not_share_a_name(liaison, item, cast, is_retired) -> None:
    item.is_active = not is_retired
    db.session.commit()
    answer = liaison.post("/items/new", data={**FORM, "task_name": "居住证申领", "fee": "免费"})
    assert "已经有这个名称" in refusal(answer, "task_name")
    assert value(answer, "fee") == "免费"


def test_renaming_to_a_name_that_is_taken_is_refused(liaison, item, must_walk_item) -> None:
    answer = liaison.post(f"/items/{item.id}", data={**FORM, "task_name": "居民身份证补领"})
    assert "已经有这个名称" in refusal(answer, "task_name")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("task_name", {"task_name": ""}),
        ("task_name", {"task_name": "长" * 101}),
        ("item_kind", {"item_kind": "其他"}),
        ("promise_day", {"promise_day": "很快"}),
        ("promise_day", {"promise_day": "-1", "promise_type": "day"}),
        ("promise_day", {"promise_type": "workday"}),
        ("promise_type", {"promise_day": "7"}),
        ("limit_scene_num", {"limit_scene_num": "100"}),
        ("materials", {"materials": "材料\n" * 61}),
        ("materials", {"materials": "长" * 101}),
        ("known_problems", {"known_problems": "长" * 1001}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(liaison, cast, field, typed) -> None:
    assert refusal(liaison.post("/items/new", data={**FORM, **typed}), field)
    assert names(cast.head.unit) == []


@pytest.mark.parametrize("name", ["office", "admin"])
def test_the_office_keeps_any_units_catalogue(client_for, cast, item, name) -> None:
    client = client_for(getattr(cast, name))
    unit = cast.head.unit_id
    assert client.get("/items").headers["Location"] == "/units"
    assert "示例市公安局" in client.get("/units").text
    assert "居住证申领" in client.get(f"/items?unit={unit}").text
    assert client.post(f"/items/new?unit={unit}", data=FORM).status_code == 303
    assert client.post(f"/items/{item.id}", data={**FORM, "task_name": "居住证签注"}).status_code == 303
    assert set(names(cast.head.unit)) == {"普通护照首次申请", "居住证签注"}


def test_a_deputy_reads_and_does_not_write(client_for, cast, item) -> None:
    client = client_for(cast.deputy)
    assert "居民户口簿" in client.get(f"/items/{item.id}").text
    for address in (f"/items/{item.id}", f"/items/{item.id}/retire", f"/items/{item.id}/restore"):
        assert client.post(address, data=FORM).status_code == 403
    assert client.post("/items/new", data=FORM).status_code == 403


@pytest.mark.parametrize("name", ["stranger", "stranger_liaison", "county", "party", "style", "coord"])
def test_strangers_do_not_find_it(client_for, cast, item, name) -> None:
    client = client_for(getattr(cast, name))
    assert client.get(f"/items/{item.id}").status_code == 404
    for address in (f"/items/{item.id}", f"/items/{item.id}/retire", f"/items/{item.id}/restore"):
        assert client.post(address, data=FORM).status_code == 404
    assert names(cast.head.unit) == ["居住证申领"]


def test_nobody_adds_to_another_units_catalogue(client_for, cast) -> None:
    client = client_for(cast.stranger_liaison)
    assert client.post(f"/items/new?unit={cast.head.unit_id}", data=FORM).status_code == 404
    assert names(cast.head.unit) == []


@pytest.mark.parametrize("unit", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_the_office_names_a_unit_that_is_there(office, unit) -> None:
    assert office.get(f"/items?unit={unit}").status_code == 404
    assert office.post(f"/items/new?unit={unit}", data=FORM).status_code == 404
