"""The text of a report follows from its data, and reads as an official paper in every case."""

from tests.reports import story
from tests.reports.story import Walk
from walkthrough_app.documents.rows import PADDING, UPRIGHT
from walkthrough_app.reports.compose import compose
from walkthrough_app.reports.composed import Composed, Table


def text_of(walks: list[Walk], **changes: object) -> str:
    return words(compose(story.report(walks, **changes)))


def words(composed: Composed) -> str:
    return "\n".join(paragraph.lead + paragraph.text for paragraph in composed.paragraphs())


def table(composed: Composed, title: str) -> Table:
    blocks = [block for section in composed.sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Table) and block.title == title)


def test_the_outline_is_that_of_the_notice() -> None:
    composed = compose(story.report(story.three_walks()))
    assert composed.title == "示例市公安局关于“一把手走流程”情况的专项报告"
    assert composed.addressee == "市作风整顿办作风评议组（市直机关工委）"
    assert [section.heading for section in composed.sections] == [
        "基本情况",
        "体验过程和感受",
        "发现的主要问题",
        "整改措施和进展",
        "改革建议",
        "下一步工作",
    ]
    assert [annex.title for annex in composed.annexes] == ["体验事项清单", "问题整改台账", "佐证材料"]


def test_the_opening_cites_the_notice_and_says_who_walked_what_and_when() -> None:
    opening = compose(story.report(story.three_walks())).opening[0].text
    assert opening == (
        "按照《关于进一步做好“一把手走流程”工作的通知》（〔2018〕13号）要求，7月9日至12日，我局主要负责同志和分管领导"
        "采取亲身办、代理办、陪同办等方式，对3个事项进行了体验。现将有关情况报告如下："
    )


def test_table_1_holds_promised_and_actual_days() -> None:
    rows = table(compose(story.report(story.three_walks())), "体验事项一览").rows
    assert rows == (
        ("居民身份证补领", "亲身办", "主要负责同志", "7月9日至12日", "是", "112分钟", "2次", "20／3"),
        ("新生儿国内出生户口登记", "陪同办", "主要负责同志", "7月10日", "是", "110分钟", "1次", "当场／当场"),
        ("普通护照首次申请", "代理办", "分管领导", "7月12日", "待结果", "86分钟", "1次", "7／待结果"),
    )


def test_coverage_and_delegation_are_told_with_the_reason() -> None:
    text = text_of(story.three_walks())
    assert "应体验事项3个，已全部体验，覆盖率100%" in text
    assert "必须由主要负责同志亲身体验的1个，已全部亲身体验" in text
    assert "委托分管领导体验1个（原因：事项较多，不能在规定时间内完成体验）" in text


def test_a_must_walk_item_that_was_missed_is_named_with_its_explanation() -> None:
    coverage = {"listed": 3, "walked": 1, "must_walk": 2, "must_walk_by_head": 1, "delegated": 0, "reasons": []}
    missed = [{"id": "x", "task_name": "普通护照首次申请"}]
    text = text_of(
        [story.short()], coverage=coverage | {"missed": missed}, explanations={"must_walk.x": "出入境大厅正在改造。"}
    )
    assert "已体验1个，覆盖率33.3%" in text
    assert "尚未亲身体验1个：普通护照首次申请（原因：出入境大厅正在改造）。" in text


def test_minutes_of_the_steps_add_up_to_the_total() -> None:
    walk = Walk("居住证申领")
    for step, minutes in (("query", 2.4), ("prepare", 3.4), ("accept", 4.4)):
        walk.step(step, minutes)
    assert "查询3分钟，准备材料3分钟，受理4分钟，合计用时10分钟" in text_of([walk])


def test_waits_windows_trips_and_materials_are_in_the_story() -> None:
    text = text_of(story.three_walks())
    assert "其中等候47分钟，占42%。取号2次，取号到叫号共41分钟，经过2个窗口，到现场2次（公布1次）。" in text
    assert "办事指南列明材料2份，实际准备3份，其中指南之外1份。" in text
    assert "承诺20个工作日办结，实际3个工作日办结，比承诺时限提前17个工作日" in text
    assert "能否问明白、看明白：4分；能否跑明白、办明白：2分（满分5分）" in text


def test_a_walk_without_its_result_is_said_to_wait_for_it() -> None:
    text = text_of(story.three_walks())
    assert "截至7月16日尚未拿到结果，为已受理、待结果事项" in text
    assert "继续跟踪1个待结果事项，拿到结果后及时补报" in text


def test_problems_are_numbered_by_group_with_clause_and_pictures() -> None:
    composed = compose(story.report(story.three_walks()))
    leads = [paragraph.lead for paragraph in composed.paragraphs() if paragraph.key.startswith("finding.")]
    assert leads == [
        "1.网上公布的办公时间与现场不一致。",
        "2.照相与受理分在两层，须重复取号。",
        "3.须先到医院补开证明。",
        "4.窗口人员对新政策不熟。",
    ]
    assert "又等候18分钟（见图6、图7）。依据：“重复叫号排队现象是否突出”。" in words(composed)


def test_a_clause_of_another_programme_names_its_paper() -> None:
    assert "依据：《深化“四严机关”创建活动实施意见》“实行引导服务”。" in text_of([story.short()])


def test_measures_stand_by_kind_with_before_and_after() -> None:
    composed = compose(story.report(story.three_walks()))
    text = words(composed)
    assert (
        "发现的4个问题，其中立行立改1个，限期整改1个，长期坚持1个，提请协调1个。已完成整改1个，整改完成率25%。" in text
    )
    assert "问题1已于7月12日整改到位：更正网上办公时间，午间保留1个值班窗口（整改前见图4，整改后见图5）。" in text
    assert table(composed, "限期整改问题").rows[0][-1] == "2018年8月15日"
    assert "问题3涉及示例市卫生健康委员会，需协同解决" in text
    assert "请予批准" not in text


def test_reform_advice_names_item_and_effect() -> None:
    text = text_of(story.three_walks())
    assert "居民身份证补领：申请材料可减少1件。" in text
    assert "实际3个工作日即可办结，较承诺时限可压缩17个工作日" in text


def test_no_name_of_a_person_is_there_to_be_printed() -> None:
    text = text_of(story.three_walks())
    assert "局长，" not in text
    assert "主要负责同志以自己为申请人亲身办理" in text


def test_only_masked_pictures_are_shown_and_the_others_are_listed() -> None:
    walk = story.short()
    walk.photo("排队的人", mask="none")
    clean = walk.photo("空着的大厅", mask="clean")
    composed = compose(story.report([walk]))
    shown = {photo.sha256 for photo in composed.photos}
    own = {event["payload"]["media"] for event in walk.events if event["id"] == clean}
    assert own <= shown
    assert len(shown) == 3
    assert [one.text for one in composed.left_out] == ["排队的人"]


def test_a_report_without_problems_gives_the_walkers_reason() -> None:
    walk = Walk("居住证申领")
    walk.step("query", 5)
    walk.tap("no_finding", reason="一次办成，材料齐全")
    text = text_of([walk])
    assert "本次体验未发现问题。原因：一次办成，材料齐全。" in text
    assert "没有需要整改的事项" in text


def test_annexes_that_would_be_empty_are_not_bound_in() -> None:
    walk = Walk("居住证申领")
    walk.step("query", 5)
    assert [annex.title for annex in compose(story.report([walk])).annexes] == ["体验事项清单"]


def test_a_simulated_walk_says_where_it_stopped() -> None:
    walk = Walk("食品经营许可新办", is_simulated=True, simulation_stop="accept")
    walk.step("query", 5)
    composed = compose(story.report([walk]))
    assert "对1个事项进行了模拟体验" in composed.opening[0].text
    assert "为模拟体验，走到窗口看过材料、正式受理之前为止，未提交虚假信息" in words(composed)


def test_a_broken_discipline_is_told_with_its_reason() -> None:
    walk = story.short()
    walk.tap("answer", None, question="W-I1", value="no", note="被大厅主任认出")
    assert "体验居住证申领时亮明了身份（被大厅主任认出），其他要求均已做到" in text_of([walk])


def test_many_walks_are_told_in_tables() -> None:
    walks = [story.short(f"示例事项{n}", at=f"2018-07-{n:02}T09:00:00+08:00") for n in range(5, 13)]
    composed = compose(story.report(walks))
    assert len(table(composed, "各事项办理用时和评分").rows) == 8
    assert "8次体验平均用时35分钟" in words(composed)
    figure = composed.annexes[0].figure
    assert figure is not None
    assert len(figure.bars) == 8


def test_each_head_of_a_county_speaks_for_the_own_office() -> None:
    county = {"name": "示例县", "org_class": "county"}
    party = compose(story.report([story.short()], unit=county, head={"post": "县委书记"})).opening[0].text
    government = compose(story.report([story.short()], unit=county, head={"post": "县长"})).opening[0].text
    assert "我县党委主要负责同志采取" in party
    assert "我县政府主要负责同志采取" in government


def test_the_units_own_words_replace_a_generated_paragraph() -> None:
    composed = compose(story.report([story.short()], texts={"outlook": "我局将认真整改。"}))
    paragraph = composed.paragraph("outlook")
    assert paragraph is not None
    assert paragraph.text == "我局将认真整改。"
    assert paragraph.is_edited
    assert paragraph.generated.startswith("下一步")


def test_a_supplement_says_what_it_adds() -> None:
    composed = compose(story.report([story.short()], kind="supplement"))
    assert composed.title.endswith("情况的补充报告")
    assert "专项报告报送后，又有1个事项" in composed.opening[0].text


def test_a_walk_in_which_nothing_was_recorded_does_not_claim_that_nothing_was_found() -> None:
    walk = Walk("居住证申领")
    walk.step("query", 5)
    text = text_of([walk])
    assert "本次体验未记录问题，未写明原因。" in text
    assert "未发现问题" not in text


def test_only_days_on_which_something_happened_count() -> None:
    walk = Walk("居住证申领", at="2018-07-05T09:00:00+08:00")
    walk.step("query", 5)
    walk.tap("step_start", "result", after=60 * 24 * 9)
    walk.tap("result", "result", on="2018-07-06")
    walk.tap("step_stop", "result")
    assert table(compose(story.report([walk])), "体验事项一览").rows[0][3] == "7月5日至6日"


def test_a_result_later_on_the_day_of_acceptance_is_not_one_at_the_counter() -> None:
    rows = [_accepted_and_got(minutes) for minutes in (10, 300)]
    assert rows == ["20／当场", "20／当日"]


def _accepted_and_got(minutes: int) -> str:
    walk = Walk("居住证申领")
    walk.step("accept", 5)
    walk.tap("accepted", "accept", receipt="", promised_on=None)
    walk.tap("result", "result", after=minutes, on="2018-07-09")
    return table(compose(story.report([walk])), "体验事项一览").rows[0][-1]


def test_days_of_another_year_than_the_reports_name_their_year() -> None:
    walk = Walk("居住证申领", at="2017-12-28T09:00:00+08:00")
    walk.step("query", 5)
    walk.tap("accepted", "accept", receipt="", promised_on=None)
    text = text_of([walk])
    assert "2017年12月28日，主要负责同志以自己为申请人" in text
    assert "2017年12月28日窗口正式受理" in text


def test_an_average_between_two_minutes_goes_up_and_its_share_follows_from_it() -> None:
    walks = [Walk("甲事项"), Walk("乙事项")]
    for walk, minutes in zip(walks, (38, 39), strict=True):
        walk.step("query", minutes)
    assert "2次体验平均用时39分钟" in text_of(walks)


def test_a_very_long_measure_is_told_below_its_table() -> None:
    walk = story.short()
    measure = "整治" * 90
    walk.measure(walk.finding("窗口少", "C3"), "deadline", measure, steps="8月底前完成", due_on="2018-12-31")
    composed = compose(story.report([walk]))
    assert table(composed, "限期整改问题").rows[0][1] == "见表下文字"
    assert f"整改措施：{measure}。" in words(composed)


def test_dates_and_posts_in_tables_stand_on_one_line() -> None:
    columns = {
        column.title: column.width for column in table(compose(story.report([story.short()])), "体验事项一览").columns
    }
    assert columns["体验人"] >= 6


def test_the_measure_is_the_widest_column_of_the_ledger() -> None:
    ledger = compose(story.report(story.three_walks())).annexes[1].table
    assert ledger is not None
    taken = sum(column.width + PADDING for column in ledger.columns if column.width)
    assert max(column.width for column in ledger.columns) < UPRIGHT - taken - PADDING


def test_the_head_of_a_county_is_named_alike_everywhere() -> None:
    county = {"name": "示例县", "org_class": "county"}
    walk = story.short()
    data = story.report([walk], unit=county, head={"post": "县长"})
    data["walks"][0]["walker"]["post"] = "县长"
    composed = compose(data)
    assert table(composed, "体验事项一览").rows[0][2] == "政府主要负责同志"
    assert composed.annexes[0].table is not None
    assert composed.annexes[0].table.rows[0][4] == "政府主要负责同志"
