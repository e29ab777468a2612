"""Plausible walks written as events by hand: what a phone would have sent, without a phone."""

import hashlib
import io
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.questionnaires import source

SPACE = uuid.UUID("5f0c6d1e-0000-4000-8000-000000000000")
CAMPAIGN = {
    "title": "“一把手走流程”专项行动",
    "programme": "集中整治窗口服务突出问题专项",
    "basis_title": "关于进一步做好“一把手走流程”工作的通知",
    "basis_number": "〔2018〕13号",
    "basis_issuer": "示例市深化机关作风整顿领导小组办公室",
    "opens_on": "2018-07-04",
    "walk_due": "2018-07-15",
    "report_due": "2018-07-20",
    "thresholds": {},
    "receivers": {"style": "市作风整顿办作风评议组（市直机关工委）", "coord": "市作风整顿办综合协调组"},
}
UNIT = {"name": "示例市公安局", "org_class": "city_dept"}


def name_of(*parts: Any) -> str:
    """Return the same uuid for the same words."""
    return str(uuid.uuid5(SPACE, "/".join(map(str, parts))))


def item(name: str, **changes: Any) -> dict[str, Any]:
    plain = {
        "task_name": name,
        "task_code": "",
        "materials": ["居民身份证", "居民户口簿"],
        "anticipate_day": 60,
        "anticipate_type": "day",
        "promise_day": 20,
        "promise_type": "workday",
        "limit_scene_num": 1,
        "must_walk": [],
        "item_kind": "public_service",
    }
    return plain | changes


class Walk:
    """A walk being told: each call is one tap, `after` minutes after the one before."""

    def __init__(
        self,
        name: str,
        *,
        role: str = "head",
        mode: str = "in_person",
        at: str = "2018-07-09T08:30:00+08:00",
        **rest: Any,
    ) -> None:
        self.id = name_of(name, role, at)
        self.mode, self.role = mode, role
        self.now = datetime.fromisoformat(at)
        self.events: list[dict[str, Any]] = []
        self.pictures: dict[str, bytes] = {}
        self.is_simulated = rest.pop("is_simulated", False)
        self.reason = rest.pop("delegation_reason", "事项较多，不能在规定时间内完成体验" if role == "deputy" else "")
        stop = rest.pop("simulation_stop", None)
        self.item = item(name, **rest)
        self.tap("start", mode=mode, is_simulated=self.is_simulated, simulation_stop=stop)

    def tap(self, kind: str, step: str | None = None, after: float = 0, **payload: Any) -> str:
        self.now += timedelta(minutes=after)
        made = name_of(self.id, len(self.events))
        self.events.append(
            {
                "id": made,
                "walk": self.id,
                "device": "phone-1",
                "seq": len(self.events) + 1,
                "kind": kind,
                "step": step,
                "payload": payload,
                "at": clock.iso(self.now),
            }
        )
        return made

    def step(self, name: str, minutes: float) -> None:
        self.tap("step_start", name)
        self.tap("step_stop", name, after=minutes)

    def queue(self, *waits: float, window: str = "3") -> None:
        """Take a number and wait to be called, once for each length."""
        self.tap("trip")
        self.tap("step_start", "queue")
        for n, wait in enumerate(waits, 1):
            self.tap("number", "queue", no=f"A{n:03}", ahead=14)
            self.tap("called", "queue", after=wait, window=f"{window}{n}")
        self.tap("step_stop", "queue")

    def answer(self, **values: Any) -> None:
        """Answer questions: `Q8=4` stands for W-Q8."""
        for short, value in values.items():
            self.tap("answer", None, question=f"W-{short}", value=value)

    def discreet(self) -> None:
        self.answer(I1="yes", I2="yes", I3="yes", I4="yes")

    def photo(
        self, caption: str, step: str = "queue", *, mask: str = "masked", size: tuple[int, int] = (800, 600)
    ) -> str:
        """Take a picture; `mask` is masked, clean (no masking needed) or none (not yet looked at)."""
        picture = drawn(f"{self.id}{len(self.events)}", caption, size)
        sha256 = self._keep(picture)
        made = self.tap("photo", step, after=1, media=sha256, taken_at=clock.iso(self.now), caption=caption)
        if mask == "masked":
            self.tap(
                "mask",
                photo=made,
                boxes=[[0.1, 0.1, 0.2, 0.2]],
                media=self._keep(drawn(made, caption + "（打码）", size)),
            )
        elif mask == "clean":
            self.tap("mask", photo=made, boxes=[], media=sha256)
        return made

    def finding(self, title: str, category: str, step: str = "queue", **rest: Any) -> str:
        key = name_of(self.id, title)
        plain = {"severity": "moderate", "fact": "", "clause": None, "question": None, "photos": []}
        self.tap("finding", step, finding=key, title=title, category=category, **(plain | rest))
        return key

    def measure(self, finding: str, rectify_type: str, text: str, **rest: Any) -> None:
        self.tap("measure", finding=finding, rectify_type=rectify_type, measure=text, **rest)

    def _keep(self, picture: bytes) -> str:
        sha256 = hashlib.sha256(picture).hexdigest()
        self.pictures[sha256] = picture
        return sha256

    def json(self) -> dict[str, Any]:
        days = {"from_on": "2018-07-05", "to_on": "2018-07-15"}
        words = {"focus_point": "", "difficulty": "", "test_question": "", "delegation_reason": self.reason}
        return {
            "id": self.id,
            "item": self.item,
            "walker": {"role": self.role, "post": "局长" if self.role == "head" else "副局长"},
            "mode": self.mode,
            "is_simulated": self.is_simulated,
            "plan": {**days, **words},
            "questionnaire": {"key": "walkthrough", "version": 1},
            "events": self.events,
        }


def drawn(seed: str, text: str, size: tuple[int, int] = (800, 600)) -> bytes:
    """Return a JPEG of a drawn hall, a little different for each seed."""
    shade = hashlib.sha256(seed.encode()).digest()
    picture = Image.new("RGB", size, (150 + shade[0] % 80, 160 + shade[1] % 70, 170 + shade[2] % 60))
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.rectangle((width * 0.08, height * 0.1, width * 0.92, height * 0.5), fill=(240, 243, 247))
    for n in range(5):
        left = width * (0.1 + 0.165 * n)
        pen.rectangle((left, height * 0.13, left + width * 0.14, height * 0.47), fill=(255, 255, 255))
        pen.rectangle((left, height * 0.13, left + width * 0.14, height * 0.18), fill=(29, 79, 215))
    for n in range(3 + shade[3] % 8):
        pen.rectangle(
            (width * (0.1 + 0.08 * n), height * 0.6, width * (0.15 + 0.08 * n), height * 0.95), fill=(80, 88, 98)
        )
    pen.text((10, height - 20), hashlib.sha256(text.encode()).hexdigest()[:8], fill=(0, 0, 0))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def questionnaires() -> list[dict[str, Any]]:
    document = next(one for one in source.builtin() if one["id"] == "walkthrough")
    return [{"key": "walkthrough", "version": document["version"], "sha256": digest(document), "document": document}]


def report(walks: list[Walk], **changes: Any) -> dict[str, Any]:
    """Return the data of a report over these walks, as the server would freeze it."""
    by_head = len({walk.item["task_name"] for walk in walks if walk.item["must_walk"] and walk.role == "head"})
    delegated = [walk.reason for walk in walks if walk.role == "deputy"]
    plain = {
        "schema": "walkthrough-report/1",
        "campaign": CAMPAIGN,
        "unit": UNIT,
        "head": {"post": "局长"},
        "lane": "style",
        "receiver": CAMPAIGN["receivers"]["style"],
        "kind": "special",
        "made_on": "2018-07-16",
        "coverage": {
            "listed": len({walk.item["task_name"] for walk in walks}),
            "walked": len({walk.item["task_name"] for walk in walks}),
            "must_walk": by_head,
            "must_walk_by_head": by_head,
            "delegated": len(delegated),
            "reasons": sorted(set(delegated)),
            "missed": [],
        },
        "contact": "联系人：办公室主任，电话：0453-0000000",
        "texts": {},
        "explanations": {},
        "questionnaires": questionnaires(),
        "walks": [walk.json() for walk in walks],
    }
    return plain | changes


def write_pictures(folder: Path, walks: list[Walk]) -> dict[str, Path]:
    """Put the pictures of the walks into a folder; return them by their hash."""
    files = {}
    for walk in walks:
        for sha256, content in walk.pictures.items():
            files[sha256] = folder / f"{sha256}.jpg"
            files[sha256].write_bytes(content)
    return files


def short(name: str = "居住证申领", **rest: Any) -> Walk:
    """A walk with nothing missing: one problem fixed at once, two pictures."""
    walk = Walk(name, **rest)
    walk.step("query", 4)
    walk.answer(Q1=["web"], Q8=4)
    walk.step("prepare", 9)
    walk.queue(12)
    before = walk.photo("取号机没有提示")
    walk.step("accept", 8)
    walk.tap("accepted", "accept", receipt="", promised_on=None)
    walk.step("result", 2)
    walk.tap("result", "result", on="2018-07-12")
    walk.answer(R3=1, R8=5)
    found = walk.finding(
        "取号机旁没有提示",
        "C4",
        severity="minor",
        fact="第一次来的人不知道先取号",
        clause={"seed": "S001", "text": "实行引导服务"},
        photos=[before],
    )
    after = walk.photo("取号机旁贴出提示")
    walk.measure(found, "immediate", "在取号机旁贴出提示", done_on="2018-07-12", after_photos=[after])
    walk.discreet()
    walk.tap("finish")
    return walk


def identity_card() -> Walk:
    """Walked by the head himself: two queues on two floors, 8 pictures, two problems."""
    walk = Walk("居民身份证补领", must_walk=["核心职能", "群众反映强烈"])
    walk.step("query", 12)
    walk.answer(Q1=["phone", "onsite"], Q2=3, Q4="yes", Q5="no", Q6="yes", Q8=4)
    walk.step("prepare", 35)
    walk.answer(P3=3, P4=1, P8="one")
    walk.queue(23, 18)
    hall = [walk.photo("一楼取号A001，前面14人"), walk.photo("二楼照相处再次取号", mask="clean")]
    walk.photo("等候区座位不够")
    walk.photo("咨询台无人值守")
    walk.step("accept", 18)
    walk.answer(A3=1, A4=2, A8=4)
    walk.photo("三号窗口受理", "accept")
    walk.photo("受理单", "accept")
    walk.tap("accepted", "accept", receipt="", promised_on="2018-08-06")
    walk.tap("trip", after=60 * 24 * 3)
    walk.step("result", 6)
    walk.tap("result", "result", on="2018-07-12", how="window")
    walk.answer(R2="again", R3=2, R5="shorter", R8=2)
    again = walk.finding(
        "照相与受理分在两层，须重复取号",
        "C7",
        fact="一楼取号后等候23分钟，被告知须先到二楼照相，再次取号，又等候18分钟",
        clause={"seed": "S002", "text": "重复叫号排队现象是否突出"},
        question="W-K4",
        photos=hall,
    )
    walk.measure(
        again,
        "deadline",
        "照相与受理合并到一个窗口",
        steps="7月20日前调整布局；7月31日前设备移装；8月10日前一号通办上线",
        due_on="2018-08-15",
        resp_person="分管户政的副局长",
    )
    hours = walk.finding(
        "网上公布的办公时间与现场不一致",
        "A2",
        "query",
        severity="minor",
        fact="网上公布午间不休，现场11时40分停止取号",
        clause={"seed": "S002", "text": "办公时间"},
        question="W-Q5",
        photos=[walk.photo("大厅门口公示的办公时间", "query")],
    )
    after = walk.photo("更正后的办公时间公示牌", "query")
    walk.measure(
        hours, "immediate", "更正网上办公时间，午间保留1个值班窗口", done_on="2018-07-12", after_photos=[after]
    )
    walk.discreet()
    walk.tap("feeling", text="信息问得清，但照相与受理分设两层，群众须两次取号，多跑一层楼。")
    walk.tap("finish")
    return walk


def newborn() -> Walk:
    """Walked beside a citizen: on the spot, 8 pictures, one problem for all time and one for another body."""
    walk = Walk(
        "新生儿国内出生户口登记",
        mode="accompanied",
        at="2018-07-10T09:00:00+08:00",
        promise_type="onspot",
        promise_day=None,
    )
    walk.tap("consent")
    walk.step("query", 10)
    walk.answer(Q1=["web"], Q8=5)
    walk.step("prepare", 52)
    walk.answer(P3=4, P6=1)
    walk.queue(22)
    for n in range(6):
        walk.photo(f"户籍大厅第{n + 1}张")
    walk.step("accept", 20)
    walk.answer(A4=1)
    walk.tap("accepted", "accept", receipt="", promised_on=None)
    walk.step("result", 6)
    walk.tap("result", "result", on="2018-07-10", how="window")
    walk.answer(
        R2="onspot", R3=1, R8=4, B1="citizen", B2="mostly_satisfied", B3="prepare", B4="希望医院能直接打印出生证明"
    )
    other = walk.finding(
        "须先到医院补开证明",
        "D5",
        "prepare",
        fact="因出生证明信息与户口簿不一致，到医院另跑1趟",
        clause={"seed": "S002", "text": "是否能减少跑路"},
        photos=[walk.photo("医院出具的更正证明", "prepare")],
    )
    walk.measure(other, "escalate", "出生医学证明与户籍信息自动核对", escalate_to="示例市卫生健康委员会")
    staff = walk.finding(
        "窗口人员对新政策不熟", "H3", "accept", severity="minor", photos=[walk.photo("咨询窗口", "accept")]
    )
    walk.measure(staff, "ongoing", "每月组织一次业务培训和考试")
    walk.discreet()
    walk.tap("finish")
    return walk


def passport() -> Walk:
    """Delegated, on behalf of a firm, accepted and waiting for the result; 8 pictures, no problem found."""
    walk = Walk("普通护照首次申请", role="deputy", mode="on_behalf", at="2018-07-12T08:50:00+08:00", promise_day=7)
    paper = walk.photo("授权委托书", "query")
    walk.tap("authorization", principal="citizen", scope="full", signed_on="2018-07-11", photo=paper)
    walk.step("query", 8)
    walk.answer(Q1=["phone"], Q8=4)
    walk.step("prepare", 30)
    walk.answer(P3=2)
    walk.queue(31)
    for n in range(7):
        walk.photo(f"出入境大厅第{n + 1}张")
    walk.step("accept", 17)
    walk.tap("accepted", "accept", receipt="", promised_on="2018-07-23")
    walk.tap("track", "track", after=60 * 24, channel="电话", text="答复正在制证")
    walk.tap("rest")
    walk.tap("no_finding", reason="流程顺畅，窗口一次说清，未发现明显问题")
    walk.discreet()
    return walk


def three_walks() -> list[Walk]:
    """The unit's summer: 3 walks, 24 pictures, 4 problems of all four kinds of measure."""
    return [identity_card(), newborn(), passport()]
