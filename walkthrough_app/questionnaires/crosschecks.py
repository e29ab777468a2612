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

WHOLE = 100  # per cent
# Ids of steps that would hide a page or a sheet of a walk.
PAGES = "base clips done events findings main media now photos reopen review set sheets slices start timing void"
SHEETS = "camera capture finding measure note photo storage"
TAKEN = frozenset(f"{PAGES} {SHEETS}".split())
PLACEHOLDER = re.compile(r"\{(.*?)\}")


def check(document: "Document") -> None:
    """Raise QuestionnaireError naming every broken reference."""
    problems = [problem for find in CHECKS for problem in find(document)]
    if problems:
        raise QuestionnaireError(problems)


def _parts(document: "Document") -> Iterator[tuple[str, Step | Addon]]:
    yield from ((f"steps/{step.id}", step) for step in document.steps)
    yield from ((f"addons/{addon.id}", addon) for addon in document.addons)


def _sheets(document: "Document") -> Iterator[tuple[str, tuple[Question, ...]]]:
    """Yield what is answered together: the walk as a whole, each kind of record, each public form."""
    yield from ((f"records/{record.id}", (*record.questions, *record.follow_up)) for record in document.records)
    yield from ((f"ratings/{rating.id}", rating.questions) for rating in document.ratings)


def _walk_questions(document: "Document") -> Iterator[tuple[str, Question]]:
    for path, part in _parts(document):
        yield from ((f"{path}/{question.id}", question) for question in part.questions)


def _questions(document: "Document") -> Iterator[tuple[str, Question]]:
    yield from _walk_questions(document)
    for path, questions in _sheets(document):
        yield from ((f"{path}/{question.id}", question) for question in questions)


def _ids(document: "Document") -> Iterator[str]:
    """No id twice in one list."""
    lists: dict[str, Iterable[Any]] = {
        name: getattr(document, name)
        for name in ("sources", "modes", "simulation_stops", "focus", "categories", "root_causes", "severities", "tags")
    }
    lists |= {"rectify_types": document.rectify_types, "reform_headings": document.reform_headings}
    lists |= {"thresholds": document.limits, "steps、addons": [part for _, part in _parts(document)]}
    lists |= {"records": document.records, "ratings": document.ratings}
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
    used += [(f"{path}/modes", mode, modes) for path, part in _parts(document) for mode in part.modes]
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
    clauses += [(f"records/{one.id}", one.clause) for one in document.records]
    clauses += [(f"ratings/{one.id}", one.clause) for one in document.ratings]
    marked: list[tuple[str, Clause | None]] = [(f"tags/{one.id}", one.clause) for one in document.tags]
    if document.assessment:
        marked += [(f"assessment/parts/{one.id}", one.clause) for one in document.assessment.parts]
        marked += [(f"assessment/items/{one.id}", one.clause) for one in document.assessment.items]
    clauses += [(path, clause) for path, clause in marked if clause]
    yield from (_unknown(f"{path}/clause", clause.seed) for path, clause in clauses if clause.seed not in sources)


def _order(document: "Document") -> Iterator[str]:
    """A question may depend only on one asked before it on the same sheet, and its test must fit that one."""
    yield from _in_order(document, _walk_questions(document))
    for path, questions in _sheets(document):
        yield from _in_order(document, ((f"{path}/{question.id}", question) for question in questions))


def _in_order(document: "Document", asked: Iterable[tuple[str, Question]]) -> Iterator[str]:
    seen: dict[str, Question] = {}
    for path, question in asked:
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


def _dates(document: "Document") -> Iterator[str]:
    """Days are asked for in records only; what a record falls due by is one of its own days."""
    dated = {question.id for record in document.records for question in record.questions if question.type == "date"}
    followed = {question.id for record in document.records for question in record.follow_up}
    for path, question in _questions(document):
        if question.type == "date" and question.id not in dated | followed:
            yield f"{path}：日期题只能放在记录里"
    for record in document.records:
        own = {question.id for question in record.questions} & dated
        if record.due and record.due not in own:
            yield f"records/{record.id}/due：{record.due} 不是这种记录自己的日期题"


def _assessment(document: "Document") -> Iterator[str]:
    """Every point belongs to a part, and the parts make up a hundred."""
    if document.assessment is None:
        return
    parts = {part.id for part in document.assessment.parts}
    yield from (
        _unknown(f"assessment/items/{item.id}/part", item.part)
        for item in document.assessment.items
        if item.part not in parts
    )
    if sum(part.weight for part in document.assessment.parts) != WHOLE:
        yield "assessment/parts：各部分的权重加起来应当是100"


def _modes_have_steps(document: "Document") -> Iterator[str]:
    """Every mode is walked in at least one step, and its steps have their screens in it too."""
    for mode in document.modes:
        walked = document.for_mode(mode.id)
        if not walked.steps:
            yield f"modes/{mode.id}：这种方式没有一个环节"
        elif walked is not document:
            yield from (f"modes/{mode.id}，{problem}" for problem in _screens(walked))


def _step_ids(document: "Document") -> Iterator[str]:
    """No step is called as a page of every walk is, and no deed is done in two steps."""
    yield from (f"steps/{step.id}：这个编号已有别的用处，请换一个" for step in document.steps if step.id in TAKEN)
    yield from (
        f"steps/{step.id}/screen：排队、受理、拿结果要有自己的页面"
        for step in document.steps
        if step.deed not in {"", "track"} and step.screen != step.id
    )
    deeds = Counter(step.deed for step in document.steps if step.deed)
    yield from (f"steps：{deed} 只能有一个环节" for deed, count in deeds.items() if count > 1)


def _sets(document: "Document") -> Iterator[str]:
    """What is asked of several people counts nothing by itself, and nothing outside depends on one of them."""
    repeated = {one.id: step.id for step in document.steps if step.repeat for one in step.questions}
    homes = {one.id: step.id for step in document.steps for one in step.questions}
    for path, question in _walk_questions(document):
        if question.id in repeated and question.auto:
            yield f"{path}/auto：问几个人的题不能自动记录"
        needed = question.show_if.question if question.show_if else ""
        if needed in repeated and homes.get(question.id) != repeated[needed]:
            yield f"{path}/show_if：{needed} 要问几个人，别的环节的题不能依赖它"


CHECKS: tuple[Callable[["Document"], Iterator[str]], ...] = (
    _ids,
    _screens,
    _names,
    _clauses,
    _order,
    _question_names,
    _rules,
    _dates,
    _assessment,
    _modes_have_steps,
    _step_ids,
    _sets,
)
