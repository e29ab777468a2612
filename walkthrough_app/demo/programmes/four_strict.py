"""四严机关: 明查暗访 in every state, promises kept and broken, 专项整治, 万人评, points partly given by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from walkthrough_app.assessment import queries as assessments
from walkthrough_app.assessment import service as assessment
from walkthrough_app.assessment.service import Points
from walkthrough_app.core import clock
from walkthrough_app.demo import town as towns
from walkthrough_app.demo.programmes import opinions, visiting
from walkthrough_app.demo.programmes.stage import Stage, opened
from walkthrough_app.demo.programmes.visiting import Story, Told, aim
from walkthrough_app.demo.programmes.writing import settle, write
from walkthrough_app.demo.stroll import picture
from walkthrough_app.demo.town import Town
from walkthrough_app.media.storage import MediaStore
from walkthrough_app.records import service as records
from walkthrough_app.rectification import service as rectification
from walkthrough_app.rectification import terms
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.service import plan_of

BASIS = {
    "key": "four_strict",
    "title": "“四严机关”创建活动",
    "programme": "四严机关",
    "basis_title": "深化“四严机关”创建活动实施意见",
    "basis_number": "",
    "basis_issuer": "示例市直机关工委",
}
CONDUCT: Mapping[str, Any] = {f"S-V{n}": "yes" for n in (1, 2, 3, 4, 6, 7)} | {"S-V5": ["all"], "S-V8": "none"}
SYSTEM: Mapping[str, Any] = {f"S-M{n}": "yes" for n in range(1, 7)} | {"S-M7": ["form", "box"]}
WELL = {**CONDUCT, **SYSTEM}
POLICE = Story(
    {**WELL, "S-V4": "no", "S-M1": "no"},
    [("notice", "system", "公示栏上没有咨询电话")],
    {
        "S-V4": Told("问居住证的事，1号窗口让去3号，3号让回1号，没有人带路。", cause="RC9", post="治安管理支队支队长"),
        "S-M1": Told("公示了事项和流程，没有公示咨询电话。", [0], cause="RC3", post="办公室主任"),
    },
    "人都在岗，态度也好；分工窗口自己说不清，群众就更说不清。",
)
MARKET = Story(
    {**WELL, "S-V6": "no", "S-M7": ["none"], "S-M8": "yes"},
    (),
    {
        "S-V6": Told("大厅没有人引导，3位群众取错了号。", cause="RC5", post="审批服务科科长"),
        "S-M7": Told("没有意见箱和意见表，问了两个窗口都说不知道。", post="办公室主任"),
    },
)
HEALTH = Story(
    {**CONDUCT, "S-V1": "no", "S-V8": "inaction", "S-M1": "yes", "S-M2": "yes", "S-M5": "no"},
    [("kiosk", "conduct", "13时40分大厅取号处没有人")],
    {
        "S-V1": Told("13时40分到14时05分2号窗口没有人，5位群众在等。", [0], ["unwilling"], "RC3", "审批科科长"),
        "S-M5": Told("承诺“午间不断岗”，公示在墙上，没有做到。", (), ["slow"], "RC11", "审批科科长"),
    },
)
POINTS = {
    "head": ((9, "任务分解到12个岗位，台账齐全"), (9, "局长每周调度"), (8, "排队时间比上季度少三成")),
    "market": ((8, "分解到科室，没有到岗位"), (8, "分管领导抓"), (7, "网上办件占六成")),
    "health": ((6, "只有方案，没有分解"), (7, "主任听过两次汇报"), (6, "午间值守还不稳定")),
    "county": ((8, "分解到乡镇和县直部门"), (9, "县长牵头"), None),
}
HAND = ("tasks", "led", "results")


def build(town: Town, store: MediaStore, seed: int) -> None:
    stage = opened(town, store, clock.today(), seed, BASIS)
    everyone = asdict(terms.DEFAULT) | {"sample_percent": 0}  # no lot decides what the sample data shows
    rectification.set_terms(stage.campaign, everyone, by=stage.people["office"])
    _visits(stage)
    _promises(stage)
    _written(stage)
    opinions.mass(stage)
    with stage.at(1, 16):
        _points(stage)


def _visits(stage: Stage) -> None:
    """Two fed back, one handed in, one under way, two drawn by lot and not yet made."""
    police = visiting.send(stage, "head", "style", aim("政务大厅户政窗口", "covert", "首接负责、公开"), 24)
    visiting.walk(stage, police, 22, POLICE)
    found = visiting.hand_in(stage, police, 22, POLICE)
    visiting.feed_back(stage, police, 20, "请对照首接负责制逐个窗口过一遍。", by="style")
    _put_right(stage, found)
    where = aim("市场准入大厅", "open", "引导服务、征求意见", is_surprise=False, is_effect=True)
    market = visiting.send(stage, "market", "style", where, 19)
    visiting.walk(stage, market, 17, MARKET)
    visiting.hand_in(stage, market, 17, MARKET)
    visiting.feed_back(stage, market, 15, "", by="office")
    health = visiting.send(stage, "health", "style", aim("卫生许可窗口", "covert", "午间在岗"), 6)
    visiting.walk(stage, health, 3, HEALTH, hour=13)
    visiting.hand_in(stage, health, 3, HEALTH)
    county = visiting.send(stage, "county", "coord", aim("县政务服务中心综合窗口", "covert", "授权到位"), 4, 9)
    half = {name: value for name, value in CONDUCT.items() if name < "S-V6"}
    visiting.walk(stage, county, 0, Story(half), hour=9, is_over=False)
    pool = sorted(name for name in stage.town.units if name not in towns.CLASSES and name not in _VISITED)
    visiting.draw(stage, pool, 2, "style", aim("办事窗口", "covert", "在岗和态度"))


_VISITED = {towns.POLICE, towns.MARKET, towns.HEALTH}


def _put_right(stage: Stage, found: Sequence[Finding]) -> None:
    """The police put one problem right, which the group closes, and work on the other."""
    by_title = {one.title: one for one in found}
    liaison, small, large = stage.people["liaison"], by_title["公开不全"], by_title["首接负责不到位"]
    with stage.at(19, 9):
        now = replace(plan_of(small), rectify_type="immediate", measure="补上3个咨询电话，每周打一遍。")
        rectification.sign(small, by=liaison, plan=now)
        steps = "先给每个窗口一本首接登记；再教怎么转、怎么回；月底抽查。"
        later = replace(plan_of(large), rectify_type="deadline", measure="谁第一个接，谁带到位。", steps=steps)
        rectification.sign(large, by=liaison, plan=later)
    with stage.at(18, 15):
        after = picture("notice", stage.next_seed(), stage.store)
        rectification.report_done(small, "公示栏补上了3个咨询电话，逐个打通过。", [after], by=liaison)
    with stage.at(17, 10):
        rectification.close(small, "电话逐个打过，都有人接。", by=stage.people["style"])
    with stage.at(12, 16):
        rectification.note(large, "首接登记本已经发到6个窗口，正在学怎么转、怎么回。", by=liaison)


def _promises(stage: Stage) -> None:
    """公开承诺: kept, broken, still running and overdue."""
    kept = _promise(stage, "liaison", 40, 10, "居住证当场发证", "受理到发证不超过20分钟", "大厅公示栏", 5)
    settle(stage, kept, 11, {"S-R6": "yes", "S-R7": "抽查60件，59件在20分钟内发证。"})
    kept = _promise(stage, "market_liaison", 40, 12, "企业开办半天办结", "4小时内发照", "局网站、准入大厅", 2)
    settle(stage, kept, 13, {"S-R6": "yes", "S-R7": "上月办了212户，平均3小时10分钟。"})
    broken = _promise(stage, "health_liaison", 40, 14, "窗口午间不断岗", "12点到14点至少1个窗口", "卫生许可窗口", None)
    settle(stage, broken, 13, {"S-R6": "no", "note-S-R6": "两个人轮不过来，第二周起断了岗。"})
    with stage.at(13, 16):
        records.take(broken, "S-R6", by=stage.people["health_liaison"])
    _promise(stage, "liaison", 20, -20, "身份证补领一次取号", "照相、指纹、受理一个窗口", "大厅公示栏", 10)
    _promise(stage, "county_liaison", 38, 6, "低保申请村里就能交", "148个村都有代办员", "县政府网站", None)


def _promise(  # noqa: PLR0913, PLR0917 - one line of a table each
    stage: Stage, who: str, ago: int, due: int, what: str, target: str, place: str, faster: int | None
) -> Any:
    """`due` days ago it falls due; a negative number is still to come."""
    told = {"S-R1": what, "S-R2": target, "S-R3": stage.day(due).isoformat(), "S-R4": place}
    return write(stage, who, "commitment", ago, told | ({"S-R5": faster} if faster else {}))


def _written(stage: Stage) -> None:
    """专项整治, an overdue line of the problem list, a bulletin of the office, a model."""
    told = {
        "S-R21": "窗口午间脱岗专项整治",
        "S-R22": ["inaction"],
        "S-R23": "午间值守方案，分自查、抽查、通报三步",
        "S-R24": "12点到14点的窗口值守",
        "S-R25": "对事排值班表，对人脱岗一次提醒、两次谈话",
        "S-R26": stage.day(8).isoformat(),
    }
    done = write(stage, "liaison", "special", 35, told)
    effect = {
        "S-R27": "抽查14次，脱岗从5次降到0次。",
        "S-R28": "yes",
        "S-R29": stage.day(5).isoformat(),
        "S-R30": "yes",
    }
    settle(stage, done, 5, effect)
    topic = "审批超时专项整治"
    told |= {"S-R21": topic, "S-R22": ["slowness", "harm"], "S-R24": "超过承诺时限的办件", "S-R26": _ahead(stage, 15)}
    write(stage, "market_liaison", "special", 10, told | {"S-R23": "超时办件清理方案", "S-R25": "逐件说明、逐件销号"})
    listed = {"S-R11": "网上进度三天不更新", "S-R12": "people", "S-R13": "slow", "S-R14": "每天下班前更新一次"}
    write(stage, "liaison", "problem_list", 16, listed | {"S-R15": "remind", "S-R17": stage.day(4).isoformat()})
    seen = {"S-R111": stage.day(9).isoformat(), "S-R112": "bulletin", "S-R113": "承诺到期没有兑现，也没有说明。"}
    late = {"S-R114": "criticise", "S-R115": _ahead(stage, 3)}
    write(stage, "office", "dispatch", 9, seen | late, of=stage.unit("health"))
    model = {"S-R101": "户政窗口的首接登记本", "S-R102": "section", "S-R104": "一个月转办127件，件件有回音。"}
    write(stage, "liaison", "model", 6, model | {"S-R103": "谁第一个接，谁登记、谁跟到底，每天下班前对一遍。"})


def _ahead(stage: Stage, days: int) -> str:
    return clock.add_workdays(stage.today, days).isoformat()


def _points(stage: Stage) -> None:
    """The office gives what nobody can compute, for four units; the county's results are still open."""
    rubric = assessments.rubric_of(stage.campaign)
    assert rubric is not None
    items = {one.id: one for one in rubric.items}
    for who, given in POINTS.items():
        for name, one in zip(HAND, given, strict=True):
            if one:
                points = Points(items[name], *one)
                assessment.give(stage.campaign, stage.unit(who), points, by=stage.people["office"])
