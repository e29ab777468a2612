"""The audit trail of a report in plain sentences: who did what, when."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from walkthrough_app.accounts.models import User
from walkthrough_app.core import clock
from walkthrough_app.documents import phrases
from walkthrough_app.reception.queries import Deed
from walkthrough_app.reports.models import Report

SERVER = "系统"
INNER = frozenset({"report.drafted", "report.word_adopted", "report.printed"})  # the unit's own desk


@dataclass(frozen=True)
class Told:
    at: datetime
    who: str
    what: str
    detail: str
    look: str


def tell(deeds: Sequence[Deed], report: Report, *, is_own: bool) -> list[Told]:
    """Tell the deeds; receivers are not told what the unit did with versions that never reached them."""
    shown = [deed for deed in deeds if is_own or _reached(deed, report)]
    order = list(VERBS)  # at the same moment: as they usually follow each other
    shown.sort(key=lambda deed: (deed.at, order.index(deed.verb) if deed.verb in VERBS else 0), reverse=True)
    return [_told(deed) for deed in shown]


def _reached(deed: Deed, report: Report) -> bool:
    if deed.verb in INNER:
        return False
    submitted = {version.number for version in report.versions if version.submitted_at}
    return deed.verb != "report.confirmed" or deed.details.get("number") in submitted


def _told(deed: Deed) -> Told:
    what, look = VERBS.get(deed.verb, (lambda _: f"其他操作（{deed.verb}）", ""))
    return Told(deed.at, _who(deed.by), what(deed.details), "；".join(_details(deed.details)), look)


def _who(user: User | None) -> str:
    """Name a person by unit and post, as the papers do."""
    if user is None:
        return SERVER
    return f"{user.role.lane.label if user.role.lane else user.unit.name} {user.post}"


def _details(details: dict[str, Any]) -> Iterator[str]:
    yield from (str(reason).rstrip("。；") for reason in details.get("reasons") or ())
    if details.get("due_on"):
        yield f"请在{phrases.short_date(date.fromisoformat(details['due_on']))}前补充报送"
    if details.get("title"):
        yield str(details["title"])


def _version(words: str) -> Callable[[dict[str, Any]], str]:
    return lambda details: words.format(f"第{details['number']}版" if details.get("number") else "")


def _submitted(details: dict[str, Any]) -> str:
    return _version("报送{}")(details) + ("，逾期" if details.get("is_late") else "")


def _drafted(details: dict[str, Any]) -> str:
    return f"生成报告，写进{details['walks']}次走流程" if details.get("walks") else "生成报告"


def _withdrawn(details: dict[str, Any]) -> str:
    at = details.get("submitted_at")
    when = f"（{phrases.moment(clock.to_local(clock.parse(at)))}报送的）" if at else ""
    return _version("撤回{}")(details) + when


VERBS: dict[str, tuple[Callable[[dict[str, Any]], str], str]] = {
    "report.drafted": (_drafted, ""),
    "report.confirmed": (_version("核对无误，确认{}"), ""),
    "report.printed": (_version("生成{}的PDF"), ""),
    "report.submitted": (_submitted, "brand"),
    "report.withdrawn": (_withdrawn, "wait"),
    "report.taken_back": (lambda _: "退回草稿，开始修改", ""),
    "report.returned": (_version("退回{}"), "bad"),
    "report.received": (_version("接收{}"), "good"),
    "report.compiled": (_version("汇编{}"), "good"),
    "report.supplemented": (lambda _: "开始补报", ""),
    "report.word_adopted": (lambda d: f"采用Word里改的{len(d.get('paragraphs') or ())}段", ""),
    "report.commented": (_version("对{}提出批注"), "wait"),
    "report.answered": (_version("答复{}的批注"), ""),
    "report.comment_resolved": (_version("了结{}的批注"), "good"),
    "report.comment_reopened": (_version("重新提出{}的批注"), "wait"),
}
