"""From a file to rows under the template's headings; what is wrong with the file as a whole is said at once."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from walkthrough_app.core.errors import Invalid
from walkthrough_app.documents import workbook
from walkthrough_app.imports.columns import FIELDS, Field, Kind

MOST_ROWS = 3000
HEADER_WITHIN = 10  # rows: a title and notes may stand above the header
BEYOND = "+"  # the key of what stands right of the header


def read(content: bytes, name: str, kind: Kind) -> list[dict[str, Any]]:
    """Return rows as {"number": int, key: text}; Invalid("file") with one sentence when the file is not the template.

    A column that is left out is not in the rows: what is known already then stays as it is.
    """
    try:
        table = workbook.read(content, name)
    except workbook.UnreadableError as error:
        raise Invalid("file", str(error)) from error
    place, fields = _header(table.rows, kind)
    rows = [_row(number, cells, fields) for number, cells in table.rows[place + 1 :]]
    if not rows:
        raise Invalid("file", "表头下面没有内容，请从表头的下一行开始填写。")
    if len(rows) > MOST_ROWS:
        raise Invalid("file", f"一次最多导入{MOST_ROWS}行，这个文件有{len(rows)}行，请分开导入。")
    return rows


def _header(rows: Sequence[tuple[int, tuple[str, ...]]], kind: Kind) -> tuple[int, list[Field]]:
    """Find the row of headings and return its place with its fields, in their order."""
    if not rows:
        raise Invalid("file", "文件是空的，请用下载的模板填写。")
    known = {_plain(field.title): field for field in FIELDS[kind]}
    counts = [sum(_plain(cell) in known for cell in cells) for _, cells in rows[:HEADER_WITHIN]]
    place = counts.index(max(counts))
    titles = [_plain(cell) for cell in rows[place][1]]
    if not {_plain(field.title) for field in FIELDS[kind] if field.is_needed} & set(titles) or counts[place] < 2:
        raise Invalid("file", _no_header(rows, kind))
    _check_titles(rows[place][1], titles, known, kind)
    return place, [known[title] for title in titles]


def _no_header(rows: Sequence[tuple[int, tuple[str, ...]]], kind: Kind) -> str:
    needed = "、".join(field.title for field in FIELDS[kind] if field.is_needed)
    return f"没有找到表头。第一行要有“{needed}”这些列，请用下载的模板填写，不要改表头。" if rows else ""


def _check_titles(shown: Sequence[str], titles: Sequence[str], known: dict[str, Field], kind: Kind) -> None:
    [other] = set(Kind) - {kind}
    theirs = {_plain(field.title) for field in FIELDS[other]}
    unknown = [text or "（没有名称）" for text, title in zip(shown, titles, strict=True) if title not in known]
    if sum(title in theirs for title in titles) > sum(title in known for title in titles):
        raise Invalid("file", f"这是“{other.label}”的模板，请到“导入{other.label}”里用，或者换成“{kind.label}”的模板。")
    missing = [field.title for title, field in known.items() if field.is_needed and title not in titles]
    if missing:
        raise Invalid("file", f"缺少“{'、'.join(missing)}”列，请照模板补上。")
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
