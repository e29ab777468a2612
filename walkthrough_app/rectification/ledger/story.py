"""The life of a finding in words: who, by post, did what, and when."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walkthrough_app.core import clock
from walkthrough_app.core.web import show_day
from walkthrough_app.rectification.machine import Verb
from walkthrough_app.rectification.models import FindingEntry

GOOD = frozenset({Verb.PASSED, Verb.KEEP_UP, Verb.CLOSE, Verb.GRANT_EXTENSION, Verb.REPORT_DONE, Verb.FIX_NOW})
BAD = frozenset({Verb.RELAPSE, Verb.FAILED, Verb.SEND_BACK})
WAIT = frozenset({Verb.ASSIGN, Verb.DISPUTE, Verb.ASK_EXTENSION, Verb.ORDER_RECHECK, Verb.UPHOLD})
RULE = "系统按规则"
INSPECTOR = "督查人员"
FIELDS = {
    "category": "类别",
    "severity": "程度",
    "title": "问题",
    "fact": "事实",
    "clause": "依据",
    "measure": "措施",
    "steps": "步骤",
    "rectify_type": "整改类型",
    "escalate_to": "提请协调的部门",
}


@dataclass(frozen=True)
class Line:
    """One deed: `what` in a few words, `text` what was written, `more` what else belongs to it."""

    at: datetime
    who: str
    what: str
    text: str
    more: Sequence[str]
    kind: str


def told(entries: Sequence[FindingEntry], *, hidden: Collection[Verb] = ()) -> list[Line]:
    """Tell the deeds, the latest first; of the `hidden` ones not who did them."""
    return [_line(one, is_hidden=one.verb in hidden) for one in reversed(entries)]


def _line(one: FindingEntry, *, is_hidden: bool) -> Line:
    who = INSPECTOR if is_hidden else f"{one.by.unit.name}{one.by.post}" if one.by else RULE
    return Line(one.at, who, one.verb.label, one.text, list(_more(one)), _kind(one.verb))


def _kind(verb: Verb) -> str:
    return "good" if verb in GOOD else "bad" if verb in BAD else "wait" if verb in WAIT else ""


def _more(one: FindingEntry) -> Iterator[str]:
    for name, say in WORDS.items():
        if one.data.get(name):
            yield say(one.data[name])


def _day(text: Any) -> str:
    found = clock.day_of(str(text))
    return show_day(found, year=True) if found else str(text)


WORDS: dict[str, Callable[[Any], str]] = {
    "resp": lambda value: f"责任单位：{value}",
    "measure": lambda value: f"措施：{value}",
    "steps": lambda value: f"步骤：{value}",
    "due_on": lambda value: f"时限：{_day(value)}",
    "progress": lambda value: f"进展：{value}",
    "new_due_on": lambda value: f"新的时限：{_day(value)}",
    "done_on": lambda value: f"完成日期：{_day(value)}",
    "photos": lambda value: f"照片{len(value)}张",
    "checker": lambda value: f"回头看的人：{value}",
    "duplicate_of": lambda value: f"与{value}重复",
    "fields": lambda value: f"改了：{'、'.join(FIELDS.get(name, name) for name in value)}",
    "by_sheet": lambda _: "按交回的表格录入",
}
