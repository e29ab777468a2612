"""What a phone tells is stored once, one by one, whatever else is wrong."""

import uuid

import pytest

from tests.sync.phone import Phone
from walkthrough_app.core import db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.walkthroughs import queries, service
from walkthrough_app.walkthroughs.models import WalkState


def test_events_are_named_in_the_answer_and_in_the_log(phone, state):
    events = [phone.event("step_start", "queue"), phone.event("number", no="A037", ahead=12)]
    answer = phone.send(*events)
    assert answer["accepted"] == [event["id"] for event in events]
    assert answer["rejected"] == []
    assert answer["now"].endswith("Z")
    assert state().queue[0]["no"] == "A037"


def test_the_log_keeps_an_event_as_the_phone_made_it(phone, walk):
    event = phone.event("note", "queue", text="叫号屏坏了")
    phone.send(event)
    row = queries.last_event(walk, "phone-1")
    assert (str(row.id), row.hash, row.door) == (event["id"], phone.prev, "sync")
    assert row.received_by_id == walk.walker_id


def test_a_repeat_is_answered_the_same_and_stored_once(phone, walk, state):
    event = phone.event("note", "queue", text="一次")
    assert phone.send(event)["accepted"] == phone.send(event, event)["accepted"] == [event["id"]]
    assert [note["text"] for note in state().notes] == ["一次"]


def test_two_phones_cross_and_nothing_is_lost(phone, other_phone, state):
    mine, theirs = phone.event("note", "queue", text="甲"), other_phone.event("note", "queue", text="乙")
    other_phone.send(theirs)
    phone.send(mine)
    other_phone.send(other_phone.event("note", "accept", text="丙"))
    assert {note["text"] for note in state().notes} == {"甲", "乙", "丙"}


def test_an_event_no_one_can_use_does_not_hold_up_the_others(phone, state):
    good = phone.event("note", "queue", text="好的")
    bad = [
        {**phone.event("note", text="x"), "kind": "bribe"},
        {**phone.event("note", text="x"), "payload": {"text": "x" * 2000}},
        {**phone.event("note", text="x"), "walk": str(uuid.uuid4())},
        {**phone.event("note", text="x"), "at": "yesterday"},
    ]
    answer = phone.send(*bad, good)
    assert answer["accepted"] == [good["id"]]
    assert [one["id"] for one in answer["rejected"]] == [one["id"] for one in bad]
    assert all(one["why"].endswith("。") for one in answer["rejected"])
    assert [note["text"] for note in state().notes] == ["好的"]


@pytest.mark.parametrize("kind", ["start", "kept", "refused", "masked"])
def test_what_only_the_server_says_is_not_taken_from_a_phone(kind, phone):
    payload = {
        "start": {"mode": "in_person"},
        "kept": {"evidence": str(uuid.uuid4()), "media": "0" * 64, "sent": "0" * 64},
        "refused": {"evidence": str(uuid.uuid4()), "reason": "不要"},
        "masked": {"mask": str(uuid.uuid4()), "photo": str(uuid.uuid4()), "media": "0" * 64},
    }[kind]
    answer = phone.send(phone.event(kind, **payload))
    assert (answer["accepted"], len(answer["rejected"])) == ([], 1)


@pytest.mark.parametrize("text", ["half \ud83d", "nul \0"])
def test_text_that_cannot_be_stored_is_refused_by_itself(text, phone):
    event, good = phone.event("note", "queue", text="x"), phone.event("note", "queue", text="好的😀")
    answer = phone.send({**event, "payload": {"text": text}}, {**event, "step": text}, good)
    assert answer["accepted"] == [good["id"]]
    assert [one["id"] for one in answer["rejected"]] == [event["id"], event["id"]]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"events": {}}',
        b'{"events": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"events": [' + b"1," * 100 + b"1]}",
    ],
    ids=["empty", "cut", "list", "text", "bytes", "deep", "no list", "deep inside", "too many"],
)
def test_a_body_that_is_no_batch_is_one_sentence(raw, phone):
    answer = phone.put("events", data=raw)
    assert answer.status_code == 422
    assert answer.get_json()["error"].endswith("。")


@pytest.mark.parametrize(
    "odd", [None, 1, "text", [], {}, {"id": 7}, {"id": "\ud800"}, {"id": "x", "payload": [[[[]]]]}]
)
def test_odd_things_among_the_events_are_refused_one_by_one(odd, phone):
    good = phone.event("note", "queue", text="好的")
    answer = phone.send(odd, good)
    assert answer["accepted"] == [good["id"]]
    assert len(answer["rejected"]) == 1


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 400, "NaN"])
def test_numbers_that_are_none_are_refused(number, phone):
    event = phone.event("note", "queue", text="x")
    nested = "[" * 600 + "]" * 600
    body = f'{{"events": [{{"id": "{event["id"]}", "mono": {number}}}, {{"id": "deep", "payload": {nested}}}]}}'
    answer = phone.put("events", data=body.encode())
    assert [one["id"] for one in answer.get_json()["rejected"]] == [event["id"], "deep"]


def test_a_body_larger_than_half_a_megabyte_is_not_read(phone):
    answer = phone.put("events", data=b" " * (512 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.get_json()["error"].endswith("。")


def test_an_empty_batch_is_fine(phone):
    answer = phone.send()
    assert {**answer, "now": ""} == {"accepted": [], "rejected": [], "events": [], "pending": 0, "now": ""}


def test_a_walk_that_is_over_still_takes_what_comes_late(phone, walk, cast, state):
    late = phone.event("note", "queue", text="地下室没信号")
    service.void(walk, "走错了", by=cast.head, tap=uuid.uuid4())
    db.session.commit()
    assert phone.send(late)["accepted"] == [late["id"]]
    assert state().status == "void"
    assert state().notes[0]["text"] == "地下室没信号"


def test_a_walk_is_finished_from_the_phone_only_when_it_may_be(phone, walk, state):
    too_early = phone.event("finish")
    assert phone.send(too_early)["rejected"][0]["id"] == too_early["id"]
    reason = phone.event("no_finding", reason="没有发现问题")
    answers = [phone.event("answer", None, question=name, value="yes") for name in closing(walk)]
    finish = phone.event("finish")
    assert phone.send(finish, reason, *answers)["rejected"] == []
    db.session.expire_all()
    assert walk.state is WalkState.FINISHED
    assert "walk.finished" in {entry.verb for entry in db.session.query(AuditEntry).all()}
    late = phone.event("note", "queue", text="晚到")
    assert phone.send(late, finish)["accepted"] == [late["id"], finish["id"]]
    assert state().status == "finished"


def closing(walk):
    from walkthrough_app.walkthroughs import log

    return [one.id for one in log.record_of(walk).closing_questions() if one.required]


def test_an_event_another_walk_has_is_not_taken_over(phone, app, second_walk, cast, token_for):
    event = phone.event("note", "queue", text="我的")
    phone.send(event)
    thief = Phone(app.test_client(use_cookies=False), second_walk.id, token_for(second_walk, cast.head))
    answer = thief.send({**event, "walk": str(second_walk.id)})
    assert (answer["accepted"], [one["id"] for one in answer["rejected"]]) == ([], [event["id"]])
