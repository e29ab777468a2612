"""The sentences people read. None names an item, a plan or who is visited: letters and groups are read by others."""

from collections.abc import Mapping, Sequence
from datetime import date

from walkthrough_app.documents import phrases


def until(due: date, day: date) -> str:
    """Say how far a deadline is: 11月30日截止，还有3天。"""
    left, on = (due - day).days, phrases.short_date(due)
    if left > 0:
        return f"{on}截止，还有{left}天。"
    return f"今天（{on}）截止。" if left == 0 else f"{on}已经截止，超期{-left}天。"


def report_until(due: date, graced: date, day: date) -> str:
    """Say the same of reports: days of grace are not yet late."""
    if due < day <= graced:
        return f"{phrases.short_date(due)}已经截止，宽限到{phrases.short_date(graced)}。"
    return until(due, day)


def unwalked(count: int) -> str:
    return f"还有{count}个事项没有走完流程"


def unplanned() -> str:
    return "本单位还没有安排体验计划"


def uncovered(count: int) -> str:
    return f"有{count}个必须由一把手亲身体验的事项还没有安排"


def unreported(count: int) -> str:
    return "专项报告还没有报送" if count == 1 else f"专项报告还有{count}份没有报送"


def returned(asked_on: date | None, day: date) -> str:
    if asked_on is None:
        return "专项报告退回补充，请修改后重新报送。"
    late = f"，已经超期{(day - asked_on).days}天" if day > asked_on else ""
    return f"专项报告退回补充，请在{phrases.short_date(asked_on)}前重新报送{late}。"


def digest(waiting: int, arrived: int) -> str:
    new = f"，其中新到{arrived}份" if arrived else ""
    return f"有{waiting}份专项报告等着处理{new}。"


def unsigned(count: int) -> str:
    return f"有{count}个问题等着签收。"


def rectify_until(count: int, due: date, day: date) -> str:
    return f"有{count}个问题的整改{until(due, day)}"


def overdue(count: int, longest: int) -> str:
    return f"有{count}个问题的整改已经超期，最长的超期{longest}天，请抓紧整改并报告结果。"


def paper_waits(count: int, kind: str, what: str, due: date | None, day: date) -> str:
    """Say what is waited for: 有1份督办通知单等着签收，12月1日截止，还有3天。"""
    measure = "期" if kind == "通报" else "份"
    return f"有{count}{measure}{kind}{what}{f'，{until(due, day)}' if due else '。'}"


def settle_until(count: int, due: date, day: date) -> str:
    return f"有{count}份工作记录要销项，{until(due, day)}"


def to_handle(counts: Mapping[str, int]) -> str:
    return f"台账里等着办理的：{'、'.join(f'{what}{count}件' for what, count in counts.items())}。"


def urged(who: str, due: date, day: date) -> str:
    return f"{who}催办：请尽快报送专项报告。{until(due, day)}"


def urged_returned(who: str) -> str:
    return f"{who}催办：请尽快修改退回的专项报告，重新报送。"


def standing(title: str, *, expected: int, owing: Sequence[str], when: str, limit: int = 60) -> str:
    """Write what a group may know, as Markdown: counts, and which units still owe their report."""
    named = "、".join(plain(name) for name in owing[:limit])
    more = f"等{len(owing)}家" if len(owing) > limit else ""
    head = f"**{plain(title)}**\n\n专项报告{when}\n\n"
    return f"{head}应报{expected}家，已报{expected - len(owing)}家，未报{len(owing)}家：{named}{more}。"


def plain(text: str) -> str:
    """Take from a name what a group robot would read as a mark, a link or a call to somebody."""
    return text.translate(MARKS)


MARKS = str.maketrans("<>[]()@*_`#~|\\!", "＜＞［］（）＠＊＿｀＃～｜＼！", "\r\n\t")
