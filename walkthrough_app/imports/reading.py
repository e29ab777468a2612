"""From a file to rows under the template's headings; what is wrong with the file as a whole is said at once."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents import workbook
from walkthrough_app.imports.columns import FIELDS, Field, Kind

MOST_ROWS = {Kind.UNITS: 600, Kind.ITEMS: 3000}  # what one request imports without keeping others waiting
HEADER_WITHIN = 10  # rows: a title and notes may stand above the header
EMPTY = "文件是空的，请用下载的模板填写。"
BEYOND = "+"  # the key of what stands right of the header


def read(content: bytes, name: str, kind: Kind) -> list[dict[str, Any]]:
    """Return rows as {"number": int, key: text}; Invalid("file") with one sentence when the file is not the template.

    A column that is left out is not in the rows: what is known already then stays as it is.
    """
    if not content.strip():
        raise Invalid("file", EMPTY)
    try:
        table = workbook.read(content, name)
    except workbook.UnreadableError as error:
        raise Invalid("file", str(error)) from error
    place, fields = _header(table.rows, kind)
    rows = [_row(number, cells, fields) for number, cells in table.rows[place + 1 :]]
    if not rows:
        raise Invalid("file", "表头下面没有内容，请从表头的下一行开始填写。")
    if len(rows) > MOST_ROWS[kind]:
        raise Invalid("file", f"一次最多导入{MOST_ROWS[kind]}行，这个文件有{len(rows)}行，请分开导入。")
    return rows


def _header(rows: Sequence[tuple[int, tuple[str, ...]]], kind: Kind) -> tuple[int, list[Field]]:
    """Find the row of headings and return its place with its fields, in their order."""
    if not rows:
        raise Invalid("file", EMPTY)
    known, other = _titles(kind), _titles(kind.other)
    found = [[_plain(cell) for cell in cells] for _, cells in rows[:HEADER_WITHIN]]
    mine, theirs = (max(_hits(titles, among) for titles in found) for among in (known, other))
    if theirs > max(mine, 1):
        raise Invalid("file", _other_template(kind))
    if mine < 2:
        needed = "、".join(field.title for field in FIELDS[kind] if field.is_needed)
        raise Invalid("file", f"没有找到表头。要有“{needed}”这些列，请用下载的模板填写，不要改表头。")
    place = next(place for place, titles in enumerate(found) if _hits(titles, known) == mine)
    _check_titles(rows[place][1], found[place], known)
    return place, [known[title] for title in found[place]]


def _titles(kind: Kind) -> dict[str, Field]:
    return {_plain(field.title): field for field in FIELDS[kind]}


def _hits(titles: Sequence[str], known: dict[str, Field]) -> int:
    return sum(title in known for title in titles)


def _other_template(kind: Kind) -> str:
    other = kind.other
    return f"这是“{other.label}”的模板，请到“导入{other.label}”里用，或者换成“{kind.label}”的模板。"


def _check_titles(shown: Sequence[str], titles: Sequence[str], known: dict[str, Field]) -> None:
    missing = [field.title for title, field in known.items() if field.is_needed and title not in titles]
    if missing:
        raise Invalid("file", f"缺少“{'、'.join(missing)}”列，请照模板补上。")
    unknown = [text or "（没有名称）" for text, title in zip(shown, titles, strict=True) if title not in known]
    if unknown:
        raise Invalid("file", f"“{'、'.join(unknown[:5])}”不是模板里的列，请删掉，或者照模板改正列名。")
    twice = [known[title].title for title, count in Counter(titles).items() if count > 1]
    if twice:
        raise Invalid("file", f"“{'、'.join(twice)}”列出现了两次，请只留一列。")


def _row(number: int, cells: Sequence[str], fields: Sequence[Field]) -> dict[str, Any]:
    texts = {field.key: cell for field, cell in zip(fields, [*cells, *[""] * len(fields)], strict=False)}
    beyond = [cell for cell in cells[len(fields) :] if cell]
    return {"number": number, **texts, **({BEYOND: beyond[0]} if beyond else {})}


def _plain(title: str) -> str:
    """Return a heading as it is compared: without blanks, stars, and the difference of wide and narrow characters."""
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", title))
