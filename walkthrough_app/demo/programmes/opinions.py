"""万人评机关、评窗口 and 好差评: what the public said, and what the office and the units made of it."""

from collections.abc import Iterator, Sequence

from walkthrough_app.demo.programmes.rating import Voice, add_points, give
from walkthrough_app.demo.programmes.stage import Stage
from walkthrough_app.ratings import service
from walkthrough_app.ratings.asking import Said
from walkthrough_app.ratings.models import RatingCase, RatingPoint
from walkthrough_app.ratings.service import Problem

Told = tuple[RatingPoint, int, Said]
PLACES = {
    "head": ("户政窗口", "出入境窗口"),
    "market": ("市场准入窗口", "食品许可窗口"),
    "health": ("卫生许可窗口",),
    "county": ("综合窗口",),
}
FAIR = {"head": 0.12, "market": 0.3, "health": 0.55, "county": 0.2}  # how often 基本满意 is said
MANY = {"head": 20, "market": 18, "health": 19, "county": 3}  # at each counter; the county's are too few to be shown
DAYS = 38
MASS = (
    Voice("health", 18, {"S-E2": "bad", "S-E1": "fair", "S-E6": "中午等了四十分钟，窗口没有人。"}),
    Voice("market", 14, {"S-E4": "bad", "S-E3": "good", "S-E6": "缺什么材料问了三个人，三种说法。"}),
    Voice("head", 12, {"S-E1": "good", "S-E2": "good", "S-E6": "居住证当场就拿到了，谢谢3号窗口。"}),
    Voice("health", 6, {"S-E1": "bad", "S-E2": "bad", "S-E6": "问一句就不耐烦。"}),
    Voice("head", 2, {"S-E2": "bad", "S-E1": "good", "S-E6": "照相在二楼，取号在一楼，跑上跑下。"}),
    Voice("market", 1, {"S-E1": "good", "S-E2": "good", "S-E6": "能不能周六也开？"}),
)
COUNTERS = {"head": ("户籍窗口",), "market": ("准入窗口",), "health": ("许可窗口",)}
LEVELS = {
    "head": ("l5",) * 9 + ("l4",) * 6 + ("l3",) * 2,
    "market": ("l5",) * 6 + ("l4",) * 7 + ("l3",) * 3,
    "health": ("l5",) * 3 + ("l4",) * 6 + ("l3",) * 4,
}
REASONS = {"l5": ("F-H6", ("c510", "c512", "c517")), "l4": ("F-H5", ("c411", "c413")), "l3": ("F-H4", ("c309", "c314"))}
PRAISE = (
    Voice("market", 16, {"F-H1": "l2", "F-H3": ["c209"], "F-H7": "说好三天，等了七天。"}),
    Voice("health", 9, {"F-H1": "l2", "F-H3": ["c213", "c214"]}),
    Voice("health", 3, {"F-H1": "l1", "F-H2": ["c109"], "F-H7": "指南上没有的体检表，到窗口才说要。"}),
    Voice("head", 2, {"F-H1": "l5", "F-H6": ["c517"], "F-H7": "办得快，态度好。"}),
)


def mass(stage: Stage) -> None:
    """Open the poll at six counters of four units; four comments have been dealt with, the others wait."""
    points = add_points(stage, "mass", PLACES, 40)
    plain = [
        (point, 1 + stage.chance.randrange(DAYS), _opinion(stage, FAIR[who]))
        for who, places in points.items()
        for point in places
        for _ in range(MANY[who])
    ]
    empty, muddled, thanks, _ = _said(stage, points, plain, MASS)[:4]
    with stage.at(17, 10):
        problem = Problem("午间窗口没有人，群众久等", "有群众反映中午等了四十分钟，窗口没有人。", "G5", "minor")
        service.take_up(empty, problem, by=stage.people["office"])
    _answered(stage, muddled, 13, "有群众反映缺什么材料三种说法，请核实窗口口径。", "窗口统一用一张告知单，已培训。")
    with stage.at(11, 10):
        service.decline(thanks, "表扬，已转单位。", by=stage.people["office"])


def praise(stage: Stage) -> None:
    """好差评 at three counters: one bad rating becomes a problem, one is with the unit, one is new."""
    points = add_points(stage, "service", COUNTERS, 40)
    plain = [
        (points[who][0], 1 + stage.chance.randrange(DAYS), _level(stage, level))
        for who, levels in LEVELS.items()
        for level in levels
    ]
    slow, rude, *_ = _said(stage, points, plain, PRAISE)
    with stage.at(15, 10):
        problem = Problem("未在承诺时间内办结", "有群众反映承诺三天办结，实际等了七天。", "D4", "minor")
        service.take_up(slow, problem, by=stage.people["office"])
    with stage.at(2, 10):
        told = "有群众评“不满意”：窗口人员业务不熟练、服务态度生硬。请核实并回访。"
        service.ask(rude, told, by=stage.people["office"])


def _said(
    stage: Stage, points: dict[str, list[RatingPoint]], plain: Sequence[Told], voices: Sequence[Voice]
) -> list[RatingCase]:
    """Give all ratings in the order of their days; return the cases of the voices."""
    special: list[Told] = [(points[one.who][0], one.ago, one.said) for one in voices]
    made = give(stage, [*plain, *special])[len(plain) :]
    return list(_all(made))


def _all(cases: Sequence[RatingCase | None]) -> Iterator[RatingCase]:
    for case in cases:
        assert case is not None
        yield case


def _opinion(stage: Stage, fair: float) -> Said:
    weights = (1 - fair, fair, 0.08)
    return {f"S-E{n}": stage.chance.choices(("good", "fair", "unknown"), weights)[0] for n in range(1, 6)}


def _level(stage: Stage, level: str) -> Said:
    question, codes = REASONS[level]
    return {"F-H1": level, question: [stage.chance.choice(codes)]}


def _answered(stage: Stage, case: RatingCase, ago: int, asked: str, answer: str) -> None:
    with stage.at(ago, 10):
        service.ask(case, asked, by=stage.people["office"])
    with stage.at(ago - 3, 15):
        service.answer(case, "rectified", answer, by=stage.people["market_liaison"])
    with stage.at(ago - 4, 9):
        service.close(case, "抽问两个窗口，口径一致。", by=stage.people["office"])
