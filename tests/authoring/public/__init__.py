"""Forms that others published, and the old ones among them as Excel saves them anew."""

import io
from pathlib import Path

import xlrd
from openpyxl import Workbook

FOLDER = Path(__file__).parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
NAMES = sorted(path.name for path in FOLDER.glob("*.xls*"))


def original(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def as_xlsx(name: str) -> bytes:
    """Return a form as it is, or what 另存为 xlsx makes of an old one: the same sheets, cells and kinds of values."""
    if name.endswith(".xlsx"):
        return original(name)
    old, book = xlrd.open_workbook(FOLDER / name), Workbook()
    book.remove(book.active)
    for page in old.sheets():
        sheet = book.create_sheet(page.name)
        for number in range(page.nrows):
            sheet.append([_value(cell, old.datemode) for cell in page.row(number)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.value == "" else cell.value
