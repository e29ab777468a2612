"""Write tests/vectors/fold.json anew: `python -m tests.vectors.make_fold`. Read the difference before you commit it."""

import json
from pathlib import Path
from typing import Any

from tests.walkthroughs.events import Log
from walkthrough_app.walkthroughs.fold import fold

FILE = Path(__file__).parent / "fold.json"
PHOTO = "a" * 64
MASKED = "b" * 64


def plain_walk() -> Log:
    log = Log()
    log.add("start", 0, mode="in_person", is_simulated=False, simulation_stop=None)
    log.add("step_start", 0, "query")
    log.add("answer", 3, "query", question="W-Q4", value="yes")
    log.add("step_start", 12, "prepare")
    log.add("trip", 47)
    log.add("step_start", 47, "queue")
    log.add("number", 48, "queue", no="A037", ahead=14)
    log.add("called", 71, "queue", window="3")
    log.add("step_start", 72, "accept")
    log.add("accepted", 90, "accept", receipt="2018-77", promised_on="2018-08-06")
    log.add("step_start", 90, "track")
    log.add("result", 96, "result", on="2018-07-09")
    log.add("finish", 96)
    return log


def weeks_between() -> Log:
    log = Log()
    log.add("start", 0, mode="on_behalf")
    photo = log.add("photo", 0, media=PHOTO, taken_at=None, caption="授权委托书")
    log.add("authorization", 0, principal="firm", scope="whole", signed_on=None, photo=photo)
    log.add("step_start", 1, "accept")
    log.add("accepted", 20, "accept")
    log.add("step_start", 20, "track")
    log.add("rest", 22)
    log.add("track", 3000, "track", channel="电话", text="还在审核")
    log.add("trip", 20000)
    log.add("step_start", 20000, "result")
    log.add("result", 20010, "result", how="window")
    log.add("finish", 20011)
    return log


def pauses_and_second_trip() -> Log:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.add("trip", 0)
    log.add("step_start", 0, "queue")
    log.add("number", 1, "queue", no="A001")
    log.add("called", 11, "queue")
    log.add("number", 12, "queue", no="B002")
    log.add("called", 40, "queue")
    log.add("pause", 41)
    log.add("trip", 1500)
    log.add("resume", 1500)
    log.add("called", 1505, "queue", window="7")
    log.add("step_stop", 1510, "queue")
    return log


def corrections() -> Log:
    log = Log()
    log.add("start", 0, mode="accompanied")
    log.add("consent", 0)
    log.add("step_start", 0, "query")
    wrong = log.add("number", 1, "queue", no="A1")
    log.add("retract", 2, event=wrong)
    log.add("answer", 3, "query", question="W-Q5", value="no")
    log.add("answer", 4, "query", question="W-Q5", value="yes", note="问了两次")
    log.add("answer", 5, "query", question="W-Q6", value="no")
    log.add("answer", 6, "query", question="W-Q6", value=None)
    log.add("timing", 7, "query", seconds=600, reason="忘了停表")
    note = log.add("note", 8, "query", text="门口没有指示牌")
    log.add("retract", 9, event=note)
    log.add("finish", 10)
    log.add("reopen", 11)
    return log


def findings_and_pictures() -> Log:
    log = Log()
    key = "22222222-2222-4222-8222-222222222222"
    other = "33333333-3333-4333-8333-333333333333"
    log.add("start", 0, mode="in_person", is_simulated=True, simulation_stop="accept")
    photo = log.add("photo", 1, "queue", media=PHOTO, taken_at="2018-07-09T01:01:00.000Z", width=1600, height=1200)
    log.add("caption", 2, photo=photo, text="取号机前排队")
    log.add("mask", 3, photo=photo, boxes=[[0.1, 0.1, 0.2, 0.2]], media=MASKED)
    log.add("finding", 4, "queue", finding=key, title="须重复取号", severity="minor", category="C7", photos=[photo])
    log.add("finding", 5, "queue", finding=key, title="照相与受理须两次取号", severity="moderate", category="C7")
    log.add(
        "measure", 6, finding=key, rectify_type="deadline", measure="合并窗口", steps="先腾窗口", due_on="2018-08-15"
    )
    log.add("finding", 7, "query", finding=other, title="误记", severity="minor", category="A1")
    log.add("drop", 8, finding=other, reason="不是问题")
    log.add("dismiss", 9, question="W-K5")
    log.add("dismiss", 10, question="W-K5")
    return log


def two_devices_and_a_clock_set_back() -> Log:
    log = Log()
    log.add("start", 10, mode="in_person")
    log.mono(0)
    log.add("step_start", 10, "queue")
    log.mono(1_000)
    log.add("step_stop", 3, "queue")
    log.mono(601_000)
    log.add("note", 12, "queue", device="tablet", text="从平板记的")
    log.events.append(log.events[1])
    return log


def evidence_from_a_phone() -> Log:
    """The server's word counts whenever it came, for its clock need not agree with the phone's."""
    log = Log()
    log.add("start", 30, mode="in_person")
    log.add("step_start", 30, "queue")
    photo = log.add("photo", 31, "queue", type="image/jpeg", size=4_000_000, taken_at="2018-07-09T01:31:00.000Z")
    log.add("sealed", 31, evidence=photo, sha256=PHOTO, size=700_000, type="image/jpeg")
    kept = {"evidence": photo, "media": "c" * 64, "sent": PHOTO, "width": 2048, "height": 1536}
    log.add("kept", 2, device="server", **kept)
    mask = log.add("mask", 32, photo=photo, boxes=[[0.1, 0.2, 0.3, 0.4]])
    log.add("masked", 3, device="server", mask=mask, photo=photo, media=MASKED)
    clear = log.add("photo", 33, "queue", caption="叫号屏")
    log.add("mask", 34, photo=clear, boxes=[], clear=True)
    log.add("kept", 4, device="server", **{**kept, "evidence": clear})
    again = log.add("photo", 35, "queue")
    stale = log.add("mask", 36, photo=again, boxes=[[0, 0, 0.5, 0.5]])
    log.add("mask", 37, photo=again, boxes=[])
    log.add("masked", 38, device="server", mask=stale, photo=again, media=MASKED)
    log.add("refused", 39, device="server", evidence=again, reason="照片打不开")
    gone = log.add("photo", 40, "queue")
    log.add("retract", 41, event=gone)
    log.add("kept", 42, device="server", **{**kept, "evidence": gone})
    voice = log.add("clip", 43, "queue", sort="voice", type="audio/webm", size=20_000, seconds=9.5)
    log.add("caption", 43, photo=voice, text="大厅广播")
    log.add("kept", 44, device="server", evidence=voice, media="d" * 64, sent="e" * 64, poster=None, seconds=9.6)
    return log


def a_phone_whose_clock_is_slow() -> Log:
    log = Log()
    log.add("start", 10, mode="in_person", device="form-1")
    log.add("step_start", 4, "prepare")
    log.add("pause", 8)
    log.add("no_finding", 9, reason="都顺")
    log.add("finish", 9)
    return log


def second_thoughts() -> Log:
    """Taking back the taking back brings the thing back, and so on."""
    log = Log()
    key = "22222222-2222-4222-8222-222222222222"
    log.add("start", 0, mode="in_person")
    first, second = log.add("photo", 1, "query", caption="一"), log.add("photo", 1, "query", caption="二")
    gone = log.add("retract", 2, event=first)
    log.add("retract", 3, event=gone)
    gone = log.add("retract", 4, event=second)
    back = log.add("retract", 5, event=gone)
    log.add("retract", 6, event=back)
    log.add("finding", 7, "query", finding=key, title="误记", severity="minor", category="A1")
    dropped = log.add("drop", 8, finding=key)
    log.add("retract", 9, event=dropped)
    return log


def clocks_that_disagree() -> Log:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.mono(0)
    log.add("step_start", 0, "queue")
    log.mono(1_000)
    log.add("number", 1, "queue", no="A1")
    log.mono(61_500)
    log.add("called", 200, "queue")
    log.mono(1_261_000)
    log.add("step_start", 201, "accept")
    log.mono(1_320_499)
    log.add("step_start", 210, "track")
    log.mono(5_000, boot="page-2")
    return log


def a_clock_said_to_have_jumped() -> Log:
    log = Log()
    log.add("start", 0, mode="in_person")
    log.add("step_start", 0, "query")
    log.add("clock", 5, jump=-3600)
    log.add("step_stop", 6, "query")
    return log


def cases() -> dict[str, Log]:
    makers = (
        plain_walk,
        weeks_between,
        pauses_and_second_trip,
        corrections,
        findings_and_pictures,
        two_devices_and_a_clock_set_back,
        evidence_from_a_phone,
        clocks_that_disagree,
        second_thoughts,
        a_phone_whose_clock_is_slow,
        a_clock_said_to_have_jumped,
    )
    return {maker.__name__: maker() for maker in makers} | {"nothing": Log()}


def vectors() -> list[dict[str, Any]]:
    return [{"name": name, "events": log.events, "state": fold(log.events).as_json()} for name, log in cases().items()]


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
