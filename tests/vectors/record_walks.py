"""Walks for tests/vectors/record.json: every mode, every state a walk can be in, and what goes wrong on the way."""

from dataclasses import dataclass, field
from typing import Any

from tests.walkthroughs.events import WALK, Log, moment

PHOTO, MASKED, SENT = "a" * 64, "b" * 64, "c" * 64
KEY, OTHER, THIRD = (f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "234")
ITEM = {"promise_type": "workday", "promise_day": 5, "materials": ["居民身份证", "居民户口簿"], "limit_scene_num": 1}


@dataclass
class Walk:
    """A walk with its log; `now` are the moments its clocks are looked at."""

    name: str
    log: Log
    mode: str = "in_person"
    is_simulated: bool = False
    role: str = "head"
    must_walk: bool = False
    item: dict[str, Any] = field(default_factory=dict)
    now: list[str] = field(default_factory=lambda: [moment(200)])

    def data(self) -> dict[str, Any]:
        """Return what WalkRecord reads of `walk.json`."""
        reasons = ["core"] if self.must_walk else []
        return {
            "id": WALK,
            "item": {**ITEM, **self.item, "must_walk": reasons},
            "walker": {"role": self.role, "post": "局长"},
            "mode": self.mode,
            "is_simulated": self.is_simulated,
            "events": self.log.events,
        }


def begun(mode: str = "in_person", **payload: Any) -> Log:
    log = Log()
    log.add("start", 0, mode=mode, **payload)
    return log


def answer(log: Log, at: float, step: str | None, **answers: Any) -> None:
    """Answer questions, written W_Q4 for W-Q4."""
    for name, value in answers.items():
        log.add("answer", at, step, question=name.replace("_", "-"), value=value)


def masked_photo(log: Log, at: float, step: str) -> str:
    photo = log.add("photo", at, step, media=PHOTO)
    log.add("mask", at, photo=photo, boxes=[[0.1, 0.1, 0.2, 0.2]], media=MASKED)
    return photo


def whole_walk() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    answer(log, 3, "query", W_Q1=["phone"], W_Q2=99, W_Q4="yes", W_Q5="no", W_Q6="na", W_Q7="yes", W_Q8=2)
    log.add("step_start", 12, "prepare")
    answer(log, 40, "prepare", W_P1="yes", W_P2="yes", W_P3=3, W_P4=0, W_P5=2, W_P6=0, W_P7="yes", W_P8="one")
    log.add("trip", 47)
    log.add("step_start", 47, "queue")
    photo = masked_photo(log, 48, "queue")
    log.add("number", 48, "queue", no="A037", ahead=14)
    log.add("called", 79, "queue", window="3")
    log.add("number", 80, "queue", no="B002")
    log.add("called", 92, "queue")
    common: dict[str, Any] = {"title": "排队久", "severity": "moderate", "category": "C2"}
    log.add("finding", 93, "queue", finding=KEY, question="W-K2", photos=[photo], **common)
    log.add("measure", 93, finding=KEY, rectify_type="deadline", measure="加窗口", due_on="2018-08-15")
    log.add("step_start", 94, "accept")
    log.add("accepted", 110, "accept", receipt="2018-77")
    log.add("step_start", 110, "track")
    log.add("trip", 111)
    log.add("step_start", 112, "result")
    log.add("result", 120, "result", on="2018-07-18")
    answer(log, 121, "result", W_R3=2, W_R5="shorter", W_R6=["cut", "delegate"], W_R8=4)
    log.add("dismiss", 122, question="W-R5")
    answer(log, 123, None, W_I1="yes", W_I2="no", W_I3="yes", W_I4="yes")
    log.add("feeling", 124, text="不容易")
    log.add("finish", 125)
    return Walk("a whole walk in person", log)


def waiting_to_be_called() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    log.add("step_start", 10.4, "prepare")
    log.add("step_start", 30, "queue")
    log.add("number", 31, "queue", no=" ", ahead=0)
    log.add("photo", 32, "queue", type="image/jpeg", size=100)
    return Walk("waiting to be called", log, must_walk=True, role="deputy", now=[moment(31), moment(92.02), moment(0)])


def called_without_a_number() -> Walk:
    log = begun()
    log.add("trip", 0)
    log.add("step_start", 0, "queue")
    log.add("called", 5, "queue", window="7")
    log.add("step_stop", 6, "queue")
    answer(log, 7, "queue", W_K5=["few_windows"], W_K2=41)
    return Walk("called without a number, and resting", log)


def awaiting_the_result() -> Walk:
    log = begun()
    log.add("step_start", 0, "accept")
    log.add("accepted", 20, "accept")
    log.add("step_start", 20, "track")
    answer(log, 21, "track", W_T1="no", W_T3=1)
    log.add("rest", 22)
    log.add("track", 3000, "track", channel="电话", text="还在审核")
    return Walk("accepted, weeks to wait", log, must_walk=True)


def tracking_goes_on() -> Walk:
    log = begun()
    log.add("step_start", 0, "accept")
    log.add("accepted", 20, "accept")
    log.add("step_start", 20, "track")
    log.add("rest", 22)
    log.add("step_start", 4000, "track")
    return Walk("asking for the state of things again", log, now=[moment(4001.5)])


def received_on_the_spot() -> Walk:
    log = begun()
    log.add("step_start", 0, "accept")
    log.add("accepted", 900, "accept")
    log.add("result", 901, "result")
    return Walk("an item done on the spot, late in the evening", log, item={"promise_type": "onspot"})


def simulated(stop: str, *steps: str) -> Walk:
    log = begun("on_behalf", is_simulated=True, simulation_stop=stop)
    photo = log.add("photo", 0, media=PHOTO, caption="授权委托书")
    log.add("authorization", 0, principal="firm", scope="full", signed_on=None, photo=photo)
    for number, step in enumerate(steps):
        log.add("step_start", 1 + 20 * number, step)
    log.add("pause", 1 + 20 * len(steps))
    return Walk(f"a simulation that stops at {stop}", log, mode="on_behalf", is_simulated=True)


def with_a_companion() -> Walk:
    log = begun("accompanied")
    log.add("consent", 0)
    log.add("step_start", 0, "query")
    answer(log, 1, "query", W_Q1=["web"], W_Q3="no", W_Q2=3)
    log.add("finish", 2)
    log.add("reopen", 3)
    answer(log, 4, None, W_B2="dissatisfied", W_B3="queue", W_B4="{limit} 太久", W_I1="no")
    log.add("answer", 5, None, question="W-I2", value="no", note="认识窗口的人")
    return Walk("with a companion who is not pleased", log, mode="accompanied", role="deputy")


def companion_unheard() -> Walk:
    log = begun("accompanied")
    log.add("step_start", 0, "query")
    return Walk("with a companion nobody asked", log, mode="accompanied", now=[moment(0), moment(59.99), moment(61)])


def findings_half_done() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    log.add("pause", 0.5)
    done = masked_photo(log, 1, "query")
    common: dict[str, Any] = {"severity": "minor", "category": "A1"}
    log.add("finding", 2, "query", finding=KEY, title="没有指示牌", **common)
    log.add("finding", 3, "query", finding=OTHER, title="牌子旧", photos=[done], question="W-Q4", **common)
    log.add("measure", 3, finding=OTHER, rectify_type="immediate", measure="换新")
    log.add("finding", 4, "query", finding=THIRD, title="灯坏", photos=[done], **common)
    log.add("measure", 4, finding=THIRD, rectify_type="immediate", measure="换灯", after_photos=[done])
    answer(log, 5, "query", W_Q4="no", W_Q5="no")
    log.add("timing", 6, "query", seconds=30, reason="忘了停表")
    return Walk("findings without measures or pictures", log)


def evidence_under_way() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    bare = log.add("photo", 1, "query", type="image/jpeg", size=100)
    boxed = log.add("photo", 2, "query", type="image/jpeg", size=100)
    log.add("mask", 2, photo=boxed, boxes=[[0.1, 0.1, 0.2, 0.2]])
    clear = log.add("photo", 3, "query", type="image/jpeg", size=100)
    log.add("mask", 3, photo=clear, boxes=[], clear=True)
    log.add("kept", 1, device="server", evidence=clear, media=PHOTO, sent=SENT)
    broken = log.add("photo", 4, "query", type="image/jpeg", size=100)
    log.add("refused", 5, device="server", evidence=broken, reason="照片打不开")
    log.add("clip", 6, "query", sort="voice", type="audio/webm", size=20_000, seconds=9.5)
    film = log.add("clip", 7, "query", sort="video", type="video/mp4", size=20_000)
    log.add("kept", 8, device="server", evidence=film, media=MASKED, sent=SENT, poster=PHOTO)
    log.add("caption", 9, photo=bare, text="门口")
    return Walk("pictures still on the phone", log)


def clocks_gone_wrong() -> Walk:
    log = begun()
    log.add("step_start", 10, "query")
    log.add("step_start", 5, "prepare")
    log.add("pause", 700)
    return Walk("a clock set back, and one forgotten", log)


def begun_again() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    log.add("pause", 10)
    log.add("resume", 20)
    taken = log.add("step_start", 25, "queue")
    log.add("retract", 26, event=taken)
    return Walk("a tap taken back while the clock runs", log, now=[moment(26), moment(125)])


def voided() -> Walk:
    log = begun()
    log.add("step_start", 0, "query")
    log.add("void", 3, reason="点错了")
    return Walk("a walk declared void", log)


WALKS = (
    Walk("nothing begun", Log()),
    Walk("begun, no step yet", begun()),
    whole_walk(),
    waiting_to_be_called(),
    called_without_a_number(),
    awaiting_the_result(),
    tracking_goes_on(),
    received_on_the_spot(),
    simulated("query"),
    simulated("prepare", "query", "prepare"),
    simulated("accept", "query", "prepare", "queue", "accept"),
    with_a_companion(),
    companion_unheard(),
    findings_half_done(),
    evidence_under_way(),
    clocks_gone_wrong(),
    begun_again(),
    voided(),
)
