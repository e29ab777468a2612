"""Columns of foreign forms: which language to read, and which columns hold nothing that can be carried. Pure."""

import re
from collections.abc import Mapping

from walkthrough_app.authoring.xlsform.book import Sheets

CHINESE = re.compile(r"zh|chinese|中文|汉|漢", re.IGNORECASE)


def label_of(row: Mapping[str, str], column: str = "label") -> str:
    """Return a text in Chinese where there is one, else without a language, else in the first language."""
    found = {
        name: cell for name, cell in row.items() if name == column or name.startswith((f"{column}::", f"{column}:"))
    }
    chinese = next((cell for name, cell in found.items() if CHINESE.search(name)), "")
    return chinese or found.get(column, "") or next(iter(found.values()), "")


def left_columns(sheets: Sheets) -> list[str]:
    """Say which other languages a form has, and what its lists of choices have beside words."""
    heads = [name for rows in sheets.values() for row in rows for name in row]
    labels = dict.fromkeys(name for name in heads if name.startswith("label::") and not CHINESE.search(name))
    has_chinese = any(name == "label" or CHINESE.search(name) for name in heads if name.startswith("label"))
    left = (
        [f"其他语言没有带来：{'、'.join(name.partition('::')[2] for name in labels)}"] if labels and has_chinese else []
    )
    if any(
        name.split("::")[0] in {"media", "image", "audio", "video"} for row in sheets.get("choices", ()) for name in row
    ):
        left.append("选项里的图片、声音没有带来")
    return left
