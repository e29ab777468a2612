"""An XLSForm of our own read back: what people changed in its plain columns counts, the rest comes from our column."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from walkthrough_app.authoring.xlsform import relevance
from walkthrough_app.authoring.xlsform.book import NUMBER, Sheets
from walkthrough_app.authoring.xlsform.writing import ASKING, OWN, YES_NO
from walkthrough_app.core.errors import Invalid

Row = Mapping[str, str]
FORGED = "“walkthrough”列或者工作表被改过，读不出来。请用我们导出的文件，只改别的列。"


def is_ours(sheets: Sheets) -> bool:
    return OWN in sheets and any(OWN in row for row in sheets["survey"])


def read_back(sheets: Sheets) -> dict[str, Any]:
    """Return the document; Invalid("file") says which row cannot be understood."""
    settings = next(iter(sheets.get("settings", ())), {})
    document = _whole_parts(sheets[OWN])
    document |= {"title": settings.get("form_title", ""), "id": settings.get("form_id", "")}
    version = settings.get("version", "1")
    document["version"] = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 1
    for part, member in _members(sheets["survey"], _lists(sheets.get("choices", ()))):
        document.setdefault(part, []).append(member)
    return document


def _whole_parts(rows: Sequence[Row]) -> dict[str, Any]:
    texts: dict[str, str] = {}
    for row in rows:
        texts[row.get("part", "")] = texts.get(row.get("part", ""), "") + row.get("text", "")
    return {part: _parsed(text) for part, text in texts.items() if part}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("file", FORGED) from error


def _rest(row: Row) -> dict[str, Any]:
    rest = _parsed(row.get(OWN) or "{}")
    if not isinstance(rest, dict):
        raise Invalid("file", FORGED)
    return rest


def _lists(rows: Sequence[Row]) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for row in rows:
        lists.setdefault(row.get("list_name", ""), []).append(row)
    return lists


def _members(survey: Sequence[Row], lists: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, dict[str, Any]]]:
    part, member = "", None
    types: dict[str, str] = {}
    for row in survey:
        kind = row.get("type", "").replace(" ", "_").lower()
        if kind in {"begin_group", "begin_repeat"}:
            rest = _rest(row)
            part = str(rest.pop("part", "steps"))
            member = {
                **rest,
                "id": row.get("name", ""),
                "title": _text(rest, "title", row.get("label", "")),
                "questions": [],
            }
        elif kind in {"end_group", "end_repeat"}:
            if member is None or part not in ASKING:
                raise Invalid("file", f"survey 第{row[NUMBER]}行：没有开始的组。")
            yield part, member
            member = None
        elif member is None:
            raise Invalid("file", f"survey 第{row[NUMBER]}行：题目要放在环节（begin_group）里面。")
        else:
            member["questions"].append(_question(row, lists, types))


def _question(row: Row, lists: Mapping[str, Sequence[Row]], types: dict[str, str]) -> dict[str, Any]:
    rest = _rest(row)
    question = {**rest, "id": row.get("name", ""), "text": _text(rest, "text", row.get("label", ""))}
    question["type"] = str(rest.get("type") or "text")
    question |= {"hint": _text(rest, "hint", row["hint"])} if row.get("hint") else {}
    question |= {"required": True} if row.get("required", "").lower() in {"yes", "true", "true()"} else {}
    question |= _answers(question, lists.get(row.get("type", "").partition(" ")[2].strip(), ()))
    types[question["id"]] = question["type"]
    return _shown(question, row.get("relevant", ""), types)


def _text(rest: Mapping[str, Any], name: str, cell: str) -> str:
    """Return the cell, or the text it was made of when only the blanks around it differ."""
    kept = rest.get(name)
    return kept if isinstance(kept, str) and kept.strip() == cell else cell


def _answers(question: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    labels = {row.get("name", ""): row.get("label", "") for row in rows}
    if question["type"] in {"one", "many"}:
        return {"options": [_option(row) for row in rows]}
    if question["type"] == "score5":
        return {"scale": list(labels.values())}
    if question["type"] == "yn" and (labels != YES_NO or "labels" in question):
        return {"labels": labels}
    return {}


def _option(row: Row) -> dict[str, Any]:
    option: dict[str, Any] = {"id": row.get("name", ""), "label": row.get("label", "")}
    option |= {"exclusive": True} if row.get("exclusive", "").lower() == "yes" else {}
    score = row.get("score", "")
    return option | ({"score": int(score)} if score.isascii() and score.isdigit() and len(score) < 6 else {})


def _shown(question: dict[str, Any], cell: str, types: Mapping[str, str]) -> dict[str, Any]:
    """Take the test from our column unless somebody changed the expression."""
    kept = question.get("show_if")
    if isinstance(kept, dict) and _written(kept, types) == cell:
        return question
    question.pop("show_if", None)
    if cell and (found := relevance.read(cell)):
        question["show_if"] = {"question": found[0], "when": {found[1]: found[2]}}
    return question


def _written(show_if: dict[str, Any], types: Mapping[str, str]) -> str | None:
    try:
        return relevance.write(show_if, is_many=types.get(show_if["question"]) == "many")
    except (KeyError, TypeError, AttributeError, StopIteration):
        return None
