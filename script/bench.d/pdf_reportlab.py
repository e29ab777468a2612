"""The same report through ReportLab's Platypus; it takes no CFF fonts, so its text is set in LXGW WenKai."""

import io
from pathlib import Path
from typing import Any

from pdf_given import Content
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT_FILE = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
FONT = "Kai"
TEXT = ParagraphStyle(
    "text", fontName=FONT, fontSize=15.79, leading=28.99, firstLineIndent=31.6, alignment=TA_JUSTIFY, wordWrap="CJK"
)
HEAD = ParagraphStyle("head", parent=TEXT)
TITLE = ParagraphStyle("title", parent=TEXT, fontSize=22, firstLineIndent=0, alignment=TA_CENTER)
CELL = ParagraphStyle("cell", parent=TEXT, fontSize=10.5, leading=14, firstLineIndent=0)
NOTE = ParagraphStyle("note", parent=TITLE, fontSize=12, leading=14.5)
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
COLOURS = {"do": HexColor("#1d4fd7"), "wait": HexColor("#b45309")}


class ReportLab:
    """ReportLab, warm: its font is read once."""

    def __init__(self, content: Content, folder: Path) -> None:
        del folder
        pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))
        self._content = content

    def render(self) -> bytes:
        out = io.BytesIO()
        paper = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=28 * mm - 6,
            rightMargin=26 * mm - 6,
            topMargin=37 * mm - 6,
            bottomMargin=35 * mm - 6,
            title=self._content.composed.title,
        )
        paper.build(list(_flow(self._content)), onFirstPage=_number, onLaterPages=_number)
        return out.getvalue()


def _number(canvas: Any, paper: Any) -> None:
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 75, f"— {paper.page} —")


def _flow(content: Content) -> Any:
    report = content.composed
    yield Paragraph(report.title, TITLE)
    yield from (Paragraph(one.text, TEXT) for one in report.opening)
    for section in report.sections:
        yield Paragraph(section.heading, HEAD)
        for block in section.blocks:
            yield _block(block)
    for annex in report.annexes:
        yield PageBreak()
        yield Paragraph(annex.title, TITLE)
        if annex.table:
            yield _table(annex.table)
        for photo in annex.photos:
            yield Image(str(content.pictures[photo.sha256]), width=125 * mm, height=94 * mm)
            yield Paragraph(photo.caption, NOTE)


def _block(block: Any) -> Any:
    if block.kind == "heading":
        return Paragraph(block.text, HEAD)
    if block.kind == "paragraph":
        return Paragraph(block.lead + block.text, TEXT)
    return _table(block) if block.kind == "table" else _ribbon(block)


def _table(table: Any) -> Table:
    taken = sum((column.width + 0.7) * 10.5 for column in table.columns)
    free = (156 * mm - taken) / max(1, sum(not column.width for column in table.columns))
    rows = [[column.title for column in table.columns], *table.rows]
    cells = [[Paragraph(cell, CELL) for cell in row] for row in rows]
    widths = [(column.width + 0.7) * 10.5 if column.width else free + 7 for column in table.columns]
    return Table(cells, colWidths=widths, style=GRID, repeatRows=1)


def _ribbon(figure: Any) -> Drawing:
    drawing, at = Drawing(156 * mm, 20 * mm), 0.0
    segments = figure.bars[0].segments
    scale = 156 * mm / max(1, sum(one.minutes for one in segments))
    for one in segments:
        drawing.add(Rect(at, 8 * mm, one.minutes * scale, 9 * mm, fillColor=COLOURS[one.kind], strokeColor=None))
        drawing.add(String(at, 2 * mm, f"{one.label}{one.minutes}分", fontName=FONT, fontSize=9))
        at += one.minutes * scale
    return drawing
