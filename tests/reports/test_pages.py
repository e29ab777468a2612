"""The pages of a report, from the first click of the liaison to the decision of the lane."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import time_machine
from flask.testing import FlaskClient

from tests.reports import stage
from walkthrough_app.accounts.models import User
from walkthrough_app.campaigns.models import Campaign, ServiceItem
from walkthrough_app.core import clock
from walkthrough_app.reports import service
from walkthrough_app.reports.models import Report, ReportState
from walkthrough_app.walkthroughs import package
from walkthrough_app.walkthroughs.models import Walkthrough

Doors = Callable[[User], FlaskClient]


def test_the_list_offers_the_report_to_begin(
    cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough, client_for: Doors
) -> None:
    page = client_for(cast.liaison).get("/reports").text
    assert "生成专项报告" in page
    assert "已有 1 次走流程" in page


def test_choosing_walks_makes_the_draft(
    cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough, client_for: Doors
) -> None:
    page = {"campaign": str(campaign.id), "head": str(cast.head.id)}
    client = client_for(cast.liaison)
    assert "居民身份证补领" in client.get("/reports/new", query_string=page).text
    answer = client.post("/reports/new", data=page | {"walks": [str(walk.id)]}, follow_redirects=True)
    assert "关于“一把手走流程”情况的专项报告" in answer.text


def test_choosing_nothing_is_refused_beside_the_boxes(
    cast: SimpleNamespace, campaign: Campaign, walk: Walkthrough, client_for: Doors
) -> None:
    page = {"campaign": str(campaign.id), "head": str(cast.head.id), "walks": ["nonsense"]}
    answer = client_for(cast.head).post("/reports/new", data=page)
    assert answer.status_code == 200
    assert "请至少选一次走流程。" in answer.text


def test_the_draft_shows_the_text_with_a_way_to_change_each_paragraph(
    report: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    page = client_for(cast.liaison).get(f"/reports/{report.id}").text
    assert "现将有关情况报告如下：" in page
    assert f"/reports/{report.id}/text/outlook" in page
    assert "可以确认了" in page


def test_a_paragraph_is_rewritten_on_its_page(report: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    client, address = client_for(cast.liaison), f"/reports/{report.id}/text/outlook"
    assert "下一步，我局将" in client.get(address).text
    assert client.post(address, data={"text": "我局将认真整改。"}).headers["Location"].endswith("#p-outlook")
    assert "我局将认真整改。" in client.get(f"/reports/{report.id}").text
    client.post(address, data={"do": "restore", "text": "不要了"})
    assert report.texts == {}


def test_a_gap_is_explained_on_the_page(
    report: Report, cast: SimpleNamespace, client_for: Doors, item: ServiceItem
) -> None:
    item.is_important = True
    client, key = client_for(cast.liaison), f"must_walk.{item.id}"
    page = client.get(f"/reports/{report.id}").text
    assert "还差 1 项" in page
    client.post(f"/reports/{report.id}/explain", data={f"why-{key}": "大厅正在改造"})
    page = client.get(f"/reports/{report.id}").text
    assert "可以确认了" in page
    assert "大厅正在改造" in page


def test_the_head_finds_everything_to_confirm_on_one_page(
    report: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    page = client_for(cast.head).get(f"/reports/{report.id}/confirm").text
    assert "我已核对，内容属实" in page
    assert "现将有关情况报告如下：" in page


def test_the_paper_opens_in_the_browser_under_its_name(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    with client_for(cast.style).get(f"/reports/{submitted.id}/v1.pdf") as answer:
        assert answer.data == stage.PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    name = "%E7%A4%BA%E4%BE%8B%E5%B8%82%E5%85%AC%E5%AE%89%E5%B1%80%E4%B8%93%E9%A1%B9%E6%8A%A5%E5%91%8AV1.pdf"
    assert f"filename*=UTF-8''{name}" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_package_holds_the_paper_the_data_and_only_masked_pictures(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    with client_for(cast.style).get(f"/reports/{submitted.id}/package.zip") as answer:
        read = package.read(io.BytesIO(answer.data))
    masked = {photo["masked"] for record in read.walks for photo in record.state.photos.values()}
    assert len(answer.data) == answer.content_length
    assert answer.headers["Content-Disposition"].isascii()
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = set(archive.namelist())
        listed = list(csv.DictReader(io.StringIO(archive.read("清单.csv").decode("utf-8-sig"))))
        told = {one["文件"]: (int(one["字节"]), one["SHA-256"]) for one in listed}
        held = {name: archive.read(name) for name in told}
    papers = {"示例市公安局专项报告V1.pdf", "示例市公安局专项报告V1.docx"}
    assert names == {"walk.json", "清单.csv"} | papers | {f"media/{sha256}.jpg" for sha256 in masked}
    assert told == {name: (len(file), hashlib.sha256(file).hexdigest()) for name, file in held.items()}
    assert names - set(told) == {"walk.json", "清单.csv"}
    assert read.data["report"]["texts"] == {}


def test_the_unit_hands_in_and_the_lane_returns_with_reasons(
    confirmed: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    unit, lane = client_for(cast.liaison), client_for(cast.style)
    page = unit.post(f"/reports/{confirmed.id}/submit", follow_redirects=True).text
    assert "报送作风评议组" in page
    assert "示例市公安局" in lane.get("/inbox").text
    data = {"reasons": ["佐证照片不足"], "other": "请补充取号机照片"}
    lane.post(f"/reports/{confirmed.id}/return", data=data)
    assert confirmed.state is ReportState.RETURNED
    page = unit.get(f"/reports/{confirmed.id}").text
    assert "佐证照片不足" in page
    assert "请补充取号机照片" in page
    unit.post(f"/reports/{confirmed.id}/take-back")
    assert confirmed.state is ReportState.DRAFT


def test_returning_without_a_reason_is_refused_on_the_page(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    answer = client_for(cast.style).post(f"/reports/{submitted.id}/return", data={})
    assert answer.status_code == 200
    assert "请选择或写明退回的原因。" in answer.text


def test_the_lane_receives_on_the_page(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    page = client_for(cast.style).post(f"/reports/{submitted.id}/receive", follow_redirects=True).text
    assert "已接收" in page


def test_a_late_report_is_marked_with_its_days(confirmed: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    with time_machine.travel(clock.end_of_day(confirmed.campaign.report_due) + timedelta(days=2), tick=False):
        service.submit(confirmed, by=cast.head)
        assert "逾期2天" in client_for(cast.style).get("/inbox").text


def test_a_wrong_state_is_one_clear_sentence(submitted: Report, cast: SimpleNamespace, client_for: Doors) -> None:
    answer = client_for(cast.liaison).post(f"/reports/{submitted.id}/text/outlook", data={"text": "x"})
    assert answer.status_code == 409
    assert "报告已经报送；要修改，请先撤回。" in answer.text


def test_what_cannot_be_printed_is_said_before_confirming(
    report: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    service.rewrite(report, "outlook", "我局将认真整改\U00013000。", by=cast.liaison)
    assert "会印成“〓”" in client_for(cast.head).get(f"/reports/{report.id}/confirm").text
    assert "会印成“〓”" in client_for(cast.liaison).get(f"/reports/{report.id}").text


def test_a_reason_that_is_not_offered_is_refused_in_chinese(
    submitted: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    page = client_for(cast.style).post(f"/reports/{submitted.id}/return", data={"reasons": ["nonsense"]}).text
    assert "请在列出的原因里选择" in page
    assert "not a valid choice" not in page


def test_a_paragraph_that_is_not_there_cannot_be_restored(
    report: Report, cast: SimpleNamespace, client_for: Doors
) -> None:
    answer = client_for(cast.liaison).post(f"/reports/{report.id}/text/nonsense", data={"do": "restore"})
    assert answer.status_code == 404
