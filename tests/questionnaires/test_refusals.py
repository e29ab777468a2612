"""A document that cannot be used is refused, and the reason says where."""

import copy
from collections.abc import Callable

import pytest

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document, QuestionnaireError


def question(data: dict, question_id: str) -> dict:
    parts = [*data["steps"], *data["addons"]]
    return next(one for part in parts for one in part["questions"] if one["id"] == question_id)


def ninth_card(data: dict) -> None:
    data["steps"][0]["questions"].append({**question(data, "W-Q4"), "id": "W-Q9"})


def same_id(data: dict) -> None:
    question(data, "W-K3")["id"] = "W-K1"


def no_such_category(data: dict) -> None:
    question(data, "W-K3")["suggest"][0]["category"] = "C9"


def no_such_threshold(data: dict) -> None:
    question(data, "W-K2")["suggest"][0]["when"] = {"gt": {"max": [1, {"threshold": "patience"}]}}


def no_such_option(data: dict) -> None:
    question(data, "W-K5")["suggest"][0]["when"] = {"in": ["windows", "chairs"]}


def no_such_heading(data: dict) -> None:
    question(data, "W-K8")["advice"][0]["heading"] = "other"


def later_question(data: dict) -> None:
    question(data, "W-Q2")["show_if"]["question"] = "W-Q8"


def yes_is_bad(data: dict) -> None:
    question(data, "W-K3")["suggest"][0]["when"] = {"is": "yes"}


def compares_words(data: dict) -> None:
    question(data, "W-K3")["suggest"][0]["when"] = {"gte": 1}


def limit_without_number(data: dict) -> None:
    question(data, "W-K3")["suggest"][0]["reason"] = "超过{limit}"


def unknown_member(data: dict) -> None:
    question(data, "W-K3")["colour"] = "red"


def two_tests(data: dict) -> None:
    question(data, "W-K4")["suggest"][0]["when"] = {"gte": 1, "lte": 3}


def no_clause(data: dict) -> None:
    del question(data, "W-K3")["clause"]


def empty_clause(data: dict) -> None:
    question(data, "W-K3")["clause"]["text"] = ""


def no_such_paper(data: dict) -> None:
    question(data, "W-K3")["clause"]["seed"] = "S009"


def choice_without_options(data: dict) -> None:
    del question(data, "W-R2")["options"]


def options_on_a_count(data: dict) -> None:
    question(data, "W-K4")["options"] = question(data, "W-R2")["options"]


def two_quick_values(data: dict) -> None:
    question(data, "W-K2")["quick"] = [10, 30]


def strange_type(data: dict) -> None:
    question(data, "W-K2")["type"] = "stars"


def distant_screen(data: dict) -> None:
    data["steps"][0]["screen"] = "result"


def no_such_mode(data: dict) -> None:
    data["addons"][0]["modes"] = ["by_drone"]


def sub_in_the_wrong_class(data: dict) -> None:
    data["categories"][0]["subs"][0]["id"] = "B9"


def number_as_text(data: dict) -> None:
    data["version"] = "1"


REFUSED: list[tuple[Callable[[dict], None], str]] = [
    (ninth_card, "steps/query/questions：最多 8 项"),
    (same_id, "questions：W-K1 出现了两次"),
    (no_such_category, "steps/queue/W-K3/suggest/category：没有定义 C9"),
    (no_such_threshold, "steps/queue/W-K2/suggest：没有定义 patience"),
    (no_such_option, "steps/queue/W-K5/suggest：W-K5 没有 chairs 这个答案"),
    (no_such_heading, "steps/queue/W-K8/advice/heading：没有定义 other"),
    (later_question, "steps/query/W-Q2/show_if：W-Q8 不是前面的题"),
    (yes_is_bad, "steps/queue/W-K3/suggest：是非题“是”必须是好的"),
    (compares_words, "steps/queue/W-K3/suggest：W-K3 的答案不是数"),
    (limit_without_number, "steps/queue/W-K3/suggest：这里不能用 {limit}"),
    (unknown_member, "steps/queue/questions/W-K3：不认识 colour"),
    (two_tests, "steps/queue/questions/W-K4/suggest/1/when：只能写一个条件"),
    (no_clause, "steps/queue/questions/W-K3：缺少 clause"),
    (empty_clause, "steps/queue/questions/W-K3/clause/text：不能空着"),
    (no_such_paper, "steps/queue/W-K3/clause：没有定义 S009"),
    (choice_without_options, "steps/result/questions/W-R2：缺少 options"),
    (options_on_a_count, "steps/queue/questions/W-K4/options：这种题型没有这一项"),
    (two_quick_values, "steps/queue/questions/W-K2/quick：至少 3 项"),
    (strange_type, "steps/queue/questions/W-K2/type：只能是 yn、"),
    (distant_screen, "steps/query/screen：只能是 query 或紧接着的下一步"),
    (no_such_mode, "addons/agent/modes：没有定义 by_drone"),
    (sub_in_the_wrong_class, "categories/A/B9：没有定义 B"),
    (number_as_text, "version：应当是整数"),
]


@pytest.mark.parametrize(("break_it", "reason"), REFUSED, ids=lambda one: getattr(one, "__name__", ""))
def test_a_broken_document_is_refused_with_its_place(break_it: Callable[[dict], None], reason: str) -> None:
    data = copy.deepcopy(source.programme("walkthrough"))
    break_it(data)
    with pytest.raises(QuestionnaireError) as refused:
        Document.parse(data)
    assert reason in str(refused.value)


def test_something_that_is_no_document_is_refused() -> None:
    with pytest.raises(QuestionnaireError, match="问卷：应当是一组名称和值"):
        Document.parse([])  # type: ignore[arg-type]


def test_every_problem_is_named_not_only_the_first() -> None:
    data = copy.deepcopy(source.programme("walkthrough"))
    no_such_category(data)
    no_such_heading(data)
    with pytest.raises(QuestionnaireError) as refused:
        Document.parse(data)
    assert len(refused.value.problems) == 2


def test_no_is_the_word_no_in_yaml() -> None:
    assert source.read_yaml("is: no\nwhen: 2018-07-05\nexclusive: true") == {
        "is": "no",
        "when": "2018-07-05",
        "exclusive": True,
    }


def test_a_name_written_twice_is_refused_with_its_line() -> None:
    with pytest.raises(QuestionnaireError, match="第2行：title 写了两次"):
        source.read_yaml("steps:\n- title: 查询\n  title: 排队")


def test_a_file_that_is_no_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(QuestionnaireError, match="第2行"):
        source.read_yaml("a: 1\n b: [")
