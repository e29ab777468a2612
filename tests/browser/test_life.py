"""The life of one problem by clicking: signed for, put right with a picture, walked again where there is no network,
closed, met again, signed for anew.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.camera import snapshot
from tests.browser.conftest import Site
from tests.browser.test_journey import confirm, draft, explain
from tests.browser.walker import LocalWalker

pytestmark = pytest.mark.browser
PROBLEM = "取号后排队等候40分钟"


def test_a_problem_met_on_a_phone_goes_all_the_way_and_back(fresh_site: Site) -> None:
    site = fresh_site
    head, unit, desk = site.open("head"), site.open("liaison"), site.open("style", desktop=True)
    met_on_a_walk(head)
    address = draft(unit)
    explain(unit)
    confirm(head, address)
    unit.goto(address)
    unit.get_by_role("button", name="报送").first.click()
    expect(unit.get_by_text("已报送").first).to_be_visible()
    put_right(unit)
    order(desk)
    unit.reload()
    expect(unit.locator(".standing")).to_contain_text("已整改")  # nobody is warned
    look_again(site.open("style"))
    desk.reload()
    expect(desk.locator(".standing")).to_contain_text("销号")
    desk.goto("/ledger?state=closed")
    desk.get_by_role("link", name="WT-").click()
    expect(desk.locator(".standing")).to_contain_text("销号")
    come_back(desk)
    sign_again(unit)
    expect(unit.locator(".life, .timeline, main").last).to_contain_text("反弹")


def met_on_a_walk(page: Page) -> None:
    """Walk an item on the phone: queued twice, which is noted as a problem with what is done about it."""
    head = LocalWalker(page)
    head.task("居民身份证申领、换领、补领")
    head.start()
    head.tap("W-Q1", "电话")
    head.answer("query")
    head.main("下一步：准备材料")
    head.answer("prepare")
    head.main("下一步：排队")
    page.fill("[name=no]", "A037")
    head.press("取号")
    head.tap("W-K4", "1")
    page.locator("#card-W-K4").get_by_role("button", name="记为问题").click()
    page.fill(head.field("finding", "title"), PROBLEM)
    page.locator(f"{head.field('finding', 'severity')}[value=moderate] + span").click()
    head.main("保存，写整改措施")
    head.mend("增开窗口", steps="调配人员；增开窗口")
    head.resume("居民身份证申领、换领、补领")
    head.main("叫到号，进入受理")
    head.main("窗口正式受理了")
    head.main("拿到结果了")
    head.to_review()
    head.declare()
    head.finish()


def put_right(unit: Page) -> None:
    unit.goto("/ledger")
    unit.get_by_role("link", name=PROBLEM).click()
    unit.get_by_role("button", name="签收").click()
    expect(unit.locator(".standing")).to_contain_text("整改中")
    unit.set_input_files("[name=photos]", {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": snapshot(31)})
    unit.fill("[name=result]", "增开2个窗口，高峰时段等候不超过15分钟。")
    unit.get_by_role("button", name="报告已整改").click()
    expect(unit.locator(".standing")).to_contain_text("已整改")


def order(desk: Page) -> None:
    desk.goto("/ledger")
    desk.get_by_role("link", name="WT-").click()
    expect(desk.get_by_text("这个问题要回头看以后才能销号。")).to_be_visible()
    desk.get_by_role("link", name="安排回头看").click()
    desk.locator("[name=checker]").select_option(
        label=desk.locator("[name=checker] option", has_text="本人").inner_text()
    )
    desk.get_by_role("button", name="安排").click()
    desk.goto("/ledger?state=rechecking")
    desk.get_by_role("link", name="WT-").click()
    expect(desk.locator(".standing")).to_contain_text("回头看")


def look_again(page: Page) -> None:
    """Walk the step again without a network, and decide once it is back."""
    walker = LocalWalker(page)
    page.goto("/rechecks")
    page.get_by_role("link", name="去看").click()
    walker.press("到了现场，开始走")
    expect(page.locator("body.ready")).to_be_visible()
    expect(page.locator("#sheets [data-sheet=review]")).to_be_attached()
    walker.headline("排队")
    page.context.set_offline(True)
    page.fill("[name=no]", "A005")
    walker.press("取号")
    walker.press("叫到我了")
    page.set_input_files("#camera", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": snapshot(7)})
    page.locator(".screen:not([hidden]) .shot").click()
    walker.press("不用打码")
    walker.main("好了")
    walker.to_review()
    walker.main("确认无误，走完了")
    expect(page.get_by_text("请回答“问题解决了没有？”")).to_be_visible()
    walker.tap("R-1", "解决了")
    for number in range(1, 4):
        walker.tap(f"W-I{number}", "是")
    walker.main("确认无误，走完了")
    expect(page.get_by_text("已走完").first).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    walker.sent()
    page.goto("/rechecks")
    page.get_by_role("link", name="去看").click()
    expect(page.locator(".compare")).to_contain_text("1次")
    expect(page.locator(".sides .shot")).to_have_count(1)
    page.locator("[name=outcome][value=solved] + span").click()
    page.get_by_label("现在的情况").fill("叫号很快，不用排队。")
    walker.press("确认结果")
    expect(page.get_by_role("heading", name="结果：通过")).to_be_visible()


def come_back(desk: Page) -> None:
    desk.get_by_label("哪一天、在哪里又出现").fill("12月3日上午又只开1个窗口，等了40分钟。")
    desk.get_by_role("button", name="记为反弹").click()
    expect(desk.locator(".standing")).to_contain_text("反弹1次")
    expect(desk.locator(".standing")).to_contain_text("严重")


def sign_again(unit: Page) -> None:
    unit.reload()
    expect(unit.get_by_text("问题又出现了，请写新的措施、步骤和时限。")).to_be_visible()
    unit.fill("[name=measure]", "固定增开2个窗口，值班领导每天巡查。")
    unit.fill("[name=steps]", "当天增开窗口；一周内定值班表")
    unit.get_by_role("button", name="签收").click()
    expect(unit.locator(".standing")).to_contain_text("整改中")
