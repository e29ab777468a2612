"""督查反馈单 as Word: what was found, to the unit, without who came."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

from walkthrough_app.core import clock
from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases
from walkthrough_app.documents.word.forms import FormPaper
from walkthrough_app.rectification.models import Finding
from walkthrough_app.visits.models import Visit, VisitState

TITLE = "督查反馈单"
DATA = "walkthrough-visit"
SIDES = ("现场照片", "现场照片")


def write(visit: Visit, findings: Sequence[Finding], pictures: Sequence[Path], *, issuer: str, at: datetime) -> bytes:
    """Return the file, marked as a draft until it is fed back; LookupError when a picture cannot be read."""
    paper = FormPaper(is_draft=visit.state is not VisitState.FED_BACK)
    paper.form_title(TITLE)
    paper.addressee(visit.unit.name)
    paper.plain(f"现将督查情况反馈你单位，请对照整改。{_closing(findings)}")
    paper.entries(_entries(visit, findings), TITLE)
    if pictures:
        halves = list(zip_longest(pictures[::2], pictures[1::2]))
        paper.side_by_side(SIDES, halves)
    on = clock.to_local(visit.fed_back_at or at).date()
    paper.signature(issuer, phrases.full_date(on))
    marks = {DATA: digest({"visit": str(visit.id), "facts": visit.facts})}
    return paper.finish(title=f"{TITLE}（{visit.unit.name}）", issuer=issuer, generated=at, marks=marks)


def _closing(findings: Sequence[Finding]) -> str:
    return f"共发现问题{len(findings)}个。" if findings else "这次没有发现问题。"


def _entries(visit: Visit, findings: Sequence[Finding]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("被督查单位", visit.unit.name, "督查日期", _day(visit)),
        ("督查地点", visit.place, "督查方式", visit.axes),
        ("发现的问题", "\n".join(_line(n, one) for n, one in enumerate(findings, 1)) or "无"),
    ]
    if visit.score.get("total") is not None:
        told = visit.score
        rows.append(("得分", f"{told['total']}（问了{told['asked']}项，共{told['of']}项；佐证{told['evidence']}份）"))
    if visit.feedback:
        rows.append(("反馈意见", visit.feedback))
    return rows


def _day(visit: Visit) -> str:
    day = clock.day_of(visit.facts.get("day") or "")
    return phrases.full_date(day) if isinstance(day, date) else ""


def _line(number: int, one: Finding) -> str:
    """Write a problem with its number, its basis, and by when it is to be put right."""
    parts = [f"{one.title}（{one.code}，{one.severity_label}）", one.fact.rstrip("。")]
    parts += [f"依据：“{one.clause}”"] if one.clause else []
    parts += [f"责任岗位：{one.resp_person}"] if one.resp_person else []
    parts += [f"整改时限：{phrases.full_date(one.due_on)}前"] if one.due_on else []
    return f"{number}." + "。".join(part for part in parts if part) + "。"
