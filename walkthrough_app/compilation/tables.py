"""汇总表 and 台账 with the exact columns of domain §6.3 and §6.4, in their order.

What only the ledger knows (督办编号, 回头看 …) is empty where a compilation was made from files.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction

from walkthrough_app.compilation import annexes, sums
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.material import Due, Reporter
from walkthrough_app.core import clock
from walkthrough_app.documents.workbook import Cell, Column, Sheet
from walkthrough_app.rectification.sheets import layout
from walkthrough_app.reports.told import Problem
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

SUMMARY_TITLES = [
    "序号",
    "单位",
    "类别（市直/县（市）区）",
    "主要负责同志职务",
    "应体验事项",
    "已体验",
    "覆盖率",
    "必须亲自",
    "其中已亲自",
    "委托体验",
    "亲身办",
    "代理办",
    "陪同办",
    "其中模拟",
    "全程完成",
    "待结果",
    "平均等候（分）",
    "平均跑动（次）",
    "发现问题",
    "立行立改",
    "限期整改",
    "长期坚持",
    "提请协调",
    "已完成",
    "逾期",
    "销号",
    "反弹",
    "图片",
    "视频",
    "报送时间",
    "是否逾期",
    "报告状态",
    "备注",
]
NOTES = (
    ("新增问题清单", "本次汇总收到的报告里的全部问题。"),
    ("推进落实问题清单", "其中还没有整改完的问题。编号与新增问题清单相同。"),
    ("已办结销号问题清单", "其中单位报告已经整改的问题。回头看和销号由督办环节填写，填写以前状态是“已整改”。"),
    ("问题编号", "WT-年份-类别-单位-顺序号。同一个问题在以后的汇总里编号不变。"),
    ("状态", "登记：还没有措施；整改中：有措施没有完成；已整改：单位报告已经完成。逾期写在“进展”里。"),
    ("空着的栏目", "报告里没有这一项，或者由督办、回头看环节以后填写。"),
)
IN_LEDGER = (
    ("新增问题清单", "本次汇总收到的报告里的全部问题，按台账里现在的情况填写。"),
    ("推进落实问题清单", "其中还没有销号的问题。编号与新增问题清单相同。"),
    ("已办结销号问题清单", "其中已经销号的问题。不予立项的只在新增问题清单里。"),
    ("问题编号", "WT-年份-类别-单位-顺序号。同一个问题在以后的汇总里编号不变。"),
    ("状态", "登记、交办、有异议、整改中、已整改、回头看、销号、反弹、不予立项。逾期写在“进展”里。"),
    ("空着的栏目", "还没有办到这一步。"),
)


def summary(content: Content) -> Sheet:
    """Return the 汇总表: one row a head, then those who owe a report."""
    rows = [
        *(_row(one, content) for one in content.material.reporters),
        *(_blank(one) for one in content.material.missing),
    ]
    return Sheet("汇总表", [_column(one) for one in SUMMARY_TITLES], _counted(rows))


def ledger(content: Content) -> list[Sheet]:
    """Return the 台账: new problems (all), those under way, those reported as done, and what the columns mean."""
    problems = content.material.problems
    over = [one for one in problems if _is_over(one, content)]
    closed = [one for one in over if one.id not in content.ledger or content.ledger[one.id].is_closed]
    parts = (problems, [one for one in problems if one not in over], closed)
    columns = [_column(one) for one in layout.TITLES]
    made = [
        Sheet(title, columns, _counted([_entry(one, content) for one in part]))
        for title, part in zip(layout.SHEETS, parts, strict=False)
    ]
    notes = [Column("项目", 22), Column("说明", 80, is_wrapped=True)]
    told = IN_LEDGER if content.ledger else NOTES
    return [*made, Sheet(layout.SHEETS[-1], notes, [*told, ("截至", content.material.as_of.isoformat())])]


def _column(title: str) -> Column:
    return layout.column(title, "0.0%" if title == "覆盖率" else "")


def _counted(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    return ((n, *row) for n, row in enumerate(rows, 1))


def _row(one: Reporter, content: Content) -> tuple[Cell, ...]:
    main, walks, problems = one.main, one.walks, one.problems
    listed, walked, must_walk, by_head, delegated, *modes, _found = annexes.counts(one)
    kinds = [sum(problem.rectify_type == kind for problem in problems) for kind in RECTIFY_TYPES]
    day = content.material.as_of.isoformat()
    return (
        main.unit,
        annexes.CLASSES.get(main.org_class, "其他"),
        main.post,
        listed,
        walked,
        round(walked / listed, 4) if listed else None,
        must_walk,
        by_head,
        delegated,
        *modes,
        _mean([walk.waited for walk in walks if walk.waited is not None]),
        _mean([walk.trips for walk in walks if walk.trips]),
        len(problems),
        *kinds,
        sum(bool(problem.done_on) for problem in problems),
        sum(sums.is_overdue(problem, day, content.ledger) for problem in problems),
        *_closed(problems, content),
        sum(walk.photos for walk in walks),
        sum(walk.clips for walk in walks),
        _moment(main.came_at),
        "是" if main.is_late else "否",
        main.state or f"已收到（{one.versions}）",
        f"{one.versions}" if len(one.sources) > 1 or main.number > 1 else "",
    )


def _closed(problems: Sequence[Problem], content: Content) -> tuple[Cell, Cell]:
    """Count what was closed and what came back; nothing where nobody knows."""
    known = [content.ledger[one.id] for one in problems if one.id in content.ledger]
    if not content.ledger:
        return None, None
    return sum(one.is_closed for one in known), sum(one.relapses > 0 for one in known)


def _is_over(one: Problem, content: Content) -> bool:
    """Tell whether nothing is to be done any more: struck off or dismissed, from files: reported as done."""
    known = content.ledger.get(one.id)
    return known.is_over if known else bool(one.done_on)


def _blank(one: Due) -> tuple[Cell, ...]:
    empty: list[Cell] = [None] * (len(SUMMARY_TITLES) - 6)
    return (one.unit, annexes.CLASSES.get(one.org_class, "其他"), one.post, *empty, "未报送", "")


def _mean(values: Sequence[int]) -> Cell:
    """Return the mean with one decimal place, half up; nothing where there is nothing to share out."""
    if not values:
        return None
    return int(Fraction(sum(values), len(values)) * 10 + Fraction(1, 2)) / 10


def _moment(text: str) -> datetime:
    return clock.parse(text)


def _day(text: str) -> Cell:
    return date.fromisoformat(text) if text else None


def state_of(one: Problem) -> str:
    """Return the state that a report itself can tell (domain §5.7)."""
    if one.done_on:
        return "已整改"
    return "整改中" if one.measure else "登记"


def _entry(one: Problem, content: Content) -> tuple[Cell, ...]:
    unit, known = content.material.reporter_of[one.id].main.unit, content.ledger.get(one.id)
    return (
        content.numbers[one.id],
        "走流程",
        _day(one.found_on),
        unit,
        one.item,
        one.step,
        one.mode,
        f"{one.title}。{one.fact}。" if one.fact else f"{one.title}。",
        f"{one.category} {one.category_name}",
        "",
        one.severity_name,
        one.clause,
        one.root_cause,
        one.pictures,
        known.resp if known else unit,
        known.leader if known else "",
        one.person,
        RECTIFY_TYPES.get(one.rectify_type, ""),
        one.measure,
        one.steps,
        _day(one.due_on),
        known.extension if known else "",
        _progress(one, content),
        _day(one.done_on),
        one.after_pictures,
        known.notices if known else "",
        _day(known.checked_on) if known else None,
        known.check_result if known else "",
        known.label if known else state_of(one),
        _day(known.closed_on) if known else None,
        known.relapses or None if known else None,
        _remark(one, content),
    )


def _progress(one: Problem, content: Content) -> str:
    """Write how far it is: in the unit's own words where it told them, overdue or not in any case."""
    known = content.ledger.get(one.id)
    if known is None:
        return annexes.progress(one, content.material.as_of)
    late = "逾期" if known.is_overdue(content.material.as_of.isoformat()) else ""
    return "；".join(part for part in (late, known.progress) if part)


def _remark(one: Problem, content: Content) -> str:
    """Name the body to be asked for help, and the group that a problem was merged into."""
    group = content.group_of[one.id]
    merged = f"与同类问题归并为“{group.title}”（{len(group.problems)}个）" if len(group.problems) > 1 else ""
    asked = f"提请{one.escalate_to}协调" if one.escalate_to else ""
    return "；".join(part for part in (asked, merged) if part)
