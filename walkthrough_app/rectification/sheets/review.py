"""What taking a returned ledger in would do, row by row, as things are now; each illegal edit with its own sentence."""

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day, show_moment
from walkthrough_app.documents.workbook import Cell
from walkthrough_app.imports.verdicts import Review, Verdict
from walkthrough_app.rectification import rights
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.queries import ledger
from walkthrough_app.rectification.rechecks import secrecy
from walkthrough_app.rectification.sheets import rows as out
from walkthrough_app.rectification.sheets import wishes
from walkthrough_app.rectification.sheets.layout import TITLES
from walkthrough_app.rectification.sheets.reading import CODE
from walkthrough_app.rectification.sheets.wishes import EDITABLE, Wishes
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

STATE = "状态"
REMARK = "备注"
LATE = re.compile(r"逾期\d+天；?")  # another number tomorrow
MAY_DIFFER = {STATE, *EDITABLE}
BY_HAND = {
    State.CLOSED.label: "销号要由工作组核对，或者回头看通过",
    State.RECTIFIED.label: "改好了的，在系统里报告并附照片",
    State.RECTIFYING.label: "要签收的，在“进展”里写“签收”",
}
Row = Mapping[str, Any]


def review(rows: Sequence[Row], unit: uuid.UUID | None, made_at: str, *, by: User) -> Review:
    """Say of each row what it does; `unit` is whose sheet it is."""
    codes = [_code(row) for row in rows]
    found, twice = ledger.by_code(list(dict.fromkeys(codes))), Counter(codes)
    seen = [one for one in found.values() if rights.sees(by, one)]
    known = {one.code: values for one, values in zip(seen, out.values(seen, by), strict=True)}
    moment = _moment(made_at)
    verdicts = []
    for row, code in zip(rows, codes, strict=True):
        verdict = Verdict(row["number"], "　".join(part for part in (row["sheet"], code) if part))
        if code not in known:
            verdict.refuse(CODE, "台账里没有这个编号，请不要改编号、加行。" if code else "没有写问题编号。")
        elif twice[code] > 1:
            verdict.refuse(CODE, f"这个编号在表里出现了{twice[code]}次，请只留一行。")
        elif found[code].resp_id == unit:
            _judge(Case(found[code], row, known[code], moment, by), verdict)
        elif _changed(row["cells"], known[code]):
            verdict.refuse(CODE, f"这是{found[code].resp.name}的问题，不能由别的单位填写。")
        verdicts.append(verdict)
    return Review(verdicts)


def _code(row: Row) -> str:
    return str(row["cells"].get(CODE, "")).strip()


@dataclass(frozen=True)
class Case:
    """A row and the finding it speaks of, as `by` may know it; `known` is what a sheet made now would say."""

    finding: Finding
    row: Row
    known: Mapping[str, Cell]
    moment: datetime | None
    by: User

    @property
    def shown(self) -> State:
        return secrecy.state_for(self.by, self.finding)


def _judge(case: Case, verdict: Verdict) -> None:
    finding, row, known = case.finding, case.row, case.known
    _check_cells(row, verdict)
    changed = _changed(row["cells"], known)
    if not changed or verdict.problems:
        return
    newer = _newer(case)
    if newer and set(changed) - {STATE}:
        verdict.refuse("", newer)
        return
    for title in sorted(set(changed) - MAY_DIFFER, key=TITLES.index):
        verdict.refuse(title, _locked(title, known[title]))
    if STATE in changed and not newer:
        verdict.refuse(STATE, _state_by_hand(row["cells"][STATE]))
    edits = {title: text for title, text in changed.items() if title in EDITABLE}
    wanted = wishes.read(finding, edits, verdict, case.shown) if edits else Wishes()
    if edits and not verdict.problems:
        verdict.values |= {"code": finding.code, "wishes": wanted}
        verdict.changes.extend(_said(finding, wanted))


def _check_cells(row: Row, verdict: Verdict) -> None:
    for title in row["formulas"]:
        verdict.refuse(title, "这一格是公式，请改成文字。")
    if "beyond" in row:
        verdict.refuse("", f"最后一列的右边多出了“{row['beyond']}”，请删掉或移到对应的列。")


def _locked(title: str, value: Cell) -> str:
    if title == REMARK:
        return "备注由系统填写，要说明的写在“进展”里。"
    return f"这一列不能改，台账里是“{_shown(value)}”。"


def _changed(cells: Mapping[str, str], known: Mapping[str, Cell]) -> dict[str, str]:
    """Return the cells that say something else than the ledger does."""
    told = {title: cells.get(title, "") for title in known}
    return {title: text for title, text in told.items() if not _is_same(title, text, known[title])}


def _is_same(title: str, text: str, value: Cell) -> bool:
    if title == REMARK:
        text, value = LATE.sub("", text), LATE.sub("", _shown(value))
    if isinstance(value, date):
        return wishes.day_of(text) == value
    return _bare(text) == _bare(_shown(value))


def _shown(value: Cell) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _newer(case: Case) -> str:
    """Say that the ledger knows more than the sheet: by the moment of its download, else by a state long left."""
    entries, shown, moment = secrecy.entries_for(case.by, case.finding), case.shown, case.moment
    told = case.row["cells"].get(STATE, "")
    last = entries[-1] if entries else None
    if moment and last and last.at > moment:
        who = f"{last.by.unit.name}" if last.by else "系统"
        return f"表格下载以后，{show_moment(last.at)}{who}已经办理过（{last.verb.label}），请重新下载再填。"
    past = {one.to_state.label for one in entries} - {shown.label}
    if not moment and told in past:
        return f"台账里现在是“{shown.label}”，表里还是“{told}”，请重新下载再填。"
    return ""


def _state_by_hand(text: str) -> str:
    hint = BY_HAND.get(text.strip(), "状态按办理情况自动更新")
    return f"状态不能在表里改成“{text[:20]}”；{hint}。"


def _moment(text: str) -> datetime | None:
    try:
        return clock.parse(text)
    except ValueError:
        return None


def _said(finding: Finding, wanted: Wishes) -> list[str]:
    """Say in words what a row does."""
    said = []
    if wanted.plan:
        said += ["签收", *_plan_changes(finding, wanted)]
    if wanted.note:
        said.append(f"进展：{wanted.note}")
    if wanted.extension:
        day, reason, progress = wanted.extension
        said.append(f"申请延到{show_day(day, year=True)}：{reason}（进展：{progress}）")
    if wanted.done:
        said.append(f"报告已整改，{show_day(wanted.done[0], year=True)}完成：{wanted.done[1]}")
    return said


def _plan_changes(finding: Finding, wanted: Wishes) -> list[str]:
    plan = wanted.plan
    assert plan is not None
    pairs = (
        ("整改类型", RECTIFY_TYPES.get(finding.rectify_type, ""), RECTIFY_TYPES.get(plan.rectify_type, "")),
        ("整改措施", finding.measure, plan.measure),
        ("整改步骤", finding.steps, plan.steps),
        ("整改时限", show_day(finding.due_on, year=True), show_day(plan.due_on, year=True)),
        ("责任领导", finding.resp_leader, plan.resp_leader),
        ("责任人", finding.resp_person, plan.resp_person),
    )
    return [f"{title}改为：{new or '空'}" for title, old, new in pairs if old != new]
