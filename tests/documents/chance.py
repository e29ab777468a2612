"""Reports as chance makes them: one seed, one report, with every free text open to what people may type or paste."""

import random
from typing import Any

from tests.reports import story
from tests.reports.story import Walk
from walkthrough_app.reports.composed import Composed, Table

FIRST, LAST = 0xD8, 0xE4  # rows of GB 2312 whose characters mark where the title of a finding begins and ends
STEPS = ("query", "prepare", "queue", "accept", "result")
CATEGORIES = ("A2", "A4", "B1", "C7", "D5", "E3", "F2", "G3", "H3")
PLAIN = (
    "照相与受理分在两层，须重复取号",
    "网上公布的办公时间与现场不一致",
    "窗口人员说不清所需材料，前后说法不一",
    "等候区座位不够，老人只能站着等",
    "（见公示栏）第3号窗口11时40分就停止取号",
)
UYGHUR = "ئابدۇرەھىم مەمەتئىمىن"
TIBETAN = "བཀྲ་ཤིས་ཚེ་རིང་"
EMOJI = "办好了👍🏽，谢谢👨\u200d👩\u200d👧🇨🇳"
EXT_B = "𠀀𪚥𠮷䶮㛃𬀩喆堃犇镕婳昇㙍𬍛𫖯𬎆𬭚𬶍𫗧䌹𬘘龘鿏"
RTL = "\u202e倒过来\u202c\u200fאבג\u2066x\u2069"
LONG = "甲乙丙丁戊己庚辛壬癸" * 1000
LETTERS = "W" * 400
NAME = "示例市某某区行政审批服务和营商环境建设监督管理委员会" * 12

TRAITS = (
    *("none", "many", "name", "uyghur", "tibetan", "emoji", "ext_b", "long", "rtl", "hostile", "letters"),
    *("walks", "lists"),
)


def marks(number: int) -> tuple[str, str]:
    """Return the two characters that stand round the title of a finding, and nowhere else."""
    first, last = (bytes((row + number // 94, 0xA1 + number % 94)).decode("gb2312") for row in (FIRST, LAST))
    return first, last


def hostile(address: str) -> str:
    """Return markup that would ask `address`, or read a file, if anything took it for more than text."""
    return (
        f'<img src="{address}"><link rel=stylesheet href="{address}"><style>@import "{address}";*{{display:none}}</style>'
        f'<svg><image href="{address}"/><use href="file:///etc/passwd#a"/></svg></p></td></table>'
        f'<script src="{address}"></script>{{{{ 7*7 }}}}{{% include "/etc/passwd" %}}&#x26;<!--'
    )


class Chance:
    """Draws a report; `traits` are those that this seed is sure to have."""

    def __init__(self, seed: int, address: str) -> None:
        self.draw = random.Random(seed)
        self.traits = {TRAITS[seed % len(TRAITS)], self.draw.choice(TRAITS)}
        self.long_at = self.draw.choice(("outlook", "feeling", "fact", "measure")) if "long" in self.traits else ""
        self.spices = {
            "uyghur": UYGHUR,
            "tibetan": TIBETAN,
            "emoji": EMOJI,
            "ext_b": EXT_B,
            "rtl": RTL,
            "letters": LETTERS,
            "hostile": hostile(address),
        }

    def text(self, most: int = 3) -> str:
        """Write a few sentences, now and then with one of the spices of this report."""
        words = "，".join(self.draw.choices(PLAIN, k=self.draw.randint(1, most)))
        spices = [text for name, text in self.spices.items() if name in self.traits]
        return words + self.draw.choice(spices) if spices and self.draw.random() < 0.5 else words

    def count(self, trait: str, plain: int, most: int) -> int:
        return most if trait in self.traits else self.draw.randint(0 if trait != "walks" else 1, plain)

    def report(self) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return report data and the pictures it shows, by their hash."""
        walks = [self.walk(n) for n in range(self.count("walks", 3, 9))]
        findings = 0 if "none" in self.traits else self.count("many", 6, 80)
        for n in range(findings):
            self.finding(self.draw.choice(walks), n)
        for walk in walks:
            walk.tap("finish")
        unit = {
            "name": NAME[:300] if "name" in self.traits else f"示例市{self.text(1)[:6]}局",
            "org_class": "city_dept",
        }
        data = story.report(walks, unit=unit, contact=self.text(1), head={"post": self.text(1)[:8]})
        if self.long_at == "outlook":
            data["texts"] = {"outlook.next": LONG}
        return data, {key: picture for walk in walks for key, picture in walk.pictures.items()}

    def walk(self, number: int) -> Walk:
        role = self.draw.choice(("head", "deputy"))
        walk = Walk(
            f"{self.text(1)}{number}", role=role, mode="in_person", at=f"2018-07-{9 + number % 6:02}T08:30:00+08:00"
        )
        for step in self.draw.sample(STEPS, self.draw.randint(1, 5)):
            if step == "queue":
                walk.queue(*self.draw.choices((3, 12, 41), k=self.draw.randint(1, 3)))
            else:
                walk.step(step, self.draw.randint(1, 90))
        for _ in range(self.draw.randint(0, 2)):
            walk.photo(self.text(1), size=self.draw.choice(((200, 150), (90, 160), (320, 60))))
        walk.tap("feeling", text=LONG if self.long_at == "feeling" and not number else self.text(6))
        return walk

    def finding(self, walk: Walk, number: int) -> None:
        first, last = marks(number)
        fact = LONG if self.long_at == "fact" and not number else self.text(4)
        clause = {"seed": "S002", "text": self.text(1)}
        made = walk.finding(f"{first}{self.text(1)}{last}", self.draw.choice(CATEGORIES), fact=fact, clause=clause)
        kind = self.draw.choice(("immediate", "deadline", "ongoing", "escalate"))
        rest = (
            {"due_on": "2018-12-31", "steps": self.text(9), "resp_person": self.text(1)} if kind == "deadline" else {}
        )
        text = LONG if self.long_at == "measure" and not number else self.text(8)
        walk.measure(made, kind, text, **rest | ({"escalate_to": self.text(1)} if kind == "escalate" else {}))


def ledger(composed: Composed) -> Table | None:
    """Return the table with one row a finding."""
    return next((one.table for one in composed.annexes if one.title == "问题整改台账"), None)
