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


def cases() -> dict[str, Log]:
    makers = (
        plain_walk,
        weeks_between,
        pauses_and_second_trip,
        corrections,
        findings_and_pictures,
        two_devices_and_a_clock_set_back,
    )
    return {maker.__name__: maker() for maker in makers} | {"nothing": Log()}


def vectors() -> list[dict[str, Any]]:
    return [{"name": name, "events": log.events, "state": fold(log.events).as_json()} for name, log in cases().items()]


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
