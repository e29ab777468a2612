"""From the facts of a closing report to its text and tables: pure, the same for every file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import AnnexTable, Chapter, ClosingPaper, Column
from walkthrough_app.reports import voice

Facts = Mapping[str, Any]
MEASURES = (("minutes", "用时", "分钟"), ("trips", "跑动", "次"), ("materials", "材料", "份"))
NOT_AGAIN = "没有再走，没有后续测量"


def compose(facts: Facts) -> ClosingPaper:
    campaign = facts["campaign"]
    number = campaign["basis_number"]
    basis = f"《{campaign['basis_title']}》{f'（{number}）' if number else ''}"
    as_of = date.fromisoformat(facts["as_of"])
    chapters = (
        Chapter("总体情况", tuple(_overview(facts))),
        Chapter("整改前后", tuple(_before_after(facts))),
        Chapter("整改成效", tuple(_effect(facts))),
        Chapter("各单位整改情况", tuple(_units(facts))),
        Chapter("后续工作", tuple(_later(facts))),
    )
    return ClosingPaper(
        issuer=campaign["basis_issuer"],
        addressee=campaign["basis_issuer"].removesuffix("办公室"),
        realm=facts["realm"],
        campaign=voice.matter(campaign),
        opening=f"按照{basis}要求，对走流程发现的问题逐个整改。现将截至{phrases.short_date(as_of)}的整改情况报告如下：",
        chapters=chapters,
        annexes=tuple(annexes(facts)),
        contact="",
        made_on=as_of,
    )


def total(facts: Facts, name: str) -> int:
    return sum(one[name] for one in facts["units"])


def _overview(facts: Facts) -> Iterator[str]:
    count = partial(total, facts)
    problems, closed, kept = count("problems"), count("closed"), count("kept")
    aside = f"（另有{count('dismissed')}个不予立项）" if count("dismissed") else ""
    if not problems:
        yield f"各单位的报告没有需要整改的问题{aside}。"
        return
    kept_up = f"，长期坚持{kept}个" if kept else ""
    still = problems - closed - kept
    rest = f"，还有{still}个没有销号" if still else ""
    yield (
        f"共登记问题{problems}个{aside}，涉及{sum(bool(one['problems']) for one in facts['units'])}个单位。"
        f"已销号{closed}个，销号率{phrases.percent(closed, problems)}{kept_up}{rest}。"
    )
    ended, on_time, relapsed = count("ended"), count("on_time"), count("relapsed")
    yield (
        f"已到期或者已完成的{ended}个，按期完成{on_time}个，按期完成率{phrases.percent(on_time, ended)}。"
        f"销号以后反弹{relapsed}个，反弹率{phrases.percent(relapsed, problems)}。"
    )


def _before_after(facts: Facts) -> Iterator[str]:
    measured = [one for one in facts["findings"] if one["step_minutes"]]
    better = [one for one in measured if one["step_minutes"][1] < one["step_minutes"][0]]
    yield "每个问题的整改措施和整改前后情况见附件1。"
    if measured:
        rest = f"，没有减少的{len(measured) - len(better)}个" if len(better) < len(measured) else ""
        yield f"其中{len(measured)}个问题所在的环节整改以后又走过一次，用时减少的{len(better)}个{rest}。"


def _effect(facts: Facts) -> Iterator[str]:
    items, walked = facts["items"], {(one["unit"], one["item"]) for one in facts["findings"] if one["item"]}
    if not items:
        yield "有问题的事项整改以后都没有再走流程，没有后续测量，不计算成效。" if walked else "没有可以比较的事项。"
        return
    yield (
        f"{len(items)}个事项整改以后又走过流程。把发现问题的那次和整改以后最近的一次相比，"
        "只比两次都有记录的环节和数字："
    )
    told = [text for key, what, unit in MEASURES if (text := _saved(items, key, what, unit))]
    yield "；".join(told) + "。" if told else "两次走的环节不同，没有可以比较的数字。"
    rest = len(walked) - len({(one["unit"], one["item"]) for one in items})
    if rest > 0:
        yield f"另有{rest}个事项整改以后没有再走，没有后续测量，不计入成效。"


def _saved(items: Sequence[Mapping[str, Any]], key: str, what: str, unit: str) -> str:
    """Say what came of one measure, also where it grew; '' where nothing can be compared."""
    pairs = [one[key] for one in items if one[key]]
    if not pairs:
        return ""
    then, now = sum(one[0] for one in pairs), sum(one[1] for one in pairs)
    change = "没有变化" if then == now else f"减少{then - now}{unit}" if then > now else f"增加{now - then}{unit}"
    grown = sum(one[1] > one[0] for one in pairs)
    also = f"，其中{grown}个事项增加" if grown and then > now else ""
    return f"{what}（{len(pairs)}个事项）合计由{then}{unit}变为{now}{unit}，{change}{also}"


def _units(facts: Facts) -> Iterator[str]:
    units = [one for one in facts["units"] if one["problems"]]
    yield "各单位的销号率、按期完成率和反弹情况见附件3。" if facts["items"] else "各单位的情况见附件2。"
    whole = [one["unit"] for one in units if one["closed"] + one["kept"] == one["problems"]]
    if whole:
        yield f"{len(whole)}个单位的问题全部整改到位。"
    relapsed = [one["unit"] for one in units if one["relapsed"]]
    if relapsed:
        yield f"出现反弹的单位有{phrases.listed(relapsed)}。"


def _later(facts: Facts) -> Iterator[str]:
    kept = [one for one in facts["findings"] if one["is_kept"]]
    still = [one for one in facts["findings"] if not one["is_over"] and not one["is_kept"]]
    for n, one in enumerate(kept, 1):
        yield f"{n}.{one['unit']}：{_bare(one['title'])}。长期坚持，{_day(one['next_look_on'])}再看。"
    if still:
        yield f"还有{len(still)}个问题没有销号，继续督办，一督到底。"
    if not kept and not still:
        yield "问题已经全部销号。对容易反弹的问题适时“回头看”，发现反弹重新督办。"


def annexes(facts: Facts) -> Iterator[AnnexTable]:
    yield AnnexTable("问题整改前后对照表", PAIRS, tuple(_pairs(facts)), is_wide=True)
    if facts["items"]:
        yield AnnexTable("整改成效测算表", EFFECTS, tuple(_effects(facts)))
    yield AnnexTable("各单位整改情况表", RATES, tuple(_rates(facts)))


PAIRS = (
    Column("序号", 2),
    Column("问题编号", 9),
    Column("单位", 7, is_text=True),
    Column("整改前", is_text=True),
    Column("整改措施", is_text=True),
    Column("整改后", is_text=True),
    Column("环节用时（分钟）", 5),
    Column("状态", 4),
)
EFFECTS = (
    Column("序号", 2),
    Column("单位", is_text=True),
    Column("事项", is_text=True),
    Column("两次走流程", 8),
    Column("用时（分钟）", 5),
    Column("跑动（次）", 4),
    Column("材料（份）", 4),
)
RATES = (
    Column("序号", 2),
    Column("单位", is_text=True),
    *(Column(title, 3) for title in ("问题", "销号", "销号率", "按期", "按期率", "反弹", "长期坚持", "不予立项")),
)


def _pairs(facts: Facts) -> Iterator[tuple[str, ...]]:
    for n, one in enumerate(facts["findings"], 1):
        fact = f"{_bare(one['title'])}。{voice.sentence(one['fact'])}" if one["fact"] else f"{_bare(one['title'])}。"
        after = [one["result"]]
        if one["checked_on"]:
            after.append(f"{_day(one['checked_on'])}回头看：{one['check_result']}")
        yield (
            str(n),
            one["code"],
            one["unit"],
            fact,
            one["measure"] or "—",
            "\n".join(text for text in after if text) or "—",
            _change(one["step_minutes"]),
            "长期坚持" if one["is_kept"] else one["state"],
        )


def _effects(facts: Facts) -> Iterator[tuple[str, ...]]:
    for n, one in enumerate(facts["items"], 1):
        days = f"{_day(one['before_on'])}\n{_day(one['after_on'])}"
        yield (str(n), one["unit"], one["item"], days, *(_change(one[key]) for key, _, _ in MEASURES))


def _rates(facts: Facts) -> Iterator[tuple[str, ...]]:
    for n, one in enumerate(facts["units"], 1):
        yield (
            str(n),
            one["unit"],
            str(one["problems"]),
            str(one["closed"]),
            phrases.percent(one["closed"], one["problems"]),
            str(one["on_time"]),
            phrases.percent(one["on_time"], one["ended"]),
            *(str(one[name]) for name in ("relapsed", "kept", "dismissed")),
        )


def _change(pair: Sequence[int] | None) -> str:
    return f"{pair[0]}→{pair[1]}" if pair else "—"


def _day(text: str | None) -> str:
    return phrases.full_date(date.fromisoformat(text)) if text else "—"


def _bare(text: str) -> str:
    return text.strip().rstrip("。；，")
