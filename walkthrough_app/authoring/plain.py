"""What people send becomes plain data of the right kinds, or is refused: no file may cost more than its limits."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from jsonschema import ValidationError

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.validation import QuestionnaireError, explain, readable, validator

MOST_CHARACTERS = 400_000
DEEPEST = 40
OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)

_WRONG = "写法不对，请看看引号、括号有没有成对"
ENGLISH = re.compile(r"(?<=：)[a-z]+ [a-z]+ .*", re.DOTALL)  # what the reader itself says


def read(text: str) -> Any:
    """Return the plain data of YAML text; QuestionnaireError names the line when it cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise QuestionnaireError([f"太长了，最多{MOST_CHARACTERS // 10_000}万字"])
    _look_over(text)
    try:
        return plain(source.read_yaml(text))
    except (RecursionError, OverflowError, TypeError) as error:
        raise QuestionnaireError(["不是能用的YAML"]) from error
    except QuestionnaireError as error:
        raise QuestionnaireError([ENGLISH.sub(_WRONG, one) for one in error.problems]) from error
    except ValueError as error:
        raise QuestionnaireError(["有一个数写得不对"]) from error


def _look_over(text: str) -> None:
    """Refuse references, which may stand for more than any memory holds, and what is nested without end."""
    depth = 0
    try:
        for token in yaml.scan(text, yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                raise QuestionnaireError([f"第{token.start_mark.line + 1}行：不能用 * 引用，请把内容写全"])
            depth += isinstance(token, OPENING) - isinstance(token, CLOSING)
            if depth > DEEPEST:
                raise QuestionnaireError([f"第{token.start_mark.line + 1}行：层次太多"])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise QuestionnaireError([f"第{line}行：{_said(error)}"]) from error
    except yaml.YAMLError as error:
        raise QuestionnaireError(["不是YAML文件，或者有看不见的字符"]) from error


def _said(error: yaml.MarkedYAMLError) -> str:
    """Say in Chinese what most people trip over; what the reader says in English does not help a clerk."""
    problem = error.problem or ""
    if "mapping values" in problem or "':'" in problem:
        return "冒号的位置不对：冒号后要空一格，文字里有冒号要加引号"
    if "block end" in problem or "indent" in problem:
        return "缩进和上下行没有对齐"
    if "tab" in problem or "\\t" in problem:
        return "不能用 Tab 缩进，请用空格"
    return _WRONG


def plain(value: Any) -> Any:
    """Return a value as plain JSON without characters that no database keeps; QuestionnaireError otherwise."""
    try:
        made = json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise QuestionnaireError(["有不能保存的内容：只能写文字、整数、列表和名称"]) from error
    bad = next((text for text in _texts(made) if any(_is_bad(char) for char in text)), None)
    if bad is not None:
        raise QuestionnaireError([f"有看不见的控制字符：{''.join(c for c in bad if not _is_bad(c))[:20]}"])
    return made


def _is_bad(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def check_kinds(data: Any) -> None:
    """Raise QuestionnaireError where a list is no list, a text no text: a draft may lack anything, but not that."""
    if not isinstance(data, Mapping):
        raise QuestionnaireError(["问卷：应当是一组名称和值"])
    wrong = [error for error in _all(validator().iter_errors(data)) if error.validator == "type"]
    if wrong:
        raise QuestionnaireError([f"{readable(data, error.absolute_path)}：{explain(error)}" for error in wrong[:20]])


def _all(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    """Yield errors with those inside `allOf`; alternatives that failed inside `anyOf` are no errors by themselves."""
    for error in errors:
        yield error
        if error.validator in {"allOf", "if"}:
            yield from _all(iter(error.context or ()))
