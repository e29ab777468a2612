"""Many reports become one material: each report once in its newest version, each walk and problem counted once."""

from collections import Counter
from copy import deepcopy
from datetime import date
from typing import Any

from tests.compilation import corpus
from tests.compilation.conftest import content_of
from tests.reports import story
from walkthrough_app.compilation import digest, material, sums
from walkthrough_app.compilation.facts import source_of
from walkthrough_app.compilation.material import Due

Data = list[dict[str, Any]]


def raw_findings(data: Data) -> list[dict[str, Any]]:
    """Fold findings out of the events by hand: the last words of each, without those that were dropped."""
    found: dict[str, dict[str, Any]] = {}
    for report in data:
        for walk in report["walks"]:
            for event in walk["events"]:
                key = event["payload"].get("finding")
                if event["kind"] == "finding":
                    found[key] = {**event["payload"], "unit": report["unit"]["name"], "measure": {}}
                elif event["kind"] == "measure":
                    found[key]["measure"] = event["payload"]
    return list(found.values())


def test_figures_are_those_of_the_raw_events(nine: Data) -> None:
    content = content_of(nine)
    whole, raw = content.material, raw_findings(nine)
    walks = [walk for report in nine for walk in report["walks"]]
    counted = sums.overview(whole)
    assert (counted.handed_in, counted.walks, counted.in_person) == (9, len(walks), len(walks))
    assert counted.full == len(walks)
    assert len(whole.problems) == len(raw)
    letters = Counter(one["category"][0] for one in raw)
    assert {one.label: one.count for one in sums.by_category(whole.problems)} == {
        "信息公开": letters["A"],
        "场所与资源": letters["C"],
    }
    rectified = sums.rectification(whole.problems, "2018-08-01")
    kinds = Counter(one["measure"]["rectify_type"] for one in raw)
    assert (rectified.immediate, rectified.deadline) == (kinds["immediate"], kinds["deadline"])
    assert rectified.done == sum(bool(one["measure"].get("done_on")) for one in raw)
    assert rectified.overdue == kinds["deadline"]
    heat = sums.heat(whole)
    by_unit = Counter(one["unit"] for one in raw)
    assert dict(zip(heat.rows, heat.row_totals, strict=True)) == by_unit
    photos = sum(event["kind"] == "photo" for walk in walks for event in walk["events"])
    assert sum(walk.photos for walk in whole.walks) == photos


def test_waits_are_the_minutes_between_number_and_call(nine: Data) -> None:
    waits = [walk.waited for walk in content_of(nine).material.walks]
    assert set(waits) == {12}


def test_a_later_version_takes_the_place_of_an_earlier_one(nine: Data) -> None:
    newer = corpus.data(0, number=2)
    kept, left = material.newest([digest.of_data(one) for one in (nine[0], newer, nine[1])])
    assert sorted(one.number for one in kept) == [1, 2]
    assert [(older.number, new.number) for older, new in left] == [(1, 2)]
    assert len(content_of([newer, *nine]).material.reporters) == 9


def test_a_supplement_adds_and_what_it_tells_again_is_told_as_it_was_told_last() -> None:
    before = corpus.data(1)
    changed = deepcopy(before)
    again = changed["walks"][0]
    again["events"].append(
        {**again["events"][-1], "id": story.name_of("more"), "seq": 999, "kind": "note", "payload": {"text": "取件"}}
    )
    later = corpus.walk(1, 2)
    extra = {**changed, "kind": "supplement", "walks": [again, later.json()], "confirmed_at": "2018-07-25T01:00:00Z"}
    whole = content_of([before, extra]).material
    assert len(whole.reporters) == 1
    assert whole.reporters[0].versions == "V1，补报V1"
    assert len(whole.walks) == 3
    assert len({one.id for one in whole.problems}) == len(whole.problems)


def test_a_walk_in_the_reports_of_both_heads_counts_once() -> None:
    mayor, secretary = corpus.data(4), corpus.data(5)
    secretary["walks"] = [*secretary["walks"], mayor["walks"][0]]
    whole = content_of([mayor, secretary]).material
    assert len(whole.walks) == len({walk.id for walk in whole.walks}) == 5
    assert len(whole.units) == 1


def test_who_owes_a_report_and_has_not_come_is_missing(nine: Data) -> None:
    there = nine[0]
    due = [
        Due(there["unit"]["id"], there["unit"]["name"], "city_dept", "局长"),
        Due("other", "示例市司法局", "city_dept", "局长"),
    ]
    content = content_of([there], due=due)
    assert [one.unit for one in content.material.missing] == ["示例市司法局"]
    assert "应报送专项报告2份，已报送1份" in str(sums.overview(content.material))


def test_problem_numbers_name_year_class_and_unit_and_stay(nine: Data) -> None:
    first = content_of(nine[:3])
    numbers = dict(first.numbers)
    assert sorted(numbers.values())[:1] == ["WT-2018-党委-组织部-0001"]
    assert {"WT-2018-市直-公安局-0001"} <= set(numbers.values())
    later = content_of(nine, numbers=numbers)
    assert numbers.items() <= later.numbers.items()
    assert len(set(later.numbers.values())) == len(later.numbers)
    assert any(code.startswith("WT-2018-县直-示例县民政局-") for code in later.numbers.values())
    assert any(code.startswith("WT-2018-县区-示例县-") for code in later.numbers.values())


def test_what_is_kept_of_a_report_survives_being_written_and_read(nine: Data) -> None:
    source = digest.of_data(nine[4])
    assert source_of(source.as_json()) == source


def test_late_is_what_was_confirmed_after_the_day(nine: Data) -> None:
    late = [one.main.unit for one in content_of(nine).material.reporters if one.is_late]
    assert late == ["样例区市场监督管理局"]
    assert date.fromisoformat(nine[8]["campaign"]["report_due"]) == date(2018, 7, 22)
