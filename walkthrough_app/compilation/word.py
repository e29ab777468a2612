"""The same report as Word, with real styles: part by part as the template does it; charts become tables."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from walkthrough_app.core.ids import digest
from walkthrough_app.documents import phrases, rows
from walkthrough_app.documents.charts import Heat
from walkthrough_app.documents.papers import AnnexTable, GroupReport
from walkthrough_app.documents.word.paper import Paper
from walkthrough_app.documents.word.tables import Column, Row
from walkthrough_app.reports.composed import Diagram

NARROW = 2  # characters
DATA = "walkthrough-compilation-data"


def write(report: GroupReport, data: Mapping[str, Any], generated: datetime) -> bytes:
    """Return the file; equal input gives equal bytes."""
    paper = Paper()
    paper.title(report.title_lines)
    paper.addressee(report.addressee)
    _texts(paper, "opening", report.opening)
    for n, chapter in enumerate((_overview, _practices, _problems, _rectification, _cases, _shortcomings, _advice), 1):
        paper.heading(f"{phrases.numeral(n)}、{TITLES[n - 1]}", 1)
        chapter(paper, report)
    if report.annexes:
        paper.appendix_note([one.title for one in report.annexes])
    paper.signature(report.issuer, phrases.full_date(report.made_on), keep=bool(report.contact))
    if report.contact:
        paper.contact(str(report.contact))
    for n, annex in enumerate(report.annexes, 1):
        paper.annex_head(str(n) if len(report.annexes) > 1 else "", annex.title)
        _annex(paper, annex)
    return paper.finish(title=report.title, issuer=report.issuer, generated=generated, marks={DATA: digest(data)})


TITLES = ("总体情况", "主要做法", "发现的问题", "整改情况", "典型", "存在不足", "下一步建议")


def _texts(paper: Paper, key: str, text: object) -> None:
    for n, line in enumerate(line for line in str(text).split("\n") if line.strip()):
        paper.text(f"{key}.{n}" if n else key, line)


def _overview(paper: Paper, report: GroupReport) -> None:
    _texts(paper, "overview", report.words.overview or report.overview)


def _practices(paper: Paper, report: GroupReport) -> None:
    for n, one in enumerate(report.practices, 1):
        paper.heading(f"（{phrases.numeral(n)}）{one.title}", 2)
        _texts(paper, f"practice.{n}", one.text)


def _problems(paper: Paper, report: GroupReport) -> None:
    _texts(paper, "problems", (report.words.problems or report.problems) + report.pointers)
    _texts(paper, "problems.steps", report.words.steps)
    if report.samples:
        _table(paper, Diagram(1, "各环节用时分布", samples=report.samples))
    if report.tallies:
        _table(paper, Diagram(int(report.pareto_number[1:]), "各类问题数量和累计占比", tallies=report.tallies))
    if report.top:
        paper.heading("（一）反映集中的问题", 2)
        _texts(paper, "problems.merged", report.words.merged)
        _list(paper, "group", report.top)
        _texts(paper, "problems.shared", report.words.shared)
    if report.heat.rows:
        paper.heading(f"（{'二' if report.top else '一'}）各单位问题分布", 2)
        _texts(paper, "problems.heat", report.words.heat or f"{report.heat.alt}。")
        _heat(paper, report.heat)


def _table(paper: Paper, diagram: Diagram) -> None:
    table = diagram.table()
    columns = [Column(one.title, one.width, is_text=one.is_text) for one in table.columns]
    paper.table(f"{table.number}　{table.title}", columns, [Row(row) for row in table.rows])


def _heat(paper: Paper, heat: Heat) -> None:
    columns = [Column(heat.corner, 7, is_text=True), *(Column(name) for name in (*heat.columns, "合计"))]
    made = [
        (name, *map(str, counts), str(total))
        for name, counts, total in zip(heat.rows, heat.cells, heat.row_totals, strict=True)
    ]
    made.append(("合计", *map(str, heat.column_totals), str(heat.total)))
    paper.table("表1　各单位各类问题数量", columns, [Row(row) for row in made])


def _rectification(paper: Paper, report: GroupReport) -> None:
    _texts(paper, "rectification", report.words.rectification or report.rectification)


def _cases(paper: Paper, report: GroupReport) -> None:
    kinds = [(title, told) for title, told in (("正面典型", report.models), ("反面典型", report.warnings)) if told]
    for n, (title, told) in enumerate(kinds, 1):
        paper.heading(f"（{phrases.numeral(n)}）{title}", 2)
        _list(paper, f"case.{n}", told)
    if not kinds:
        _texts(paper, "cases", "本次汇总没有评选典型。")


def _shortcomings(paper: Paper, report: GroupReport) -> None:
    _list(paper, "lack", report.shortcomings)
    if not report.shortcomings:
        _texts(paper, "lack", "报送及时、记录完整，没有需要提示的情况。")


def _advice(paper: Paper, report: GroupReport) -> None:
    _list(paper, "advice", report.advice)


def _list(paper: Paper, key: str, told: Iterable[object]) -> None:
    for n, one in enumerate(told, 1):
        paper.text(f"{key}.{n}", str(one), f"{n}.")


def _narrower(width: int) -> int:
    return max(NARROW, width * 2 // 3) if width else 0


def _annex(paper: Paper, annex: AnnexTable) -> None:
    """Write an annex upright: the columns of a wide one are made narrower, so that running text keeps some room."""
    widths = [_narrower(one.width) if annex.is_wide else one.width for one in annex.columns]
    columns = [Column(one.title, width, is_text=one.is_text) for one, width in zip(annex.columns, widths, strict=True)]
    lines = [Row(row, may_break=rows.height(row, widths) > rows.MOST) for row in annex.rows]
    paper.table("", columns, lines)
