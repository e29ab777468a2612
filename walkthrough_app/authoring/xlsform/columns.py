"""Columns of foreign forms: which language to read, and which columns hold nothing that can be carried. Pure."""

import re
from collections.abc import Iterable, Mapping

from walkthrough_app.authoring.xlsform.book import NUMBER, Sheets

CHINESE = re.compile(r"zh|chinese|中文|汉|漢", re.IGNORECASE)
MEDIA = {"image", "audio", "video", "big-image"}
READ = {  # what is carried, or said row by row
    "survey": {
        *("type", "name", "label", "hint", "required", "relevant", "constraint", "calculation", "default", "disabled"),
        *("choice_filter", "trigger", "read_only", "repeat_count", "parameters", *MEDIA),
    },
    "choices": {"list_name", "name", "label", *MEDIA},
}


def label_of(row: Mapping[str, str], column: str = "label") -> str:
    """Return a text in Chinese where there is one, else without a language, else in the first language."""
    found = {name: cell for name, cell in row.items() if name == column or name.startswith(f"{column}::")}
    chinese = next((cell for name, cell in found.items() if CHINESE.search(name)), "")
    return chinese or found.get(column, "") or next(iter(found.values()), "")


def has_media(row: Mapping[str, str]) -> bool:
    return any(name.partition("::")[0] in MEDIA for name in row)


def left_columns(sheets: Sheets) -> Iterable[str]:
    """Say what is left of the sheets as a whole: other languages, columns that are never read, pictures of choices."""
    yield from _languages(sheets)
    if any("${" in cell for rows in sheets.values() for row in rows for name, cell in row.items() if _is_shown(name)):
        yield "文字里引用别的题的答案，改成了“…”"
    for sheet, read in READ.items():
        heads = dict.fromkeys(name.partition("::")[0] for row in sheets.get(sheet, ()) for name in row)
        if left := [name for name in heads if name not in read and name != NUMBER]:
            yield f"{sheet} 的这些列没有带来：{'、'.join(left)}"
    if any(has_media(row) for row in sheets.get("choices", ())):
        yield "选项里的图片、声音没有带来"


def _is_shown(name: str) -> bool:
    return name.partition("::")[0] in {"label", "hint"}


def _languages(sheets: Sheets) -> Iterable[str]:
    """Say which languages were not read; the first was when there is neither Chinese nor a label without a language."""
    heads = dict.fromkeys(name for rows in sheets.values() for row in rows for name in row if name.startswith("label"))
    others = [name.partition("::")[2] for name in heads if name.startswith("label::") and not CHINESE.search(name)]
    if others and len(others) == len(heads):
        yield f"表单没有中文，带来的是{others.pop(0)}的文字"
    if others:
        yield f"其他语言没有带来：{'、'.join(others)}"
