"""Findings as rows of the 台账: each value under its column's title, so that what comes back can be held against it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import func, select

from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.names import Names
from walkthrough_app.core import clock, db
from walkthrough_app.documents.workbook import Cell, Column, Sheet
from walkthrough_app.rectification.machine import State, Verb
from walkthrough_app.rectification.models import Extension, Finding, FindingEntry, FindingPhoto, PhotoRole
from walkthrough_app.rectification.rechecks import secrecy
from walkthrough_app.rectification.sheets.layout import COLUMNS, SHEETS, TITLES
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

SOURCE = "来源（走流程/查摆/明查/暗访/回头看/评议/差评/群众意见）"
PARTS: Mapping[str, frozenset[State]] = {
    SHEETS[0]: frozenset({State.REGISTERED, State.ASSIGNED, State.DISPUTED}),
    SHEETS[1]: frozenset({State.RECTIFYING, State.RECTIFIED, State.RECHECKING, State.RELAPSED}),
    SHEETS[2]: frozenset({State.CLOSED, State.DISMISSED}),
}
MADE_AT = "下载时间"
NOTES = (
    (SHEETS[0], "还没有签收的问题。"),
    (SHEETS[1], "签收以后正在整改、等核对、等回头看的问题，以及反弹的问题。"),
    (SHEETS[2], "已经销号的，以及不予立项的。"),
    (
        "签收",
        "没有签收的，把整改类型、措施、步骤、时限和责任人改好，在“进展”里写“签收”。",
    ),
    ("进展", "签收以后每次都写新的，原来的系统里有。"),
    ("延期", "写延到哪一天和理由，例如：2026-12-20，等设备到货。同时在“进展”里写做到哪一步。"),
    ("完成日期", "整改完成的日期。整改后的照片要在系统里交。"),
    ("其他栏目", "由系统填写，请不要改；编号、状态也不要改。行可以删，不要加列、改表头。"),
    ("责任领导、责任人", "写职务，不写姓名。"),
)
# What another feature knows of findings by their ids: the numbers of their 督办通知单.
Numbers = Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, str]]
_numbers: list[Numbers] = []


def connect(numbers: Numbers) -> None:
    """Let a feature fill in 督办编号."""
    if numbers not in _numbers:
        _numbers.append(numbers)


def values(findings: Sequence[Finding], user: User) -> list[dict[str, Cell]]:
    """Return what stands in each row for this user, by the titles of the columns but 序号."""
    ids, names = [one.id for one in findings], Names()
    told, asked, shown = _progress(ids), _extensions(ids), _pictures(ids)
    supervised = {key: text for numbers in _numbers for key, text in numbers(ids).items()}
    return [
        {
            **_found(one, names, shown),
            **_planned(one),
            "延期": "；".join(map(extension_text, asked.get(one.id, ()))),
            "进展": told.get(one.id, ""),
            "完成日期": one.rectified_on,
            "整改后佐证": shown.get((one.id, PhotoRole.AFTER), ""),
            "督办编号": supervised.get(one.id, ""),
            **_ended(one, secrecy.state_for(user, one)),
        }
        for one in findings
    ]


def cells(findings: Sequence[Finding], user: User) -> list[tuple[Cell, ...]]:
    """Return the rows but for 序号."""
    return [tuple(row[title] for title in TITLES[1:]) for row in values(findings, user)]


def _found(one: Finding, names: Names, shown: Mapping[tuple[uuid.UUID, PhotoRole], str]) -> dict[str, Cell]:
    return {
        "问题编号": one.code,
        SOURCE: one.source.label,
        "发现日期": one.found_on,
        "单位": one.unit.name,
        "事项": one.task_name,
        "环节": names.step(one.campaign_id, one.step),
        "方式": one.mode,
        "问题描述": f"{one.title}。{one.fact}" if one.fact else f"{one.title}。",
        "类别": names.category(one.campaign_id, one.category),
        "标签": "、".join(names.tag(one.campaign_id, str(tag)) for tag in one.tags),
        "严重程度": one.severity_label,
        "依据（原文）": one.clause,
        "根因": names.cause(one.campaign_id, one.root_cause),
        "佐证编号": shown.get((one.id, PhotoRole.BEFORE), ""),
    }


def _planned(one: Finding) -> dict[str, Cell]:
    return {
        "责任单位": one.resp.name,
        "责任领导": one.resp_leader,
        "责任人": one.resp_person,
        "整改类型": RECTIFY_TYPES.get(one.rectify_type, ""),
        "整改措施": one.measure,
        "整改步骤": one.steps,
        "整改时限": one.due_on,
    }


def _ended(one: Finding, state: State) -> dict[str, Cell]:
    return {
        "回头看日期": one.checked_on,
        "回头看结果": one.check_result,
        "状态": state.label,
        "销号日期": clock.to_local(one.closed_at).date() if one.closed_at else None,
        "反弹次数": one.relapse_count or None,
        "备注": _remark(one),
    }


def _remark(one: Finding) -> str:
    late = f"逾期{(clock.today() - one.due_on).days}天" if one.due_on and one.is_overdue else ""
    asked = f"提请{one.escalate_to}协调" if one.escalate_to else ""
    return "；".join(part for part in (late, asked) if part)


def extension_text(asked: Extension) -> str:
    answer = "等答复" if asked.is_open else "同意" if asked.is_granted else "不同意"
    return f"申请延到{asked.new_due_on.isoformat()}（{answer}）"


def _progress(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the last thing each unit told of its work."""
    telling = (Verb.NOTE, Verb.REPORT_DONE)
    query = select(FindingEntry.finding_id, FindingEntry.text).where(
        FindingEntry.finding_id.in_(ids), FindingEntry.verb.in_(telling)
    )
    return {row.finding_id: row.text for row in db.session.execute(query.order_by(FindingEntry.seq))}


def _extensions(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Extension]]:
    found: dict[uuid.UUID, list[Extension]] = defaultdict(list)
    for one in db.session.scalars(
        select(Extension).where(Extension.finding_id.in_(ids)).order_by(Extension.created_at, Extension.id)
    ):
        found[one.finding_id].append(one)
    return found


def _pictures(ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, PhotoRole], str]:
    query = select(FindingPhoto.finding_id, FindingPhoto.role, func.count().label("number"))
    rows = db.session.execute(
        query.where(FindingPhoto.finding_id.in_(ids)).group_by(FindingPhoto.finding_id, FindingPhoto.role)
    )
    return {(row.finding_id, row.role): f"照片{row.number}张" for row in rows}


def counted(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    return ((number, *row) for number, row in enumerate(rows, 1))


def book(findings: Sequence[Finding], user: User) -> list[Sheet]:
    """Return the whole workbook for as many findings as fit into memory at once."""
    made = [Sheet(title, COLUMNS, counted(part)) for title, part in parts(findings, user).items()]
    return [*made, notes()]


def parts(findings: Sequence[Finding], user: User) -> dict[str, list[tuple[Cell, ...]]]:
    """Return the rows of each sheet but for 序号, by its title."""
    return {title: cells([one for one in findings if one.state in states], user) for title, states in PARTS.items()}


def notes() -> Sheet:
    """Return the sheet that says what may be filled in, and when it was made: what is newer is not overwritten."""
    columns = [Column("项目", 22), Column("说明", 80, is_wrapped=True)]
    return Sheet(SHEETS[-1], columns, [*NOTES, (MADE_AT, clock.iso(clock.now()))])
