"""督办、通报、升级、结束 on a desk's screen: made, answered and decided by clicking, light and dark, wide and narrow."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import snapshot
from tests.browser.conftest import Site
from tests.browser.screenshots import wait_for
from tests.browser.test_pages import inspect
from tests.ports import free_port
from walkthrough_app.core import clock

pytestmark = pytest.mark.browser
LATE = "窗口午间无人值守"
PROBLEM = "取号后排队等候40分钟"


@pytest.fixture(scope="module")
def overseen(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    port, folder = free_port(), tmp_path_factory.mktemp("overseen")
    own = {"WALKTHROUGH_DATA_DIR": str(folder), "WALKTHROUGH_DATABASE_URL": "", "WALKTHROUGH_BASE_URL": ""}
    command = [sys.executable, "-m", "tests.browser.overseen", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **own})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", tries=1500)  # it builds its town first
        yield Site(f"http://127.0.0.1:{port}", browser)
    finally:
        server.terminate()
        server.wait(timeout=30)


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name=text, exact=True).click()


def campaign_of(office: Page) -> str:
    """Return the address of the one campaign there is."""
    office.goto("/campaigns")
    found = re.search(r'"(/campaigns/[0-9a-f-]{36})"', office.content())
    assert found
    return found[1]


def open_paper(page: Page, title: str) -> None:
    page.goto("/papers")
    page.locator(".row", has_text=title).get_by_role("link").first.click()


def test_a_step_is_stopped_with_a_reason_and_goes_on(overseen: Site) -> None:
    office = overseen.open("office", desktop=True)
    escalation = f"{campaign_of(office)}/escalation"
    inspect(office, escalation)
    office.locator("#candidates .row", has_text=LATE).get_by_role("link").click()
    ladder = office.url
    inspect(office, ladder)
    step = office.locator("section.card", has=office.get_by_role("heading", name=re.compile("通报")))
    step = step.filter(has_text="等着处理").first
    step.get_by_text("不办，停止这一步").click()
    step.get_by_label("停止的理由").fill("已当面约谈，本周五前改完。")
    step.get_by_role("button", name="停止", exact=True).click()
    expect(office.get_by_text("停止的理由：")).to_be_visible()
    office.goto(escalation)
    expect(office.locator("#candidates")).not_to_contain_text(LATE)
    expect(office.locator("#stopped")).to_contain_text("已当面约谈")
    office.goto(ladder)
    office.get_by_text("恢复这一步").click()
    office.get_by_label("恢复的理由").fill("到期没有改。")
    press(office, "恢复")
    office.goto(escalation)
    expect(office.locator("#candidates")).to_contain_text(LATE)
    office.get_by_role("link", name="时限和步骤").click()
    terms = office.url
    inspect(office, terms)
    office.fill("[name=minor_days]", "5")
    press(office, "保存")
    office.goto(terms)
    expect(office.locator("[name=minor_days]")).to_have_value("5")


def test_a_notice_is_issued_answered_confirmed_and_closed(overseen: Site) -> None:
    office, liaison, head = (overseen.open(who, desktop=True) for who in ("office", "liaison", "head"))
    escalation = f"{campaign_of(office)}/escalation"
    office.goto(escalation)
    office.locator("#notices .pick-row", has_text=LATE).get_by_role("checkbox").check()
    press(office, "给选中的发督办通知单")
    inspect(office, office.url)
    press(office, "保存草稿")
    inspect(office, office.url)
    press(office, "签发")
    expect(office.get_by_text(f"督办〔{clock.today().year}〕1号").first).to_be_visible()
    paper = office.url

    open_paper(liaison, LATE)
    press(liaison, "签收")
    liaison.fill("[name=reply-done]", "7月1日起午间安排2人值守，由办公室主任负责。")
    liaison.fill("[name=reply-result]", "午间窗口一直有人。")
    press(liaison, "保存，请负责人确认")
    expect(liaison.get_by_text("待负责人确认").first).to_be_visible()
    inspect(liaison, liaison.url)
    open_paper(head, LATE)
    press(head, "确认属实，反馈")
    rectified(liaison)

    office.goto(paper)
    expect(office.get_by_text("午间窗口一直有人。").first).to_be_visible()
    inspect(office, paper)
    office.fill("[name=approve-reason]", "现场核对属实。")
    press(office, "同意办结")
    expect(office.locator(".chip", has_text="办结").first).to_be_visible()
    expect(office.get_by_role("link", name=re.compile(r"PDF\s*：签发稿"))).to_be_visible()
    office.goto(escalation)
    expect(office.locator("#notices")).not_to_contain_text(LATE)


def rectified(liaison: Page) -> None:
    """Report the work as done in the ledger: a notice is not closed on paper."""
    liaison.goto("/ledger")
    liaison.get_by_role("link", name=LATE).click()
    liaison.set_input_files("[name=photos]", {"name": "now.jpg", "mimeType": "image/jpeg", "buffer": snapshot(77)})
    liaison.fill("[name=result]", "午间安排2人值守。")
    press(liaison, "报告已整改")
    expect(liaison.locator(".standing")).to_contain_text("已整改")


def test_a_bulletin_is_heard_reviewed_by_another_and_issued_to_its_readers(overseen: Site) -> None:
    office, second, head = (overseen.open(who, desktop=True) for who in ("office", "office2", "head"))
    office.goto("/ledger")
    office.get_by_role("row", name=re.compile(PROBLEM)).get_by_role("link").first.click()
    finding = office.url.rsplit("/", 1)[1]
    office.goto(f"/papers/bulletins/new?finding={finding}")
    inspect(office, office.url)
    press(office, "保存草稿")
    draft = office.url
    office.fill("[name=hear-until]", clock.today().isoformat())
    press(office, "发给点名单位")
    expect(office.get_by_text("等待答复").first).to_be_visible()
    inspect(office, draft)
    head.goto(draft)
    press(head, "提交意见")
    inspect(head, draft)
    second.goto(draft)
    second.fill("[name=review-text]", "事实清楚。")
    press(second, "审核通过")
    office.goto(draft)
    press(office, "签发")
    expect(office.get_by_text("通报第1期").first).to_be_visible()
    reader = overseen.open("county", desktop=True)
    open_paper(reader, "情况的通报")
    expect(reader.get_by_text("示例市公安局").first).to_be_visible()
    inspect(reader, "/papers")


def test_a_campaign_with_open_problems_is_not_put_away_and_its_report_is_made(overseen: Site) -> None:
    office = overseen.open("office", desktop=True)
    closing = f"{campaign_of(office)}/closing"
    inspect(office, closing)
    expect(office.locator("#open")).to_contain_text("示例市公安局")
    expect(office.locator("#archive").get_by_role("button")).to_have_count(0)
    press(office, "按现在的情况生成")
    expect(office.get_by_role("link", name=re.compile(r"PDF\s*：V1"))).to_be_visible()
    inspect(office, closing)
