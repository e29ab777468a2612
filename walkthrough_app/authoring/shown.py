"""Ready values for the pages of authoring: no page computes anything itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from walkthrough_app.authoring.posted import KEEP, NUMBERS
from walkthrough_app.authoring.problems import Place
from walkthrough_app.authoring.tables import TABLES
from walkthrough_app.authoring.wording import condition_words
from walkthrough_app.authoring.words import FACTS, PARTS, TESTS, TYPES

Data = Mapping[str, Any]
NUMBER_TESTS = ("gt", "gte", "lte", "is")
CHOICE_TESTS = {
    "yn": ("is",),
    "one": ("is", "in", "any_but", "not_empty"),
    "many": ("in", "any_but", "is", "not_empty"),
}
YES_NO = {"yes": "是", "no": "否"}
AS_YAML = ("categories", "severities", "root_causes", "rectify_types", "reform_headings", "simulation_stops")
LARGE = ("records", "ratings", "assessment")


@dataclass(frozen=True)
class Condition:
    """A test as the page shows it: its fields begin with `prefix`."""

    prefix: str
    test: str
    tests: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    chosen: list[str]
    is_number: bool
    number: str
    operand: str
    operands: list[tuple[str, str]]
    kept: str = ""


def labels_of(question: Data | None) -> dict[str, str]:
    """Return the words of a question's answers by their ids; {} when its answer is no choice."""
    if not question:
        return {}
    if question.get("type") == "yn":
        return {**YES_NO, **(question.get("labels") or {})}
    return {str(one.get("id")): str(one.get("label", "")) for one in question.get("options") or []}


def condition(prefix: str, question: Data | None, when: Any, data: Data) -> Condition:
    """Return the fields of a test of the answers to `question`."""
    kind = str((question or {}).get("type", ""))
    is_number = kind in NUMBERS or kind == "score5"
    tests = NUMBER_TESTS if is_number else CHOICE_TESTS.get(kind, ("not_empty",))
    test, value = next(iter(when.items())) if isinstance(when, Mapping) and len(when) == 1 else ("", None)
    kept = "" if not test or test in tests else condition_words(when, labels_of(question), limits_of(data))
    operand = _operand(value) if is_number else ""
    return Condition(
        prefix=prefix,
        test=KEEP if kept else test,
        tests=[(name, TESTS[name]) for name in tests],
        choices=list(labels_of(question).items()),
        chosen=[str(one) for one in (value if isinstance(value, list) else [value])],
        is_number=is_number,
        number=str(value) if isinstance(value, int) else "",
        operand=operand,
        operands=_operands(data, value if operand == KEEP else None),
        kept=kept,
    )


def limits_of(data: Data) -> dict[str, str]:
    return {str(one.get("id")): str(one.get("name", "")) for one in data.get("thresholds") or []}


def _operand(value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    kind, name = next(iter(value.items()), ("", ""))
    return f"{kind}:{name}" if kind in {"threshold", "fact"} else KEEP


def _operands(data: Data, kept: Any) -> list[tuple[str, str]]:
    found = [("", "左边的数")]
    found += [(f"threshold:{name}", f"阈值：{words}") for name, words in limits_of(data).items()]
    found += [(f"fact:{name}", words) for name, words in FACTS.items()]
    return found + ([(KEEP, condition_words({"gt": kept}).removeprefix(TESTS["gt"]))] if kept else [])


def rules(question: Data, data: Data) -> list[dict[str, Any]]:
    """Return the rules of a question, and an empty one to fill in."""
    made = [*(question.get("suggest") or []), {}]
    return [
        {"rule": one, "condition": condition(f"rule{n}", question, one.get("when"), data)} for n, one in enumerate(made)
    ]


def categories(data: Data) -> list[tuple[str, str]]:
    """Return every class and kind of problems with its code."""
    found = []
    for one in data.get("categories") or []:
        found.append((str(one.get("id")), f"{one.get('id')} {one.get('name')}"))
        found += [(str(sub.get("id")), f"　{sub.get('id')} {sub.get('name')}") for sub in one.get("subs") or []]
    return found


def severities(data: Data) -> list[tuple[str, str]]:
    return [(str(one.get("id")), str(one.get("name"))) for one in data.get("severities") or []]


def sources(data: Data) -> list[tuple[str, str]]:
    return [(str(one.get("id")), f"{one.get('id')} {one.get('title')}") for one in data.get("sources") or []]


def cards(data: Data, part: str) -> Iterator[dict[str, Any]]:
    """Yield steps or add-ons as the overview shows them."""
    modes = {str(one.get("id")): str(one.get("name")) for one in data.get("modes") or []}
    for at, member in enumerate(data.get(part) or []):
        marks = [modes.get(name, name) for name in member.get("modes") or []]
        marks += [f"每位{member['repeat'].get('name', '')}一份"] if member.get("repeat") else []
        marks += [f"权重{member['weight']}"] if member.get("weight") is not None else []
        marks += ["走完以后" if member.get("at") == "finish" else "开始以前"] if part == "addons" else []
        asked = [_line(one) for one in member.get("questions") or []]
        yield {"at": at, "title": member.get("title") or "没有名称", "marks": marks, "questions": asked}


def _line(question: Data) -> dict[str, Any]:
    marks = [TYPES.get(str(question.get("type")), "没有题型")]
    marks += ["必答"] if question.get("required") else []
    marks += [f"{len(question['suggest'])}条规则"] if question.get("suggest") else []
    marks += [f"{question['show_if'].get('question', '')} 之后看情况问"] if question.get("show_if") else []
    return {"id": question.get("id"), "text": question.get("text") or "没有文字", "marks": marks}


def parts(data: Data) -> list[tuple[str, str, str, bool, bool]]:
    """Return the other parts: name, words, how many, whether it has a table, whether programmes mostly share it."""
    names = [*TABLES, *AS_YAML, *LARGE]
    return [(name, PARTS[name], _count(data.get(name)), name in TABLES, name in AS_YAML) for name in names]


def _count(value: Any) -> str:
    if not value:
        return "没有"
    return f"{len(value)} 项" if isinstance(value, list) else "有"


def endpoint_of(place: Place) -> tuple[str, dict[str, Any]]:
    """Return the page on which a problem is put right: endpoint and arguments beside the draft's id."""
    if place.part in {"title", "id", "basis", "purpose", "version", "schema"}:
        return "basics", {}
    if place.part in {"steps", "addons"}:
        if place.at is None:
            return "draft", {}
        if place.question is None:
            return "step", {"part": place.part, "at": place.at}
        return "question", {"part": place.part, "at": place.at, "place": place.question}
    return ("table" if place.part in TABLES else "part"), {"part": place.part}
