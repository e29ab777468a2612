"""单项体验记录表: one page a walk with every entry of the record, for those who may see the walk."""

import io
from collections.abc import Callable
from types import SimpleNamespace

import pdfplumber
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.documents.measure import BOTTOM, MM
from tests.reports import stage, story
from tests.reports.story import Walk
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core.errors import Invalid
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.reports import sheet
from walkthrough_app.reports.commands import render as command
from walkthrough_app.walkthroughs import package
from walkthrough_app.walkthroughs.models import Walkthrough

Doors = Callable[[User], FlaskClient]
PEOPLE = ("head", "liaison", "office", "deputy", "stranger", "county", "style", "admin")
FORM = [
    "活动",
    "单位",
    "体验人",
    "是否委托",
    "事项",
    "方式",
    "日期",
    "模拟",
    "暗访纪律",
    "用时",
    "环节",
    "开始—结束",
    "评分",
    "要点",
    "排队",
    "材料",
    "跑动次数",
    "办理时限",
    "群众意见",
    "问题编号",
    "佐证编号",
    "总体评价",
    "本人确认",
    "体验人签名",
]


def data_of(*walks: Walk) -> dict:
    return package.build(
        campaign=story.CAMPAIGN,
        unit=story.UNIT,
        walks=[walk.json() for walk in walks],
        questionnaires=[one["document"] for one in story.questionnaires()],
    )


def lay_out(*walks: Walk) -> SimpleNamespace:
    rendered = sheet.render(data_of(*walks))
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        pages = list(opened.pages)
        texts = ["".join(char["text"] for char in page.chars) for page in pages]
        edges = [max(edge["bottom"] for edge in page.edges) * MM for page in pages]
    return SimpleNamespace(rendered=rendered, texts=texts, edges=edges)


def of(walk: Walk) -> sheet.Sheet:
    (made,) = sheet.sheets(data_of(walk))
    return made


@pytest.fixture(scope="module")
def summer() -> SimpleNamespace:
    return lay_out(*story.three_walks())


@pytest.fixture(scope="module")
def long() -> SimpleNamespace:
    """A walk with fifteen problems, and a feeling of many lines."""
    walk = story.identity_card()
    for n in range(15):
        walk.finding(f"第{n}个问题开头，办理过程中反复要求提供说明文字比较长的材料，第{n}个问题结尾", "D1")
    for n in range(40):
        walk.tap("note", "accept", text=f"第{n}次询问窗口")
    walk.tap("feeling", text="开头<script>alert(1)</script>" + "群众须两次取号，多跑一层楼。" * 60 + "结尾")
    return lay_out(walk)


def test_each_walk_takes_one_page_with_the_whole_form(summer: SimpleNamespace) -> None:
    assert len(summer.texts) == 3
    for text, edge in zip(summer.texts, summer.edges, strict=True):
        assert [name for name in FORM if name not in text] == []
        assert edge < BOTTOM + 0.3
    assert summer.rendered.missing_glyphs == ()


def test_the_sheet_says_what_the_record_says(summer: SimpleNamespace) -> None:
    text = summer.texts[0]
    for words in (
        "“一把手走流程”专项行动",
        "示例市公安局",
        "主要负责同志（局长）",
        "否，亲自体验",
        "必须亲身体验：核心职能、群众反映强烈",
        "2018年7月9日至12日",
        "未亮身份：是；未打招呼：是；未安排陪同：是；全程本人亲自办：是",
        "第1次　7月9日9:17取号A001（前面14人），9:40叫号（31号窗口），等候23分钟",
        "指南2份／实际3份／指南外1份",
        "跑动2次（公布1次），窗口2个",
        "承诺20个工作日／实际3个工作日（7月9日受理，7月12日拿到结果）",
        "问题1　照相与受理分在两层，须重复取号（C7重复叫号，较重，限期整改，照片1、2）",
        "照片共8张（排队：照片1至4；受理：照片5至6；查询：照片7至8）",
        "能否问明白、看明白：4分；能否跑明白、办明白：2分",
        "群众须两次取号，多跑一层楼。",
        "体验人于2018年7月12日10时30分核对无误，确认走完",
    ):
        assert words in text.replace("\n", ""), words


def test_each_step_has_its_times_score_and_points() -> None:
    rows = {row.title: row for row in of(story.identity_card()).steps}
    assert (rows["查询"].span, rows["查询"].took, rows["查询"].score) == ("7月9日8:30—8:42", "12分钟", "4分")
    assert "电话打了几次才接通：3次" in rows["查询"].points
    assert "办公时间说清楚了：不清楚" in rows["查询"].points
    assert rows["跟踪进程"].span == "—"
    assert rows["拿结果"].points == "怎样拿到结果：再跑一趟；时限还能压缩吗：可压缩"


def test_minutes_of_the_steps_are_those_of_the_ribbon() -> None:
    made = of(story.identity_card())
    drawn = {one.label: one.minutes for one in made.segments}
    titles = {step.title: step.short for step in made.journey.record.document.steps}
    timed = [row for row in made.steps if row.took != "—"]
    assert {titles[row.title]: row.took for row in timed} == {label: f"{n}分钟" for label, n in drawn.items()}


def test_a_delegated_walk_on_behalf_says_why_for_whom_and_that_it_waits() -> None:
    made = of(story.passport())
    assert made.delegated == "是（事项较多，不能在规定时间内完成体验）"
    assert made.mode == "代理办（受群众委托，范围为全程）"
    assert made.state == "已受理、待结果"
    assert made.limits == "承诺7个工作日／实际待结果（7月12日受理）"
    assert made.problems.startswith("未发现问题（流程顺畅")
    assert "7月13日10:24电话：答复正在制证" in next(row.points for row in made.steps if row.title == "跟踪进程")
    assert made.confirmed == "尚未确认"


def test_an_accompanied_walk_passes_on_what_was_said() -> None:
    made = of(story.newborn())
    assert made.mode == "陪同办（已征得同意）"
    assert "希望医院能直接打印出生证明" in made.voice


def test_a_simulated_walk_says_where_it_stopped() -> None:
    stop = of(story.short()).journey.record.document.simulation_stops[0]
    made = of(story.short(is_simulated=True, simulation_stop=stop.id))
    assert made.simulated == f"是，走到{stop.name}"
    assert made.state == "模拟体验"


def test_a_broken_rule_stands_with_its_explanation() -> None:
    walk = story.short()
    walk.tap("answer", None, question="W-I3", value="no", note="大厅主任认出了我。")
    assert "未安排陪同：否（大厅主任认出了我）" in of(walk).discipline


def test_a_time_put_right_by_hand_says_why() -> None:
    walk = story.short()
    walk.tap("timing", "prepare", seconds=1800, reason="忘了停表")
    row = next(row for row in of(walk).steps if row.title == "准备材料")
    assert (row.took, row.points) == ("30分钟", "用时更正：忘了停表")


def test_recordings_are_counted_beside_the_photos() -> None:
    walk = story.short()
    for sort in ("video", "voice", "voice"):
        walk.tap("clip", "queue", sort=sort, type=f"{sort}/webm", size=20_000, seconds=9)
    assert of(walk).evidence == "照片共2张（排队：照片1至2），录像1段，录音2段"


def test_a_walk_hardly_begun_has_a_sheet_with_blanks() -> None:
    made = lay_out(Walk("居住证申领"))
    assert len(made.texts) == 1
    assert "未亮身份：—" in made.texts[0]
    assert "尚未确认" in made.texts[0]


def test_a_void_walk_says_so() -> None:
    walk = story.short()
    walk.tap("void", reason="走错了大厅。")
    assert of(walk).state == "已作废（走错了大厅）"


def test_number_and_year_tell_sheets_apart() -> None:
    numbers = {of(walk).number for walk in story.three_walks()}
    assert len(numbers) == 3
    assert all(number.startswith("TY-2018-") for number in numbers)


def test_a_long_record_goes_on_row_by_row_and_loses_nothing(long: SimpleNamespace) -> None:
    text = "".join(long.texts)
    assert len(long.texts) in {2, 3}
    for n in range(15):
        assert f"第{n}个问题开头" in text
        assert f"第{n}个问题结尾" in text
    assert "第39次询问窗口" in text
    assert "开头<script>alert(1)</script>群众" in text
    assert all(edge < BOTTOM + 0.3 for edge in long.edges)


def test_equal_data_gives_equal_bytes(summer: SimpleNamespace) -> None:
    assert sheet.render(data_of(*story.three_walks())).pdf == summer.rendered.pdf


def test_a_changed_questionnaire_is_refused() -> None:
    data = data_of(story.short())
    data["questionnaires"][0]["sha256"] = "0" * 64
    with pytest.raises(Invalid, match="被改动过"):
        sheet.render(data)


def test_the_unit_and_the_office_open_the_sheet_and_nobody_else(
    walk: Walkthrough, cast: SimpleNamespace, client_for: Doors
) -> None:
    found = {name: client_for(getattr(cast, name)).get(f"/walks/{walk.id}/sheet.pdf").status_code for name in PEOPLE}
    assert found == dict.fromkeys(PEOPLE, 404) | {"head": 200, "liaison": 200, "office": 200}


def test_the_deputy_opens_the_sheet_of_the_walk_the_deputy_walked(
    cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore, client_for: Doors
) -> None:
    mine = stage.put_walk(cast.deputy, campaign, item, story.short(role="deputy"), store)
    answer = client_for(cast.deputy).get(f"/walks/{mine.id}/sheet.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client_for(cast.deputy2).get(f"/walks/{mine.id}/sheet.pdf").status_code == 404


def test_nobody_opens_it_without_signing_in(walk: Walkthrough, anonymous: FlaskClient) -> None:
    assert "/sign-in" in anonymous.get(f"/walks/{walk.id}/sheet.pdf").headers["Location"]


def test_the_page_of_a_finished_walk_offers_the_sheet(
    walk: Walkthrough, cast: SimpleNamespace, client_for: Doors
) -> None:
    for person in (cast.head, cast.liaison, cast.office):
        page = client_for(person).get(f"/walks/{walk.id}/review").text
        assert f"/walks/{walk.id}/sheet.pdf" in page
        assert "打印记录表" in page


def test_the_command_writes_the_sheets_beside_the_report(pack: Callable, tmp_path) -> None:
    source = pack([story.short(), story.passport()])
    report, sheets = tmp_path / "报告.pdf", tmp_path / "记录表.pdf"
    result = CliRunner().invoke(command, [str(source), "-o", str(report), "--sheets", str(sheets)])
    assert result.exit_code == 0, result.output
    assert f"已生成 {sheets}，共2页。" in result.output
    assert sheets.read_bytes().startswith(b"%PDF")


def test_sheets_that_cannot_be_written_are_refused_before_the_work(pack: Callable, tmp_path) -> None:
    report, nowhere = tmp_path / "报告.pdf", tmp_path / "没有" / "记录表.pdf"
    result = CliRunner().invoke(command, [str(pack()), "-o", str(report), "--sheets", str(nowhere)])
    assert result.exit_code == 1
    assert "没有文件夹" in result.output
    assert not report.exists()
