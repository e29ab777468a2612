"""Answers from a form: taken as meant, refused with a sentence beside the question, written as the papers do."""

import pytest

from walkthrough_app.core.errors import Invalid
from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.answers import parse_answer, show_answer
from walkthrough_app.questionnaires.document import Document

DOCUMENT = Document.parse(source.programme("walkthrough"))
PHOTO = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.mark.parametrize(
    ("question", "posted", "answer"),
    [
        ("W-Q4", ["yes"], "yes"),
        ("W-Q4", ["na"], "na"),
        ("W-Q4", [], None),
        ("W-Q4", ["", " "], None),
        ("W-Q1", ["web", "phone"], ["phone", "web"]),
        ("W-Q1", ["na"], "na"),
        ("W-K5", ["enough"], ["enough"]),
        ("W-K2", ["41"], 41),
        ("W-K2", [" ４１ "], 41),
        ("W-K2", ["41", "41"], 41),
        ("W-K2", ["", "na"], "na"),
        ("W-K2", ["10000"], 10_000),
        ("W-Q2", ["99"], 99),
        ("W-P4", ["0"], 0),
        ("W-R1", ["007"], 7),
        ("W-Q8", ["5"], 5),
        ("W-R2", ["post"], "post"),
        ("W-B4", ["  等太久\r\n再快些\x00 "], "等太久\n再快些"),
        ("W-B4", ["字" * 500], "字" * 500),
        ("W-G2", [PHOTO], PHOTO),
    ],
)
def test_an_answer_is_taken_as_it_was_meant(question: str, posted: list[str], answer: object) -> None:
    assert parse_answer(DOCUMENT.question(question), posted) == answer


@pytest.mark.parametrize(
    ("question", "posted", "reason"),
    [
        ("W-Q4", ["maybe"], "请从列出的选项里选。"),
        ("W-Q4", ["yes", "no"], "选了不止一个答案，请只留一个。"),
        ("W-Q1", ["phone", "fax"], "请从列出的选项里选。"),
        ("W-Q1", ["phone", "na"], "选了“不适用”，就不能再选别的。"),
        ("W-K5", ["enough", "space"], "选了“都够用”，就不能再选别的。"),
        ("W-P4", ["1000"], "请填0到999之间的整数。"),
        ("W-P4", ["-1"], "请填0到999之间的整数。"),
        ("W-P4", ["1.5"], "请填0到999之间的整数。"),
        ("W-P4", ["两份"], "请填0到999之间的整数。"),
        ("W-P4", ["1_0"], "请填0到999之间的整数。"),
        ("W-P4", ["9" * 5000], "请填0到999之间的整数。"),
        ("W-K2", ["10001"], "请填0到10000之间的整数。"),
        ("W-R1", ["1000"], "请填0到999之间的整数。"),
        ("W-Q8", ["0"], "请从列出的选项里选。"),
        ("W-Q8", ["6"], "请从列出的选项里选。"),
        ("W-R2", ["again", "post"], "选了不止一个答案，请只留一个。"),
        ("W-B4", ["字" * 501], "最多500个字，现在有501个字。"),
        ("W-G2", ["../../etc/passwd"], "请先拍照或选择照片。"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_question(question: str, posted: list[str], reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_answer(DOCUMENT.question(question), posted)
    assert (refused.value.field, refused.value.message) == (question, reason)


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("W-Q3", "yes", "是"),
        ("W-Q4", "no", "不清楚"),
        ("W-Q4", "na", "不适用"),
        ("W-K2", 41, "41分钟"),
        ("W-R1", 0, "0个工作日"),
        ("W-Q2", 99, "一直没接通"),
        ("W-K2", "na", "不适用"),
        ("W-Q8", 4, "4分（大多明白）"),
        ("W-R2", "again", "再跑一趟"),
        ("W-K5", ["windows", "space"], "窗口少、场地小"),
        ("W-B4", "等太久", "等太久"),
        ("W-G2", PHOTO, "有照片"),
        ("W-Q4", None, ""),
    ],
)
def test_an_answer_is_written_as_the_papers_do(question: str, answer: object, words: str) -> None:
    assert show_answer(DOCUMENT.question(question), answer) == words


def test_every_choice_that_is_shown_can_be_posted() -> None:
    for question in DOCUMENT.all_questions():
        for choice in question.choices:
            assert parse_answer(question, [choice.id]) is not None
