"""Who sees which flags: a unit its own and nobody's name, the lane its own units, a county its own realm."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import people
from tests.quality.conftest import FACT
from walkthrough_app.accounts.models import OrgClass, Role, User
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.quality import queries
from walkthrough_app.quality.models import Flag
from walkthrough_app.walkthroughs.models import Walkthrough

Client = Callable[[User], FlaskClient]
LATER = "2018-07-11T09:00:00+08:00"


@pytest.fixture
def scene(cast: SimpleNamespace, put: Callable[..., Walkthrough], look: Callable[[], None]) -> SimpleNamespace:
    """The stranger's unit has copied what the police wrote; the deputy has one walk too."""
    first = put(cast.head, fact=FACT)
    second = put(cast.stranger, at=LATER, fact=FACT)
    third = put(cast.deputy, at=LATER, fact=FACT)
    look()
    flag = db.session.query(Flag).filter_by(walk_id=second.id, rule="text_copied").one()
    return SimpleNamespace(first=first, second=second, third=third, flag=flag)


def test_a_unit_sees_its_own_and_no_other_name(scene: SimpleNamespace, cast: SimpleNamespace) -> None:
    walks = [scene.first.id, scene.second.id, scene.third.id]
    mine = [one for one in queries.flags_for_unit(cast.stranger, walks) if one.rule == "text_copied"]
    assert [one.walk_id for one in mine] == [scene.second.id]
    assert mine[0].others == []
    assert cast.head.unit.name not in mine[0].sentence
    same_unit = [one for one in queries.flags_for_unit(cast.liaison, walks) if one.rule == "text_copied"]
    assert {one.walk_id for one in same_unit} == {scene.third.id}
    assert {other.walk_id for one in same_unit for other in one.others} == {scene.first.id}
    assert {one.walk_id for one in queries.flags_for_unit(cast.deputy2, walks)} == set()


def test_the_lane_learns_which_walk_it_was(scene: SimpleNamespace, cast: SimpleNamespace) -> None:
    walks = [scene.second.id]
    for user in (cast.style, cast.office):
        found = [one for one in queries.flags_of_walks(user, walks) if one.rule == "text_copied"]
        assert [other.unit for one in found for other in one.others] == [cast.head.unit.name]
    assert queries.flags_of_walks(cast.coord, walks) == []
    assert queries.flags_of_walks(cast.stranger, walks) == []


def test_a_countys_office_sees_only_its_county(
    scene: SimpleNamespace, cast: SimpleNamespace, put: Callable[..., Walkthrough], look: Callable[[], None]
) -> None:
    bureau = people.unit("示例县公安局", OrgClass.COUNTY)
    bureau.parent_id = cast.county.unit_id
    desk = people.unit("示例县作风整顿办", OrgClass.OFFICE)
    desk.parent_id = cast.county.unit_id
    clerk = people.person("county_office", "主任", Role.OFFICE, desk)
    chief = people.person("county_chief", "局长", Role.HEAD, bureau)
    walk = put(chief, at=LATER, fact=FACT)
    look()
    found = [one for one in queries.flags_of_walks(clerk, [walk.id, scene.second.id]) if one.rule == "text_copied"]
    assert [one.walk_id for one in found] == [walk.id]
    assert found[0].others == []
    with pytest.raises(Exception, match="没有找到"):
        queries.flag_to_mark(clerk, scene.flag.id)


def test_the_unit_explains_and_the_lane_reads_it(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client, look: Callable[[], None]
) -> None:
    address = f"/flags/{scene.flag.id}/explain"
    answer = client_for(cast.stranger).post(address, data={"explanation": "两家在同一个大厅，一起记的"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"#flag-{scene.flag.id}")
    look()
    shown = next(one for one in queries.flags_of_walks(cast.style, [scene.second.id]) if one.id == scene.flag.id)
    assert shown.explanation == "两家在同一个大厅，一起记的"


def test_an_explanation_outlives_a_new_look(scene: SimpleNamespace, cast: SimpleNamespace) -> None:
    from walkthrough_app.quality import service

    service.explain(scene.flag, "同一个大厅", by=cast.stranger)
    service.rebuild()
    db.session.expire_all()
    found = queries.flags_for_unit(db.session.get(User, cast.stranger.id), [scene.second.id])
    assert "同一个大厅" in {one.explanation for one in found}


@pytest.mark.parametrize(
    ("who", "status"), [("head", 404), ("deputy", 404), ("coord", 404), ("style", 403), ("office", 403), ("admin", 404)]
)
def test_others_cannot_explain(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client, who: str, status: int
) -> None:
    client = client_for(getattr(cast, who))
    assert client.post(f"/flags/{scene.flag.id}/explain", data={"explanation": "x"}).status_code == status


@pytest.mark.parametrize(("who", "status"), [("head", 404), ("stranger", 403), ("style", 403), ("coord", 404)])
def test_only_the_office_marks(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client, who: str, status: int
) -> None:
    assert client_for(getattr(cast, who)).post(f"/flags/{scene.flag.id}/seen", data={}).status_code == status


def test_the_office_marks_with_a_word_that_the_unit_does_not_see(
    scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client
) -> None:
    client = client_for(cast.office)
    data = {"remark": "电话问过，属实", "next": "/inbox"}
    answer = client.post(f"/flags/{scene.flag.id}/seen", data=data)
    assert answer.headers["Location"] == f"/inbox#flag-{scene.flag.id}"
    client.post(f"/flags/{scene.flag.id}/seen", data=data)
    assert db.session.query(AuditEntry).filter_by(verb="flag.seen").count() == 1
    lane = next(one for one in queries.flags_of_walks(cast.style, [scene.second.id]) if one.id == scene.flag.id)
    unit = next(one for one in queries.flags_for_unit(cast.stranger, [scene.second.id]) if one.id == scene.flag.id)
    assert lane.remark == "电话问过，属实"
    assert lane.seen_at
    assert unit.remark == ""
    assert unit.seen_at is None


def test_a_flag_that_is_not_there(cast: SimpleNamespace, client_for: Client) -> None:
    assert client_for(cast.head).post(f"/flags/{uuid.uuid4()}/explain", data={}).status_code == 404


def test_too_many_words_are_refused(scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.stranger)
    assert client.post(f"/flags/{scene.flag.id}/explain", data={"explanation": "长" * 501}).status_code == 422


def test_a_foreign_address_is_not_gone_to(scene: SimpleNamespace, cast: SimpleNamespace, client_for: Client) -> None:
    client = client_for(cast.stranger)
    answer = client.post(f"/flags/{scene.flag.id}/explain", data={"explanation": "x", "next": "//evil.example"})
    assert answer.headers["Location"].startswith("/walks/")
