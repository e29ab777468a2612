"""What a row of a returned ledger asks for: signing, progress, more time, the work reported as done; or why not."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.core.forms import tidy
from walkthrough_app.imports.verdicts import Verdict
from walkthrough_app.rectification import evidence, service
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding, PhotoRole
from walkthrough_app.rectification.service import Plan
from walkthrough_app.walkthroughs.record import RECTIFY_TYPES

TYPES = {words: code for code, words in RECTIFY_TYPES.items()}
PLAN = ("责任领导", "责任人", "整改类型", "整改措施", "整改步骤", "整改时限")
EDITABLE = (*PLAN, "延期", "进展", "完成日期")
COLUMN_OF = {
    "rectify_type": "整改类型",
    "measure": "整改措施",
    "steps": "整改步骤",
    "due_on": "整改时限",
    "new_due_on": "延期",
    "escalate_to": "整改类型",
}
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
SIGNED = re.compile(r"(?:已|同意)?签收[。！]?")
MARKS = "，,。；;：: \n"
ANSWERED = re.compile(r"申请延到[\d-]+（(?:等答复|同意|不同意)）")
LONGEST = 2000
NO_PICTURES = "报告已整改要有整改后的照片，表格里不能附，请在系统里报告。"
TOLD = "请在“进展”里写明{what}。"


@dataclass(frozen=True)
class Wishes:
    """What is to be done, in this order."""

    plan: Plan | None = None
    note: str = ""
    extension: tuple[date, str, str] | None = None
    done: tuple[date, str] | None = None


def read(finding: Finding, changed: dict[str, str], verdict: Verdict, shown: State) -> Wishes:
    """Read the cells that were changed; every one that cannot be done is refused in the verdict.

    `shown` is the state as whoever takes the sheet in may know it.
    """
    long = [title for title, text in changed.items() if len(text) > LONGEST]
    for title in long:
        verdict.refuse(title, f"最多{LONGEST}个字，请写短一些。")
    signing = finding.state in {State.ASSIGNED, State.RELAPSED}
    if long or not (signing or _is_open(shown, changed, verdict)):
        return Wishes()
    wishes = Wishes(plan=_plan(finding, changed, verdict)) if signing else Wishes()
    told = (tidy(changed.get("进展")) or "") if "进展" in changed else ""
    if "进展" in changed and not told:
        verdict.refuse("进展", "已经记下的进展不能删。")
    note = "" if SIGNED.fullmatch(told) else told
    if "延期" in changed:
        wishes = replace(wishes, extension=_extension(finding, changed["延期"], note, verdict))
    if "完成日期" in changed:
        wishes = replace(wishes, done=_done(finding, changed["完成日期"], note, verdict))
    return wishes if wishes.extension or wishes.done else replace(wishes, note=note)


def _is_open(shown: State, changed: dict[str, str], verdict: Verdict) -> bool:
    if shown is not State.RECTIFYING:
        for title in changed:
            verdict.refuse(title, f"这个问题现在是“{shown.label}”，不能填写。")
        return False
    for title in set(changed) & set(PLAN):
        instead = "要延期的写在“延期”里" if title == "整改时限" else "有变化的写在“进展”里"
        verdict.refuse(title, f"已经签收，不能再改；{instead}。")
    return True


def _plan(finding: Finding, changed: dict[str, str], verdict: Verdict) -> Plan | None:
    """Read the plan that is signed for; refused where something is missing."""
    kind = changed.get("整改类型")
    if kind is not None and kind not in TYPES:
        verdict.refuse("整改类型", f"请从这些里选一个：{'、'.join(TYPES)}。")
        return None
    due_on = finding.due_on
    if "整改时限" in changed:
        due_on = day_of(changed["整改时限"])
        if due_on is None:
            verdict.refuse("整改时限", _bad_day(changed["整改时限"]))
            return None
    plan = Plan(
        rectify_type=TYPES[kind] if kind else finding.rectify_type,
        measure=_text(changed, "整改措施", finding.measure),
        steps=_text(changed, "整改步骤", finding.steps),
        due_on=due_on,
        resp_leader=_text(changed, "责任领导", finding.resp_leader),
        resp_person=_text(changed, "责任人", finding.resp_person),
        escalate_to=finding.escalate_to,
    )
    return _checked(finding, plan, verdict)


def _checked(finding: Finding, plan: Plan, verdict: Verdict) -> Plan | None:
    try:
        return service.checked(finding, plan)
    except Invalid as error:
        verdict.refuse(COLUMN_OF.get(error.field, ""), error.message)
        return None


def _text(changed: dict[str, str], title: str, known: str) -> str:
    return (tidy(changed[title]) or "") if title in changed else known


def _extension(finding: Finding, text: str, told: str, verdict: Verdict) -> tuple[date, str, str] | None:
    if refusal := service.why_not_extend(finding):
        verdict.refuse("延期", refusal)
        return None
    found = DAY.search(ANSWERED.sub("", text))
    wanted = day_of(found[0]) if found else None
    reason = _reason(text)
    if wanted is None or not reason:
        verdict.refuse("延期", "请写明延到哪一天和理由，例如：2026-12-20，等设备到货。")
        return None
    if not told:
        verdict.refuse("进展", TOLD.format(what="做到哪一步了"))
        return None
    try:
        return service.later_day(finding, wanted), reason, told
    except Invalid as error:
        verdict.refuse("延期", error.message)
        return None


def _reason(text: str) -> str:
    """Return what is said beside the day: 申请延到2026-12-20，等设备到货 says 等设备到货."""
    bare = ANSWERED.sub("", text)
    parts = (re.sub(r"^(?:申请)?延?期?[到至]?$", "", part.strip(MARKS)) for part in DAY.split(bare)[::4])
    return "，".join(part for part in parts if part)


def _done(finding: Finding, text: str, told: str, verdict: Verdict) -> tuple[date, str] | None:
    day = day_of(text)
    if day is None:
        verdict.refuse("完成日期", _bad_day(text))
    elif day > clock.today():
        verdict.refuse("完成日期", "完成日期不能晚于今天。")
    elif finding.state is not State.RECTIFYING or not evidence.since_restart(finding, PhotoRole.AFTER):
        verdict.refuse("完成日期", NO_PICTURES)
    elif not told:
        verdict.refuse("进展", TOLD.format(what="整改的结果"))
    else:
        return day, told
    return None


def day_of(text: str) -> date | None:
    """Read a day as people and spreadsheets write it: 2026-12-01, 2026/12/1, 2026年12月1日."""
    found = DAY.fullmatch(text.strip().removesuffix("00:00").strip())
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=clock.LOCAL).date()
    except ValueError:
        return None


def _bad_day(text: str) -> str:
    return f"“{text[:20]}”不是日期，请写成2026-12-01这样。" if text else "请写明日期，写成2026-12-01这样。"
