"""Nothing is put away while a problem is open, and the report says what was saved, measured, or not measured."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pytest
from bs4 import BeautifulSoup
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import desks
from tests.rectification import overdue
from tests.reports import stage, story
from tests.scenes import add_item
from walkthrough_app import jobs
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns import rules
from walkthrough_app.campaigns import service as campaigns
from walkthrough_app.campaigns.models import Campaign, CampaignState, ServiceItem
from walkthrough_app.core import clock, db
from walkthrough_app.core.audit import AuditEntry
from walkthrough_app.core.errors import Conflict, Forbidden, Invalid
from walkthrough_app.jobs import runner
from walkthrough_app.media.storage import LocalStore
from walkthrough_app.rectification import service as ledger
from walkthrough_app.rectification.closing import compose, facts, service, standing
from walkthrough_app.rectification.closing.models import ClosingReport
from walkthrough_app.rectification.machine import State
from walkthrough_app.rectification.models import Finding
from walkthrough_app.rectification.sheets import layout

Client = Callable[[User], FlaskClient]
OPEN = [state for state in State if not state.is_over]


@pytest.fixture
def ended(campaign: Campaign) -> Campaign:
    """The campaign, its reports past their day."""
    campaign.state = CampaignState.CLOSED
    db.session.commit()
    return campaign


@pytest.fixture
def store(app: Flask) -> LocalStore:
    found: LocalStore = app.extensions["media_store"]
    return found


def kept_up(cast: SimpleNamespace, campaign: Campaign, **wanted: Any) -> Finding:
    """Put a problem that is kept up for good: looked at and passed, next look in a year."""
    next_year = clock.today() + timedelta(days=365)
    plain = {"rectify_type": "ongoing", "checked_on": clock.today(), "next_look_on": next_year, "due_on": next_year}
    return overdue.put(cast.head.unit, campaign, **plain | wanted)


def test_a_campaign_whose_problems_are_over_is_put_away_once(
    cast: SimpleNamespace, ended: Campaign, client_for: Client
) -> None:
    overdue.put(cast.head.unit, ended, state=State.CLOSED)
    overdue.put(cast.stranger.unit, ended, state=State.DISMISSED)
    kept_up(cast, ended)
    overdue.put(cast.head.unit, ended, is_standing=False)  # its report lies with the unit again
    client, address = client_for(cast.office), f"/campaigns/{ended.id}/closing"
    assert "问题已经全部销号" in client.get(address).get_data(as_text=True)
    for _ in range(2):
        assert client.post(f"{address}/archive").status_code == 303
    assert ended.state is CampaignState.ARCHIVED
    assert [one.verb for one in db.session.query(AuditEntry).filter_by(subject_id=ended.id)] == ["campaign.archived"]
    assert "已归档" in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("state", OPEN)
def test_one_open_problem_keeps_it_open(
    cast: SimpleNamespace, ended: Campaign, client_for: Client, state: State
) -> None:
    overdue.put(cast.head.unit, ended, state=state)
    client, address = client_for(cast.office), f"/campaigns/{ended.id}/closing"
    page = BeautifulSoup(client.get(address).data, "html.parser")
    table = page.find(id="open")
    assert table
    assert [one.get_text() for one in table.select("thead th")] == ["单位", state.label, "合计"]
    assert page.find("form", action=f"{address}/archive") is None
    refused = client.post(f"{address}/archive")
    assert refused.status_code == 409
    assert "还有1个问题没有销号" in refused.get_data(as_text=True)
    assert ended.state is CampaignState.CLOSED


@pytest.mark.parametrize(
    "change",
    [
        {"next_look_on": None},
        {"next_look_on": date(2018, 7, 20), "due_on": date(2018, 7, 20)},  # the yearly look is due
        {"due_on": date(2030, 7, 20)},  # looked at again since, and not passed
        {"rectify_type": "deadline"},
        {"state": State.RECTIFIED},
    ],
)
def test_kept_up_means_looked_at_and_to_be_looked_at_again(
    cast: SimpleNamespace, ended: Campaign, change: dict[str, object]
) -> None:
    finding = kept_up(cast, ended, **change)
    assert standing.keeps_open(finding)
    assert (standing.of(ended).open, standing.of(ended).kept) == (1, 0)


def test_reports_may_still_come_until_their_day(cast: SimpleNamespace, campaign: Campaign) -> None:
    with pytest.raises(Conflict, match="截止以后才能归档"):
        service.archive(campaign, by=cast.office)
    with clock.pinned(clock.end_of_day(campaign.report_due + timedelta(days=1))):
        service.archive(campaign, by=cast.office)
    assert campaign.state is CampaignState.ARCHIVED


def test_what_comes_back_takes_the_campaign_out_again(cast: SimpleNamespace, ended: Campaign) -> None:
    closed = overdue.put(cast.head.unit, ended, state=State.CLOSED)
    service.archive(ended, by=cast.office)
    ledger.relapse(closed, "又要等40分钟", by=cast.style)
    db.session.commit()
    assert ended.state is CampaignState.CLOSED
    last = db.session.query(AuditEntry).filter_by(verb="campaign.unarchived").one()
    assert last.details == {"reason": f"{closed.code}反弹"}
    with pytest.raises(Conflict):
        service.archive(ended, by=cast.office)


@pytest.fixture
def countys(cast: SimpleNamespace, county: SimpleNamespace, ended: Campaign) -> Campaign:
    """The county's own campaign below the city's."""
    names = ("programme", "basis_title", "basis_number", "basis_issuer", "opens_on", "walk_due", "report_due")
    fields = {name: getattr(ended, name) for name in (*names, "questionnaire_id")}
    made = Campaign(title="示例县走流程", parent_id=ended.id, county_id=cast.county.unit.id, **fields)
    made.state = CampaignState.CLOSED
    db.session.add(made)
    db.session.commit()
    return made


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.CLOSED])
def test_the_citys_campaign_waits_for_those_of_its_counties(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    ended: Campaign,
    countys: Campaign,
    client_for: Client,
    state: CampaignState,
) -> None:
    countys.state = state
    db.session.commit()
    client, address = client_for(cast.office), f"/campaigns/{ended.id}/closing"
    told = "示例县在这个活动下面的活动还没有归档，归档以后市里才能归档。"
    assert told in client.get(address).text
    refused = client.post(f"{address}/archive")
    assert (refused.status_code, told in refused.text) == (409, True)
    countys.state = CampaignState.ARCHIVED
    db.session.commit()
    assert client.post(f"{address}/archive").status_code == 303
    assert ended.state is CampaignState.ARCHIVED


def test_one_that_a_county_only_prepares_holds_nothing_up_and_begins_no_more(
    cast: SimpleNamespace, county: SimpleNamespace, ended: Campaign, countys: Campaign
) -> None:
    countys.state = CampaignState.DRAFT
    service.archive(ended, by=cast.office)
    with pytest.raises(Conflict, match="市里的活动已经归档"):
        rules.check_state(countys, CampaignState.OPEN)


def test_what_comes_back_in_a_county_takes_both_out_again(
    cast: SimpleNamespace, county: SimpleNamespace, ended: Campaign, countys: Campaign
) -> None:
    closed = overdue.put(county.head.unit, countys, state=State.CLOSED)
    service.archive(countys, by=county.office)
    service.archive(ended, by=cast.office)
    ledger.relapse(closed, "又要等40分钟", by=county.office)
    db.session.commit()
    assert {countys.state, ended.state} == {CampaignState.CLOSED}
    last = db.session.query(AuditEntry).filter_by(verb="campaign.unarchived", subject_id=ended.id).one()
    assert last.details == {"reason": f"示例县走流程：{closed.code}反弹"}


def test_a_campaign_put_away_is_only_looked_at(cast: SimpleNamespace, ended: Campaign, client_for: Client) -> None:
    service.archive(ended, by=cast.office)
    db.session.commit()
    page = client_for(cast.office).get(f"/campaigns/{ended.id}").get_data(as_text=True)
    assert "活动已经归档，只能查看。" in page
    assert "保存活动" not in page
    fields = {name: getattr(ended, name) for name in ("title", "opens_on", "walk_due", "report_due", "questionnaire")}
    with pytest.raises(Conflict, match="已经归档"):
        campaigns.change_campaign(ended, by=cast.office, **fields, state=CampaignState.OPEN)


def test_it_is_not_put_away_by_the_form_of_the_campaign(cast: SimpleNamespace, ended: Campaign) -> None:
    fields = {name: getattr(ended, name) for name in ("title", "opens_on", "walk_due", "report_due", "questionnaire")}
    with pytest.raises(Conflict):
        campaigns.change_campaign(ended, by=cast.office, **fields, state=CampaignState.ARCHIVED)


def test_taking_it_out_again_needs_a_reason(cast: SimpleNamespace, ended: Campaign, client_for: Client) -> None:
    service.archive(ended, by=cast.office)
    db.session.commit()
    with pytest.raises(Invalid):
        service.unarchive(ended, "", by=cast.office)
    client, address = client_for(cast.office), f"/campaigns/{ended.id}/closing/unarchive"
    assert "请写明撤销归档的理由。" in client.post(address, data={"reason": ""}).get_data(as_text=True)
    assert client.post(address, data={"reason": "补一份报告"}).status_code == 303
    assert ended.state is CampaignState.CLOSED
    assert client.post(address, data={"reason": "补一份报告"}).status_code == 409


def test_only_the_office_puts_away(
    cast: SimpleNamespace, county: SimpleNamespace, ended: Campaign, client_for: Client
) -> None:
    address = f"/campaigns/{ended.id}/closing"
    for who in (cast.style, cast.coord):
        assert client_for(who).get(address).status_code == 200
        for deed in ("archive", "report", "unarchive"):
            assert client_for(who).post(f"{address}/{deed}", data={"reason": "要"}).status_code == 403
    for who in (cast.head, cast.liaison, cast.admin):
        assert client_for(who).get(address).status_code == 403
        assert client_for(who).post(f"{address}/archive").status_code == 403
    assert client_for(county.office).get(address).status_code == 404
    assert client_for(county.office).post(f"{address}/archive").status_code == 404
    assert client_for(cast.office).get(f"{address}/v1/pdf").status_code == 404
    with pytest.raises(Forbidden):
        service.ask(ended, by=cast.style)


def walk(at: str, *, role: str = "head", wait: int, trips: int = 1, prepare: int = 10) -> story.Walk:
    told = story.Walk("居住证申领", role=role, at=at)
    told.step("query", 5)
    told.step("prepare", prepare)
    told.queue(wait)
    for _ in range(trips - 1):
        told.tap("trip")
    told.step("accept", 10)
    told.tap("accepted", "accept", receipt="", promised_on=None)
    told.tap("result", "result", on=at[:10])
    told.step("result", 2)
    told.discreet()
    return told


@pytest.fixture
def play(cast: SimpleNamespace, campaign: Campaign, item: ServiceItem, store: LocalStore) -> SimpleNamespace:
    """A queue of 60 minutes found by the head and put right; another item where nobody went again."""
    first, other = walk("2018-07-09T08:30:00+08:00", wait=60, trips=3), story.short("居民身份证补领")
    key = first.finding("取号后排队等候60分钟", "C2", fact="大厅只开1个窗口。")
    first.measure(key, "deadline", "增开窗口", steps="调配人员", due_on="2018-08-15")
    first.tap("finish", after=1)
    key = other.finding("指南没有写复印件", "A4", step="prepare")
    other.measure(key, "deadline", "修订指南", steps="修订", due_on="2018-08-15")
    walks = [
        stage.put_walk(cast.head, campaign, item, first, store),
        stage.put_walk(cast.head, campaign, add_item(cast.head.unit, "居民身份证补领"), other, store),
    ]
    desks.hand_in(SimpleNamespace(campaign=campaign, store=store), cast.head, *walks)
    findings = {one.title: one for one in db.session.query(Finding)}
    for one in findings.values():
        one.state, one.rectified_on, one.due_on = State.CLOSED, date(2018, 7, 20), date(2018, 8, 15)
        one.result, one.closed_at = "已经整改到位", clock.now()
    db.session.commit()
    return SimpleNamespace(
        campaign=campaign, item=item, queue=findings["取号后排队等候60分钟"], rest=findings["指南没有写复印件"]
    )


def again(play: SimpleNamespace, cast: SimpleNamespace, store: LocalStore, at: str, **told: Any) -> None:
    later = walk(at, role="deputy", **told)
    later.tap("finish", after=1)
    stage.put_walk(cast.deputy, play.campaign, play.item, later, store)


def test_the_effect_is_what_a_later_walk_measured(
    play: SimpleNamespace, cast: SimpleNamespace, store: LocalStore
) -> None:
    again(play, cast, store, "2018-08-20T08:30:00+08:00", wait=15, prepare=12)
    data = facts.gather(play.campaign, cast.office)
    assert [(one["item"], one["minutes"], one["trips"]) for one in data["items"]] == [("居住证申领", [87, 44], [3, 1])]
    measured = {one["title"]: one["step_minutes"] for one in data["findings"]}
    assert (measured[play.queue.title], measured[play.rest.title]) == ([60, 15], None)
    text = "".join(line for chapter in compose.compose(data).chapters for line in chapter.texts)
    assert "用时（1个事项）合计由87分钟变为44分钟，减少43分钟；跑动（1个事项）合计由3次变为1次，减少2次" in text
    assert "另有1个事项整改以后没有再走，没有后续测量，不计入成效。" in text


def test_what_grew_is_said_too(play: SimpleNamespace, cast: SimpleNamespace, store: LocalStore) -> None:
    again(play, cast, store, "2018-08-20T08:30:00+08:00", wait=75, trips=3)
    text = str(compose.compose(facts.gather(play.campaign, cast.office)).chapters)
    assert "合计由87分钟变为102分钟，增加15分钟；跑动（1个事项）合计由3次变为3次，没有变化" in text


def test_a_walk_before_the_work_was_done_measures_nothing(
    play: SimpleNamespace, cast: SimpleNamespace, store: LocalStore
) -> None:
    again(play, cast, store, "2018-07-15T08:30:00+08:00", wait=15)
    data = facts.gather(play.campaign, cast.office)
    assert data["items"] == []
    text = str(compose.compose(data).chapters)
    assert "都没有再走流程，没有后续测量，不计算成效" in text


def test_rates_are_counted_by_unit(cast: SimpleNamespace, ended: Campaign) -> None:
    with overdue.at(date(2026, 11, 2)):
        police, other = cast.head.unit, cast.stranger.unit
        overdue.put(police, ended, state=State.CLOSED, rectified_on=overdue.BEFORE_HOLIDAY)
        overdue.put(police, ended, state=State.CLOSED, rectified_on=date(2026, 10, 8), relapse_count=1)
        overdue.put(police, ended, state=State.DISMISSED)
        overdue.put(other, ended)
        overdue.put(other, ended, due_on=date(2026, 12, 1))
        data = facts.gather(ended, cast.office)
    assert [
        (one["unit"], one["problems"], one["closed"], one["ended"], one["on_time"], one["relapsed"], one["dismissed"])
        for one in data["units"]
    ] == [("示例市人力资源和社会保障局", 2, 0, 1, 0, 0, 0), ("示例市公安局", 2, 2, 2, 1, 1, 1)]
    text = str(compose.compose(data).chapters)
    assert "共登记问题4个（另有1个不予立项），涉及2个单位。已销号2个，销号率50%，还有2个没有销号。" in text
    assert "按期完成1个，按期完成率33.3%。销号以后反弹1个，反弹率25%。" in text


def test_the_report_is_made_in_the_background_in_three_forms(
    play: SimpleNamespace,
    cast: SimpleNamespace,
    store: LocalStore,
    client_for: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "BEAT_SECONDS", 3600)  # the test's own transaction holds the lock it would wait for
    again(play, cast, store, "2018-08-20T08:30:00+08:00", wait=15)
    client, address = client_for(cast.office), f"/campaigns/{play.campaign.id}/closing"
    for _ in range(2):
        assert client.post(f"{address}/report").status_code == 303
    waiting = client.get(address)
    assert waiting.headers["Refresh"]
    assert client.get(f"{address}/v1/pdf").status_code == 409
    jobs.run_pending()
    db.session.expire_all()
    assert db.session.query(ClosingReport).count() == 1
    files = {kind: client.get(f"{address}/v1/{kind}", buffered=True) for kind in ("pdf", "docx", "xlsx")}
    assert {one.status_code for one in files.values()} == {200}
    with pdfplumber.open(io.BytesIO(files["pdf"].data)) as pdf:
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    assert "问题整改情况的总结报告" in text
    assert "合计由87分钟变为42分钟" in text
    word = "".join(one.text for one in Document(io.BytesIO(files["docx"].data)).paragraphs)
    assert "整改成效" in word
    book = load_workbook(io.BytesIO(files["xlsx"].data))
    assert book.sheetnames == ["问题整改前后对照表", "整改成效测算表", "各单位整改情况表", *layout.SHEETS[:3]]
    over = list(book[layout.SHEETS[2]].values)
    assert list(over[0]) == layout.TITLES
    row = dict(zip(layout.TITLES, over[1], strict=True))
    assert (row["序号"], row["问题编号"], row["状态"]) == (1, min(play.queue.code, play.rest.code), "销号")
    assert row["完成日期"].date() == date(2018, 7, 20)
    assert "V1" in client.get(address).get_data(as_text=True)
    assert client_for(cast.style).get(f"{address}/v1/pdf", buffered=True).status_code == 200
