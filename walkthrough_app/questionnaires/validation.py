"""The schema's verdict on a document, in words a clerk can act on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema
from jsonschema.exceptions import ValidationError, best_match

SCHEMA = Path(__file__).parent / "schema" / "questionnaire-1.schema.json"
KINDS = {"object": "一组名称和值", "array": "列表", "string": "文字", "integer": "整数", "boolean": "true 或 false"}


class QuestionnaireError(ValueError):
    """A document that cannot be used; each problem is `path：what is wrong`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems[:3]))
        self.problems = tuple(problems)


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def check_schema(data: Any) -> None:
    """Raise QuestionnaireError when `data` is not laid out as the schema says."""
    causes = [best_match([error]) or error for error in validator().iter_errors(data)]
    causes.sort(key=lambda cause: (cause.validator == "not", list(map(str, cause.absolute_path))))
    problems = [f"{readable(data, cause.absolute_path)}：{explain(cause)}" for cause in causes]
    if problems:
        raise QuestionnaireError(problems)


def readable(data: Any, path: Iterable[str | int]) -> str:
    """Write a path with the ids of what it passes instead of their positions: steps/queue/questions/W-K2/quick."""
    words, node = [], data
    for part in path:
        node = node[part]
        name = node.get("id") if isinstance(node, Mapping) else None
        words.append(str((name or part + 1) if isinstance(part, int) else part))
    return "/".join(words) or "问卷"


def explain(error: ValidationError) -> str:
    """Say in Chinese what the schema did not accept."""
    rule, expected = str(error.validator), cast("Any", error.validator_value)
    found, schema = cast("Any", error.instance), cast("Any", error.schema)
    if rule == "required":
        return f"缺少 {'、'.join(name for name in expected if name not in found)}"
    if rule == "additionalProperties":
        return f"不认识 {'、'.join(name for name in found if name not in schema['properties'])}"
    if rule == "type":
        return f"应当是{KINDS.get(expected, expected)}"
    return WORDS.get(rule, "不合格式").format(expected=_words(expected), found=found)


WORDS = {
    "enum": "只能是 {expected}，现在是 {found}",
    "const": "只能是 {expected}，现在是 {found}",
    "pattern": "“{found}”的写法不对",
    "maxItems": "最多 {expected} 项",
    "minItems": "至少 {expected} 项",
    "uniqueItems": "有重复的项",
    "maxLength": "最多 {expected} 个字",
    "minLength": "不能空着",
    "minimum": "不能小于 {expected}",
    "maximum": "不能大于 {expected}",
    "minProperties": "不能空着",
    "maxProperties": "只能写一个条件",
    "anyOf": "写法不对：{found}",
    "not": "这种题型没有这一项",
}


def _words(expected: Any) -> str:
    return "、".join(map(str, expected)) if isinstance(expected, list) else str(expected).replace("True", "true")
