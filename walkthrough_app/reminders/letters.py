"""What a notice looks like as a letter."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import escape

from walkthrough_app.documents import phrases
from walkthrough_app.reminders.lines import Line

FOOT = "这封邮件由系统自动发出，请不要回复。办完以后就不再提醒。"


def subject(lines: Sequence[Line], day: date) -> str:
    """Say how much there is and of which day: letters of two days must not look the same."""
    return f"走流程提醒：{len(lines)}件事要办（{phrases.short_date(day)}）"


def text(lines: Sequence[Line], link: str) -> str:
    parts = [f"{title}\n" + "\n".join(f"· {one}" for one in texts) for title, texts in _grouped(lines)]
    return "\n\n".join([*parts, _where(link), FOOT]) + "\n"


def html(lines: Sequence[Line], link: str) -> str:
    """Write the same with the few tags every mail program shows; nothing is fetched."""
    parts = []
    for title, texts in _grouped(lines):
        items = "".join(f"<li>{escape(one)}</li>" for one in texts)
        parts.append(f"<h3>{escape(title)}</h3><ul>{items}</ul>")
    where = f'<p><a href="{escape(link)}">打开走流程</a></p>' if link else f"<p>{_where(link)}</p>"
    body = "".join(parts) + where + f"<p><small>{FOOT}</small></p>"
    return f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _grouped(lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    ordered = sorted(lines, key=lambda line: line.campaign)
    found = [list(group) for _, group in groupby(ordered, key=lambda line: line.campaign)]
    return [(group[0].title, [line.text for line in group]) for group in found]


def _where(link: str) -> str:
    return f"去办理：{link}" if link else "请登录走流程，打开“提醒”查看。"
