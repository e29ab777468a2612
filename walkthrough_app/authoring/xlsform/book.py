"""The sheets of an XLSForm as rows of named cells, to and from xlsx."""

import io
from collections.abc import Mapping, Sequence

from walkthrough_app.authoring.xlsform import spelling
from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents import workbook

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[Row]]
NAMES = ("survey", "choices", "settings", "external_choices", "walkthrough")
WIDTHS = {"label": 40, "hint": 30, "relevant": 30, "walkthrough": 60, "text": 80, "constraint": 24}
MOST_ROWS = 2000
NUMBER = "__row__"


def write_book(sheets: Sheets) -> bytes:
    """Return an xlsx file: one sheet each, a column for every name that any of its rows has."""
    target = io.BytesIO()
    workbook.write_xlsx(target, [_sheet(name, rows) for name, rows in sheets.items()], title="XLSForm")
    return target.getvalue()


def _sheet(name: str, rows: Sequence[Row]) -> workbook.Sheet:
    titles = list(dict.fromkeys(title for row in rows for title in row)) or ["name"]
    columns = [workbook.Column(title, WIDTHS.get(title, 14)) for title in titles]
    return workbook.Sheet(name, columns, ([row.get(title, "") for title in titles] for row in rows))


def read_sheets(content: bytes, name: str) -> dict[str, list[dict[str, str]]]:
    """Return the sheets an XLSForm has, by their names in small letters; Invalid("file") when it is none.

    Each row has its number in the file as `__row__`; columns are named as XLSForm names them today (spelling.py), and
    a formula counts as what it came to when the file was saved.
    """
    try:
        pages = workbook.read_all(content, name, computed=True)
    except workbook.UnreadableError as error:
        raise Invalid("file", str(error)) from error
    sheets = {page.title.strip().lower(): _rows(page.table) for page in pages}
    kept = {title: rows for title, rows in sheets.items() if title in NAMES}
    if "survey" not in kept:
        raise Invalid("file", "这不是 XLSForm：没有名为 survey 的工作表。")
    if any(len(rows) > MOST_ROWS for rows in kept.values()):
        raise Invalid("file", f"太长了：一张工作表最多{MOST_ROWS}行。")
    return kept


def _rows(table: workbook.Table) -> list[dict[str, str]]:
    if not table.rows:
        return []
    heads = _heads(table.rows[0][1])
    return [
        {NUMBER: str(number)} | {head: cell for head, cell in zip(heads, cells, strict=False) if head and cell}
        for number, cells in table.rows[1:]
    ]


def _heads(cells: Sequence[str]) -> list[str]:
    """Return the names of the columns; an old name gives way to a column that has the new one."""
    written = {cell.strip().lower() for cell in cells}
    named = [(cell.strip().lower(), spelling.column(cell)) for cell in cells]
    return ["" if name != cell and name in written else name for cell, name in named]
