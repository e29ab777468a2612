"""A title is broken where its sense breaks, into a rectangle, a trapezoid or a diamond."""

import random
from itertools import pairwise

import pytest

from walkthrough_app.documents import phrases, titles

MATTER = "关于“一把手走流程”情况的专项报告"


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (["示例市公安局", MATTER], ("示例市公安局", MATTER)),
        (["示例市人力资源和社会保障局", MATTER], ("示例市人力资源和社会保障局", MATTER)),
        (
            ["示例市深化机关作风整顿优化营商环境领导小组办公室", MATTER],
            ("示例市深化机关作风整顿", "优化营商环境领导小组办公室", MATTER),
        ),
        (["关于全市“一把手走流程”工作情况的汇总报告"], ("关于全市“一把手走流程”", "工作情况的汇总报告")),
        (
            ["示例市住房和城乡建设局", "关于“一把手走流程”专项行动中群众反映强烈的突出问题整改落实情况的报告"],
            ("示例市住房和城乡建设局", "关于“一把手走流程”专项行动中群众", "反映强烈的突出问题整改落实情况的报告"),
        ),
        (["督办通知单"], ("督办通知单",)),
    ],
)
def test_titles_of_every_kind(parts, lines):
    assert titles.lay(parts).lines == lines


def test_a_very_long_name_is_set_in_the_type_of_the_text():
    title = titles.lay(["示例市很长的单位名称" * 30, MATTER])
    assert title.is_long
    assert title.lines[-1] == MATTER
    assert len(title.lines) <= 14


@pytest.mark.parametrize("seed", range(40))
def test_no_word_is_split_no_line_is_too_long_and_there_is_no_waist(seed):
    draw = random.Random(seed)
    words = draw.choices(
        ["公安局", "社会保障", "群众", "企业", "和", "的", "2018年度", "走流程", "“一把手”", "服务", "了"], k=14
    )
    parts = ["示例市" + "".join(words[: draw.randint(1, 6)]) + "局", "关于" + "".join(words[6:]) + "情况的专项报告"]
    title = titles.lay(parts)
    assert "".join(title.lines) == "".join(parts)
    widths = [phrases.width(line) for line in title.lines]
    assert max(widths) <= titles.WIDE
    assert not any(line[0] in "的了”》）、" or line[-1] in "“《（和" for line in title.lines)
    for first, second in pairwise(title.lines):
        assert (first[-1] + second[0]) not in {
            "一把",
            "把手",
            "走流",
            "流程",
            "群众",
            "企业",
            "服务",
            "公安",
            "社会",
            "保障",
        }
    peak = widths.index(max(widths))
    assert all(a <= b + 0.6 for a, b in pairwise(widths[: peak + 1]))
    assert all(a >= b - 0.6 for a, b in pairwise(widths[peak:]))


def test_the_kind_of_paper_never_stands_alone():
    for length in range(1, 40):
        last = titles.lay(["关于" + "甲" * length + "情况的专项报告"]).lines[-1]
        assert last not in {"报告", "专项报告", "的专项报告", "情况的专项报告"}


def test_letters_without_a_space_are_cut():
    assert "".join(titles.lay(["W" * 300]).lines) == "W" * 300
