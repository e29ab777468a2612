"""One sentence for each kind of event."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.questionnaires.answers import show_answer
from walkthrough_app.reports.dates import day_of
from walkthrough_app.reports.journey import MODES, PRINCIPALS
from walkthrough_app.reports.voice import clause_of
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES, WalkRecord

Event = Mapping[str, Any]


def length(seconds: int) -> str:
    """Write a length: 不到1分钟, 12分钟, 1小时5分钟, 2天."""
    minutes = clock.minutes(seconds)
    if minutes < 1:
        return "不到1分钟"
    if minutes < 60:
        return phrases.minutes(minutes)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24}天"
    return f"{hours}小时" + (phrases.minutes(rest) if rest else "")


class Teller:
    """Tells the events of one walk one after another; remembers what was said before where a later one changes it."""

    def __init__(self, record: WalkRecord, ordered: Sequence[Event]) -> None:
        self.record, self.payload = record, dict[str, Any]()
        self.steps = {step.id: step.title for step in record.document.steps}
        self.by_id = {event["id"]: event for event in ordered}
        self.given: dict[str, Any] = {}
        self.findings: dict[str, str] = {}
        self.measured: set[str] = set()
        self.trips = 0
        self.kept = {one["payload"]["evidence"]: one["at"] for one in ordered if one["kind"] == "kept"}
        self.ends: dict[str, list[str]] = {}
        for name, state in record.state.steps.items():
            for run in state.runs:
                self.ends.setdefault(run.stop or "", []).append(f"“{self.step(name)}”结束，用时{length(run.seconds)}")
        self.waits = {turn["called_at"]: turn["seconds"] for turn in record.state.queue if turn["called_at"]}

    def tell(self, event: Event, *, is_gone: bool = False) -> str:
        """Return the sentence of an event; what was taken back changes nothing that is said later."""
        teller = self._apart() if is_gone else self
        teller.payload = event["payload"]
        return TELLERS.get(event["kind"], _unknown)(teller, event)

    def _apart(self) -> "Teller":
        """Return a teller that knows the same and remembers for itself."""
        other = copy(self)
        other.given, other.findings, other.measured = dict(self.given), dict(self.findings), set(self.measured)
        other.ends = {}
        return other

    def notes(self, event: Event, received: datetime | None) -> Iterator[str]:
        """Yield what belongs beside a photo or recording: when it was taken, when it reached the server, its state."""
        state = self.record.state
        known = state.photos.get(event["id"]) or state.clips.get(event["id"])
        if known is None or event["kind"] not in {"photo", "clip"}:
            return
        kept = self.kept.get(event["id"]) or (clock.iso(received) if received else "")
        taken = known.get("taken_at") or event["at"]
        yield f"拍摄{_moment(taken)}" + (f"，收到{_moment(kept)}" if kept else "")
        if event["kind"] == "photo" and not known["masked"]:
            yield "没有打码，不显示"

    def step(self, name: str | None) -> str:
        return self.steps.get(name or "", name or "")

    def closing(self, event: Event) -> list[str]:
        """Take the sentences of the runs that this event ended."""
        found = self.ends.get(event["at"]) or []
        return [found.pop(0)] if found else []

    def question(self, key: str, value: Any) -> tuple[str, str]:
        """Return a question and an answer to it in words."""
        known = self.record.document.find(key)
        if known is None:
            return key, str(value)
        return f"{known.respondent}{known.text.rstrip('？?')}", show_answer(known, value)


def _start(teller: Teller, _event: Event) -> str:
    simulated = "，模拟" if teller.payload.get("is_simulated") else ""
    mode = teller.payload["mode"]
    name = MODES.get(mode) or next((one.name for one in teller.record.paper.modes if one.id == mode), "")
    return f"开始走流程：{name}{simulated}"


def _step_start(teller: Teller, event: Event) -> str:
    return "；".join([*teller.closing(event), f"“{teller.step(event['step'])}”开始"])


def _stopping(words: str) -> Callable[[Teller, Event], str]:
    def tell(teller: Teller, event: Event) -> str:
        return "；".join(part for part in (*teller.closing(event), words) if part)

    return tell


def _step_stop(teller: Teller, event: Event) -> str:
    return "；".join(teller.closing(event)) or f"“{teller.step(event['step'])}”停止计时"


def _trip(teller: Teller, _event: Event) -> str:
    teller.trips += 1
    place = teller.payload.get("place")
    return f"第{teller.trips}次到现场" + (f"：{clause_of(place)}" if place else "")


def _number(teller: Teller, _event: Event) -> str:
    ahead = teller.payload.get("ahead")
    return f"取号{teller.payload.get('no', '')}" + (f"，前面{ahead}人" if ahead is not None else "")


def _called(teller: Teller, event: Event) -> str:
    window, waited = teller.payload.get("window"), teller.waits.get(event["at"])
    parts = [f"叫号，到{window}号窗口" if window else "叫号"]
    return "，".join(parts + ([f"等候{length(waited)}"] if waited is not None else []))


def _answer(teller: Teller, _event: Event) -> str:
    key, value = teller.payload["question"], teller.payload["value"]
    asked, said = teller.question(key, value)
    before = teller.given.get(key)
    teller.given[key] = value
    note = teller.payload.get("note")
    told = said + (f"（{clause_of(note)}）" if note else "")
    if value is None:
        return f"{asked}：去掉了回答"
    if before is not None and before != value:
        return f"{asked}：改为{told}，原来是{teller.question(key, before)[1]}"
    return f"{asked}：{told}"


def _typed(teller: Teller, event: Event) -> str:
    state = teller.record.state.steps.get(event["step"])
    counted = f"（计时是{length(sum(run.seconds for run in state.runs))}）" if state and state.runs else ""
    typed = f"手工填写“{teller.step(event['step'])}”用时{length(teller.payload['seconds'])}{counted}"
    return f"{typed}，理由：{clause_of(teller.payload['reason'])}"


def _clock(teller: Teller, _event: Event) -> str:
    jump = int(teller.payload["jump"])
    return f"手机时间{'拨快' if jump > 0 else '拨慢'}了{length(abs(jump))}"


def _photo(teller: Teller, event: Event) -> str:
    photo = teller.record.state.photos.get(event["id"], {})
    caption = photo.get("caption") or teller.payload.get("caption")
    return f"照片：{clause_of(caption)}" if caption else "照片"


def _clip(teller: Teller, _event: Event) -> str:
    sort = "录像" if teller.payload["sort"] == "video" else "录音"
    seconds = teller.payload.get("seconds")
    return sort + (f"，{round(seconds)}秒" if seconds else "")


def _refused(teller: Teller, _event: Event) -> str:
    return f"有一份佐证没能用上：{clause_of(teller.payload['reason'])}"


def _caption(teller: Teller, _event: Event) -> str:
    return f"照片说明改为：{clause_of(teller.payload['text'])}"


def _mask(teller: Teller, _event: Event) -> str:
    boxes = len(teller.payload["boxes"])
    return f"给照片打码{boxes}处" if boxes else "确认照片无需打码"


def _finding(teller: Teller, _event: Event) -> str:
    key, title = teller.payload["finding"], clause_of(teller.payload["title"])
    verb = "改写问题" if key in teller.findings else "记下问题"
    teller.findings[key] = title
    fact = clause_of(teller.payload.get("fact") or "")
    return f"{verb}：{title}" + (f"（{fact}）" if fact else "")


def _measure(teller: Teller, _event: Event) -> str:
    key = teller.payload["finding"]
    verb = "改写措施" if key in teller.measured else "写明措施"
    teller.measured.add(key)
    kind = RECTIFY_TYPES.get(teller.payload["rectify_type"], "")
    due = day_of(teller.payload.get("due_on"))
    until = f"，{due}前完成" if due else ""
    return f"{verb}（{teller.findings.get(key, '问题')}）：{kind}，{clause_of(teller.payload['measure'])}{until}"


def _drop(teller: Teller, _event: Event) -> str:
    return f"删去问题：{teller.findings.get(teller.payload['finding'], '')}"


def _dismiss(teller: Teller, _event: Event) -> str:
    return f"认为不是问题：{teller.question(teller.payload['question'], None)[0]}"


def _accepted(teller: Teller, _event: Event) -> str:
    promised = day_of(teller.payload.get("promised_on"))
    return "窗口正式受理" + (f"，答复{promised}前办结" if promised else "")


def _track(teller: Teller, _event: Event) -> str:
    return f"跟踪进程（{teller.payload.get('channel') or '查询'}）：{clause_of(teller.payload['text'])}"


def _result(teller: Teller, _event: Event) -> str:
    got = day_of(teller.payload.get("on"))
    return "拿到结果" + (f"（{got}）" if got else "")


def _authorization(teller: Teller, _event: Event) -> str:
    return f"拍下授权委托书（{PRINCIPALS.get(teller.payload['principal'], '')}委托）"


def _retract(teller: Teller, _event: Event) -> str:
    undone = teller.by_id.get(teller.payload["event"])
    words = NAMES.get(undone["kind"], "一次点按") if undone else "一次点按"
    return f"撤销{words}" + (f"（{_moment(undone['at'])}）" if undone else "")


def _said(words: str, name: str) -> Callable[[Teller, Event], str]:
    return lambda teller, _event: f"{words}：{clause_of(str(teller.payload[name]))}"


def _plain(words: str) -> Callable[[Teller, Event], str]:
    return lambda _teller, _event: words


def _unknown(_teller: Teller, event: Event) -> str:
    return f"其他记录（{event['kind']}）"


def _moment(text: str) -> str:
    at = clock.to_local(clock.parse(text))
    return f"{phrases.short_date(at.date())}{at:%H:%M}"


NAMES = {
    "photo": "照片",
    "clip": "录像或录音",
    "number": "取号",
    "called": "叫号",
    "trip": "到现场",
    "answer": "一个回答",
    "note": "一条记录",
    "finding": "一个问题",
    "step_start": "环节开始",
    "step_stop": "环节结束",
    "accepted": "受理",
    "result": "结果",
    "timing": "手工用时",
}
TELLERS: dict[str, Callable[[Teller, Event], str]] = {
    "start": _start,
    "step_start": _step_start,
    "step_stop": _step_stop,
    "pause": _stopping("暂停"),
    "resume": _plain("继续"),
    "rest": _stopping("先回去，等结果"),
    "finish": _stopping("核对无误，确认走完"),
    "reopen": _plain("重新打开记录"),
    "void": _said("作废", "reason"),
    "trip": _trip,
    "number": _number,
    "called": _called,
    "answer": _answer,
    "note": _said("记录", "text"),
    "feeling": _said("感受", "text"),
    "photo": _photo,
    "clip": _clip,
    "refused": _refused,
    "caption": _caption,
    "mask": _mask,
    "clock": _clock,
    "finding": _finding,
    "measure": _measure,
    "drop": _drop,
    "dismiss": _dismiss,
    "timing": _typed,
    "accepted": _accepted,
    "track": _track,
    "result": _result,
    "authorization": _authorization,
    "consent": _plain("对方同意陪同"),
    "no_finding": _said("没有发现问题，原因", "reason"),
    "retract": _retract,
}
