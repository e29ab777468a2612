"""An XLSForm somebody else wrote becomes a draft: what can be carried is, the rest is listed line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from walkthrough_app.authoring import skeleton
from walkthrough_app.authoring.xlsform import relevance, spelling
from walkthrough_app.authoring.xlsform.book import NUMBER, Sheets
from walkthrough_app.authoring.xlsform.columns import has_media, label_of, left_columns
from walkthrough_app.authoring.xlsform.kinds import LEFT, META, Choice, kind_of, options_of

Row = Mapping[str, str]
SEED = "FORM"
MOST_QUESTIONS, MOST_TITLE, MOST_SHORT, MOST_REPEAT = 8, 10, 4, 6
YES = {"yes", "true", "true()", "1", "required", "是"}  # 是: a cell that holds a truth value
NO = {"", "no", "false", "false()", "0", "否"}
GROUPS = {"begin_group", "begin_repeat", "begin_loop"}
ENDS = {"end_group", "end_repeat", "end_loop"}


@dataclass
class Group:
    """A group that is open while the survey is read; the outermost one has no name."""

    title: str
    repeat: str = ""
    relevant: str = ""
    number: int = 0


@dataclass
class Step:
    group: Group
    questions: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Reading:
    """The survey on its way into a document."""

    choices: Mapping[str, Sequence[Choice]]
    steps: list[Step] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    known: dict[str, tuple[dict[str, Any], dict[str, str]]] = field(default_factory=dict)
    open: list[Group] = field(default_factory=lambda: [Group("基本情况")])
    notes: list[tuple[Row, str]] = field(default_factory=list)
    meta: list[str] = field(default_factory=list)

    def leave(self, row: Row, what: str) -> None:
        self.left.append(f"第{row[NUMBER]}行“{label_of(row) or row.get('name', '')}”：{what}")

    def drop_notes(self) -> None:
        """Say which notes no question follows that could show them."""
        for row, _ in self.notes:
            self.leave(row, "说明后面没有题目，没有带来")
        self.notes.clear()


def take_in(sheets: Sheets, key: str, title: str) -> tuple[dict[str, Any], list[str]]:
    """Return a draft's document and what was left out, one line each; its clauses quote the form itself for now."""
    settings = next(iter(sheets.get("settings", ())), {})
    title = title or settings.get("form_title", "") or settings.get("title", "") or "没有名称的问卷"
    reading = Reading(_choices(sheets.get("choices", ())))
    for row in sheets["survey"]:
        _row(reading, row)
    reading.drop_notes()
    if reading.meta:
        reading.left.insert(0, f"表单软件自己记的信息没有带来：{'、'.join(dict.fromkeys(reading.meta))}")
    reading.left += left_columns(sheets)
    document = skeleton.empty(key, title[:40], basis=title[:100], number="", clause=title[:200])
    document["sources"] = [{"id": SEED, "title": title[:100]}]
    document["basis"] = document["modes"][0]["clause"]["seed"] = SEED
    document["steps"] = [one for step in reading.steps for one in _cut(step, reading)]
    for number, step in enumerate(document["steps"], 1):
        step["id"] = step["screen"] = f"step{number}"
    return document, ["依据暂时写成原来的表单，请换成文件里的原文", *reading.left]


def _choices(rows: Sequence[Row]) -> dict[str, list[Choice]]:
    lists: dict[str, list[Choice]] = {}
    for row in rows:
        lists.setdefault(row.get("list_name", ""), []).append(
            Choice(row.get("name", ""), spelling.words(label_of(row)))
        )
    return lists


def _row(reading: Reading, row: Row) -> None:
    name = spelling.kind(row.get("type", "")).partition(" ")[0].lower()
    if not name:
        return
    if row.get("disabled", "").lower() in YES:
        reading.leave(row, "在原来的表单里停用了，没有带来")
    elif name in GROUPS:
        _begin(reading, row, name)
    elif name in ENDS:
        _end(reading)
    else:
        _asked(reading, row, name)


def _end(reading: Reading) -> None:
    reading.drop_notes()
    if len(reading.open) > 1:
        reading.open.pop()


def _asked(reading: Reading, row: Row, name: str) -> None:
    if name in META:
        reading.meta.append(name)
    elif name == "note":
        _note(reading, row)
    elif name in LEFT:
        reading.leave(row, LEFT[name])
    else:
        _question(reading, row)


def _note(reading: Reading, row: Row) -> None:
    """Keep a note for the hint of the question after it."""
    if words := spelling.words(label_of(row)):
        reading.notes.append((row, words))
    if row.get("relevant"):
        reading.leave(row, f"说明的显示条件没有带来：{row['relevant']}")
    if has_media(row):
        reading.leave(row, "说明里的图片、声音没有带来")


def _begin(reading: Reading, row: Row, kind: str) -> None:
    around = reading.open[-1]
    title = spelling.words(label_of(row) or row.get("name", ""))
    repeats = kind != "begin_group"
    repeat = title[:MOST_REPEAT] if repeats else around.repeat
    if kind == "begin_loop":
        reading.leave(row, "循环改成了重复")
    if repeats and around.repeat:
        reading.leave(row, "重复里面再重复，只留一层")
    if row.get("repeat_count"):
        reading.leave(row, "重复几次由填的人定，没有带来计算")
    relevant = row.get("relevant", "") or around.relevant
    if row.get("relevant") and around.relevant:
        reading.leave(row, f"外层组的显示条件没有带来：{around.relevant}")
    reading.open.append(Group(title or "环节", repeat, relevant, int(row[NUMBER])))


def _question(reading: Reading, row: Row) -> None:
    made = kind_of(row, reading.choices)
    if made is None:
        reading.leave(row, f"题型 {row.get('type', '')} 没有带来")
        return
    question: dict[str, Any] = {
        "id": f"Q-{len(reading.known) + 1}",
        "text": spelling.words(label_of(row)) or row.get("name", ""),
    }
    question |= {"dim": "process", **made.members, **_hint(reading, row, question)}
    question["clause"] = {"seed": SEED, "text": (question["text"] or "表单")[:200]}
    required = row.get("required", "")
    question |= {"required": True} if required.lower() in YES else {}
    if required.lower() not in YES | NO:
        reading.leave(row, f"必填的条件没有带来：{required}")
    names = options_of(question, made)
    for said in made.said:
        reading.leave(row, said)
    _shown(reading, row, question)
    _leave_columns(reading, row)
    reading.known[row.get("name", "") or question["id"]] = (question, names)
    _step(reading).questions.append(question)


def _step(reading: Reading) -> Step:
    """Return the step of the innermost open group: the last one, unless another group came between."""
    group = reading.open[-1]
    if not reading.steps or reading.steps[-1].group is not group:
        reading.steps.append(Step(group))
    return reading.steps[-1]


def _hint(reading: Reading, row: Row, question: Mapping[str, Any]) -> dict[str, str]:
    """Return the hint: its own, and the notes that stood before it."""
    notes = [words for _, words in reading.notes]
    reading.notes.clear()
    hint = "；".join([*notes, *([spelling.words(label_of(row, "hint"))] if label_of(row, "hint") else [])])
    if len(hint) > 60:
        reading.leave(row, f"提示太长，没有带来：{hint}")
        return {}
    return {"hint": hint} if hint and hint != question["text"] else {}


def _shown(reading: Reading, row: Row, question: dict[str, Any]) -> None:
    """Take the question's own condition, or that of its group; one of the two is all that ours can say."""
    for expression in (row.get("relevant", ""), reading.open[-1].relevant):
        found = relevance.read(expression) if expression and "show_if" not in question else None
        if expression and (found is None or not _applies(reading, question, *found)):
            reading.leave(row, f"显示条件没有带来：{expression}")


def _applies(reading: Reading, question: dict[str, Any], name: str, test: str, operand: Any) -> bool:
    """Put a test of an earlier question in our words; False when it does not fit that question."""
    if name not in reading.known:
        return False
    earlier, names = reading.known[name]
    if earlier["type"] in {"count", "score5"}:
        if test == "is" and str(operand).isdecimal():
            operand = int(operand)
        elif test not in {"gt", "gte", "lte", "not_empty"}:
            return False
    elif test in {"gt", "gte", "lte"}:
        return False
    elif test != "not_empty":
        wanted = [names.get(str(one)) for one in (operand if isinstance(operand, list) else [operand])]
        if not names or None in wanted:
            return False
        operand = wanted if isinstance(operand, list) else wanted[0]
    question["show_if"] = {"question": earlier["id"], "when": {test: operand}}
    return True


def _leave_columns(reading: Reading, row: Row) -> None:
    words = {
        "constraint": "填写限制",
        "calculation": "计算",
        "default": "默认值",
        "choice_filter": "选项筛选",
        "trigger": "触发",
        "read_only": "只读",
    }
    for column, said in words.items():
        if row.get(column):
            reading.leave(row, f"{said}没有带来：{row[column]}")
    if has_media(row):
        reading.leave(row, "题目里的图片、声音没有带来")


def _cut(step: Step, reading: Reading) -> list[dict[str, Any]]:
    """Return a step as one, or as several when it asks more than a page may."""
    title = step.group.title
    pages = [step.questions[at : at + MOST_QUESTIONS] for at in range(0, len(step.questions), MOST_QUESTIONS)]
    if len(title) > MOST_TITLE - 3 * (len(pages) > 1):
        reading.left.append(f"环节名称太长，请改短：{title}")
    if len(pages) > 1:
        reading.left.append(
            f"“{title}”有{len(step.questions)}题，分成了{len(pages)}个环节（一个环节最多{MOST_QUESTIONS}题）"
        )
    return [_made(step.group, f"（{n}）" if len(pages) > 1 else "", page) for n, page in enumerate(pages, 1)]


def _made(group: Group, number: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    made = {
        "title": group.title[: MOST_TITLE - len(number)] + number,
        "short": group.title[:MOST_SHORT],
        "ribbon": "do",
        "questions": questions,
    }
    return made | ({"repeat": {"name": group.repeat}} if group.repeat else {})
