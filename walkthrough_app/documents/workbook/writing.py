"""Writing xlsx and csv: header frozen and filtered, A4 on its side, and nothing a user typed is ever a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from walkthrough_app.core import clock
from walkthrough_app.documents.workbook.model import Cell, Column, Sheet, is_like_formula

FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
HEAD = {**FONT, "bold": True, "bg_color": "#E8ECF3", "border": 1, "text_wrap": True, "align": "center"}
LONGEST = 32_767  # characters a cell holds
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BOM = "\ufeff"  # without it Excel reads UTF-8 as GBK


def write_xlsx(target: Path | IO[bytes], sheets: Iterable[Sheet], *, title: str = "") -> int:
    """Write a workbook to a path or an open file, in bounded memory; return the number of its data rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
        book.set_properties({"title": title, "created": clock.to_local(clock.now()).replace(tzinfo=None)})
        return sum(_Writer(book, sheet).write() for sheet in sheets)


def write_csv(target: IO[str], columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one list as csv (open `target` with newline=""); Excel opens it with the right characters."""
    target.write(BOM)
    writer = csv.writer(target)
    writer.writerow([column.title for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        count += 1
    return count


def _csv_cell(value: Cell) -> str:
    if isinstance(value, str):
        return f"'{value}" if is_like_formula(value) else value
    if isinstance(value, datetime):
        return clock.to_local(value).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


class _Writer:
    """One sheet on its way into the book."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.title)[:31])
        self.top = 1 if sheet.note else 0
        self.formats = [self._formats_of(column) for column in sheet.columns]

    def _formats_of(self, column: Column) -> dict[str, Any]:
        base = {**FONT, "border": 1, "text_wrap": column.is_wrapped}
        return {
            "text": self.book.add_format(base),
            "quoted": self.book.add_format({**base, "quote_prefix": True}),
            "number": self.book.add_format({**base, "num_format": column.number} if column.number else base),
            "date": self.book.add_format({**base, "num_format": "yyyy-mm-dd"}),
            "moment": self.book.add_format({**base, "num_format": "yyyy-mm-dd hh:mm"}),
        }

    def write(self) -> int:
        self._set_up()
        count = 0
        for number, row in enumerate(self.sheet.rows, self.top + 1):
            for place, value in enumerate(row):
                self._cell(number, place, value)
            count += 1
        last = len(self.sheet.columns) - 1
        self.page.autofilter(self.top, 0, self.top + max(count, 1), last)
        self._offer_choices(self.top + max(count, 500))
        return count

    def _set_up(self) -> None:
        page, head = self.page, self.book.add_format(HEAD)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&C第 &P 页，共 &N 页")
        page.repeat_rows(self.top)
        page.freeze_panes(self.top + 1, 0)
        for place, column in enumerate(self.sheet.columns):
            page.set_column(place, place, column.width)
        if self.sheet.note:
            page.write_string(0, 0, _clean(self.sheet.note), self.book.add_format(FONT))
        for place, column in enumerate(self.sheet.columns):
            page.write_string(self.top, place, column.title, head)

    def _cell(self, number: int, place: int, value: Cell) -> None:
        formats = self.formats[place]
        if value is None or value == "":
            self.page.write_blank(number, place, None, formats["text"])
        elif isinstance(value, str):
            text = _clean(value)
            self.page.write_string(number, place, text, formats["quoted" if is_like_formula(text) else "text"])
        elif isinstance(value, datetime):
            self.page.write_datetime(number, place, clock.to_local(value).replace(tzinfo=None), formats["moment"])
        elif isinstance(value, date):
            self.page.write_datetime(number, place, value, formats["date"])
        else:
            self.page.write_number(number, place, value, formats["number"])

    def _offer_choices(self, last_row: int) -> None:
        for place, options in self._choices():
            rule = {"validate": "list", "source": list(options), "error_title": "请从列表里选"}
            self.page.data_validation(self.top + 1, place, last_row, place, rule)

    def _choices(self) -> Iterator[tuple[int, Sequence[str]]]:
        places = {column.title: place for place, column in enumerate(self.sheet.columns)}
        yield from ((places[name], options) for name, options in self.sheet.choices)


def _clean(text: str) -> str:
    return ILLEGAL.sub("", text)[:LONGEST]
