"""The same papers as Word, with real styles: part by part as their templates do it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases
from walkthrough_app.documents.papers import (
    AssignmentLetter,
    Bulletin,
    Paper,
    PracticeBrief,
    RecheckRecord,
    SupervisionNotice,
)
from walkthrough_app.documents.word.forms import FormPaper
from walkthrough_app.documents.word.tables import Column, Row

DATA = "walkthrough-paper-data"
Pictures = Mapping[str, Path]


def write(
    content: Paper, data: Mapping[str, Any], pictures: Pictures, generated: datetime, *, is_draft: bool = False
) -> bytes:
    """Return the file; equal input gives equal bytes. LookupError when a picture cannot be read."""
    paper = FormPaper(is_draft=is_draft)
    match content:
        case SupervisionNotice():
            issuer = _notice(paper, content)
        case AssignmentLetter():
            issuer = _letter(paper, content)
        case RecheckRecord():
            issuer = _record(paper, content, pictures)
        case Bulletin():
            issuer = _bulletin(paper, content)
        case PracticeBrief():
            issuer = _brief(paper, content)
        case _:
            raise TypeError(type(content))
    return paper.finish(title=content.title, issuer=issuer, generated=generated, marks={DATA: digest(data)})


def _notice(paper: FormPaper, content: SupervisionNotice) -> str:
    head = content.head
    paper.letterhead(head.issuer, head.number, [text for text, _ in head.marks])
    paper.form_title("督办通知单")
    paper.addressee(content.unit)
    paper.plain(f"现将下列事项列入督办。{content.order}")
    paper.entries(
        [
            ("督办编号", head.number, "签发日期", phrases.full_date(content.issued_on)),
            ("承办单位", content.unit, "协办单位", phrases.listed(content.co_units) or "无"),
            ("督办事项", content.matter),
            ("督办依据", "\n".join(content.basis)),
            ("问题摘要", content.problem_lines),
            ("办理要求", content.requirement),
            ("办结时限", f"{phrases.full_date(content.due_on)}前", "签发", content.issued_by),
            ("反馈方式", f"{content.feedback}\n{content.contact}"),
            ("签收", str(content.received or "")),
        ],
        "督办通知单",
    )
    paper.signature(head.issuer, phrases.full_date(content.issued_on))
    _copies(paper, content.copies_to)
    _answer(paper, content)
    return head.issuer


def _answer(paper: FormPaper, content: SupervisionNotice) -> None:
    reply, review = content.reply, content.review
    paper.new_page("办理情况反馈表")
    closed = "☑" if review and review.verdict == "closed" else "□"
    redo = "☑" if review and review.verdict == "redo" else "□"
    signed = f"理由：{review.reason}\n{review.signed}" if review else "理由："
    verdict = f"{closed}同意办结　　{redo}退回重办\n{signed}"
    paper.entries(
        [
            ("督办编号", content.head.number, "承办单位", content.unit),
            ("办理情况", reply.done if reply else "\n\n\n\n"),
            ("整改结果和佐证", reply.result if reply else "\n\n\n\n"),
            ("承办单位负责人确认", str(reply.confirmed) if reply and reply.confirmed else "\n（单位盖章）"),
            ("审核意见", verdict),
        ],
        "办理情况反馈表",
    )
    urges = [(phrases.full_date(one.on), one.channel, one.answer) for one in content.urges] or [("", "", "")]
    paper.grid(("催办日期", "方式", "答复"), urges, "催办记录")
    extensions = [
        (phrases.full_date(one.asked_on), one.reason, phrases.full_date(one.new_due_on), one.approved_by)
        for one in content.extensions
    ] or [("", "", "", "")]
    paper.grid(("延期申请日期", "理由", "新时限", "批准"), extensions, "延期记录")


def _letter(paper: FormPaper, content: AssignmentLetter) -> str:
    head = content.head
    paper.letterhead(head.issuer, head.number, [text for text, _ in head.marks])
    paper.title(content.title_lines)
    paper.addressee(content.addressee)
    paper.plain(
        f"{content.source}，发现你单位存在{len(content.problems)}个问题。现交办你单位，请认真核查，限期整改，"
        f"于{phrases.short_date(content.reply_by)}前将整改情况书面反馈{content.receiver}；对事实有异议的，"
        f"请在收到本函后{content.objection_days}个工作日内书面提出。"
    )
    for n, one in enumerate(content.problems, 1):
        paper.plain(f"{one.fact}依据：{one.basis}。", f"{n}.{one.item}（{one.number}）。")
    columns = [Column("序号", 2), Column("问题编号", 9), Column("程度", 3), Column("整改要求", is_text=True)]
    rows = [
        Row((str(n), one.number, one.severity, one.demand, f"{phrases.short_date(one.due_on)}前"))
        for n, one in enumerate(content.problems, 1)
    ]
    paper.table("表1　交办问题清单", [*columns, Column("时限", 6)], rows)
    paper.plain("专此函达。")
    paper.signature(head.issuer, phrases.full_date(content.issued_on), keep=True)
    paper.contact(str(content.contact))
    _copies(paper, content.copies_to)
    return head.issuer


def _record(paper: FormPaper, content: RecheckRecord, pictures: Pictures) -> str:
    paper.form_title("回头看记录")
    paper.entries(
        [
            ("编号", content.number, "问题编号", content.problems),
            ("责任单位", content.unit, "事项", content.item),
            ("发现日期", phrases.full_date(content.found_on), "核查日期", phrases.full_date(content.checked_on)),
            ("原问题", content.problem),
            ("整改情况", content.measure),
            ("核查方式", content.method, "核查人", content.checker),
            ("现状", content.state_now),
            ("结论", content.conclusion),
        ],
        "回头看记录",
    )
    if content.measures:
        paper.grid(("对比", "发现时", "回头看"), [(one.name, one.then, one.now) for one in content.measures], "对比")
    if content.pictures:
        pairs = [(pictures.get(one.then), pictures.get(one.now)) for one in content.pictures]
        paper.side_by_side(("佐证：发现时", "佐证：回头看"), pairs)
    paper.signature(content.issuer, phrases.full_date(content.issued_on))
    return content.issuer


def _bulletin(paper: FormPaper, content: Bulletin) -> str:
    if content.mark:
        paper.red_head(content.mark, content.number)
    paper.title(content.title_lines)
    paper.centred(f"（第{content.issue}期）" if content.issue else "（草稿）")
    paper.addressee(content.addressee)
    paper.plain(f"{content.basis}。现将有关情况通报如下：")
    chapters: list[tuple[str, Callable[[], None]]] = [("总体情况", lambda: _all(paper, content.overview.split("\n")))]
    if content.praise:
        chapters.append(("好的做法", lambda: _all(paper, content.praise)))
    chapters += [
        ("存在的主要问题", lambda: _classes(paper, content)),
        ("工作要求", lambda: _all(paper, (*content.demands, content.deadline))),
    ]
    for n, (title, chapter) in enumerate(chapters, 1):
        paper.heading(f"{phrases.numeral(n)}、{title}", 1)
        chapter()
    paper.signature(content.issuer, phrases.full_date(content.issued_on), keep=True)
    paper.contact(content.scope)
    paper.contact(str(content.contact))
    _copies(paper, content.copies_to)
    return content.issuer


def _all(paper: FormPaper, texts: "tuple[str, ...] | list[str]") -> None:
    for text in texts:
        paper.plain(text)


def _classes(paper: FormPaper, content: Bulletin) -> None:
    for n, one in enumerate(content.problems, 1):
        paper.heading(f"（{phrases.numeral(n)}）{one.title}", 2)
        for m, fact in enumerate(one.facts, 1):
            paper.plain(f"{m}.{fact}")


def _brief(paper: FormPaper, content: PracticeBrief) -> str:
    paper.title([content.title])
    paper.centred(content.number)
    for n, (title, text) in enumerate(content.parts, 1):
        paper.heading(f"{phrases.numeral(n)}、{title}", 1)
        _all(paper, [line for line in text.split("\n") if line.strip()])
    paper.signature(content.issuer, phrases.full_date(content.issued_on), keep=True)
    paper.contact(f"{content.unit}，{content.item}" if content.item else content.unit)
    return content.issuer


def _copies(paper: FormPaper, names: tuple[str, ...]) -> None:
    if names:
        paper.plain(f"抄送：{'，'.join(names)}。")
