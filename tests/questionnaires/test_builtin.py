"""The core programme as published: everything of the question bank is carried, under the ids of the papers."""

import pytest

from walkthrough_app.questionnaires import source
from walkthrough_app.questionnaires.document import Document

DOCUMENT = Document.parse(source.programme("walkthrough"))
CARRIED = {
    "query": "W-Q1 W-Q2 W-Q3 W-Q4 W-Q5 W-Q6 W-Q7 W-Q8",
    "prepare": "W-P1 W-P2 W-P3 W-P4 W-P5 W-P6 W-P7 W-P8",
    "queue": "W-K1 W-K2 W-K3 W-K4 W-K5 W-K6 W-K7 W-K8",
    "accept": "W-A1 W-A2 W-A3 W-A4 W-A5 W-A6 W-A7 W-A8",
    "track": "W-T1 W-T2 W-T3 W-T4 W-T5 W-T6",
    "result": "W-R1 W-R2 W-R3 W-R4 W-R5 W-R6 W-R7 W-R8",
    "agent": "W-G1 W-G2 W-G3",
    "accompany": "W-B1 W-B2 W-B3 W-B4",
    "integrity": "W-I1 W-I2 W-I3 W-I4",
}


def test_all_questions_of_the_bank_are_carried_in_their_steps() -> None:
    carried = {part.id: " ".join(one.id for one in part.questions) for part in (*DOCUMENT.steps, *DOCUMENT.addons)}
    assert carried == CARRIED


def test_there_are_fifty_seven_questions() -> None:
    assert len(list(DOCUMENT.all_questions())) == 57


def test_every_question_shows_its_clause() -> None:
    assert all(question.clause.text for question in DOCUMENT.all_questions())
    assert str(DOCUMENT.question("W-K2").clause) == "S002 · 排队难问题"


def test_every_clause_leads_to_a_paper_with_a_title() -> None:
    assert all(DOCUMENT.source(question.clause.seed).title for question in DOCUMENT.all_questions())
    assert DOCUMENT.source(DOCUMENT.basis).number == "〔2018〕13号"


def test_all_twenty_three_focal_points_are_asked_about() -> None:
    asked = {point for question in DOCUMENT.all_questions() for point in question.focus}
    assert asked == {point.id for point in DOCUMENT.focus} == {f"F{n:02}" for n in range(1, 24)}


def test_the_phone_has_five_screens_and_tracking_is_the_first_half_of_the_last() -> None:
    assert [screen.title for screen in DOCUMENT.screens] == ["查询", "准备材料", "排队", "受理", "拿结果"]
    assert [step.id for step in DOCUMENT.screens[-1].steps] == ["track", "result"]
    assert DOCUMENT.screen_of("track") == DOCUMENT.screen_of("result")


def test_waiting_is_told_from_doing() -> None:
    assert [step.id for step in DOCUMENT.steps if step.ribbon == "wait"] == ["queue", "track", "result"]


def test_no_step_asks_more_than_eight_questions() -> None:
    assert max(len(part.questions) for part in (*DOCUMENT.steps, *DOCUMENT.addons)) == 8


def test_not_applicable_may_always_be_chosen() -> None:
    assert all(question.choices[-1].id == "na" for question in DOCUMENT.all_questions())


def test_numbers_offer_three_quick_values() -> None:
    assert all(len(question.quick) == 3 for question in DOCUMENT.all_questions() if question.is_number)


def test_the_app_counts_what_it_can() -> None:
    counted = {question.id: question.auto for question in DOCUMENT.all_questions() if question.auto}
    assert counted == {"W-K2": "wait_minutes", "W-A3": "trips_to_accept", "W-R1": "workdays", "W-R3": "trips"}


def test_the_companion_is_asked_only_when_there_is_one() -> None:
    asked = {mode.id: len(DOCUMENT.questions_for("accompany", mode.id, {})) for mode in DOCUMENT.modes}
    assert asked == {"in_person": 0, "on_behalf": 0, "accompanied": 4}


def test_the_declarations_are_asked_at_the_end_of_every_walk() -> None:
    closing = {
        mode.id: [one.id for one in DOCUMENT.addons_for(mode.id) if one.at == "finish"][-1] for mode in DOCUMENT.modes
    }
    assert set(closing.values()) == {"integrity"}


def test_only_an_agent_is_stopped_at_the_start() -> None:
    gates = {
        mode.id: [addon.id for addon in DOCUMENT.addons_for(mode.id) if addon.at == "start"] for mode in DOCUMENT.modes
    }
    assert gates == {"in_person": [], "on_behalf": ["agent"], "accompanied": []}


@pytest.mark.parametrize(
    ("channels", "asked"),
    [(["phone"], {"W-Q2"}), (["web"], {"W-Q3"}), (["onsite"], set()), ("na", set()), (None, {"W-Q2", "W-Q3"})],
)
def test_calls_and_searches_are_asked_of_those_who_made_them(channels: object, asked: set[str]) -> None:
    answers = {} if channels is None else {"W-Q1": channels}
    now = {question.id for question in DOCUMENT.questions_for("query", "in_person", answers)}
    assert now & {"W-Q2", "W-Q3"} == asked


def test_reforms_have_the_six_headings_of_the_report() -> None:
    headings = [heading.name for heading in DOCUMENT.reform_headings]
    assert headings == ["精简要件", "优化流程", "压缩时限", "减少跑动", "网上预约受理办理", "削减下放"]
    proposed = {rule.heading for question in DOCUMENT.all_questions() for rule in question.advice}
    assert proposed == {heading.id for heading in DOCUMENT.reform_headings}


def test_categories_causes_and_severities_are_those_of_the_papers() -> None:
    assert "".join(category.id for category in DOCUMENT.categories) == "ABCDEFGH"
    assert sum(len(category.subs) for category in DOCUMENT.categories) == 52
    assert DOCUMENT.category_name("A3") == "咨询电话不通"
    assert DOCUMENT.category_name("A") == "信息公开"
    assert len(DOCUMENT.root_causes) == 11
    assert [(one.name, one.days, one.recheck) for one in DOCUMENT.severities] == [
        ("一般", 3, False),
        ("较重", 15, False),
        ("严重", 30, True),
    ]


def test_a_simulation_stops_before_anything_is_handed_in() -> None:
    assert [stop.step for stop in DOCUMENT.simulation_stops] == ["query", "prepare", "queue", "accept"]
