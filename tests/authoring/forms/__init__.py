"""Forms in the manner of well-known public ones, written as the tables they are, read as xlsx."""

import io
from pathlib import Path

from openpyxl import Workbook


def tables(name: str) -> dict[str, list[list[str]]]:
    """Return the sheets of a form: rows of cells, the header first."""
    sheets: dict[str, list[list[str]]] = {}
    for line in (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1:
            rows = sheets.setdefault(cells[0], [])
        else:
            rows.append(cells[1:])
    return sheets


def xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
