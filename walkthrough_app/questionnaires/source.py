"""Questionnaires written as YAML: how one is read, and the programmes that come with the app."""

import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from walkthrough_app.questionnaires.validation import QuestionnaireError

FOLDER = Path(__file__).parent / "builtin"
WORDS = "words"  # what the programmes written in several files say alike
BOOL = "tag:yaml.org,2002:bool"
TRAPS = (BOOL, "tag:yaml.org,2002:timestamp")


# libyaml reads the programmes ten times as fast, in every process that starts; its wheels hold it nearly everywhere.
_SAFE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc, valid-type]
    """YAML as people read it: `no` is the word no, a date is text, and no name stands twice in one place."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in TRAPS]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        names = [key.value for key, _ in node.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice} 写了两次", node.start_mark)
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return made


_Loader.add_implicit_resolver(BOOL, re.compile("^(?:true|false)$"), ["t", "f"])


def read_yaml(text: str) -> Any:
    """Return the plain data of a questionnaire file; QuestionnaireError names the line when it is not YAML."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise QuestionnaireError([f"第{line}行：{error.problem}"]) from error
    except yaml.YAMLError as error:
        raise QuestionnaireError([f"不是YAML文件：{error}"]) from error


def _read_parts(path: Path) -> dict[str, Any]:
    """Read a document of one file, or of a folder whose files each hold some of its parts."""
    document: dict[str, Any] = {}
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        part = read_yaml(file.read_text(encoding="utf-8"))
        if twice := document.keys() & part.keys():
            raise QuestionnaireError([f"{file.name}：{'、'.join(sorted(twice))} 写了两次"])
        document |= part
    return document


@cache
def builtin() -> tuple[dict[str, Any], ...]:
    """Return the documents that come with the app, oldest version first."""
    words = _read_parts(FOLDER / WORDS)
    paths = [path for path in sorted(FOLDER.iterdir()) if path.name != WORDS]
    documents = [_read_parts(path) if path.is_file() else {**words, **_read_parts(path)} for path in paths]
    return tuple(sorted(documents, key=lambda document: (document["id"], document["version"])))


def programme(key: str) -> dict[str, Any]:
    """Return the newest version of a programme that comes with the app; KeyError when there is none of this id."""
    return {document["id"]: document for document in builtin()}[key]
