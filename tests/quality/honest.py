"""Honest walks as chance makes them: believable lengths, answers tapped on the way, photos taken where one stands."""

import math
import random
from datetime import datetime, timedelta
from typing import Any

from tests.reports import story
from walkthrough_app.core import clock
from walkthrough_app.questionnaires.document import Document

DOCUMENT = Document.parse(story.questionnaires()[0]["document"])
ITEMS = {  # minutes a step usually takes: query, prepare, queue, accept, result
    "居民身份证补领": (9, 30, 22, 14, 5),
    "新生儿国内出生户口登记": (12, 45, 12, 20, 4),
    "护照签发": (8, 20, 35, 12, 3),
    "个体工商户注册登记": (15, 60, 18, 25, 6),
    "社会保险登记": (10, 25, 40, 15, 5),
    "不动产转移登记": (20, 90, 50, 35, 8),
}
STEPS = ("query", "prepare", "queue", "accept", "result")
WHERE = (
    "一楼大厅",
    "二楼综合窗口",
    "3号窗口",
    "咨询台",
    "自助区",
    "等候区",
    "照相处",
    "缴费窗口",
    "网上办事页面",
    "咨询电话里",
)
THINGS = (
    "办事指南", "叫号屏", "填表范例", "咨询电话", "取号机", "告知单", "复印机", "等候座椅", "午间值班", "收费标准",
    "网上页面", "材料清单", "引导人员", "窗口标牌", "自助终端", "受理回执",
)  # fmt: skip
TROUBLES = (
    "和网上写的对不上", "旁边没有人讲解", "第三栏写得看不懂", "要问两三个人才弄清", "只在下午才有", "字号小得老人看不清",
    "前后说法不一致", "临时换了地方没有通知", "坏了两天还没修", "要先到另一层盖章", "没有提前说明", "和上个月的要求不同",
    "只给口头答复", "要重复提交一遍", "得自己跑去马路对面", "排到跟前才告诉",
)  # fmt: skip
EFFECTS = (
    "多跑了一个来回", "白等了一刻钟", "身边的老人只好站着", "一位带孩子的群众急得不行", "填好的表作废重来",
    "后面的人都在催", "最后是保安给指的路", "差点错过当天的号", "问了值班领导才解决", "好在当场补上了",
    "临时找人送来一份证件", "上午没有办成", "和邻座一对才发现说法不同", "记在本子上回去再核",
)  # fmt: skip
SO = (
    "要是第一次来，多半会白跑。",
    "身边几个人也在抱怨。",
    "当场问了值班的同志，说知道了。",
    "",
    "",
    "最后还是办成了。",
)
DO = (
    "把流程图贴到{}显眼处，注明先后次序",
    "协调信息科本周内改好{}的页面说明",
    "给{}增配一名导办员，高峰时段在岗",
    "修订一次性告知单，{}按新单子告知",
    "与物业商量，在{}增设座椅和复印机",
)
FEEL = (
    "站在群众一边才知道",
    "总的来说比预想的顺",
    "最难受的是不知道还要等多久",
    "窗口的同志态度不错",
    "材料这一关最费劲",
)


class HonestWalk(story.Walk):
    """Tells itself by chance; `walker` and `device` are names, `is_planned_simulated` as the plan says."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.chance = chance
        self.device = f"phone-{number}"
        self.walker = f"walker-{number % 60}"
        self.unit = f"unit-{number % 20}"
        role = "head" if chance.random() < 0.6 else "deputy"
        day = datetime.fromisoformat("2018-07-02T08:40:00+08:00") + timedelta(
            days=number // 60 * 9, hours=chance.random() * 6
        )
        is_simulated = chance.random() < 0.08
        self.is_planned_simulated = is_simulated
        super().__init__(
            chance.choice(list(ITEMS)),
            role=role,
            at=(day + timedelta(milliseconds=number)).isoformat(),
            is_simulated=is_simulated,
            simulation_stop="queue" if is_simulated else None,
        )
        self.pace = math.exp(chance.gauss(0, 0.25))
        self.kindness = chance.uniform(0.7, 0.97)
        self.is_done = False

    def tap(self, kind: str, step: str | None = None, after: float = 0, **payload: Any) -> str:
        made = super().tap(kind, step, after, **payload)
        self.events[-1]["device"] = self.device
        return made

    def tell(self) -> "HonestWalk":
        """Walk it through; return itself."""
        for name, usual in zip(STEPS, ITEMS[self.item["task_name"]], strict=True):
            self._walk_step(name, usual)
            if self.is_simulated and name == "queue":
                break
            if name == "accept":
                self.tap("accepted", "accept", receipt="", promised_on=None)
                if self.chance.random() < 0.15:
                    self.tap("rest")
                    break
                self.now += timedelta(days=self.chance.choice((0, 0, 2, 5)))
        else:
            self.tap("result", "result", how="window")
            self.is_done = True
        self._look_back()
        return self

    def _walk_step(self, name: str, usual: float) -> None:
        spread = 0.7 if name == "queue" else 0.35
        seconds = max(25.0, usual * 60 * self.pace * math.exp(self.chance.gauss(0, spread)))
        if name == "queue":
            self.tap("trip")
        self.tap("step_start", name, after=self.chance.uniform(0.1, 20))
        end = self.now + timedelta(seconds=seconds)
        self._answer_on_the_way(name, end)
        for _ in range(self.chance.choice((0, 1, 1, 2)) or (name == "prepare")):
            self.now += (end - self.now) * self.chance.uniform(0.1, 0.5) if end > self.now else timedelta(seconds=4)
            self.take_photo(name)
        self.now = max(end, self.now)
        self.tap("step_stop", name)
        if self.chance.random() < 0.04:
            self.tap("timing", name, seconds=int(seconds * self.chance.uniform(0.8, 1.3)), reason="忘了按停")
        if self.chance.random() < 0.01:
            self.tap("clock", jump=self.chance.choice((-400, 300)))

    def _answer_on_the_way(self, name: str, end: datetime) -> None:
        step = DOCUMENT.step(name)
        for question in step.questions:
            if self.chance.random() < 0.12:
                continue
            self.now += timedelta(seconds=self.chance.uniform(2.5, 18))
            self.tap("answer", name, question=question.id, value=self._value(question))

    def _value(self, question: Any) -> Any:
        if question.type == "yn":
            return "yes" if self.chance.random() < self.kindness else "no"
        if question.type == "score5":
            return self.chance.choice((3, 4, 4, 5, 5))
        if question.type == "many":
            return [question.options[self.chance.randrange(len(question.options))].id]
        return question.options[0].id if question.type == "one" else self.chance.randint(0, 5)

    def take_photo(self, step: str) -> str:
        """From the camera within the app, or from the gallery with the moment it was taken."""
        picture = f"{self.id}/{len(self.events)}"
        sha256 = story.hashlib.sha256(picture.encode()).hexdigest()
        taken = self.now + timedelta(minutes=self.chance.uniform(-6, 6)) if self.chance.random() < 0.5 else None
        return self.tap("photo", step, media=sha256, taken_at=clock.iso(taken) if taken else None, caption="")

    def _look_back(self) -> None:
        """Problems, measures, feelings and the end; some write them down in the evening."""
        self.now += timedelta(minutes=self.chance.choice((1, 3, 10, 300)))
        photos = [event["id"] for event in self.events if event["kind"] == "photo"]
        count = self.chance.choice((0, 1, 1, 2, 3))
        for number in range(count):
            self._write_problem(number, photos)
        if not count:
            self.tap("no_finding", reason=f"{self.chance.choice(WHERE)}一次办成，没有多跑，确实没有发现问题")
        feeling = "，".join(self.chance.sample(FEEL, 2))
        self.tap("feeling", text=f"{feeling}，{self.chance.choice(WHERE)}印象最深。", after=2)
        self.discreet()
        if self.is_done or self.is_simulated:
            self.tap("finish", after=0.5)

    def _write_problem(self, number: int, photos: list[str]) -> None:
        where, what = self.chance.choice(WHERE), self._trouble()
        fact = f"{where}{what}；{self._trouble()}。{self.chance.choice(SO)}"
        shown = self.chance.sample(photos, min(len(photos), self.chance.choice((0, 1, 1, 2))))
        key = self.finding(f"{where}：{what[:12]}{number}", "C4", "queue", fact=fact, photos=shown)
        measure = self.chance.choice(DO).format(self.chance.choice(WHERE))
        self.measure(key, "ongoing", measure)

    def _trouble(self) -> str:
        return f"{self.chance.choice(THINGS)}{self.chance.choice(TROUBLES)}，{self.chance.choice(EFFECTS)}"


def walks(count: int, seed: int = 1) -> list[HonestWalk]:
    return [HonestWalk(random.Random(seed * 100_003 + number), number).tell() for number in range(count)]
