"""服务型效能型: 创建督查 over the seven measures, 好差评 by the national codes, an assessment."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.assessment import queries as assessments
from walkthrough_app.assessment import service as assessment
from walkthrough_app.assessment.service import Points
from walkthrough_app.core import clock
from walkthrough_app.demo.programmes import opinions, visiting
from walkthrough_app.demo.programmes.stage import Stage, opened
from walkthrough_app.demo.programmes.visiting import Story, Told, aim
from walkthrough_app.demo.programmes.writing import settle, write
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore

BASIS = {
    "key": "effective",
    "title": "“服务型效能型”机关创建",
    "programme": "服务型效能型机关",
    "basis_title": "某市创建“服务型效能型”机关工作方案",
    "basis_number": "",
    "basis_issuer": "示例市直机关工委",
}
COUNTS = {"F-Z14": 0, "F-Z21": 0, "F-Z23": 3}
WELL: Mapping[str, Any] = {f"F-Z{n}": "yes" for n in range(1, 23)} | COUNTS | {"F-Z16": ["all"]}
POLICE = Story(
    {**WELL, "F-Z4": "no", "F-Z16": ["approve", "reply"]},
    [("kiosk", "online", "自助机上试办一件")],
    {
        "F-Z4": Told("抽看8人，3人没有佩戴工牌。", cause="RC3", post="办公室主任"),
        "F-Z16": Told("网上能咨询、申请、受理，审批和反馈还要到窗口。", [0], cause="RC7", post="科技信息科科长"),
    },
    "七项措施有六项做得实，网办差最后一步。",
)
MARKET = Story(
    {**WELL, "F-Z14": 2, "F-Z15": "no", "F-Z21": 1, "F-Z23": 2},
    [("receipt", "limit", "抽查的超时办件回执")],
    {
        "F-Z14": Told("抽查20件，2件超过承诺时限，没有说明。", [0], cause="RC9", post="审批服务科科长"),
        "F-Z15": Told("食品许可要两个科室看现场，谁牵头没有写。", cause="RC9", post="审批服务科科长"),
        "F-Z21": Told("抽查5件差评，1件没有回访。", cause="RC11", post="办公室主任"),
    },
)
COUNTY = Story(
    {**WELL, "F-Z2": "no", "F-Z12": "no", "F-Z22": "no", "F-Z23": 1, "F-Z17": "no"},
    [("form", "train", "抽问的3道题，答对1道")],
    {
        "F-Z2": Told("网上查不到3个常办事项的指南。", cause="RC3", post="县政务办主任"),
        "F-Z17": Told("试办一件，最后一步仍要到窗口交原件。", cause="RC7", post="县政务办主任"),
        "F-Z22": Told("近一年没有培训记录。", cause="RC11", post="县政务办主任"),
        "F-Z23": Told("现场抽问3题，答对1题。", [0], cause="RC6", post="窗口负责人"),
    },
)
LED = {
    "head": (9, "局长任组长，12项分工到科室"),
    "market": (8, "分工到科室，联审联办还没有写清"),
    "county": (7, "有机构，分工到乡镇晚了一个月"),
}


def build(town: Town, store: MediaStore, seed: int) -> None:
    stage = opened(town, store, clock.today(), seed, BASIS)
    _visits(stage)
    _written(stage)
    opinions.praise(stage)
    with stage.at(1, 16, 30):
        _points(stage)


def _visits(stage: Stage) -> None:
    """Two fed back, one handed in, one ordered."""
    plain = {"is_surprise": False, "is_effect": True}
    for who, by, ago, story, place in (
        ("market", "style", 21, MARKET, "市场准入大厅"),
        ("county", "coord", 18, COUNTY, "县政务服务中心"),
        ("head", "style", 5, POLICE, "政务大厅公安综合窗口"),
    ):
        visit = visiting.send(stage, who, by, aim(place, "open", "七项措施逐项看", **plain), ago + 3)
        visiting.walk(stage, visit, ago, story)
        visiting.hand_in(stage, visit, ago, story)
        if who != "head":
            visiting.feed_back(stage, visit, ago - 3, "请逐项整改，网办和时限先改。", by=by)
    visiting.send(stage, "health", "style", aim("卫生许可窗口", "covert", "亮牌、首问"), 2, 9)


def _written(stage: Stage) -> None:
    """工作机构, three weaknesses, the log of who was asked first, a bad rating followed up, training, a model."""
    org = {
        "F-R1": "government",
        "F-R2": "创建工作领导小组办公室",
        "F-R3": "局长",
        "F-R4": "办公室管亮牌，法制支队管持证",
    }
    write(stage, "liaison", "org", 42, org | {"F-R5": stage.day(43).isoformat()})
    weak = {"F-R11": "yes", "F-R12": "no", "note-F-R12": "照相、受理分在两层。", "F-R13": "yes", "F-R14": ["rc4"]}
    write(stage, "liaison", "weakness", 36, weak | {"F-R15": "两个窗口合一，月底前完成。"})
    asked = {"F-R31": stage.day(10).isoformat(), "F-R32": "问新生儿落户要不要预约", "F-R33": "own", "F-R34": "now"}
    write(stage, "liaison", "first_ask", 10, asked)
    asked = {"F-R31": stage.day(6).isoformat(), "F-R32": "问公积金提取在哪里办", "F-R33": "other", "F-R35": "brought"}
    write(stage, "liaison", "first_ask", 6, asked)
    bad = {"F-R51": stage.day(16).isoformat(), "F-R52": "承诺三天，等了七天", "F-R53": "true"}
    visited = write(stage, "market_liaison", "bad_rating", 14, bad | {"F-R54": stage.day(7).isoformat()})
    settle(stage, visited, 8, {"F-R55": "yes", "F-R56": "电话回访致歉；超时自动提醒已经上线。"})
    item = {"F-R21": "食品经营许可", "F-R22": "审批服务科", "F-R23": "食品科、属地监管所", "F-R25": 5}
    write(
        stage, "market_liaison", "joint_item", 12, item | {"F-R24": "审批服务科收件发证，监管所看现场", "F-R26": "yes"}
    )
    lesson = {"F-R61": stage.day(11).isoformat(), "F-R62": "一次性告知怎么说", "F-R63": "business", "F-R64": 28}
    write(stage, "liaison", "training", 11, lesson | {"F-R65": 26})
    told = {
        "F-R71": "企业专窗：员工居住证一起办",
        "F-R72": "单位先在网上报名单，每周三一次收齐、当场发证。",
        "F-R73": "三周办了186人，企业少跑150多趟。",
        "F-R74": "报名单、定时间、开专窗、当场发",
        "F-R75": "yes",
        "F-R76": "有集中办件的窗口",
    }
    write(stage, "liaison", "experience", 5, told)
    praised = {"F-R91": "企业专窗做法好、见效快", "F-R92": "commend", "F-R93": "三周办了186人，企业反映好。"}
    write(stage, "office", "honour", 2, praised, of=stage.unit("head"))


def _points(stage: Stage) -> None:
    rubric = assessments.rubric_of(stage.campaign)
    assert rubric is not None
    led = next(one for one in rubric.items if one.id == "led")
    for who, given in LED.items():
        assessment.give(stage.campaign, stage.unit(who), Points(led, *given), by=stage.people["office"])
