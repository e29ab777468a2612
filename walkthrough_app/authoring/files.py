"""Questionnaires in and out of files: YAML, JSON (which YAML reads) and XLSForm."""

from collections.abc import Mapping
from typing import Any

from walkthrough_app.authoring import plain, xlsform, yaml_file
from walkthrough_app.authoring.problems import problems_of
from walkthrough_app.core.errors import Conflict, Invalid
from walkthrough_app.questionnaires.validation import QuestionnaireError

ENCODINGS = ("utf-8-sig", "gb18030")


def to_yaml(document: Mapping[str, Any]) -> bytes:
    return yaml_file.write_document(document).encode()


def to_xlsform(document: Mapping[str, Any]) -> bytes:
    """Return an xlsx; Conflict while the document has problems, or when pyxform would not open it."""
    if problems_of(document):
        raise Conflict("草稿还有要改的地方，改好才能导出为XLSForm。YAML随时可以导出。")
    sheets = xlsform.sheets_of(document)
    if said := xlsform.refusal(sheets):
        raise Conflict(f"导出的表格通不过 XLSForm 的检查：{said}")
    return xlsform.write_book(sheets)


def read_file(content: bytes, name: str, *, key: str, title: str) -> tuple[dict[str, Any], list[str]]:
    """Return a file's document and what was left out of it; `key` and `title` go before those of the file.

    Invalid("file", …) says in one sentence why it cannot be read.
    """
    if content.startswith(b"PK") or name.lower().endswith((".xlsx", ".xls")):
        document, left = _read_xlsform(content, name, key, title)
    else:
        document, left = _read_yaml(content), []
    if not isinstance(document, dict):
        raise Invalid("file", "文件里不是一份问卷。")
    given = {"id": key, "title": title}
    return {**document, **{name_: value for name_, value in given.items() if value}}, left


def _read_yaml(content: bytes) -> Any:
    for encoding in ENCODINGS:
        try:
            return plain.read(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        except QuestionnaireError as error:
            raise Invalid("file", "；".join(error.problems[:3]) + "。") from error
    raise Invalid("file", "文件的编码看不懂，请另存为 UTF-8。")


def _read_xlsform(content: bytes, name: str, key: str, title: str) -> tuple[dict[str, Any], list[str]]:
    sheets = xlsform.read_sheets(content, name)
    if xlsform.is_ours(sheets):
        return xlsform.read_back(sheets), []
    said = xlsform.refusal(sheets)
    document, left = xlsform.take_in(sheets, key, title)
    return document, [*([f"这份表格通不过 XLSForm 的检查：{said}"] if said else []), *left]
