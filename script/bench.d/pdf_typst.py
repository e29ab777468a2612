"""The same report in Typst's language: its engine sets it with tags, as PDF/A-3a and with the data inside."""

from pathlib import Path
from typing import Any

import typst
from pdf_given import Content, chart_of

from walkthrough_app.config import font_dir
from walkthrough_app.reports.composed import Table

FONTS = (str(font_dir()), "/usr/share/fonts")
PAGE = """#set document(title: "{title}", date: datetime(year: 2018, month: 7, day: 16))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: ("FandolFang", "FandolFang R", "LXGW WenKai"), size: 5.571mm, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 4.656mm, spacing: 4.656mm)
#set table(stroke: 0.18mm, inset: 0.8mm)
#show heading: set text(size: 5.571mm, weight: "regular", font: ("Noto Sans SC", "Noto Sans CJK SC"))
#show heading.where(level: 1): set align(center)
#show table: set text(size: 10.5pt)
#show figure.caption: set text(size: 12pt)
#pdf.attach("report.json", relationship: "source", mime-type: "application/json", description: "data")
"""


class Typst:
    """Typst, warm: the file is written once, as a program would hand it over."""

    def __init__(self, content: Content, folder: Path) -> None:
        self._source = folder / "report.typ"
        self._source.write_text("".join(_parts(content, folder)), encoding="utf-8")

    def render(self) -> bytes:
        made: bytes = typst.compile(
            self._source, font_paths=list(FONTS), ignore_system_fonts=True, pdf_standards=["a-3a"], root="/"
        )
        return made


def _parts(content: Content, folder: Path) -> Any:
    report = content.composed
    yield PAGE.format(title=report.title)
    yield f"= {_text(report.title)}\n\n{_text(report.addressee)}：\n\n"
    yield from (_text(one.text) + "\n\n" for one in report.opening)
    for number, section in enumerate(report.sections, 1):
        yield f"== {number}、{_text(section.heading)}\n\n"
        for block in section.blocks:
            yield _block(block, folder)
    for annex in report.annexes:
        yield f"#pagebreak()\n== {_text(annex.title)}\n\n"
        yield _table(annex.table) if annex.table else ""
        for photo in annex.photos:
            yield _image(content.pictures[photo.sha256], photo.caption, 'height: 94mm, fit: "contain"')


def _block(block: Any, folder: Path) -> str:
    if block.kind == "heading":
        return f"=== {_text(block.text)}\n\n"
    if block.kind == "paragraph":
        return f"{_text(block.lead)}{_text(block.text)}\n\n"
    if block.kind == "table":
        return f"#align(center)[{_text(block.number)} {_text(block.title)}]\n{_table(block)}"
    drawing = folder / f"chart{block.number}.svg"
    chart = chart_of(block)
    drawing.write_text(chart.svg, encoding="utf-8")
    return _image(drawing, chart.alt, "width: 156mm")


def _table(table: Table) -> str:
    widths = ", ".join(f"{column.width}em" if column.width else "1fr" for column in table.columns)
    head = ", ".join(f"[{_text(column.title)}]" for column in table.columns)
    rows = "\n".join(", ".join(f"[{_text(cell)}]" for cell in row) + "," for row in table.rows)
    return f"#table(columns: ({widths}), table.header({head}), {rows})\n\n"


def _image(path: Path, alt: str, size: str) -> str:
    words = alt.replace('"', "”")
    return f'#figure(image("{path}", alt: "{words}", {size}), caption: [{_text(alt)[:40]}])\n\n'


def _text(words: str) -> str:
    return "".join(f"\\{char}" if char in "\\#$*_`<>@[]~=-+/." else char for char in words)
