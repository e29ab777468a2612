"""The seven chapters of a compilation (domain §6.3), each sentence from the figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from walkthrough_app.compilation import picks, sums, thin
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.facts import Campaign
from walkthrough_app.compilation.grouping import Group
from walkthrough_app.compilation.material import Material
from walkthrough_app.compilation.pen import Pen
from walkthrough_app.compilation.picks import Pick
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import Practice, TopProblem

MOST_TOP = 10
MOST_SHARED = 8
MOST_ADVICE = 3
PROPOSED = 2  # cases told where nobody chooses
MOST_UNITS = 20
NOT_REVIEWED = "以下同类问题由系统按类别和文字相近程度归并，未经人工审定。"
NOMINATED = "（系统提名，待审定）"
ADVICE = {
    "A": "对公布的办事信息开展线上线下一次全面核对，做到地点、时间、电话、材料一致。",
    "B": "督促首问负责、一次性告知、限时办结等制度落到每个窗口，对不落实的点名通报。",
    "C": "针对排队久、窗口少、引导弱的大厅，限期调整窗口和人员，减少重复取号。",
    "D": "组织有关单位逐项压减要件、环节和时限，减少群众跑动。",
    "E": "推动预约、受理、进度查询网上办，梳理平台不好用的环节一并解决。",
    "F": "对改革事项回头核查，防止以备案代审批、该减不减。",
    "G": "对推诿拖拉、空岗离岗等作风问题严肃处理，开展明查暗访。",
    "H": "加强窗口人员业务培训，畅通“好差评”渠道，差评件件回访。",
}


@dataclass
class Written:
    """The texts of the chapters as the paper takes them."""

    words: dict[str, str] = field(default_factory=dict)
    practices: tuple[Practice, ...] = ()
    top: tuple[TopProblem, ...] = ()
    models: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def basis(campaign: Campaign) -> str:
    return f"《{campaign.basis_title}》{f'（{campaign.basis_number}）' if campaign.basis_number else ''}"


def write(content: Content, pen: Pen) -> Written:
    """Write all chapters in their order."""
    made = Written()
    for chapter in (_opening, _practices, _problems, _rectification, _cases, _shortcomings, _advice):
        chapter(content, pen, made)
    return made


def _opening(content: Content, pen: Pen, made: Written) -> None:
    campaign, material = content.sources[0].campaign, content.material
    pen.chapter("一、总体情况")
    asked = f"按照{basis(campaign)}要求，各单位主要负责同志以普通群众身份开展了{campaign.matter}。"
    made.words["opening"] = pen.write("opening", f"{asked}现将截至{phrases.short_date(material.as_of)}的情况报告如下：")
    made.words["overview"] = pen.write("overview", str(sums.overview(material)))


def _practices(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("二、主要做法")
    told = (Practice(title, pen.write(key, text, title)) for key, title, text in _done(content.material))
    made.practices = tuple(one for one in told if one.text)


def _done(material: Material) -> Iterator[tuple[str, str, str]]:
    """Yield (key, title, text) of what the figures themselves show to have been done."""
    walks, problems = material.walks, material.problems
    heads = {one.main.reporter for one in material.reporters if any(walk.is_head for walk in one.walks)}
    items = len({walk.item_key for walk in walks if walk.is_head})
    own = f"{len(heads)}名主要负责同志亲自走流程，体验事项{items}个。" if heads else ""
    known = [mode for mode in sums.MODES if any(walk.mode == mode for walk in walks)]
    others = list(dict.fromkeys(walk.mode for walk in walks if walk.mode not in sums.MODES))
    modes = phrases.listed([*known, *others])
    yield "practice.own", "主要负责同志带头走", own + (f"体验采取{modes}等方式，不打招呼、不亮身份。" if modes else "")
    photos, clips = sum(one.photos for one in walks), sum(one.clips for one in walks)
    kept = f"留存佐证照片{photos}张" + (f"、录音录像{clips}段" if clips else "") if photos or clips else ""
    steps = "从查询、准备材料到排队、受理、拿结果逐个环节记录时间"
    yield "practice.record", "全程留痕记实情", f"{steps}{'，' + kept if kept else ''}。" if walks else ""
    done = sum(bool(one.done_on) for one in problems if one.rectify_type == "immediate")
    text = f"对能够马上解决的问题立行立改，已整改到位{done}个，整改前后情况一并留存。"
    yield "practice.fix", "边走边改见实效", text if done else ""


def _problems(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("三、发现的问题")
    problems = content.material.problems
    made.words["problems"] = pen.write("problems", _ranked(content))
    steps = [f"{name}环节{count}个" for name, count in sums.by_step(problems)]
    made.words["steps"] = pen.write("problems.steps", f"按环节看，{'，'.join(steps)}。" if steps else "")
    made.top = tuple(_top(content, pen))
    made.words["merged"] = NOT_REVIEWED if made.top and not content.data["is_reviewed"] else ""
    shared = [f"{item}（{count}个单位）" for item, count in sums.shared_items(content.material)[:MOST_SHARED]]
    told = f"在多个单位都遇到问题的事项有{phrases.listed(shared)}。" if shared else ""
    made.words["shared"] = pen.write("problems.shared", told)
    heat = sums.heat(content.material)
    made.words["heat"] = pen.write("problems.heat", f"{heat.alt}。" if heat.total else "")


def _ranked(content: Content) -> str:
    problems = content.material.problems
    if not problems:
        return "各单位的报告没有记录问题。"
    ranked = sorted(sums.by_category(problems), key=lambda one: -one.count)[:3]
    names = "、".join(f"{one.label}{one.count}个" for one in ranked)
    share = phrases.percent(sum(one.count for one in ranked), len(problems))
    severe = [(word, sum(one.severity == key for one in problems)) for key, word in SEVERITIES]
    levels = "，".join(f"{word}{count}个" for word, count in severe if count)
    first = f"居前{len(ranked)}位的是{names}，合计占{share}" if len(ranked) > 1 else f"都是{ranked[0].label}方面的问题"
    return f"共发现问题{len(problems)}个，{first}。按程度分，{levels}。"


SEVERITIES = (("serious", "严重"), ("moderate", "较重"), ("minor", "一般"))


def _top(content: Content, pen: Pen) -> Iterator[TopProblem]:
    """Tell the groups with the most problems; one that nobody shares is told only while there are few."""
    told = [one for one in content.groups if not one.is_aside]
    several = [one for one in told if len(one.problems) > 1]
    for one in (several or told)[:MOST_TOP]:
        yield TopProblem(one.title, len(one.problems), len(one.units), pen.write(f"group.{one.key}", _told(one)))


def _told(group: Group) -> str:
    units = phrases.listed(group.units) if len(group.units) <= 3 else f"{phrases.listed(group.units[:3])}等"
    if len(group.problems) == 1:
        return f"{group.title}。{units}发现1个。"
    return f"{group.title}。{len(group.units)}个单位共{len(group.problems)}个：{units}。"


def _rectification(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("四、整改情况")
    day = content.material.as_of.isoformat()
    told = str(sums.rectification(content.material.problems, day, content.ledger))
    empty = "各单位的报告没有记录问题，没有需要整改的事项。"
    made.words["rectification"] = pen.write("rectification", told if content.material.problems else empty)


def _cases(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("五、典型")
    tell = partial(_chosen, content, pen)
    made.models = tuple(tell("models", picks.models(content.material)))
    made.warnings = tuple(tell("warnings", picks.warnings(content.material)))


def _chosen(content: Content, pen: Pen, kind: str, found: Sequence[Pick]) -> Iterator[str]:
    if not content.data["is_reviewed"]:
        yield from (pen.write(one.key, one.text + NOMINATED) for one in found[:PROPOSED])
        return
    chosen = set(content.data["picks"].get(kind, ()))
    yield from (pen.write(one.key, one.text) for one in found if one.key in chosen)


def _shortcomings(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("六、存在不足")
    told = [pen.write(key, text) for key, text in _lacks(content.material)]
    made.shortcomings = tuple(one for one in told if one)


def _lacks(material: Material) -> Iterator[tuple[str, str]]:
    if material.missing:
        heads = Counter(one.unit_key for one in material.due or ())
        names = [f"{one.unit}（{one.post}）" if heads[one.unit_key] > 1 else one.unit for one in material.missing]
        yield "lack.missing", f"还有{len(names)}份专项报告没有报送：{_some(names)}。"
    late = [one.main.unit for one in material.reporters if one.is_late]
    if late:
        yield "lack.late", f"{len(late)}份报告逾期报送：{_some(late)}。"
    for key, said in thin.sentences(material).items():
        yield f"lack.{key}", f"{material.units[key][0].main.unit}：{'；'.join(said)}。"


def _some(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return phrases.listed(unique[:MOST_UNITS]) + ("等" if len(unique) > MOST_UNITS else "")


def _advice(content: Content, pen: Pen, made: Written) -> None:
    pen.chapter("七、下一步建议")
    told = [pen.write(key, text) for key, text in _proposed(content.material)]
    made.advice = tuple(one for one in told if one)


def _proposed(material: Material) -> Iterator[tuple[str, str]]:
    """Yield what follows from the figures: what is overdue, what is missing, and the classes with the most problems."""
    day = material.as_of.isoformat()
    overdue = sum(one.is_overdue(day) for one in material.problems)
    if overdue:
        yield "advice.overdue", f"对逾期没有整改的{overdue}个问题逐个督办，明确责任人和时限。"
    if material.missing:
        yield "advice.missing", f"对没有报送的{len(material.missing)}份报告限期补齐。"
    counts = {letter: sum(one.group == letter for one in material.problems) for letter in ADVICE}
    most = sorted((letter for letter in counts if counts[letter]), key=lambda letter: -counts[letter])
    for letter in most[:MOST_ADVICE]:
        yield f"advice.{letter}", ADVICE[letter]
    yield "advice.follow", "对列入台账的问题跟踪到底，对已整改的适时“回头看”，防止反弹。"
