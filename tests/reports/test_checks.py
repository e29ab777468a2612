"""What a report lacks stops it, is settled by a word of explanation, or is only said."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.reports import story
from tests.reports.story import Walk
from walkthrough_app.campaigns.models import ServiceItem
from walkthrough_app.reports import checks, service
from walkthrough_app.reports.compose import read, write
from walkthrough_app.reports.models import Report


def gaps(walk: Walk, **changes: Any) -> dict[str, str]:
    """Return the levels of what a report over one walk lacks, by the first word of the key."""
    data = story.report([walk], **changes)
    material = read(data)
    found = checks.unsettled(checks.gaps(material, write(material)), data["explanations"])
    return {gap.key.partition(".")[0]: gap.level for gap in found}


def bare() -> Walk:
    walk = Walk("居住证申领")
    walk.step("query", 5)
    return walk


def test_a_full_report_lacks_nothing() -> None:
    assert gaps(story.short()) == {}


def test_a_problem_without_a_measure_stops_it() -> None:
    walk = story.short()
    walk.finding("窗口少", "C3", "queue")
    assert gaps(walk) == {"measure": "hard"}


@pytest.mark.parametrize("lacking", ["steps", "due_on"])
def test_a_deadline_without_steps_or_date_stops_it(lacking: str) -> None:
    walk = story.short()
    given = {"steps": "8月底前完成", "due_on": "2018-08-31"} | {lacking: "" if lacking == "steps" else None}
    walk.measure(walk.finding("窗口少", "C3", "queue"), "deadline", "增设窗口", **given)
    assert gaps(walk) == {"measure": "hard"}


def test_finding_nothing_needs_a_reason() -> None:
    walk = bare()
    walk.discreet()
    walk.tap("finish")
    assert gaps(walk)["no_finding"] == "explain"
    assert "no_finding" not in gaps(walk, explanations={f"no_finding.{walk.id}": "一次办成"})


def test_unanswered_discipline_needs_an_explanation() -> None:
    walk = bare()
    walk.tap("rest")
    assert gaps(walk)["integrity"] == "explain"
    assert "integrity" not in gaps(walk, explanations={f"integrity.{walk.id}": "体验人出差"})


def test_a_broken_discipline_without_a_note_needs_an_explanation() -> None:
    walk = story.short()
    walk.answer(I1="no")
    assert gaps(walk) == {"integrity": "explain"}


def test_no_picture_needs_an_explanation() -> None:
    walk = bare()
    assert gaps(walk)["evidence"] == "explain"
    assert "evidence" not in gaps(walk, explanations={"evidence": "大厅不让拍照"})


def test_a_walk_opened_again_stops_it() -> None:
    walk = story.short()
    walk.tap("reopen")
    walk.tap("retract", event=next(one["id"] for one in walk.events if one["kind"] == "accepted"))
    assert gaps(walk) == {"open": "hard"}


def test_a_request_in_a_report_stops_it() -> None:
    assert gaps(story.short(), texts={"outlook": "以上意见，请予批准。"}) == {"request": "hard"}


def test_an_unmasked_picture_is_only_said() -> None:
    walk = story.short()
    walk.photo("排队的人", mask="none")
    assert gaps(walk) == {"left_out": "note"}


def test_a_name_of_a_colleague_is_pointed_out(report: Report, cast: SimpleNamespace) -> None:
    service.rewrite(report, "outlook", f"由{cast.deputy.name}负责整改。", by=cast.liaison)
    [gap] = [gap for gap in service.check(report) if cast.deputy.name in gap.text]
    assert gap.level == "note"


def test_an_item_the_head_must_walk_needs_an_explanation_until_it_is_walked(
    report: Report, cast: SimpleNamespace, item: ServiceItem
) -> None:
    item.is_complaint = True
    [gap] = service.check(report)
    assert gap.key == f"must_walk.{item.id}"
    assert "居住证申领" in gap.text
    service.explain(report, gap.key, "大厅正在改造", by=cast.liaison)
    assert service.check(report) == []


def test_characters_that_cannot_be_printed_are_pointed_out_with_their_place() -> None:
    data = story.report([story.short()], texts={"outlook": "我局将认真整改\U00013000。"})
    composed = write(read(data))
    [gap] = checks.undrawable(composed)
    assert (gap.level, gap.paragraph) == ("note", "outlook")
    assert gap.text == "有1个字打印不出来（\U00013000），会印成“〓”"
    assert "下一步工作" in gap.hint
