"""督办通知单: drafted from findings, issued, signed, answered, confirmed, decided, urged, given more time."""

from datetime import date, datetime, timedelta

import pytest

from tests.rectification import paper_stage as papers
from walkthrough_app.core import clock, db
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.models import Extension
from walkthrough_app.rectification.papers import conditions, queries, service
from walkthrough_app.rectification.papers.life import Kind, State, Verb
from walkthrough_app.rectification.papers.models import OfficialPaper
from walkthrough_app.rectification.papers.service import prints


@pytest.fixture
def store(app) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


@pytest.fixture
def finding(cast, campaign, store):
    return papers.finding(cast.head, campaign, store)


@pytest.fixture
def paper(cast, finding) -> OfficialPaper:
    return papers.issued(cast.office, finding)


def test_a_notice_is_drafted_from_the_ledger_and_issued(cast, finding, client_for):
    office = client_for(cast.office)
    page = office.get(f"/papers/notices/new?finding={finding.id}").text
    assert "督办原因：工作需要" in page
    sent = papers.fields(page)
    assert sent["matter"] == "“居住证申领”取号后排队等候20分钟问题限期整改"
    assert finding.code in sent["basis"]
    assert "〔2018〕13号" in sent["basis"]
    assert office.post(f"/papers/notices/new?finding={finding.id}", data=sent).status_code == 303
    assert office.post(f"/papers/notices/new?finding={finding.id}", data=sent).status_code == 303  # repeated
    made = db.session.query(OfficialPaper).one()
    assert (made.state, made.number, made.unit_id) == (State.DRAFT, None, cast.head.unit_id)
    shown = office.get(f"/papers/{made.id}").text
    assert "草稿" in shown
    assert "签发时编号" in shown
    assert papers.send(office, f"/papers/{made.id}/issue").status_code == 303
    year = clock.today().year
    assert f"督办〔{year}〕1号" in office.get(f"/papers/{made.id}").text
    assert "督办〔" in office.get("/papers").text


def test_its_whole_life_from_signing_to_the_end(cast, finding, paper, client_for):
    liaison, head, office = client_for(cast.liaison), client_for(cast.head), client_for(cast.office)
    assert "请签收" in liaison.get(f"/papers/{paper.id}").text
    assert papers.send(liaison, f"/papers/{paper.id}/sign").status_code == 303
    assert papers.said(liaison, paper, "reply", done="大厅增开两个窗口。", result="等候降到8分钟。").status_code == 303
    assert "请您确认" not in liaison.get(f"/papers/{paper.id}").text
    assert papers.send(liaison, f"/papers/{paper.id}/confirm").status_code == 403
    assert "请您确认" in head.get(f"/papers/{paper.id}").text
    assert papers.send(head, f"/papers/{paper.id}/confirm").status_code == 303
    refused = papers.said(office, paper, "approve", reason="属实。")
    assert refused.status_code == 409
    assert "还没有报告已整改" in refused.text
    _rectified(finding)
    assert papers.said(office, paper, "approve", reason="现场核对属实。").status_code == 303
    db.session.refresh(paper)
    assert paper.state is State.CLOSED
    frozen = paper.prints[1].data["life"]
    assert frozen["review"]["verdict"] == "closed"
    assert frozen["received"]["post"] == "示例市公安局办公室主任"
    assert frozen["reply"]["confirmed"]["post"] == "示例市公安局局长"
    assert "办结稿" in office.get(f"/papers/{paper.id}").text


def test_what_is_sent_back_is_answered_anew_by_a_new_day(cast, paper, client_for):
    service.sign(paper, by=cast.liaison)
    service.reply(paper, "正在改。", "还没有改完。", by=cast.liaison)
    service.confirm(paper, by=cast.head)
    office, again = client_for(cast.office), clock.today() + timedelta(days=7)
    page = papers.said(office, paper, "send-back", reason="", due_on=again.isoformat())
    assert "请写明退回重办的理由。" in page.text
    assert papers.said(office, paper, "send-back", reason="没有改完。", due_on=again.isoformat()).status_code == 303
    assert (paper.state, paper.due_on) == (State.RETURNED, again)
    service.reply(paper, "改完了。", "已经改完。", by=cast.liaison)
    assert paper.state is State.ANSWERED
    assert prints.freeze(paper)["life"]["reply"]["confirmed"] is None  # the first confirmation was of other words


def test_urging_is_written_down_with_day_way_and_answer(cast, paper, client_for):
    office, today = client_for(cast.office), clock.today().isoformat()
    assert papers.said(office, paper, "urge", on=today, channel="电话", answer="正在调试设备").status_code == 303
    shown = client_for(cast.liaison).get(f"/papers/{paper.id}").text
    assert "催办" in shown
    assert "正在调试设备" in shown
    assert prints.freeze(paper)["life"]["urges"] == [{"on": today, "channel": "电话", "answer": "正在调试设备"}]
    with pytest.raises(Invalid):
        service.urge(paper, clock.today(), "飞鸽", "", by=cast.office)
    with pytest.raises(Invalid):
        service.urge(paper, clock.today() - timedelta(days=1), "电话", "", by=cast.office)


def test_overdue_counts_working_days_from_the_day_it_was_due_around_the_national_holiday(cast, finding):
    monday = clock.from_local(datetime(2025, 9, 29, 9, 0))
    with clock.pinned(monday):
        paper = papers.notice(cast.office, finding, due_on=date(2025, 9, 30))
        service.issue(paper, by=cast.office)
        assert paper.late_days == 0
    for day, late in ((8, 1), (9, 1), (10, 2), (11, 3), (13, 4)):  # 1–8 October are free, Saturday 11 is worked
        with clock.pinned(clock.from_local(datetime(2025, 10, day, 9, 0))):
            assert paper.late_days == late


def test_an_extension_of_its_finding_gives_the_notice_more_time(cast, finding, paper):
    ledger.sign(finding, by=cast.liaison, plan=_plan(finding))
    later = (paper.due_on or clock.today()) + timedelta(days=30)
    ledger.ask_extension(finding, later, "设备没有到货。", "已经订货。", by=cast.liaison)
    ledger.answer_extension(finding, grant=True, by=cast.office)
    db.session.commit()
    assert paper.due_on == later
    told = prints.freeze(paper)["life"]["extensions"]
    assert [(one["reason"], one["new_due_on"]) for one in told] == [("设备没有到货。", later.isoformat())]
    assert db.session.query(Extension).count() == 1


def test_a_notice_says_why_it_is_issued(finding):
    assert conditions.reasons([finding]) == ["工作需要"]
    finding.severity, finding.relapse_count = "serious", 1
    finding.due_on = clock.today() - timedelta(days=1)
    assert conditions.reasons([finding]) == ["整改逾期", "问题严重", "整改后反弹"]


def test_a_unit_that_helps_reads_it_and_does_nothing(cast, finding, client_for):
    office = client_for(cast.office)
    address = f"/papers/notices/new?finding={finding.id}"
    sent = papers.fields(office.get(address).text) | {"co_units": str(cast.stranger.unit_id)}
    office.post(address, data=sent)
    made = db.session.query(OfficialPaper).one()
    stranger = client_for(cast.stranger)
    assert stranger.get(f"/papers/{made.id}").status_code == 404  # a draft is the desk's own
    service.issue(made, by=cast.office)
    db.session.commit()
    shown = stranger.get(f"/papers/{made.id}")
    assert "协办单位" in shown.text
    assert papers.send(stranger, f"/papers/{made.id}/sign").status_code == 403


def test_strangers_see_nothing_and_only_its_own_desk_acts(cast, county, paper, client_for):
    for who in (cast.stranger, cast.admin, cast.coord, county.head, county.office):
        assert client_for(who).get(f"/papers/{paper.id}").status_code in {403, 404}
        assert paper.title not in client_for(who).get("/papers").text
    for verb in ("urge", "issue", "drop", "approve", "send-back"):
        assert papers.send(client_for(cast.head), f"/papers/{paper.id}/{verb}").status_code == 403
    for verb in ("sign", "reply", "confirm"):
        assert papers.send(client_for(cast.office), f"/papers/{paper.id}/{verb}").status_code == 403
        assert papers.send(client_for(cast.stranger), f"/papers/{paper.id}/{verb}").status_code == 404
    assert client_for(cast.office).get("/papers/00000000-0000-4000-8000-000000000000").status_code == 404


def test_a_group_writes_about_its_own_lane_only(cast, finding, paper, client_for):
    style, coord = client_for(cast.style), client_for(cast.coord)
    assert style.get(f"/papers/notices/new?finding={finding.id}").status_code == 200
    assert coord.get(f"/papers/notices/new?finding={finding.id}").status_code == 404
    assert style.get(f"/papers/{paper.id}").status_code == 404  # the office's own
    own = papers.issued(cast.style, finding)
    assert style.get(f"/papers/{own.id}").status_code == 200
    assert client_for(cast.office).get(f"/papers/{own.id}").status_code == 200
    assert own.code.endswith("2号")  # one row of numbers for the whole office
    assert client_for(cast.head).get(f"/papers/notices/new?finding={finding.id}").status_code == 403


def test_one_matter_one_paper(cast, campaign, store, finding, client_for):
    other = papers.finding(cast.stranger, campaign, store)
    address = f"/papers/notices/new?finding={finding.id}&finding={other.id}"
    answer = client_for(cast.office).get(address)
    assert answer.status_code == 409
    assert "只发给一个责任单位" in answer.text
    assert client_for(cast.office).get("/papers/notices/new").status_code == 409
    assert client_for(cast.office).get("/papers/notices/new?finding=x").status_code == 404


def test_a_form_counts_once_and_a_wrong_state_is_one_sentence(cast, paper, client_for):
    head, once = client_for(cast.head), papers.form_id()
    for _ in range(2):
        assert head.post(f"/papers/{paper.id}/sign", data={"entry": once}).status_code == 303
    again = papers.send(head, f"/papers/{paper.id}/sign")
    assert again.status_code == 409
    assert "现在是“已签收”，不能“签收”" in again.text
    assert head.post(f"/papers/{paper.id}/confirm", data={"entry": once}).status_code == 409  # another deed's form
    assert head.post(f"/papers/{paper.id}/confirm", data={"entry": "x"}).status_code == 404
    assert [one.verb for one in paper.entries].count(Verb.SIGN) == 1
    with pytest.raises(Conflict):
        service.issue(paper, by=cast.office)
    with pytest.raises(Conflict):
        service.drop(paper, by=cast.office)
    with pytest.raises(Forbidden):
        service.approve(paper, "好", by=cast.head)


def test_a_closed_problem_and_a_term_that_is_over_stop_the_issue(cast, finding, client_for):
    late = papers.notice(cast.office, finding, due_on=clock.today() - timedelta(days=1))
    answer = papers.send(client_for(cast.office), f"/papers/{late.id}/issue")
    assert answer.status_code == 409
    assert "请先改时限" in answer.text
    good = papers.notice(cast.office, finding)
    finding.is_standing = False
    db.session.commit()
    with pytest.raises(Conflict):
        service.issue(good, by=cast.office)


def test_a_dropped_draft_leaves_no_gap_in_the_numbers(cast, finding, client_for):
    first, second = papers.notice(cast.office, finding), papers.notice(cast.office, finding)
    assert papers.send(client_for(cast.office), f"/papers/{first.id}/drop").status_code == 303
    service.issue(second, by=cast.office)
    assert (first.number, second.number) == (None, 1)
    with pytest.raises(NotFound):
        service.draft(_copy(second, Kind.BRIEF), by=cast.office, paper_id=second.id)


def test_a_draft_is_changed_and_then_issued_as_it_stands(cast, finding, client_for):
    paper, office = papers.notice(cast.office, finding), client_for(cast.office)
    sent = papers.fields(office.get(f"/papers/{paper.id}/edit").text) | {
        "matter": "排队太久限期整改",
        "text_0": "等了20分钟。",
    }
    assert office.post(f"/papers/{paper.id}/edit", data=sent | {"due_on": ""}).status_code == 200
    assert office.post(f"/papers/{paper.id}/edit", data=sent).status_code == 303
    assert (paper.title, paper.data["problems"][0]["text"]) == ("排队太久限期整改", "等了20分钟。")
    service.issue(paper, by=cast.office)
    db.session.commit()
    assert office.post(f"/papers/{paper.id}/edit", data=sent | {"entry": papers.form_id()}).status_code == 409
    assert client_for(cast.head).get(f"/papers/{paper.id}/edit").status_code == 403


def test_lists_show_what_waits_and_what_is_late(cast, paper, client_for):
    head = client_for(cast.head)
    assert paper.title in head.get("/papers?only=waiting").text
    assert paper.title not in head.get("/papers?only=late").text
    with clock.pinned(clock.now() + timedelta(days=60)):
        assert queries.page(cast.office, queries.Filters(is_late=True))[1] == 1
    assert paper.title not in head.get("/papers?kind=letter&page=99999999").text


def _plan(finding):
    return ledger.Plan("deadline", "增开窗口。", "先培训，再开窗。", finding.due_on)


def _rectified(finding) -> None:
    from walkthrough_app.rectification.machine import State as FindingState

    finding.state = FindingState.RECTIFIED
    db.session.commit()


def _copy(paper: OfficialPaper, kind: Kind) -> service.Draft:
    return service.Draft(kind, paper.campaign, paper.title, paper.data, paper.unit)
