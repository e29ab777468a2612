"""The pieces of a questionnaire as typed values, and how plain data becomes them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from walkthrough_app.questionnaires.meanings import Meaning
from walkthrough_app.questionnaires.rules import NA, Condition

T = TypeVar("T")
QuestionType = Literal["yn", "count", "minutes", "days", "score5", "one", "many", "text", "photo", "date"]
NUMBER_TYPES = frozenset({"count", "minutes", "days"})
Deed = Literal["queue", "accept", "track", "result"]
DEEDS = frozenset(get_args(Deed))  # what happens in a step and has buttons of its own


@dataclass(frozen=True)
class Source:
    """A paper that clauses are quoted from; `title` without 《》."""

    id: str
    title: str
    number: str = ""


@dataclass(frozen=True)
class Clause:
    seed: str
    text: str

    def __str__(self) -> str:
        return f"{self.seed} · {self.text}"


@dataclass(frozen=True)
class Named:
    """A machine name with its Chinese words: a root cause, a rectification type, a reform heading."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Mode:
    id: str
    name: str
    hint: str
    clause: Clause


@dataclass(frozen=True)
class SimulationStop:
    id: str
    name: str
    step: str


@dataclass(frozen=True)
class Threshold:
    id: str
    name: str
    value: int
    unit: str


@dataclass(frozen=True)
class FocalPoint:
    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Category:
    """A class of problems (A…H, with the key it has in code) and its kinds (A1…)."""

    id: str
    key: str
    name: str
    subs: tuple[Named, ...]


@dataclass(frozen=True)
class Severity:
    """`days` are working days; `recheck` makes a look-back obligatory."""

    id: str
    name: str
    hint: str
    days: int
    rectify_type: str
    recheck: bool = False


@dataclass(frozen=True)
class Option:
    id: str
    label: str
    exclusive: bool = False
    score: int | None = None


@dataclass(frozen=True)
class Special:
    """A number that stands for a word: 99 = 一直没接通."""

    value: int
    label: str


@dataclass(frozen=True)
class ShowIf:
    question: str
    when: Condition


@dataclass(frozen=True)
class NoteRule:
    """When an explanation in words is asked for."""

    when: Condition
    prompt: str


@dataclass(frozen=True)
class Rule:
    """An answer that looks like a problem (see `suggestion` in the schema)."""

    when: Condition
    title: str
    category: str
    severity: str
    reason: str
    reason_at_zero: str = ""
    also: tuple[str, ...] = ()
    improve: bool = False
    step_from: str | None = None


@dataclass(frozen=True)
class AdviceRule:
    when: Condition
    heading: str
    text: str


YES_NO = {"yes": "是", "no": "否"}
NOT_APPLICABLE = Option(NA, "不适用")


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    type: QuestionType
    dim: str
    clause: Clause
    hint: str = ""
    focus: tuple[str, ...] = ()
    required: bool = False
    options: tuple[Option, ...] = ()
    labels: Mapping[str, str] | None = None
    scale: tuple[str, ...] = ()
    unit: str = ""
    quick: tuple[int, ...] = ()
    special: tuple[Special, ...] = ()
    auto: str | None = None
    show_if: ShowIf | None = None
    note: NoteRule | None = None
    suggest: tuple[Rule, ...] = ()
    advice: tuple[AdviceRule, ...] = ()
    means: Meaning | None = None
    respondent: str = ""  # of a set of answers; never written in a document

    @property
    def is_number(self) -> bool:
        return self.type in NUMBER_TYPES

    @property
    def categories(self) -> frozenset[str]:
        """The categories that its answers may point to."""
        return frozenset(code for rule in self.suggest for code in (rule.category, *rule.also))

    @property
    def choices(self) -> tuple[Option, ...]:
        """What can be tapped, 不适用 last; ids are what a form posts (scores as "1"…"5")."""
        if self.type == "yn":
            given = tuple(Option(id_, label) for id_, label in {**YES_NO, **(self.labels or {})}.items())
        elif self.type == "score5":
            given = tuple(Option(str(score), label) for score, label in enumerate(self.scale, 1))
        else:
            given = self.options
        return (*given, NOT_APPLICABLE)


@dataclass(frozen=True)
class Repeat:
    """One set of answers for each of those asked; `name` is what one is called: 受访者."""

    name: str
    most: int = 30


@dataclass(frozen=True)
class Step:
    id: str
    title: str
    short: str
    screen: str
    ribbon: Literal["do", "wait"]
    questions: tuple[Question, ...]
    modes: tuple[str, ...] = ()
    repeat: Repeat | None = None
    weight: int | None = None
    does: Deed | None = None

    @property
    def deed(self) -> str:
        """What happens here and has buttons of its own, or ''; told by the step's id when it is not said."""
        return self.does or (self.id if self.id in DEEDS else "")


@dataclass(frozen=True)
class Addon:
    """Questions about the walk as a whole; `modes` empty means every mode."""

    id: str
    title: str
    at: Literal["start", "finish"]
    questions: tuple[Question, ...]
    intro: str = ""
    modes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    """A mark a problem may carry; those of one `group` stand together."""

    id: str
    name: str
    group: str
    hint: str = ""
    clause: Clause | None = None


@dataclass(frozen=True)
class RecordKind:
    """What is written down beside walking; `follow_up` is asked when it is settled, by the day answered to `due`."""

    id: str
    title: str
    by: Literal["unit", "office", "both"]
    clause: Clause
    questions: tuple[Question, ...]
    intro: str = ""
    once: bool = False
    public: bool = False
    follow_up: tuple[Question, ...] = ()
    due: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class RatingForm:
    """What the public is asked behind a code at the counter; `answer_days` are working days."""

    id: str
    title: str
    kind: Literal["evaluation", "rating"]
    clause: Clause
    questions: tuple[Question, ...]
    intro: str = ""
    answer_days: int = 5


@dataclass(frozen=True)
class AssessmentPart:
    id: str
    name: str
    weight: int
    source: Literal["daily", "periodic", "mass", "leaders"]
    clause: Clause | None = None


@dataclass(frozen=True)
class RubricItem:
    """Points of one thing; `measure` names what they are computed from, by hand without one."""

    id: str
    part: str
    name: str
    points: int
    content: str
    measure: str | None = None
    clause: Clause | None = None


@dataclass(frozen=True)
class Band:
    at_least: int
    name: str


@dataclass(frozen=True)
class Assessment:
    parts: tuple[AssessmentPart, ...]
    items: tuple[RubricItem, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Screen:
    """What the phone shows at once: one step, or a step and the one before it."""

    id: str
    title: str
    short: str
    steps: tuple[Step, ...]


def build(kind: type[T], data: Mapping[str, Any]) -> T:
    """Make a dataclass of plain data that the schema has accepted; names it does not know are left out."""
    hints = _hints(cast("Hashable", kind))
    known = {name: _value(hint, data[name]) for name, hint in hints.items() if name in data}
    return kind(**known)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(cast("type[Any]", kind))}


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    return build(cast("type[Any]", hint), value) if is_dataclass(hint) else value
