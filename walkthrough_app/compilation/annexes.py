"""附件1–4 of a compilation: who reported, what was walked, the problems, the ledger."""

from collections.abc import Iterator
from datetime import date

from walkthrough_app.accounts.models import OrgClass
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.material import Reporter
from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import AnnexTable, Column
from walkthrough_app.reports.dates import day_of
from walkthrough_app.reports.told import Problem
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

CLASSES = {one.value: one.label for one in OrgClass}


def write(content: Content) -> tuple[AnnexTable, ...]:
    made = [_reports(content), _items(content)]
    if content.material.problems:
        made += [_problems(content), _ledger(content)]
    return tuple(made)


def _reports(content: Content) -> AnnexTable:
    columns = (
        Column("序号", 2),
        Column("单位", is_text=True),
        Column("类别", 5),
        Column("报告人", 5),
        Column("报送时间", 9),
        Column("是否逾期", 4),
        Column("版本", 6),
    )
    listed = [*_received(content), *_missing(content)]
    return AnnexTable("报送情况一览表", columns, tuple((str(n), *row) for n, row in enumerate(listed, 1)))


def _received(content: Content) -> Iterator[tuple[str, ...]]:
    for one in content.material.reporters:
        main = one.main
        late = "逾期" if main.is_late else "按期"
        yield (
            main.unit,
            CLASSES.get(main.org_class, "其他"),
            main.post or "—",
            _day_at(main.came_at),
            late,
            one.versions,
        )


def _missing(content: Content) -> Iterator[tuple[str, ...]]:
    for one in content.material.missing:
        yield one.unit, CLASSES.get(one.org_class, "其他"), one.post or "—", "—", "未报送", "—"


def _items(content: Content) -> AnnexTable:
    names = (
        "应体验",
        "已体验",
        "必须亲自",
        "已亲自",
        "委托",
        "亲身办",
        "代理办",
        "陪同办",
        "模拟",
        "全程",
        "待结果",
        "问题",
    )
    columns = (Column("序号", 2), Column("单位", is_text=True), *(Column(name, 3) for name in names))
    rows = (
        (str(n), _named(one, content), *map(str, counts(one))) for n, one in enumerate(content.material.reporters, 1)
    )
    return AnnexTable("体验事项汇总表", columns, tuple(rows), is_wide=True)


def _named(one: Reporter, content: Content) -> str:
    """Name a unit, with the post where it has two heads."""
    main = one.main
    return main.unit if len(content.material.units[main.unit_key]) == 1 else f"{main.unit}（{main.post}）"


def counts(one: Reporter) -> list[int]:
    """Count a head's walks: items to walk, walked, must walk, by the head; delegated; three modes; and how far."""
    walks = one.walks
    modes = [sum(walk.mode == mode for walk in walks) for mode in ("亲身办", "代理办", "陪同办")]
    return [
        one.listed,
        one.walked,
        one.must_walk,
        one.must_walk_by_head,
        sum(not walk.is_head for walk in walks),
        *modes,
        sum(walk.is_simulated for walk in walks),
        sum(walk.status == "是" for walk in walks),
        sum(walk.status == "待结果" for walk in walks),
        len(one.problems),
    ]


def _problems(content: Content) -> AnnexTable:
    columns = (
        Column("序号", 2),
        Column("问题", is_text=True),
        Column("类别", 6, is_text=True),
        Column("单位数", 3),
        Column("次数", 2),
        Column("单位", 12, is_text=True),
    )
    rows = (
        (
            str(n),
            one.title,
            one.problems[0].category_name,
            str(len(one.units)),
            str(len(one.problems)),
            phrases.listed(one.units[:6]) + ("等" if len(one.units) > 6 else ""),
        )
        for n, one in enumerate((one for one in content.groups if not one.is_aside), 1)
    )
    return AnnexTable("问题汇总表", columns, tuple(rows))


def _ledger(content: Content) -> AnnexTable:
    columns = (
        Column("问题编号", 9, is_text=True),
        Column("单位和事项", 9, is_text=True),
        Column("环节", 4),
        Column("问题", is_text=True),
        Column("程度", 2),
        Column("整改类型", 4),
        Column("整改措施", is_text=True),
        Column("时限和进展", 8),
    )
    rows = tuple(_entry(one, content) for one in content.material.problems)
    return AnnexTable("整改台账", columns, rows, is_wide=True)


def _entry(one: Problem, content: Content) -> tuple[str, ...]:
    unit = content.material.reporter_of[one.id].main.unit
    return (
        content.numbers[one.id],
        f"{unit}，{one.item}",
        one.step or "—",
        one.title,
        one.severity_name or "—",
        RECTIFY_TYPES.get(one.rectify_type, "待定"),
        one.measure or "—",
        _standing(one, content),
    )


def _standing(one: Problem, content: Content) -> str:
    """Write how far it is, and what became of it where the ledger knows."""
    known = content.ledger.get(one.id)
    if known and known.is_over:
        return f"{progress(one, content.material.as_of)}，{known.label}" if known.is_closed else known.label
    return progress(one, content.material.as_of)


def progress(one: Problem, as_of: date) -> str:
    """Write how far a problem is: done on a day, due on a day, overdue; with the year where it is another one."""
    if one.done_on:
        return f"{day_of(one.done_on, as_of.year)}完成"
    if one.is_overdue(as_of.isoformat()):
        return f"{day_of(one.due_on, as_of.year)}到期，逾期"
    if one.due_on:
        return f"{day_of(one.due_on, as_of.year)}前"
    return "长期" if one.rectify_type == "ongoing" else "整改中"


def _day_at(moment: str) -> str:
    return phrases.full_date(clock.to_local(clock.parse(moment)).date())
