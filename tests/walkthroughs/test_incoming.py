"""Events from outside: each is taken or refused by itself, and none harms the log."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from walkthrough_app.core import db
from walkthrough_app.core.ids import digest
from walkthrough_app.walkthroughs import log, queries, snapshot
from walkthrough_app.walkthroughs.log import ServerDoor
from walkthrough_app.walkthroughs.models import Walkthrough

Make = Callable[..., dict[str, Any]]


def test_events_of_a_phone_are_stored_once_however_often_they_come(walk: Walkthrough, make: Make, cast) -> None:
    events = [make("step_stop", "query"), make("note", "query", text="门口没有指示牌")]
    for _ in range(3):
        taken = log.take(walk, events, by=cast.head, door="sync")
        assert taken.accepted == [event["id"] for event in events]
    assert [note["text"] for note in taken.record.state.notes] == ["门口没有指示牌"]


def test_a_bad_event_does_not_hold_up_the_others(walk: Walkthrough, make: Make, cast) -> None:
    bad, good = make("note", "query", text=""), make("note", "query", text="好")
    taken = log.take(walk, [bad, "nonsense", good], by=cast.head, door="sync")
    assert taken.accepted == [good["id"]]
    assert [name for name, _ in taken.rejected] == [bad["id"], ""]
    assert all(why for _, why in taken.rejected)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused_and_the_rest_is_kept(
    walk: Walkthrough, make: Make, cast, day: str
) -> None:
    good, bad = make("accepted", "accept", receipt="", promised_on=None), make("result", "result", on=day)
    taken = log.take(walk, [good, bad], by=cast.head, door="sync")
    assert taken.accepted == [good["id"]]
    assert taken.rejected == [(bad["id"], "这一条记录的日期不对。")]


def test_a_clock_that_lost_its_way_does_not_keep_a_walk_from_being_stored(walk: Walkthrough, make: Make, cast) -> None:
    begun = make("step_start", "queue") | {"at": "1970-01-01T00:00:00.000Z", "device": "lost"}
    ended = make("step_stop", "queue") | {"at": "2099-12-31T23:59:59.000Z", "device": "lost"}
    taken = log.take(walk, [begun, ended], by=cast.head, door="sync")
    assert len(taken.accepted) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"walk": "22222222-2222-4222-8222-222222222222"},
        {"payload": {"text": "半个字\ud83d"}},
        {"payload": {"text": "空字符\x00"}},
        {"payload": {"text": "\x1b[31m"}},
        {"at": "2026-11-22T10:00:00.000"},
        {"at": "0001-01-01T00:00:00.000+14:00"},
        {"at": "9999-12-31T23:59:59.000-14:00"},
        {"at": "gestern"},
        {"mono": float("inf")},
        {"boot": "\x00"},
        {"device": "phone\ud83d"},
        {"kind": "bribe"},
        {"extra": 1},
    ],
    ids=lambda change: ascii(change)[:40],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(walk: Walkthrough, make: Make, cast, change: dict) -> None:
    event = {**make("note", "query", text="好"), **change}
    taken = log.take(walk, [event], by=cast.head, door="sync")
    assert taken.accepted == []
    assert taken.rejected[0][0] == event["id"]
    assert taken.rejected[0][1].endswith("。")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("start", {"mode": "in_person"}),
        ("kept", {"evidence": str(uuid.uuid4()), "media": "a" * 64, "sent": "b" * 64}),
        ("refused", {"evidence": str(uuid.uuid4()), "reason": "不要"}),
        ("masked", {"mask": str(uuid.uuid4()), "photo": str(uuid.uuid4()), "media": "a" * 64}),
    ],
)
def test_a_phone_cannot_say_what_only_the_server_says(walk: Walkthrough, make: Make, cast, kind, payload) -> None:
    taken = log.take(walk, [make(kind, **payload)], by=cast.head, door="sync")
    assert taken.rejected[0][1] == "这一条只能由系统记录。"


def test_a_phone_cannot_name_a_file_it_did_not_send(walk: Walkthrough, make: Make, cast) -> None:
    for event in (make("photo", media="a" * 64), make("mask", photo=str(uuid.uuid4()), boxes=[], media="a" * 64)):
        assert log.take(walk, [event], by=cast.head, door="sync").accepted == []


@pytest.mark.parametrize("device", ["server", "form-0123456789ab"])
def test_a_phone_cannot_pass_for_the_server(walk: Walkthrough, make: Make, cast, device: str) -> None:
    event = {**make("note", "query", text="好"), "device": device, "seq": 2147483647}
    assert log.take(walk, [event], by=cast.head, door="sync").accepted == []


def test_an_id_of_another_walk_is_not_taken_for_known(walk: Walkthrough, make: Make, cast, second_walk) -> None:
    event = make("note", "query", text="一")
    log.take(walk, [event], by=cast.head, door="sync")
    stolen = {**event, "walk": str(second_walk.id)}
    assert log.take(second_walk, [stolen], by=cast.head, door="sync").accepted == []


def test_a_walk_is_finished_only_when_its_gates_are_open(walk: Walkthrough, make: Make, cast) -> None:
    finish = make("finish")
    taken = log.take(walk, [finish, make("feeling", text="还行")], by=cast.head, door="sync")
    assert taken.rejected == [(finish["id"], "没有发现问题，请写明原因（要真正发现问题）。")]
    assert taken.record.state.status == "in_progress"


def test_reasons_that_arrive_with_the_finish_open_its_gates(walk: Walkthrough, make: Make, cast) -> None:
    said = [make("answer", None, question=f"W-I{number}", value="yes") for number in range(1, 5)]
    finish = make("finish")
    taken = log.take(walk, [finish, *said, make("no_finding", reason="都顺")], by=cast.head, door="sync")
    assert taken.rejected == []
    assert walk.state == "finished"
    late = make("note", "query", text="路上才连上网")
    assert log.take(walk, [late], by=cast.head, door="sync").accepted == [late["id"]], "nothing is lost"


def test_each_hash_covers_its_predecessor_as_the_phone_computes_it(walk: Walkthrough, make: Make, cast) -> None:
    first = make("note", "query", text="一", mono=12)
    second = {**make("note", "query", text="二"), "prev": snapshot.event_hash(first)}
    log.take(walk, [first, second], by=cast.head, door="sync")
    db.session.commit()
    db.session.expire_all()
    stored = {str(event.id): snapshot.event_json(event) for event in queries.events_of(walk)}
    chained = {key: value for key, value in stored[first["id"]].items() if key != "hash"}
    assert stored[second["id"]]["prev"] == stored[first["id"]]["hash"] == digest(chained)
    assert '"mono":12,' in json.dumps(stored[first["id"]], separators=(",", ":"))


def test_the_server_speaks_as_a_device_of_its_own(walk: Walkthrough, make: Make, cast) -> None:
    photo = make("photo", "query", type="image/jpeg", size=10)
    log.take(walk, [photo], by=cast.head, door="sync")
    door = ServerDoor(walk, cast.head)
    door.add("kept", evidence=photo["id"], media="a" * 64, sent="b" * 64, width=4, height=3)
    record = door.commit()
    assert record.state.photos[photo["id"]]["media"] == "a" * 64
    assert queries.last_event(walk, "server").door == "server"


@pytest.fixture
def make(walk: Walkthrough) -> Make:
    """Make events as a phone does."""
    count = 0

    def event(kind: str, step: str | None = None, mono: int | None = None, **payload: Any) -> dict[str, Any]:
        nonlocal count
        count += 1
        ids = {"id": str(uuid.uuid4()), "walk": str(walk.id), "device": "phone-1", "seq": count}
        at = f"2026-11-22T10:{count:02d}:00.000Z"
        return {
            **ids,
            "kind": kind,
            "step": step,
            "payload": payload,
            "at": at,
            "mono": mono,
            "boot": None,
            "prev": None,
        }

    return event
