"""Comments on a place: begun by the lane, answered by the unit's head and liaison, settled by the lane."""

import re
import uuid
from types import SimpleNamespace

import pytest

from tests.reception.conftest import PLACE, Doors
from walkthrough_app.accounts.models import User
from walkthrough_app.core import db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.reception import places, queries
from walkthrough_app.reception import service as desk
from walkthrough_app.reception.models import Thread
from walkthrough_app.reports import service
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.models import Report

EVIL = "<script>alert(1)</script>“><img src=x onerror=alert(2)>"


def new(report: Report, place: str = PLACE, number: int = 1) -> str:
    return f"/reports/{report.id}/versions/{number}/comment?place={place}"


def at(thread: Thread, deed: str = "") -> str:
    return f"/reports/{thread.report_id}/comments/{thread.id}" + (f"/{deed}" if deed else "")


def test_the_lane_comments_and_is_led_back_to_the_place(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.style)
    page = client.get(new(submitted)).text
    assert "下一步工作" in page
    tap = re.findall(r'name="tap"[^>]*value="([^"]*)"', page)[0]
    answer = client.post(new(submitted), data={"tap": tap, "text": "请写明时限。"})
    assert answer.headers["Location"].endswith(f"/reports/{submitted.id}/versions/1#p-outlook")
    page = client.get(f"/reports/{submitted.id}").text
    assert "请写明时限。" in page
    assert 'href="#p-outlook"' in page


def test_the_unit_answers_and_the_lane_settles(thread: Thread, cast: SimpleNamespace, client_for: Doors) -> None:
    unit, lane = client_for(cast.liaison), client_for(cast.style)
    assert "请写明时限。" in unit.get(f"/reports/{thread.report_id}").text
    unit.post(at(thread), data={"tap": str(uuid.uuid4()), "text": "已改为8月底。"})
    assert "已改为8月底。" in lane.get(at(thread)).text
    lane.post(at(thread, "resolve"))
    assert "已了结" in unit.get(at(thread)).text
    lane.post(at(thread, "reopen"))
    assert thread.is_open


def test_every_kind_of_place_can_be_spoken_about(submitted: Report, cast: SimpleNamespace) -> None:
    version = submitted.versions[0]
    material = read(version.data)
    known = places.of(material, write(material))
    for kind in ("p:finding.", "w:", "s:", "f:"):
        place = next(one for one in known if one.startswith(kind))
        made = desk.comment(version, place, "请补充。", by=cast.style, tap=uuid.uuid4())
        assert made.title == known[place]
    assert len(queries.threads_of(submitted, 1)) == 4


def test_the_same_form_sent_twice_is_one_comment(submitted: Report, cast: SimpleNamespace) -> None:
    tap = uuid.uuid4()
    made = [desk.comment(submitted.versions[0], PLACE, "请补充。", by=cast.style, tap=tap) for _ in range(2)]
    assert made[0] is made[1]
    answers = uuid.uuid4()
    for _ in range(2):
        desk.answer(made[0], "好的。", by=cast.head, tap=answers)
    assert [one.text for one in made[0].comments] == ["请补充。", "好的。"]
    assert [deed.verb for deed in queries.deeds_of(submitted)].count("report.answered") == 1
    with pytest.raises(Conflict):
        desk.answer(made[0], "冒用。", by=cast.liaison, tap=answers)


@pytest.mark.parametrize("text", ["", "   ", "\n", "字" * 501])
def test_nothing_and_too_much_are_refused(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, text: str
) -> None:
    client = client_for(cast.style)
    answer = client.post(new(submitted), data={"tap": str(uuid.uuid4()), "text": text})
    assert answer.status_code == 200
    assert "请先改好这些地方" in answer.text
    assert not queries.threads_of(submitted)
    with pytest.raises(Invalid):
        desk.comment(submitted.versions[0], PLACE, text, by=cast.style, tap=uuid.uuid4())


@pytest.mark.parametrize("place", ["", "p:nonsense", "w:x", "f:00000000-0000-4000-8000-000000000000", "p:" + "x" * 900])
def test_a_place_that_is_not_there_is_not_found(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, place: str
) -> None:
    client = client_for(cast.style)
    assert client.get(new(submitted, place)).status_code == 404
    assert client.post(new(submitted, place), data={"text": "x"}).status_code == 404


def test_what_is_written_is_text_and_nothing_else(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    made = desk.comment(submitted.versions[0], PLACE, EVIL, by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    lane, unit = client_for(cast.style), client_for(cast.liaison)
    for client, address in (
        (lane, f"/reports/{submitted.id}"),
        (lane, at(made)),
        (lane, f"/reports/{submitted.id}/trail"),
        (unit, f"/reports/{submitted.id}"),
        (unit, at(made)),
    ):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_comments_belong_to_their_version(corrected: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    desk.comment(corrected.versions[0], PLACE, "说的是第1版。", by=cast.style, tap=uuid.uuid4())
    db.session.commit()
    page = client_for(cast.style).get(f"/reports/{corrected.id}").text
    assert "前几版还没有了结的" in page
    assert not queries.threads_of(corrected, 2)


@pytest.mark.parametrize(
    ("name", "seen", "answered", "settled"),
    [
        ("style", 200, 303, 303),
        ("office", 200, 403, 403),
        ("head", 200, 303, 403),
        ("liaison", 200, 303, 403),
        ("deputy", 403, 403, 403),
        ("coord", 404, 404, 404),
        ("stranger", 404, 404, 404),
        ("stranger_liaison", 404, 404, 404),
        ("county", 404, 404, 404),
        ("admin", 403, 403, 403),
    ],
)
def test_who_sees_answers_and_settles(
    thread: Thread, cast: SimpleNamespace, client_for: Doors, name: str, seen: int, answered: int, settled: int
) -> None:
    client = client_for(getattr(cast, name))
    assert client.get(at(thread)).status_code == seen
    assert client.post(at(thread), data={"tap": str(uuid.uuid4()), "text": "x"}).status_code == answered
    assert client.post(at(thread, "resolve")).status_code == settled


@pytest.mark.parametrize("name", ["office", "head", "liaison"])
def test_only_the_lane_begins(submitted: Report, cast: SimpleNamespace, client_for: Doors, name: str) -> None:
    client = client_for(getattr(cast, name))
    assert client.get(new(submitted)).status_code == 403
    assert client.post(new(submitted), data={"text": "x"}).status_code == 403
    with pytest.raises(Forbidden):
        desk.comment(submitted.versions[0], PLACE, "x", by=getattr(cast, name), tap=uuid.uuid4())


def test_a_county_of_another_realm_sees_nothing(thread: Thread, county_desk: User, client_for: Doors) -> None:
    client = client_for(county_desk)
    for address in (at(thread), new(thread.report), f"/reports/{thread.report_id}/trail"):
        assert client.get(address).status_code == 404


def test_a_matter_of_another_report_is_not_found(thread: Thread, cast: SimpleNamespace, client_for: Doors) -> None:
    other = uuid.uuid4()
    assert client_for(cast.style).get(f"/reports/{other}/comments/{thread.id}").status_code == 404
    assert client_for(cast.style).get(f"/reports/{thread.report_id}/comments/{other}").status_code == 404


def test_what_was_withdrawn_takes_its_comments_along(thread: Thread, cast: SimpleNamespace, client_for: Doors) -> None:
    service.withdraw(thread.report, by=cast.liaison)
    db.session.commit()
    assert client_for(cast.style).get(at(thread)).status_code == 404
    assert client_for(cast.liaison).get(at(thread)).status_code == 200


def test_after_receiving_nothing_is_added(thread: Thread, cast: SimpleNamespace) -> None:
    service.receive(thread.report, by=cast.style)
    with pytest.raises(Conflict, match="已经接收"):
        desk.answer(thread, "x", by=cast.head, tap=uuid.uuid4())
    with pytest.raises(Conflict, match="已经接收"):
        desk.comment(thread.report.versions[0], PLACE, "x", by=cast.style, tap=uuid.uuid4())
    desk.resolve(thread, by=cast.style)
    assert not thread.is_open


def test_a_bad_tap_is_no_reason_to_lose_the_words(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    client_for(cast.style).post(new(submitted), data={"tap": "nonsense", "text": "请补充。"})
    assert [one.comments[0].text for one in queries.threads_of(submitted)] == ["请补充。"]


def test_the_unit_is_led_to_the_paragraph_it_corrects(thread: Thread, cast: SimpleNamespace, client_for: Doors) -> None:
    service.return_(thread.report, ["附件不全"], by=cast.style)
    service.take_back(thread.report, by=cast.liaison)
    db.session.commit()
    assert f"/reports/{thread.report_id}/text/outlook" in client_for(cast.liaison).get(at(thread)).text
    with pytest.raises(NotFound):
        desk.title_of(thread.report.versions[0], "p:gone")
