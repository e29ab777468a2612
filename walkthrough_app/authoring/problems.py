"""All that keeps a draft from being published, in Chinese, each with the place where it is put right. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from walkthrough_app.authoring.words import PARTS, name_of
from walkthrough_app.questionnaires import crosschecks
from walkthrough_app.questionnaires.document import Document
from walkthrough_app.questionnaires.parts import build
from walkthrough_app.questionnaires.validation import QuestionnaireError, check_schema

ASKING = ("steps", "addons")
LACKING = re.compile(r"^(缺少|不认识) (.+)$")


@dataclass(frozen=True)
class Place:
    """Where a problem is mended: `part` alone, its member `at`, and in a step or add-on the question `question`."""

    part: str
    at: int | None = None
    question: int | None = None


@dataclass(frozen=True)
class Problem:
    where: str
    text: str
    place: Place


def problems_of(data: Mapping[str, Any]) -> list[Problem]:
    """Return every problem of a document: what its schema does not accept, or else the names that lead nowhere."""
    try:
        check_schema(data)
    except QuestionnaireError as error:
        return [_problem(data, line) for line in error.problems]
    document = build(Document, {**data, "limits": data.get("thresholds", [])})
    return [_problem(data, line) for find in crosschecks.CHECKS for line in find(document)]


def _problem(data: Mapping[str, Any], line: str) -> Problem:
    path, _, text = line.partition("：")
    names = path.split("/")
    place, rest = _place(data, names)
    return Problem(_where(data, place, rest, names), _text(text), place)


def _place(data: Mapping[str, Any], names: Sequence[str]) -> tuple[Place, Sequence[str]]:
    """Find what a path of ids leads to, and what of the path is left."""
    part, rest = names[0], list(names[1:])
    if part not in PARTS:
        return Place("title"), []
    at = _index(data.get(part), rest[0]) if rest else None
    if at is None:
        return Place(part), rest
    rest = rest[1:]
    if part not in ASKING:
        return Place(part, at), rest
    if rest[:1] == ["questions"]:
        rest = rest[1:]
    question = _index(data[part][at].get("questions"), rest[0]) if rest else None
    return Place(part, at, question), rest if question is None else rest[1:]


def _index(members: Any, name: str) -> int | None:
    if not isinstance(members, list):
        return None
    found = next((i for i, one in enumerate(members) if isinstance(one, Mapping) and str(one.get("id")) == name), None)
    if found is not None:
        return found
    return int(name) - 1 if name.isascii() and name.isdigit() and 0 < int(name) <= len(members) else None


def _where(data: Mapping[str, Any], place: Place, rest: Sequence[str], names: Sequence[str]) -> str:
    said = [PARTS.get(place.part, "问卷") if names[0] in PARTS else "问卷"]
    if place.at is not None:
        member = data[place.part][place.at]
        said[0] += f"“{member.get('title') or member.get('name') or member.get('id') or place.at + 1}”"
        if place.question is not None:
            question = member["questions"][place.question]
            said.append(f"“{question.get('text') or question.get('id') or place.question + 1}”")
    return " › ".join([*said, *(_step(name) for name in rest)])


def _step(name: str) -> str:
    return f"第{name}个" if name.isascii() and name.isdigit() else name_of(name)


def _text(text: str) -> str:
    found = LACKING.match(text)
    if not found:
        return text
    return f"{'还没有填' if found[1] == '缺少' else '不认识'}：{'、'.join(map(name_of, found[2].split('、')))}"
