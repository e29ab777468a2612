"""Reading what people send as xlsx or csv: only text comes out, and no file costs more than its limits allow."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

MOST_ROWS = 20_000
MOST_LOOKED_AT = 100_000  # rows with the empty ones, which a whole formatted column leaves behind
MOST_COLUMNS = 100
LARGEST = 5 * 1024 * 1024  # bytes of the file
MOST_SHEETS = 10
LARGEST_INSIDE = 60 * 1024 * 1024  # bytes unpacked
ENCODINGS = ("utf-8-sig", "gb18030")


class UnreadableError(ValueError):
    """The file cannot be read as a table; the text is one sentence in Chinese."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: `rows` are (number as the spreadsheet shows it, cells without outer blanks or empty ends)."""

    rows: Sequence[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet with its title; `formulas` are (number of the row, place of the cell) that hold a formula."""

    title: str
    table: Table
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_all(content: bytes, name: str, *, computed: bool = False) -> list[Page]:
    """Read every sheet of an xlsx (a csv is one sheet) and say where formulas stand; UnreadableError as `read`.

    `computed` reads what formulas came to when the file was saved; then nothing is known of where they stand.
    """
    if len(content) <= LARGEST and content.startswith(b"PK"):
        return _pages(content, computed=computed)
    return [Page("", read(content, name))]


def read(content: bytes, name: str) -> Table:
    """Read the first sheet of an xlsx, or a csv in UTF-8 or GBK; UnreadableError says what is wrong."""
    if len(content) > LARGEST:
        raise UnreadableError(f"文件超过{LARGEST // 1024 // 1024}MB，请分开导入。")
    if content.startswith(b"PK"):
        return _table(_xlsx_rows(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("这是旧格式的 xls，请在 Excel 或 WPS 里另存为 xlsx 再导入。")
    if name.lower().endswith(".xlsx") or b"\x00" in content:
        raise UnreadableError("这不是表格文件，请用下载的模板填写，存为 xlsx 或 csv。")
    return _table(_csv_rows(content))


def _table(rows: Iterable[Sequence[str]]) -> Table:
    kept = []
    for number, cells in enumerate(rows, 1):
        if width := _width(cells[:MOST_COLUMNS]):
            kept.append((number, tuple(cells[:width])))
        if len(kept) > MOST_ROWS or number > MOST_LOOKED_AT:
            raise UnreadableError(f"超过{MOST_ROWS}行，请分开导入。")
    return Table(kept)


def _csv_rows(content: bytes) -> Iterable[Sequence[str]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=False)]
        except csv.Error as error:
            raise UnreadableError("csv 文件的格式不对，请在 Excel 或 WPS 里另存为 xlsx 再导入。") from error
    raise UnreadableError("csv 文件的编码看不懂，请另存为“CSV UTF-8”或 xlsx 再导入。")


def _xlsx_rows(content: bytes) -> Iterable[Sequence[str]]:
    from openpyxl import load_workbook

    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its size is not to be believed
        rows = sheet.iter_rows(max_row=MOST_LOOKED_AT + 1, max_col=MOST_COLUMNS, values_only=True)
        return _trimmed([_text(value) for value in row] for row in rows)
    except UnreadableError:
        raise
    except Exception as error:  # a broken file raises whatever its parser trips over
        raise UnreadableError("这个 xlsx 文件打不开，可能损坏或加了密码，请重新保存后再导入。") from error


def _trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return rows without their empty ends, so that a hundred thousand empty ones weigh little."""
    return [row if row and row[-1] else row[: _width(row)] for row in rows]


def _width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def _pages(content: bytes, *, computed: bool) -> list[Page]:
    from openpyxl import load_workbook

    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=computed, keep_links=False)
        return [_page(sheet) for sheet in book.worksheets[:MOST_SHEETS]]
    except UnreadableError:
        raise
    except Exception as error:  # a broken file raises whatever its parser trips over
        raise UnreadableError("这个 xlsx 文件打不开，可能损坏或加了密码，请重新保存后再导入。") from error


def _page(sheet: Any) -> Page:
    sheet.reset_dimensions()  # what the file says about its size is not to be believed
    rows: list[list[str]] = []
    formulas = set()
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_LOOKED_AT + 1, max_col=MOST_COLUMNS), 1):
        formulas |= {(number, place) for place, cell in enumerate(cells) if cell.data_type == "f"}
        rows += _trimmed([[_text(cell.value) for cell in cells]])
    return Page(sheet.title, _table(rows), frozenset(formulas))


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        if sum(part.file_size for part in box.infolist()) > LARGEST_INSIDE:
            raise UnreadableError("文件解开以后太大，请分开导入。")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if not (value.hour or value.minute) else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
