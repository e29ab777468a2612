"""The report has seven chapters from the figures; own words keep their place and say when the figures have changed."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pytest

from tests.compilation.conftest import content_of
from tests.reports.conftest import Paper
from walkthrough_app.compilation import papers
from walkthrough_app.compilation.compose import compose

Data = list[dict[str, Any]]
AT = datetime(2018, 8, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper(nine: Data) -> Paper:
    return Paper(papers.pdf(content_of(nine, is_reviewed=False), generated=AT).pdf)


def test_seven_chapters_and_four_annexes(paper: Paper) -> None:
    heads = (
        "一、总体情况",
        "二、主要做法",
        "三、发现的问题",
        "四、整改情况",
        "五、典型",
        "六、存在不足",
        "七、下一步建议",
    )
    places = [paper.text.index(head) for head in heads]
    assert places == sorted(places)
    for annex in ("报送情况一览表", "体验事项汇总表", "问题汇总表", "整改台账"):
        assert annex in paper.text
    assert "关于全市“一把手走流程”工作情况的汇总报告" in paper.text
    assert "共收到专项报告9份，其中按期8份，逾期1份" in paper.text


def test_what_nobody_has_looked_at_says_so(paper: Paper) -> None:
    assert "由系统按类别和文字相近程度归并，未经人工审定" in paper.text
    assert "（系统提名，待审定）" in paper.text


def test_the_data_travels_in_the_paper(paper: Paper, nine: Data) -> None:
    with pikepdf.open(BytesIO(paper.bytes)) as opened:
        assert list(opened.attachments) == ["compilation.json"]
    assert paper.attachment("compilation.json").startswith(b'{"addressee"')


def test_equal_content_gives_equal_bytes(paper: Paper, nine: Data) -> None:
    assert papers.pdf(content_of(nine, is_reviewed=False), generated=AT).pdf == paper.bytes


def test_word_says_the_same_with_real_headings(nine: Data) -> None:
    content = content_of(nine)
    document = docx.Document(BytesIO(papers.docx(content, generated=AT)))
    heads = [one.text for one in document.paragraphs if one.style.name.lower() == "heading 1"]
    assert [head.split("、")[1] for head in heads][:3] == ["总体情况", "主要做法", "发现的问题"]
    texts = "".join(document.element.body.itertext())
    for one in compose(content).texts():
        assert one.text.rstrip("。") in texts
    assert len(document.tables) >= 6


def test_own_words_stay_and_say_when_the_figures_changed(nine: Data) -> None:
    before = compose(content_of(nine[:4])).find("overview")
    assert before
    texts = {"overview": {"text": "我们的说法。", "was": before.generated}}
    same = compose(content_of(nine[:4], chosen={"texts": texts})).find("overview")
    assert same
    assert (same.text, same.is_edited, same.is_outdated) == ("我们的说法。", True, False)
    later = compose(content_of(nine, chosen={"texts": texts}))
    changed = later.find("overview")
    assert changed
    assert (changed.text, changed.is_outdated) == ("我们的说法。", True)
    assert later.paper.words.overview == "我们的说法。"


def test_cases_are_told_when_somebody_chose_them(nine: Data) -> None:
    from walkthrough_app.compilation import picks

    content = content_of(nine)
    assert compose(content).paper.models == ()
    offered = picks.models(content.material)
    chosen = {"picks": {"models": [offered[0].key], "warnings": ["warning.gone"]}}
    told = compose(content_of(nine, chosen=chosen)).paper
    assert told.models == (offered[0].text,)
    assert told.warnings == ()


def test_thin_reports_are_named_and_more_can_be_given(nine: Data) -> None:
    thin = {**nine[0], "walks": [{**nine[0]["walks"][0]}]}
    kept = ("start", "accepted", "result")
    thin["walks"][0]["events"] = [one for one in nine[0]["walks"][0]["events"] if one["kind"] in kept]
    told = compose(content_of([thin], warnings={"示例市公安局": ["两次体验用了同一张照片"]})).paper.shortcomings
    assert len(told) == 1
    for words in ("没有记录问题，也没有写明原因", "没有佐证", "缺少查询", "两次体验用了同一张照片"):
        assert words in told[0]


def test_a_compilation_without_problems_is_still_a_report(nine: Data) -> None:
    clean = {**nine[0], "walks": [{**nine[0]["walks"][0]}]}
    clean["walks"][0]["events"] = [
        one for one in nine[0]["walks"][0]["events"] if one["kind"] not in {"finding", "measure"}
    ]
    paper = Paper(papers.pdf(content_of([clean]), generated=AT).pdf)
    assert "各单位的报告没有记录问题" in paper.text
    assert "整改台账" not in paper.text
