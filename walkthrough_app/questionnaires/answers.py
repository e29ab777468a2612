"""Answers: taken from what a form posts, and written as the papers do."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from walkthrough_app.core import clock
from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires.parts import Question
from walkthrough_app.questionnaires.rules import NA, AnswerValue

RANGES = {"count": 999, "minutes": 10_000, "days": 999}
MAX_TEXT = 500
FAR = 3660  # days
WHOLE = re.compile(r"[0-9]{1,9}")


def parse_answer(question: Question, raw: Sequence[str]) -> AnswerValue | None:
    """Return the answer in what a form posted; None when left empty, Invalid(question id, …) when it cannot be."""
    given = list(dict.fromkeys(value.strip() for value in raw if value.strip()))
    if not given:
        return None
    if question.type == "many":
        return _many(question, given)
    if len(given) > 1:
        raise Invalid(question.id, "选了不止一个答案，请只留一个。")
    if given[0] == NA:
        return NA
    return PARSERS[question.type](question, given[0])


def _many(question: Question, given: list[str]) -> AnswerValue:
    choices = {choice.id: choice for choice in question.choices}
    if any(value not in choices for value in given):
        raise Invalid(question.id, "请从列出的选项里选。")
    alone = next((choices[v] for v in given if choices[v].exclusive or v == NA), None)
    if alone and len(given) > 1:
        raise Invalid(question.id, f"选了“{alone.label}”，就不能再选别的。")
    return NA if given == [NA] else [option.id for option in question.options if option.id in given]


def _choice(question: Question, value: str) -> str:
    if value not in {choice.id for choice in question.choices}:
        raise Invalid(question.id, "请从列出的选项里选。")
    return value


def _score(question: Question, value: str) -> int:
    return int(_choice(question, unicodedata.normalize("NFKC", value)))


def _number(question: Question, value: str) -> int:
    digits = unicodedata.normalize("NFKC", value)
    most = RANGES[question.type]
    if not WHOLE.fullmatch(digits) or int(digits) > most:
        raise Invalid(question.id, f"请填0到{most}之间的整数。")
    return int(digits)


def _text(question: Question, value: str) -> str:
    text = "".join(
        c for c in value.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )
    if len(text) > MAX_TEXT:
        raise Invalid(question.id, f"最多{MAX_TEXT}个字，现在有{len(text)}个字。")
    return text


def _photo(question: Question, value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
        raise Invalid(question.id, "请先拍照或选择照片。")
    return value


def _date(question: Question, value: str) -> str:
    day = clock.day_of(unicodedata.normalize("NFKC", value))
    if day is None or abs((day - clock.today()).days) > FAR:
        raise Invalid(question.id, "请填一个日期，例如2026-07-15。")
    return day.isoformat()


PARSERS: dict[str, Callable[[Question, str], AnswerValue]] = {
    "yn": _choice,
    "one": _choice,
    "score5": _score,
    "count": _number,
    "minutes": _number,
    "days": _number,
    "text": _text,
    "photo": _photo,
    "date": _date,
}


def show_answer(question: Question, value: AnswerValue | None) -> str:
    """Write an answer with its unit: 41分钟, 4分（大多明白）, 窗口少、人员少; '' when there is none."""
    words = plain_answer(question, value)
    if not isinstance(value, int):
        return words
    if question.type == "score5":
        return f"{value}分（{question.scale[value - 1]}）" if 1 <= value <= len(question.scale) else f"{value}分"
    return f"{words}{question.unit}" if words == str(value) else words


def plain_answer(question: Question, value: AnswerValue | None) -> str:
    """Write an answer for use in a sentence: the bare number, or the words of what was chosen."""
    if value is None:
        return ""
    if isinstance(value, int):
        return next((special.label for special in question.special if special.value == value), str(value))
    if question.type == "photo" and value != NA:
        return "有照片"
    labels = {choice.id: choice.label for choice in question.choices}
    return "、".join(labels.get(one, one) for one in (value if isinstance(value, list) else [value]))
