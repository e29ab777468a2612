"""One cell at a time: its text becomes a value, or a sentence that says what to write instead."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from walkthrough_app.core.forms import UNSEEN
from walkthrough_app.documents.workbook.model import is_like_formula
from walkthrough_app.imports.columns import Field, Shape
from walkthrough_app.imports.reading import BEYOND
from walkthrough_app.imports.verdicts import Verdict

YES, NO = ("是", "√", "✓", "1", "y", "yes", "有"), ("否", "", "0", "n", "no", "无", "×")
MOST_MATERIALS, LONGEST_MATERIAL = 60, 100
WITH_UNIT = re.compile(r"(\d+)\s*(个?工作日|天|日|次)")


class CellError(ValueError):
    """A cell that cannot be taken; the text is the sentence."""


def read_row(verdict: Verdict, row: Mapping[str, Any], fields: Sequence[Field]) -> None:
    """Put the value of every cell into the verdict, and a problem for each that has none."""
    if BEYOND in row:
        verdict.refuse("", f"最后一列的右边多出了“{row[BEYOND][:20]}”，它没有列名，请删掉或移到对应的列。")
    for field in fields:
        if field.key not in row:
            continue
        try:
            verdict.values[field.key] = _value(field, row[field.key])
        except CellError as error:
            verdict.refuse(field.title, str(error))


def _value(field: Field, text: str) -> Any:
    if any(_is_unseen(char) for char in text):
        raise CellError("里面有看不见的字符，请清空这一格，重新输入。")
    if not text and field.is_needed:
        raise CellError(_needed(field))
    return READERS[field.shape](field, text)


def _is_unseen(char: str) -> bool:
    return char in UNSEEN or (char not in "\n\t\r" and unicodedata.category(char) in {"Cc", "Cs"})


def _needed(field: Field) -> str:
    if field.key in {"name", "unit"}:
        return "没有写单位名称，请写全称。合并的单元格要先取消合并，每一行都写上。"
    return f"请从这些里选一个：{'、'.join(field.choices)}。" if field.choices else f"请填{field.title}。"


def _text(field: Field, text: str) -> str:
    tidy = " ".join(text.split()) if field.limit <= 100 else text
    if is_like_formula(tidy) and tidy.strip("-+ "):
        raise CellError(f"以“{tidy[0]}”开头，会被当成公式，请去掉开头的符号。")
    if len(tidy) > field.limit:
        raise CellError(f"写了{len(tidy)}个字，最多{field.limit}个字，请写短一些。")
    return tidy.strip("-+ ") and tidy


def _lines(field: Field, text: str) -> list[str]:
    lines = [line.strip() for line in re.split(r"[\r\n;；]+", _text(field, text)) if line.strip()]
    if len(lines) > MOST_MATERIALS:
        raise CellError(f"写了{len(lines)}项材料，最多{MOST_MATERIALS}项。")
    longest = max(lines, key=len, default="")
    if len(longest) > LONGEST_MATERIAL:
        raise CellError(f"“{longest[:10]}…”太长，一项最多{LONGEST_MATERIAL}个字；几项材料请分行写。")
    return lines


def _number(field: Field, text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not plain:
        return None
    if with_unit := WITH_UNIT.fullmatch(plain):
        raise CellError(f"只写数字{with_unit[1]}，“{with_unit[2]}”不写在这一格。")
    if re.fullmatch(r"-\d+(\.\d+)?", plain):
        raise CellError(f"不能是负数“{text}”，请填 0 到 {field.limit} 的数字。")
    if re.fullmatch(r"\d+\.\d+", plain):
        raise CellError(f"“{text}”不是整数，请填 0 到 {field.limit} 的整数。")
    if not re.fullmatch(r"[0-9]+", plain):
        raise CellError(f"“{text[:20]}”不是数字，请填 0 到 {field.limit} 的数字，没有就空着。")
    if len(plain) > 9 or int(plain) > field.limit:
        raise CellError(f"“{text[:20]}”太大，请填 0 到 {field.limit} 的数字。")
    return int(plain)


def _choice(field: Field, text: str) -> str:
    found = next((one for one in field.choices if _same(one) == _same(text)), None)
    if text and found is None:
        raise CellError(f"没有“{text[:20]}”这一种，请从这些里选一个：{'、'.join(field.choices)}。")
    return found or ""


def _same(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).removeprefix("个")


def _yesno(_field: Field, text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise CellError(f"“{text[:20]}”看不懂，请写“是”或“否”，空着就是“否”。")


READERS = {
    Shape.TEXT: _text,
    Shape.LINES: _lines,
    Shape.NUMBER: _number,
    Shape.CHOICE: _choice,
    Shape.YESNO: _yesno,
}
