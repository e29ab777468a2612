"""一、基本情况: how many, by whom, in which way, under which discipline, and table 1."""

from collections import Counter
from collections.abc import Iterator

from walkthrough_app.documents import phrases
from walkthrough_app.reports.composed import Block, Column, Section, Table, fit
from walkthrough_app.reports.journey import Journey, modes_of
from walkthrough_app.reports.material import Material
from walkthrough_app.reports.voice import clause_of

ONE_LINE = 7  # a range of days that is wider stands on two lines
BREACHES = {
    "W-I1": "亮明了身份",
    "W-I2": "事先打了招呼",
    "W-I3": "安排了陪同",
    "W-I4": "没有全程由本人办理",
}
KEPT = "未亮身份，未打招呼，未安排陪同，全程由体验人本人办理"
CHANNEL = "W-Q1"  # asks by which ways one enquired
CHANNELS = {"phone": "电话咨询", "web": "网上搜索", "onsite": "现场咨询", "kiosk": "自助机查询"}


def write(material: Material) -> Section:
    return Section("基本情况", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    write = material.pen.write
    yield write("basic.coverage", _coverage(material))
    yield write("basic.modes", _modes(material))
    if any(journey.is_secret for journey in material.journeys):
        yield write("basic.discipline", _discipline(material))
    if any(journey.record.paper.find(CHANNEL) for journey in material.journeys):
        yield write("basic.enquiry", _enquiry(material))
    yield _table(material)


def _coverage(material: Material) -> str:
    coverage = material.data["coverage"]
    if material.is_supplement:
        return f"本次补充报告涉及{len(material.items)}个事项：{phrases.listed(material.items)}。"
    if not coverage["listed"]:
        return f"共体验{len(material.items)}个事项。{_must_walk(material)}{_delegated(material)}"
    listed, walked = coverage["listed"], coverage["walked"]
    part = f"已体验{walked}个，覆盖率{phrases.percent(walked, listed)}"
    done = "已全部体验，覆盖率100%" if walked >= listed else part
    return f"{material.we}应体验事项{listed}个，{done}。{_must_walk(material)}{_delegated(material)}"


def _must_walk(material: Material) -> str:
    coverage = material.data["coverage"]
    needed, done = coverage["must_walk"], coverage["must_walk_by_head"]
    if not needed:
        return ""
    start = f"其中必须由主要负责同志亲身体验的{needed}个"
    if done >= needed:
        return f"{start}，已全部亲身体验。"
    others = coverage.get("must_walk_by_other_head", 0)
    by_other = f"，由{_own(material)}另一位主要负责同志体验{others}个" if others else ""
    return f"{start}，已亲身体验{done}个{by_other}{_missed(material)}。"


def _own(material: Material) -> str:
    return f"本{material.we[1:]}" if material.data["unit"]["org_class"] == "county" else "本单位"


def _missed(material: Material) -> str:
    """Name the must-walk items that no head has walked, each with the reason the unit gave."""
    missed = material.data["coverage"].get("missed", [])
    if not missed:
        return ""
    reasons = ((one["task_name"], clause_of(material.explained(f"must_walk.{one['id']}"))) for one in missed)
    named = phrases.listed(f"{name}（原因：{reason}）" if reason else name for name, reason in reasons)
    return f"，尚未亲身体验{len(missed)}个：{named}"


def _delegated(material: Material) -> str:
    coverage = material.data["coverage"]
    if not coverage["delegated"]:
        return "未委托分管领导体验。" if all(j.record.is_head_in_person for j in material.journeys) else ""
    reasons = "；".join(clause_of(reason) for reason in coverage["reasons"])
    return f"委托分管领导体验{coverage['delegated']}个" + (f"（原因：{reasons}）。" if reasons else "。")


def _modes(material: Material) -> str:
    if len(material.journeys) == 1:
        only = material.journeys[0]
        return f"体验采取{only.mode}方式，{_outcome(only, material)}。"
    unit, labels = material.unit_of_count, {"是": "全程走完", "待结果": "已受理、待结果", "否": "未走完全程"}
    modes = [text for mode in modes_of(material.journeys) if (text := _mode(mode, material))]
    counts = Counter(journey.status for journey in material.journeys)
    results = [f"{words}{counts[status]}{unit}" for status, words in labels.items() if counts[status]]
    return f"其中{'，'.join(modes)}{'；' if results else ''}{'，'.join(results)}。{_simulated(material)}"


def _mode(mode: str, material: Material) -> str:
    """Count the walks of one mode and, of these, the simulated ones."""
    unit, walks = material.unit_of_count, [journey for journey in material.journeys if journey.mode == mode]
    simulated = sum(journey.is_simulated for journey in walks)
    inside = f"（其中模拟事项{simulated}{unit}）" if simulated < len(walks) else "（均为模拟事项）"
    return f"{mode}{len(walks)}{unit}{inside if simulated else ''}" if walks else ""


def _outcome(journey: Journey, material: Material) -> str:
    if journey.is_simulated:
        return f"为模拟体验，{_stop(journey)}，未提交虚假信息"
    steps = journey.record.paper.steps
    way = f"从{steps[0].title}走到{steps[-1].title}，全程走完" if len(steps) > 1 else "全程走完"
    texts = {"是": way, "待结果": f"截至{phrases.short_date(material.made_on)}已受理、待结果"}
    return texts.get(journey.status, "未走完全部环节")


def _simulated(material: Material) -> str:
    return "模拟体验均未向业务系统提交虚假信息。" if any(journey.is_simulated for journey in material.journeys) else ""


def _stop(journey: Journey) -> str:
    return journey.stopped or "在提交申请之前停止"


def _discipline(material: Material) -> str:
    secret = [journey for journey in material.journeys if journey.is_secret]
    exceptions = [text for journey in secret if (text := _exceptions(journey, material))]
    if not exceptions:
        start = "体验均以暗访形式进行" if len(secret) > 1 else "体验以暗访形式进行"
        return f"{start}，{_kept(secret)}。"
    rest = f"。其余体验均{_kept(secret)}" if len(exceptions) < len(secret) else ""
    return f"执行暗访纪律方面，{'；'.join(exceptions)}{rest}。"


def _kept(secret: list[Journey]) -> str:
    """Say that all was kept: in the words of the first notice where it was its four that were declared."""
    is_known = all(journey.declarations.keys() == BREACHES.keys() for journey in secret)
    return KEPT if is_known else "各项要求均已做到"


def _exceptions(journey: Journey, material: Material) -> str:
    """Say which of the four declarations was not kept in a walk, with the walker's note."""
    answers = journey.record.state.answers
    reason = clause_of(material.explained(f"integrity.{journey.id}"))
    declared = journey.declarations
    broken = {
        BREACHES.get(key, f"没有做到“{words}”"): answers[key]["note"]
        for key, words in declared.items()
        if journey.value(key) == "no"
    }
    if broken:
        told = [
            f"{words}（{clause_of(note) or reason}）" if note or reason else words for words, note in broken.items()
        ]
        return f"体验{journey.item}时{'，'.join(told)}，其他要求均已做到"
    if any(journey.value(key) is None for key in declared):
        return f"{journey.item}未填写暗访纪律情况" + (f"（{reason}）" if reason else "")
    return ""


def _enquiry(material: Material) -> str:
    used: Counter[str] = Counter()
    for journey in material.journeys:
        used.update(_channels(journey))
    channels = [(CHANNELS[key], used[key]) for key in CHANNELS if used[key]]
    if not channels:
        return ""
    if len(material.journeys) == 1:
        return f"体验从查询开始，采用了{phrases.listed(name for name, _ in channels)}。"
    return f"体验从查询开始，其中{'，'.join(f'{name}{count}次' for name, count in channels)}。"


def _channels(journey: Journey) -> list[str]:
    value = journey.value(CHANNEL)
    return value if isinstance(value, list) else []


def _table(material: Material) -> Table:
    rows = [
        (
            journey.item,
            journey.mode,
            journey.walker,
            _days(journey),
            journey.status,
            phrases.minutes(journey.minutes) if journey.minutes else "—",
            f"{journey.record.trips}次" if journey.record.trips else "—",
            journey.promised_and_actual,
        )
        for journey in material.journeys
    ]
    walkers, days = ([row[n] for row in rows] for n in (2, 3))
    columns = (
        Column("事项", is_text=True),
        Column("方式", 3),
        Column("体验人", fit(walkers, 4, 8)),
        Column("日期", fit(days, 4, 8)),
        Column("是否全程", 4),
        Column("用时", 4),
        Column("跑动", 2),
        Column("承诺／实际（工作日）", 5),
    )
    return material.pen.table("体验事项一览", columns, rows)


def _days(journey: Journey) -> str:
    return journey.when if phrases.width(journey.when) <= ONE_LINE else journey.when.replace("至", "至\n")
