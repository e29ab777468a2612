"""From a returned workbook to its rows; what is wrong with the file as a whole is said at once."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents import workbook
from walkthrough_app.documents.workbook import Page
from walkthrough_app.rectification.sheets.layout import TITLES
from walkthrough_app.rectification.sheets.rows import MADE_AT

MOST_ROWS = 2000
HEADER_WITHIN = 10  # rows: a title may stand above the header
CODE = "问题编号"


def read(content: bytes, name: str) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of all sheets and the moment of their download ('' when nobody knows it).

    A row is {"sheet", "number", "cells": text by title, "formulas": titles}; Invalid("file") for no ledger.
    """
    try:
        pages = workbook.read_all(content, name)
    except workbook.UnreadableError as error:
        raise Invalid("file", str(error)) from error
    rows = [row for page in pages for row in _rows(page)]
    if not any(_place(page) is not None for page in pages):
        raise Invalid("file", "没有找到台账的表头。请用下载的台账填写，不要改表头。")
    if not rows:
        raise Invalid("file", "台账里没有问题，请把要交回的行留在表里。")
    if len(rows) > MOST_ROWS:
        raise Invalid("file", f"一次最多导入{MOST_ROWS}行，这个文件有{len(rows)}行，请分开导入。")
    return rows, _made_at(pages)


def _rows(page: Page) -> list[dict[str, Any]]:
    place = _place(page)
    if place is None:
        return []
    titles = [_plain(cell) for cell in page.table.rows[place][1]]
    known = {_plain(title): title for title in TITLES}
    _check(page, titles, known)
    return [
        _row(page, number, cells, [known[title] for title in titles]) for number, cells in page.table.rows[place + 1 :]
    ]


def _row(page: Page, number: int, cells: Sequence[str], titles: Sequence[str]) -> dict[str, Any]:
    texts = [*(_unquoted(cell) for cell in cells), *[""] * len(titles)]
    formulas = [title for place, title in enumerate(titles) if (number, place) in page.formulas]
    made = {
        "sheet": page.title,
        "number": number,
        "cells": dict(zip(titles, texts, strict=False)),
        "formulas": formulas,
    }
    return made | ({"beyond": cells[len(titles)][:20]} if len(cells) > len(titles) else {})


def _place(page: Page) -> int | None:
    """Find the row of headings: the first that names the number of the problem and something else of ours."""
    known = {_plain(title) for title in TITLES}
    for place, (_, cells) in enumerate(page.table.rows[:HEADER_WITHIN]):
        found = {_plain(cell) for cell in cells} & known
        if CODE in found and len(found) > 2:
            return place
    return None


def _check(page: Page, titles: Sequence[str], known: dict[str, str]) -> None:
    where = f"“{page.title}”" if page.title else "表里"
    missing = [title for plain, title in known.items() if plain not in titles]
    if missing:
        raise Invalid("file", f"{where}缺少“{missing[0]}”列。请用下载的台账填写，不要删列、改表头。")
    odd = [title for title in titles if title not in known]
    if odd:
        raise Invalid("file", f"{where}多了“{odd[0][:20] or '没有名称的'}”列。请用下载的台账填写，不要加列。")
    twice = next((title for title in titles if titles.count(title) > 1), None)
    if twice:
        raise Invalid("file", f"{where}里“{twice}”列出现了两次，请只留一列。")


def _made_at(pages: Sequence[Page]) -> str:
    cells = (cells for page in pages for _, cells in page.table.rows if len(cells) > 1)
    return next((one[1] for one in cells if one[0] == MADE_AT), "")


def _unquoted(text: str) -> str:
    """Take away the apostrophe that a csv has before what could be a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _plain(title: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
