"""What a schema cannot say: every name that is used exists, and questions read the way walkers expect."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from walkthrough_app.questionnaires.parts import Addon, Clause, Question, Rule, Step
from walkthrough_app.questionnaires.rules import COMPARE, NA, Condition
from walkthrough_app.questionnaires.validation import QuestionnaireError

if TYPE_CHECKING:
    from walkthrough_app.questionnaires.document import Document

PLACEHOLDER = re.compile(r"\{(.*?)\}")


def check(document: "Document") -> None:
    """Raise QuestionnaireError naming every broken reference."""
    problems = [problem for find in CHECKS for problem in find(document)]
    if problems:
        raise QuestionnaireError(problems)


def _parts(document: "Document") -> Iterator[tuple[str, Step | Addon]]:
    yield from ((f"steps/{step.id}", step) for step in document.steps)
    yield from ((f"addons/{addon.id}", addon) for addon in document.addons)


def _questions(document: "Document") -> Iterator[tuple[str, Question]]:
    for path, part in _parts(document):
        yield from ((f"{path}/{question.id}", question) for question in part.questions)


def _ids(document: "Document") -> Iterator[str]:
    """No id twice in one list."""
    lists: dict[str, Iterable[Any]] = {
        name: getattr(document, name)
        for name in ("sources", "modes", "simulation_stops", "focus", "categories", "root_causes", "severities")
    }
    lists |= {"rectify_types": document.rectify_types, "reform_headings": document.reform_headings}
    lists |= {"thresholds": document.limits, "steps、addons": [part for _, part in _parts(document)]}
    lists |= {"questions": [question for _, question in _questions(document)]}
    lists |= {f"{path}/options": question.options for path, question in _questions(document)}
    names = {path: [member.id for member in members] for path, members in lists.items()}
    names["categories/subs"] = [sub.id for category in document.categories for sub in category.subs]
    for path, used in names.items():
        yield from (f"{path}：{name} 出现了两次" for name, count in Counter(used).items() if count > 1)


def _screens(document: "Document") -> Iterator[str]:
    """A step stands on its own screen or on that of the step right after it."""
    after = [step.id for step in document.steps[1:]] + [""]
    for step, following in zip(document.steps, after, strict=True):
        if step.screen not in (step.id, following):
            yield f"steps/{step.id}/screen：只能是 {step.id} 或紧接着的下一步"
    own = {step.id for step in document.steps if step.screen == step.id}
    yield from (
        f"steps/{step.id}/screen：{step.screen} 没有自己的页面" for step in document.steps if step.screen not in own
    )


def _names(document: "Document") -> Iterator[str]:
    """Every name used outside questions exists."""
    steps, modes = {step.id for step in document.steps}, {mode.id for mode in document.modes}
    types = {kind.id for kind in document.rectify_types}
    used = [("basis", document.basis, {source.id for source in document.sources})]
    used += [(f"simulation_stops/{stop.id}/step", stop.step, steps) for stop in document.simulation_stops]
    used += [(f"severities/{one.id}/rectify_type", one.rectify_type, types) for one in document.severities]
    used += [(f"addons/{addon.id}/modes", mode, modes) for addon in document.addons for mode in addon.modes]
    used += [
        (f"categories/{category.id}/{sub.id}", sub.id[0], {category.id})
        for category in document.categories
        for sub in category.subs
    ]
    yield from (_unknown(path, name) for path, name, known in used if name not in known)


def _clauses(document: "Document") -> Iterator[str]:
    sources = {source.id for source in document.sources}
    clauses: list[tuple[str, Clause]] = [(f"modes/{mode.id}", mode.clause) for mode in document.modes]
    clauses += [(path, question.clause) for path, question in _questions(document)]
    yield from (_unknown(f"{path}/clause", clause.seed) for path, clause in clauses if clause.seed not in sources)


def _order(document: "Document") -> Iterator[str]:
    """A question may depend only on one asked before it, and its test must fit that one."""
    seen: dict[str, Question] = {}
    for path, question in _questions(document):
        if question.show_if and question.show_if.question not in seen:
            yield f"{path}/show_if：{question.show_if.question} 不是前面的题"
        elif question.show_if:
            yield from _condition(document, f"{path}/show_if", seen[question.show_if.question], question.show_if.when)
        seen[question.id] = question


def _question_names(document: "Document") -> Iterator[str]:
    focus = {point.id for point in document.focus}
    headings = {heading.id for heading in document.reform_headings}
    for path, question in _questions(document):
        yield from (_unknown(f"{path}/focus", point) for point in question.focus if point not in focus)
        for advice in question.advice:
            yield from _condition(document, f"{path}/advice", question, advice.when)
            yield from _placeholders(f"{path}/advice", advice.text, advice.when)
            if advice.heading not in headings:
                yield _unknown(f"{path}/advice/heading", advice.heading)
        if question.note:
            yield from _condition(document, f"{path}/note", question, question.note.when)


def _rules(document: "Document") -> Iterator[str]:
    for path, question in _questions(document):
        for rule in question.suggest:
            yield from _condition(document, f"{path}/suggest", question, rule.when)
            yield from _rule(document, f"{path}/suggest", rule)
            if question.type == "yn" and rule.when != {"is": "no"}:
                yield f"{path}/suggest：是非题“是”必须是好的，只有“否”能提示问题"


def _rule(document: "Document", path: str, rule: Rule) -> Iterator[str]:
    classes = document.categories
    categories = {sub.id for one in classes for sub in one.subs} | {one.id for one in classes}
    yield from (_unknown(f"{path}/category", code) for code in (rule.category, *rule.also) if code not in categories)
    if rule.severity not in {severity.id for severity in document.severities}:
        yield _unknown(f"{path}/severity", rule.severity)
    if rule.step_from and rule.step_from not in {question.id for _, question in _questions(document)}:
        yield _unknown(f"{path}/step_from", rule.step_from)
    yield from _placeholders(path, rule.reason + rule.reason_at_zero, rule.when)


def _placeholders(path: str, text: str, when: Condition) -> Iterator[str]:
    allowed = {"value", "limit"} if COMPARE.keys() & when.keys() else {"value"}
    yield from (f"{path}：这里不能用 {{{name}}}" for name in PLACEHOLDER.findall(text) if name not in allowed)


def _condition(document: "Document", path: str, question: Question, when: Condition) -> Iterator[str]:
    """A test fits its question: numbers are compared, options exist, thresholds are defined."""
    test, operand = next(iter(when.items()))
    if test in COMPARE:
        if not (question.is_number or question.type == "score5"):
            yield f"{path}：{question.id} 的答案不是数，不能用 {test}"
        yield from (_unknown(path, name) for name in _thresholds(operand) if name not in document.thresholds)
    elif test != "not_empty":
        wanted = operand if isinstance(operand, list) else [operand]
        yield from (f"{path}：{question.id} 没有 {one} 这个答案" for one in wanted if not _can_be(question, one))


def _can_be(question: Question, value: Any) -> bool:
    if question.is_number or question.type == "score5":
        return isinstance(value, int)
    return value in {choice.id for choice in question.choices} - {NA}


def _thresholds(operand: Any) -> Iterator[str]:
    if isinstance(operand, dict):
        yield from [operand["threshold"]] if "threshold" in operand else []
        for part in operand.get("max", []):
            yield from _thresholds(part)


def _unknown(path: str, name: str) -> str:
    return f"{path}：没有定义 {name}"


CHECKS: tuple[Callable[["Document"], Iterator[str]], ...] = (
    _ids,
    _screens,
    _names,
    _clauses,
    _order,
    _question_names,
    _rules,
)
