"""服务型效能型 from the notice to the last paper: a visit ordered, walked without a network, fed back, put right."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.camera import snapshot
from tests.browser.conftest import Site
from tests.browser.phone import Phone
from tests.browser.walker import LocalWalker
from walkthrough_app.core import clock

pytestmark = pytest.mark.browser
PLACE, PROBLEM = "政务大厅3号窗口", "指南网上查不到"


def test_a_covert_visit_goes_from_the_notice_to_the_paper(site: Site, inspector: Phone) -> None:
    office = site.open("office", desktop=True)
    open_campaign(office)
    order(office)
    liaison = site.open("liaison", desktop=True)
    liaison.goto("/ledger")
    expect(liaison.get_by_text("督查反馈")).to_have_count(0)  # nobody is warned

    go(inspector)
    inspector.whole()
    inspector.kept()
    inspector.context.set_offline(True)
    look(inspector)
    inspector.context.set_offline(False)
    inspector.sent()
    hand_in(inspector.page)

    feed_back(office)
    put_right(liaison)
    paper(liaison)


def open_campaign(office: Page) -> None:
    """Open the campaign as its notice says it."""
    office.goto("/campaigns/new")
    texts = {"依据文件名称": "服务型效能型机关创建实施方案", "发文字号": "〔2022〕4号", "发文机关": "示例市作风整顿办",
             "活动名称": "服务型效能型创建督查", "所属专项工作": "机关效能建设", "宽限（工作日）": "0"}  # fmt: skip
    days = {"活动开始日期": 0, "体验截止日期": 12, "报送截止日期": 17}
    for label, text in texts.items():
        office.get_by_label(label).first.fill(text)
    for label, ahead in days.items():
        office.get_by_label(label).fill((clock.today() + timedelta(days=ahead)).isoformat())
    known = office.get_by_label("问卷版本")
    known.select_option(label=known.locator("option", has_text="服务型效能型").inner_text())
    office.get_by_label("状态").select_option("open")
    office.get_by_role("button", name="建立").click()
    expect(office.locator(".status, .chip").first).to_contain_text("进行中")


def order(office: Page) -> None:
    """Send the style group to the police."""
    office.goto("/visits")
    office.get_by_role("link", name="安排督查").click()
    office.get_by_label("看哪里").fill(PLACE)
    office.get_by_label("明查还是暗访").select_option("covert")
    office.get_by_label("经常性还是突击性").select_option("surprise")
    office.get_by_label("看过程还是看效果").select_option("process")
    for chosen in ("示例市公安局", "作风评议组"):
        office.locator("label.opt", has_text=chosen).click()
    office.get_by_role("button", name="安排", exact=True).click()
    expect(office.get_by_text("已安排督查1个单位。")).to_be_visible()


def go(inspector: Phone) -> None:
    page = inspector.page
    page.goto("/visits")
    expect(page.get_by_text("我要去的 1 处")).to_be_visible()
    page.get_by_role("link", name="去督查").click()
    page.get_by_role("button", name="到了现场，开始督查").click()
    inspector.ready()


def look(inspector: Phone) -> None:
    """The guide is nowhere on the web: said, shot, noted as a problem; the rest is as it should be."""
    page, walker = inspector.page, LocalWalker(inspector.page)
    inspector.take(snapshot(3))
    expect(page.locator(".screen:not([hidden]) .shot")).to_be_visible()
    page.locator(".screen:not([hidden]) .shot").click()
    walker.press("不用打码")
    walker.main("好了")
    for question, answer in (("F-Z1", "是"), ("F-Z2", "否"), ("F-Z3", "是"), ("F-Z4", "是")):
        walker.tap(question, answer)
    page.locator("#card-F-Z2").get_by_role("button", name="记为问题").click()
    walker.main("保存，写整改措施")
    page.go_back()
    walker.main("下一步：持证上岗")
    walker.tap("F-Z5", "是")
    for step in ("首问负责", "限时办结", "网上办事", "服务评价", "培训提升"):
        walker.main(f"下一步：{step}")
    walker.to_review()
    walker.main("确认无误，走完了")
    expect(page.get_by_text("已走完").first).to_be_visible()


def hand_in(page: Page) -> None:
    """Hand in: the score is seen, and the record stays as it is."""
    page.reload()
    page.get_by_role("link", name="去移交").click()
    page.get_by_label("责任岗位").fill("3号窗口受理岗")
    page.get_by_role("button", name="移交，问题进台账").click()
    expect(page.get_by_text("已移交，1个问题进了台账。")).to_be_visible()
    expect(page.get_by_role("heading", name="得分 85")).to_be_visible()  # (15 × 3 ÷ 4 + 10) ÷ 25


def feed_back(office: Page) -> None:
    office.goto("/visits")
    office.get_by_role("link", name="示例市公安局").click()
    expect(office.get_by_role("heading", name="得分 85")).to_be_visible()
    office.get_by_label("另外要说的").fill("请在网上公布办事指南。")
    office.get_by_role("button", name="反馈并交办").click()
    expect(office.get_by_text("已反馈示例市公安局，交办1个问题。")).to_be_visible()


def put_right(liaison: Page) -> None:
    liaison.goto("/ledger")
    liaison.get_by_role("link", name=PROBLEM).click()
    expect(liaison.locator("main")).to_contain_text("暗访")
    liaison.get_by_text("立行立改", exact=True).click()
    liaison.get_by_label("整改措施").fill("把指南公布到网上")
    liaison.get_by_role("button", name="签收").click()
    expect(liaison.locator(".standing")).to_contain_text("整改中")
    liaison.set_input_files("[name=photos]", {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": snapshot(31)})
    liaison.fill("[name=result]", "指南已经上网。")
    liaison.get_by_role("button", name="报告已整改").click()
    expect(liaison.locator(".standing")).to_contain_text("已整改")


def paper(liaison: Page) -> None:
    """督查反馈单 says what was found and what it scored, and not who came."""
    liaison.goto("/feedback")
    liaison.get_by_role("link", name=PLACE).click()
    link = liaison.get_by_role("link", name=re.compile("^PDF.*督查反馈单$"))
    expect(link).to_be_visible()
    text = text_of(liaison.request.get(link.get_attribute("href") or "").body())
    for told in ("督查反馈单", PLACE, PROBLEM, "85.0", "照片1", "请在网上公布办事指南。", "责任岗位：3号窗口受理岗"):
        assert told in text
    assert "作风评议组" not in text


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        return re.sub(r"\s", "", "".join(one.extract_text() or "" for one in read.pages))


@pytest.fixture
def site(serve: Callable[..., Site]) -> Site:
    return serve()


@pytest.fixture
def inspector(tmp_path: Path, playwright: Playwright, site: Site) -> Iterator[Phone]:
    """The phone of the style group."""
    phone = Phone(playwright, tmp_path / "phone", site.address, place=site.address)
    phone.sign_in("style")
    yield phone
    phone.close()
    assert phone.errors == [], "no script ever fails"
