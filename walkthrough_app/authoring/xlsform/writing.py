"""A questionnaire as the sheets of an XLSForm; what it has no column for stands in a column of our own. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from walkthrough_app.authoring.xlsform import relevance
from walkthrough_app.questionnaires.answers import RANGES

Row = dict[str, str]
Data = Mapping[str, Any]
OWN = "walkthrough"  # the column, and the sheet, that hold the rest as JSON
ASKING = ("steps", "addons")
PIECE = 30_000  # characters of a cell
YES_NO = {"yes": "是", "no": "否"}
TYPES = {"text": "text", "photo": "image", "date": "date", "count": "integer", "minutes": "integer", "days": "integer"}


def sheets_of(document: Data) -> dict[str, list[Row]]:
    """Return survey, choices, settings and our own sheet of a document that has no problems."""
    parts = [(part, member) for part in ASKING for member in document.get(part) or []]
    types = {one["id"]: one["type"] for _, member in parts for one in member["questions"]}
    return {
        "survey": [row for part, member in parts for row in _group(part, member, types)],
        "choices": [row for _, member in parts for one in member["questions"] for row in _choices(one)],
        "settings": [{"form_title": document["title"], "form_id": document["id"], "version": str(document["version"])}],
        OWN: list(_rest_of_document(document)),
    }


def _group(part: str, member: Data, types: Mapping[str, str]) -> Iterator[Row]:
    kind = "repeat" if member.get("repeat") else "group"
    rest = {name: value for name, value in member.items() if name not in {"id", "title", "questions"}}
    yield {
        "type": f"begin_{kind}",
        "name": member["id"],
        "label": member["title"],
        OWN: _json({**rest, "part": part, **_unstripped(member, "title")}),
    }
    yield from (_question(one, types) for one in member["questions"])
    yield {"type": f"end_{kind}", "name": member["id"]}


def _question(question: Data, types: Mapping[str, str]) -> Row:
    own = {"id", "text", "hint", "required", "options", "scale"}
    rest = {name: value for name, value in question.items() if name not in own}
    row = {
        "type": _type(question),
        "name": question["id"],
        "label": question["text"],
        "hint": question.get("hint", ""),
        "required": "yes" if question.get("required") else "",
        "required_message": "这一题必须答。" if question.get("required") else "",
        "relevant": _relevant(question, types),
        **_constraint(question),
        "parameters": "max-pixels=2048" if question["type"] == "photo" else "",
    }
    return row | {OWN: _json({**rest, **_unstripped(question, "text", "hint")})}


def _relevant(question: Data, types: Mapping[str, str]) -> str:
    show_if = question.get("show_if")
    return relevance.write(show_if, is_many=types.get(show_if["question"]) == "many") if show_if else ""


def _type(question: Data) -> str:
    if question["type"] in {"yn", "one", "score5"}:
        return f"select_one {question['id']}"
    return f"select_multiple {question['id']}" if question["type"] == "many" else TYPES[question["type"]]


def _constraint(question: Data) -> Row:
    """Return what an answer has to be, and what is said when it is not: other programs know neither by themselves."""
    most, tests, said = RANGES.get(question["type"]), [], ""
    if most:
        tests, said = [f". >= 0 and . <= {most}"], f"请填0到{most}之间的整数。"
    alone = [one for one in question.get("options", ()) if question["type"] == "many" and one.get("exclusive")]
    if alone:
        tests = [f"not(selected(., '{one['id']}') and count-selected(.) > 1)" for one in alone]
        said = f"选了{'、'.join('“' + one['label'] + '”' for one in alone)}，就不能再选别的。"
    return {"constraint": " and ".join(tests), "constraint_message": said}


def _choices(question: Data) -> Iterator[Row]:
    if question["type"] == "yn":
        labels = {**YES_NO, **question.get("labels", {})}
        yield from (_choice(question, name, label) for name, label in labels.items())
    elif question["type"] == "score5":
        yield from (_choice(question, str(score), label) for score, label in enumerate(question["scale"], 1))
    for option in question.get("options", ()):
        marks = {name: str(option[name]) for name in ("score",) if name in option}
        marks |= {"exclusive": "yes"} if option.get("exclusive") else {}
        yield _choice(question, option["id"], option["label"]) | marks


def _choice(question: Data, name: str, label: str) -> Row:
    return {"list_name": question["id"], "name": name, "label": label}


def _rest_of_document(document: Data) -> Iterator[Row]:
    """Yield the other parts as JSON, cut to what a cell holds."""
    for part, value in document.items():
        if part in {"title", "id", "version"} or (part in ASKING and value):
            continue
        text = _json(value)
        yield from ({"part": part, "text": text[at : at + PIECE]} for at in range(0, len(text), PIECE))


def _unstripped(member: Data, *names: str) -> dict[str, str]:
    """Return the texts that a cell would not give back as they are."""
    return {name: member[name] for name in names if name in member and member[name] != _as_cell(member[name])}


def _as_cell(text: str) -> str:
    return text.strip()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
