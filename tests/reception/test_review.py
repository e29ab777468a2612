"""The report beside what was really tapped: every event in plain words, only what was frozen, never a name."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from tests.reception.conftest import Doors
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app.campaigns.models import Campaign
from walkthrough_app.core import clock, db
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reception import queries
from walkthrough_app.reception import review as reviewing
from walkthrough_app.reception.timeline import Line, flags_of, timeline
from walkthrough_app.reception.timeline.telling import length
from walkthrough_app.reports import service
from walkthrough_app.reports.compose import read
from walkthrough_app.reports.models import Report
from walkthrough_app.walkthroughs import log, package
from walkthrough_app.walkthroughs.models import Walkthrough
from walkthrough_app.walkthroughs.record import WalkRecord


def record(walk: story.Walk) -> WalkRecord:
    return package.records(story.report([walk]))[0]


def lines(walk: story.Walk) -> list[Line]:
    return timeline(record(walk), {})


def texts(walk: story.Walk) -> list[str]:
    return [line.text for line in lines(walk)]


def test_the_page_shows_the_text_and_the_taps(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).get(f"/reports/{submitted.id}").text
    for words in ("现将有关情况报告如下", "原始记录", "“排队”开始", "手机，手机同步", "用时35分钟，其中等候14分钟"):
        assert words in page
    assert "局长甲" not in page
    assert not any(user.name in page for user in (cast.head, cast.liaison, cast.deputy))


def test_each_step_says_when_it_began_and_how_long_it_took() -> None:
    told = texts(story.short())
    assert "“查询”开始" in told
    assert "“查询”结束，用时4分钟" in told


def test_the_queue_says_who_waited_for_what() -> None:
    told = texts(story.identity_card())
    assert "取号A001，前面14人" in told
    assert "叫号，到31号窗口，等候23分钟" in told


def test_each_answer_stands_with_its_question_and_its_time() -> None:
    found = next(line for line in lines(story.short()) if "能否问明白" in line.text)
    assert "4分" in found.text
    assert clock.to_local(found.at).strftime("%H:%M") == "08:34"


def test_a_changed_answer_says_what_it_was() -> None:
    walk = story.short()
    walk.answer(Q8=2)
    assert any("改为2分" in text and "原来是4分" in text for text in texts(walk))
    walk.answer(Q8=None)
    assert any("去掉了回答" in text for text in texts(walk))


def test_a_typed_time_says_what_was_counted_and_why() -> None:
    walk = story.short()
    walk.tap("timing", "queue", seconds=1800, reason="忘了点停。")
    told = next(text for text in texts(walk) if "手工填写" in text)
    assert told == "手工填写“排队”用时30分钟（计时是12分钟），理由：忘了点停"
    assert "手工填写用时：排队" in flags_of(record(walk))


def test_what_was_taken_back_stays_and_is_marked() -> None:
    walk = story.short()
    gone = walk.tap("trip", place="窗口")
    walk.tap("retract", event=gone)
    walk.tap("trip")
    found = lines(walk)
    assert [line.is_gone for line in found if line.id == gone] == [True]
    assert [line.text for line in found[-3:]] == ["第2次到现场：窗口", "撤销到现场（7月9日09:07）", "第2次到现场"]


def test_a_clock_that_was_changed_is_told() -> None:
    walk = story.short()
    walk.tap("clock", jump=-600)
    assert "手机时间拨慢了10分钟" in texts(walk)
    assert any("时间变动" in flag for flag in flags_of(record(walk)))


def test_every_kind_of_event_has_its_sentence() -> None:
    for walk in story.three_walks():
        assert not [text for text in texts(walk) if "其他记录" in text or not text]
    walk = story.short()
    for kind, payload in {
        "pause": {},
        "resume": {},
        "rest": {},
        "note": {"text": "两个窗口"},
        "reopen": {},
        "void": {"reason": "走错了"},
        "refused": {"evidence": walk.events[0]["id"], "reason": "太大"},
        "clip": {"sort": "video", "type": "video/mp4", "size": 1, "seconds": 12.4},
        "caption": {"photo": walk.events[0]["id"], "text": "大厅"},
        "drop": {"finding": story.name_of("x")},
        "dismiss": {"question": "W-Q4"},
    }.items():
        walk.tap(kind, None, **payload)
    assert not [text for text in texts(walk) if "其他记录" in text or not text]


def test_another_phone_and_a_late_arrival_are_told(
    cast: SimpleNamespace, submitted: Report, campaign: Campaign, store: LocalStore
) -> None:
    told = story.short("户口迁移")
    told.events[-1]["device"] = "phone-2"
    walk = stage.put_walk(cast.head, campaign, add_item(cast.head.unit, "户口迁移"), told, store)
    record, ids = log.record_of(walk), {event["id"] for event in told.events}
    found = timeline(record, queries.arrivals_of([record.id], ids))
    notes = [note for line in found for note in line.notes]
    assert "另一部手机（第2部），手机同步" in notes
    assert any(note.endswith("后收到") for note in notes)


def test_what_came_after_the_version_is_not_shown(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, walk: Walkthrough
) -> None:
    told = story.short()
    told.tap("note", "queue", text="后来才写的话")
    log.append(walk, [told.events[-1] | {"walk": str(walk.id), "seq": 900}], by=cast.head, door="sync")
    db.session.commit()
    assert "后来才写的话" not in client_for(cast.style).get(f"/reports/{submitted.id}").text


def test_pictures_are_the_masked_ones_of_this_version(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    client = client_for(cast.style)
    page = client.get(f"/reports/{submitted.id}").text
    shown = re.findall(r'href="([^"]*/photos/[^"]*masked.jpg)"', page)
    assert len(shown) == 2
    states = package.records(submitted.versions[0].data)[0].state.photos.values()
    for address in shown:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.headers["ETag"].strip('"') in {photo["masked"] for photo in states}
        for name in ("coord", "stranger"):
            assert client_for(getattr(cast, name)).get(address).status_code in {403, 404}
        assert client_for(cast.deputy).get(address).status_code == 403


def test_a_picture_nobody_has_masked_is_not_there() -> None:
    walk = story.short()
    bare = walk.photo("没有打码的", mask="none")
    line = next(one for one in lines(walk) if one.id == bare)
    assert line.photo == ""
    assert "没有打码，不显示" in line.notes


def test_of_many_walks_one_is_told_and_the_others_are_links(session: Session) -> None:
    walks = [story.short(f"事项{n}") for n in range(8)]
    journeys = read(story.report(walks)).journeys
    views = reviewing.walks_of(journeys, journeys[3].id)
    assert [view.id for view in views if view.lines] == [journeys[3].id]
    assert [view.id for view in reviewing.walks_of(journeys, "nonsense") if view.lines] == [journeys[0].id]


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_version_that_is_not_there_is_not_found(
    submitted: Report, cast: SimpleNamespace, client_for: Doors, number: int
) -> None:
    assert client_for(cast.style).get(f"/reports/{submitted.id}/versions/{number}").status_code == 404


def test_the_unit_sees_its_version_as_the_lane_does(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    page = client_for(cast.liaison).get(f"/reports/{submitted.id}/versions/1")
    assert page.status_code == 200
    assert ">接收<" not in page.text


def test_the_unit_sees_a_version_that_it_has_withdrawn(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    service.withdraw(submitted, by=cast.liaison)
    db.session.commit()
    page = client_for(cast.liaison).get(f"/reports/{submitted.id}/versions/1").text
    assert "没有报送" in page
    assert "后来又报送了" not in page
    assert client_for(cast.style).get(f"/reports/{submitted.id}/versions/1").status_code == 404


def test_the_office_looks_on(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.office).get(f"/reports/{submitted.id}").text
    assert "原始记录" in page
    for words in (">接收<", 'id="decide"', ">批注<"):
        assert words not in page


def test_walks_that_take_long_are_told_in_hours_and_days() -> None:
    assert [length(seconds) for seconds in (20, 65 * 60, 3 * 24 * 3600)] == ["不到1分钟", "1小时5分钟", "3天"]


def test_handing_in_again_shows_the_latest(corrected: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    client = client_for(cast.style)
    assert "逐条落实整改措施" in client.get(f"/reports/{corrected.id}").text
    old = client.get(f"/reports/{corrected.id}/versions/1").text
    assert "后来又报送了新的一版" in old
    assert "逐条落实整改措施" not in old
    service.receive(corrected, by=cast.style)
