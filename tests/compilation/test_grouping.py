"""The same problem in other words is proposed as one, with the reason; what people decide holds when more comes in."""

from typing import Any

import pytest

from tests.compilation.conftest import content_of
from walkthrough_app.compilation import grouping
from walkthrough_app.compilation.content import Content
from walkthrough_app.compilation.grouping import Decisions, Group

Data = list[dict[str, Any]]


@pytest.fixture(scope="module")
def whole(nine: Data) -> Content:
    return content_of(nine)


def groups(content: Content, decisions: Decisions) -> list[Group]:
    return grouping.groups(content.material, content.data["proposals"], decisions)


def test_alike_wordings_of_one_category_stand_together(whole: Content) -> None:
    first = whole.groups[0]
    assert {one.title for one in first.problems} >= {"取号机旁没有提示", "取号机旁没有提示牌", "取号机附近没有提示"}
    assert {one.category for one in first.problems} == {"C4"}
    assert "办事指南没有写清材料" in {one.title for one in whole.groups[-1].problems}


def test_it_says_why(whole: Content) -> None:
    why = whole.groups[0].why
    assert why.startswith("都属于“设施场地引导”，与第1个说法的相似度不低于")
    assert why.endswith("。")


def test_punctuation_and_filler_make_no_difference() -> None:
    assert grouping.likeness("存在“网上、现场”信息不一致的问题", "网上现场信息不一致") == 100


def test_unlike_wordings_stay_apart() -> None:
    assert grouping.likeness("窗口无人", "网上公布的办公时间不准") < grouping.ALIKE_IN_ITEM


def test_merging_moves_all_and_what_would_join_later_follows(nine: Data) -> None:
    few = content_of(nine[:4])
    big, small = few.groups[0], few.groups[-1]
    assert big is not small
    decided = grouping.merge(Decisions(), big, small.key)
    assert len(groups(few, decided)) == len(few.groups) - 1
    more = content_of(nine, proposals=few.data["proposals"])
    merged = next(one for one in groups(more, decided) if one.key == small.key)
    assert len(merged.problems) > len(big.problems) + len(small.problems)
    assert big.key not in {one.key for one in groups(more, decided)}
    assert "其中有人工调整" in merged.why


def test_splitting_makes_a_group_of_its_own_that_stays(nine: Data) -> None:
    few = content_of(nine[:4])
    big = few.groups[0]
    out = big.problems[1].id
    decided = grouping.split(Decisions(), big, [out])
    more = content_of(nine, proposals=few.data["proposals"])
    alone = next(one for one in groups(more, decided) if one.key == out)
    assert [one.id for one in alone.problems] == [out]


def test_splitting_out_the_first_leaves_the_rest_together(whole: Content) -> None:
    big = whole.groups[0]
    decided = grouping.split(Decisions(), big, [big.key])
    sizes = {one.key: len(one.problems) for one in groups(whole, decided)}
    assert sizes[big.key] == 1
    assert sizes[big.problems[1].id] == len(big.problems) - 1


def test_a_name_and_being_set_aside_are_kept(nine: Data) -> None:
    few = content_of(nine[:4])
    big = few.groups[0]
    decided = grouping.set_aside(grouping.rename(Decisions(), big, "引导标识缺失"), big, is_aside=True)
    decided = Decisions.of(decided.as_json())
    more = content_of(nine, proposals=few.data["proposals"])
    found = next(one for one in groups(more, decided) if one.key == big.key)
    assert (found.title, found.is_aside) == ("引导标识缺失", True)
    back = grouping.set_aside(grouping.rename(decided, found, ""), found, is_aside=False)
    again = next(one for one in groups(more, back) if one.key == big.key)
    assert (again.title, again.is_aside) == (big.title, False)


def test_a_group_set_aside_is_not_told_but_stays_in_the_ledger(nine: Data) -> None:
    from walkthrough_app.compilation import tables
    from walkthrough_app.compilation.compose import compose

    plain = content_of(nine)
    key = plain.groups[0].key
    content = content_of(nine, chosen={"decisions": {"aside": [key]}})
    assert f"group.{key}" not in {one.key for one in compose(content).texts()}
    assert len(list(tables.ledger(content)[0].rows)) == len(plain.material.problems)


def test_merging_in_a_circle_ends(whole: Content) -> None:
    decisions = Decisions(homes={"a": "b", "b": "a"})
    assert decisions.home_of("x", "a") in {"a", "b"}
